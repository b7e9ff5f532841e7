import type { ChildProcess } from "node:child_process";
import { subscribe } from "node:diagnostics_channel";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import Database, { dosql } from "../../../src/entry/better-sqlite3.ts";
import { open } from "../../../src/entry/main.ts";

const ENDLESS =
  "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
const MANY =
  "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT ?) SELECT i FROM n";

let root: string;
let file: string;
let opened: Database.Database[];
let started: ChildProcess | null = null;

subscribe("child_process", (message) => {
  started = (message as { readonly process: ChildProcess }).process;
});

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "dosql-worker-"));
  file = path.join(root, "app.db");
  opened = [];
});
afterEach(() => {
  for (const db of opened) db.close();
  rmSync(root, { recursive: true, force: true });
});

/** A database in a process; Node's own SQLite is there on every machine. */
function worker(source = file, options: Database.Options = {}): Database.Database {
  const db = new Database(source, { binding: "worker", ...options });
  opened.push(db);
  return db;
}

function failure(body: () => unknown): { name: string; code: string; message: string } {
  try {
    body();
  } catch (error) {
    const { name, code, message } = error as Error & { code: string };
    return { name, code, message };
  }
  throw new Error("nothing was thrown");
}

/** Ends the process that was started last, as a crash does. */
async function kill(): Promise<void> {
  const ended = once(started as ChildProcess, "exit");
  started?.kill("SIGKILL");
  await ended;
}

describe("a statement timeout", () => {
  it("ends the statement, and the database goes on", () => {
    const db = worker(file, { statementTimeoutMs: 300 });
    db.exec("CREATE TABLE t (a)");
    const insert = db.prepare("INSERT INTO t VALUES (?)");
    const count = db.prepare("SELECT count(*) FROM t").pluck();
    insert.run(1);
    const { name, code, message } = failure(() => db.prepare(ENDLESS).get());
    expect({ name, code }).toEqual({ name: "SqliteError", code: "SQLITE_INTERRUPT" });
    expect(message).toContain("took too long");
    insert.run(2);
    expect(count.get()).toBe(2);
    expect(db.pragma("integrity_check", { simple: true })).toBe("ok");
  });

  it("rolls back the open transaction", () => {
    const db = worker(file, { statementTimeoutMs: 300 });
    db.exec("CREATE TABLE t (a)");
    const insert = db.prepare("INSERT INTO t VALUES (?)");
    const both = db.transaction(() => {
      insert.run(1);
      db.prepare(ENDLESS).get();
    });
    expect(failure(both)).toMatchObject({ code: "SQLITE_INTERRUPT" });
    expect(db.inTransaction).toBe(false);
    expect(db.prepare("SELECT count(*) FROM t").pluck().get()).toBe(0);
    db.transaction(() => insert.run(2))();
    const other = new Database(file, { binding: "builtin" });
    expect(other.prepare("SELECT a FROM t").pluck().all()).toEqual([2]);
    other.close();
  });

  it("ends a script, an iterator and a function that does not come back soon", () => {
    const db = worker(file, { statementTimeoutMs: 300 });
    db.function("slow", () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 700));
    expect(failure(() => db.exec(`CREATE TABLE t AS ${ENDLESS}`)).code).toBe("SQLITE_INTERRUPT");
    const rows = db.prepare(ENDLESS).iterate();
    expect(failure(() => rows.next()).code).toBe("SQLITE_INTERRUPT");
    expect(rows.next()).toEqual({ done: true, value: undefined });
    expect(failure(() => db.prepare("SELECT slow()").get()).code).toBe("SQLITE_INTERRUPT");
    expect(db.prepare("SELECT 1").pluck().get()).toBe(1);
  });

  it("leaves what the connection was told", () => {
    const db = worker();
    const other = new Database(path.join(root, "other.db"), { binding: "builtin" });
    other.exec("CREATE TABLE there (a); INSERT INTO there VALUES (7)");
    other.close();
    db.function("twice", (n: number) => n * 2);
    db.aggregate("longest", { start: "", step: (a: string, b: string) => (b > a ? b : a) });
    db.table("three", {
      columns: ["n"],
      *rows() {
        yield* [[1], [2], [3]];
      },
    });
    db.prepare("ATTACH ? AS o").run(path.join(root, "other.db"));
    db.pragma("foreign_keys = OFF");
    db.exec("PRAGMA cache_size = 123; CREATE TEMP TABLE gone (a)");
    dosql(db).statementTimeout(300);
    expect(failure(() => db.prepare(ENDLESS).get()).code).toBe("SQLITE_INTERRUPT");
    expect(db.prepare("SELECT twice(21) + sum(n) FROM three").pluck().get()).toBe(48);
    expect(db.prepare('SELECT longest(value) FROM json_each(\'["a","c"]\')').pluck().get()).toBe(
      "c",
    );
    expect(db.prepare("SELECT a FROM o.there").pluck().get()).toBe(7);
    expect(db.pragma("foreign_keys", { simple: true })).toBe(0);
    expect(db.pragma("cache_size", { simple: true })).toBe(123);
    expect(failure(() => db.prepare("SELECT * FROM gone")).message).toBe("no such table: gone");
    expect(failure(() => db.prepare(ENDLESS).get()).code).toBe("SQLITE_INTERRUPT");
    dosql(db).statementTimeout(0);
    expect(db.prepare("SELECT count(*) FROM three").pluck().get()).toBe(3);
  });

  it("forgets what was detached, and knows settings behind comments", () => {
    const db = worker(file, { statementTimeoutMs: 300 });
    for (const name of ["a.db", "b.db"]) {
      db.prepare("ATTACH ? AS tenant").run(path.join(root, name));
      db.pragma("tenant.cache_size = 99");
      db.exec("DETACH DATABASE 'tenant';");
    }
    db.exec("-- off\nPRAGMA foreign_keys = OFF");
    db.prepare("/* on */ PRAGMA recursive_triggers = ON").run();
    expect(failure(() => db.prepare(ENDLESS).get()).code).toBe("SQLITE_INTERRUPT");
    expect(db.prepare("SELECT name FROM pragma_database_list").pluck().all()).toStrictEqual([
      "main",
    ]);
    expect(db.pragma("foreign_keys", { simple: true })).toBe(0);
    expect(db.pragma("recursive_triggers", { simple: true })).toBe(1);
  });

  it("does not claim that nothing was written when that may be", () => {
    const db = worker(file, { statementTimeoutMs: 300 });
    db.exec("CREATE TABLE t (a)");
    const endless = `INSERT INTO t ${ENDLESS}`;
    const unknown = /took too long; whether its changes were committed is not known$/;
    expect(failure(() => db.prepare(endless).run()).message).toMatch(unknown);
    expect(failure(() => db.exec(endless)).message).toMatch(unknown);
    db.exec("BEGIN");
    expect(failure(() => db.prepare(endless).run()).message).toMatch(/was rolled back$/);
  });

  it("lets a COMMIT end, however long it takes", () => {
    const db = worker();
    let slow = false;
    db.exec("CREATE TABLE t (a)");
    const logged = worker(file, {
      statementTimeoutMs: 300,
      // Heard within the request.
      verbose: (text) => {
        const until = performance.now() + (text === "COMMIT" && slow ? 700 : 0);
        while (performance.now() < until);
      },
    });
    slow = true;
    logged.transaction(() => logged.prepare("INSERT INTO t VALUES (1)").run())();
    logged.exec("BEGIN; INSERT INTO t VALUES (2)");
    logged.exec("COMMIT");
    expect(db.prepare("SELECT count(*) FROM t").pluck().get()).toBe(2);
  });

  it("does not end what is quick, however often", () => {
    const db = worker(file, { statementTimeoutMs: 400 });
    const get = db.prepare("SELECT ? + 1").pluck();
    let n = 0;
    for (const end = performance.now() + 1_500; performance.now() < end;) n = get.get(n) as number;
    expect(n).toBeGreaterThan(100);
  });

  it("is refused where it cannot be, and what is none", () => {
    for (const memory of [":memory:", ""]) {
      const options = { binding: "worker", statementTimeoutMs: 10 } as const;
      const said = failure(() => new Database(memory, options));
      expect(said).toMatchObject({ name: "SqliteError", code: "DOSQL_UNSUPPORTED" });
      expect(said.message).toContain("in memory");
    }
    const memory = worker(":memory:");
    expect(() => dosql(memory).statementTimeout(10)).toThrow("in memory");
    expect(memory.prepare("SELECT 1").pluck().get()).toBe(1);
    const here = new Database(file, { binding: "builtin" });
    expect(() => dosql(here).statementTimeout(10)).toThrow("not supported here");
    here.close();
    expect(() => new Database(file, { statementTimeoutMs: 10 })).toThrow('needs the "binding"');
    expect(() => worker(file, { statementTimeoutMs: -1 })).toThrow("not a time in milliseconds");
    const url = "dosql://127.0.0.1/x";
    expect(() => new Database(url, { statementTimeoutMs: 10 })).toThrow("?statement_timeout=");
    expect(() => worker(url)).toThrow("for a database at a server");
  });
});

describe("the end of the process", () => {
  it("is an error, and the next statement finds another one", async () => {
    const db = worker();
    db.exec("CREATE TABLE t (a); INSERT INTO t VALUES (1)");
    const read = db.prepare("SELECT a FROM t").pluck();
    await kill();
    expect(failure(() => read.get())).toMatchObject({ code: "DOSQL_CONNECTION" });
    expect(read.get()).toBe(1);
  });

  it("takes a database in memory with it, and says so", async () => {
    const db = worker(":memory:");
    db.exec("CREATE TABLE t (a)");
    await kill();
    expect(failure(() => db.prepare("SELECT a FROM t")).code).toBe("DOSQL_CONNECTION");
    expect(failure(() => db.prepare("SELECT 1")).message).toContain("was in memory");
  });

  it("does not make an empty file of one that is gone", async () => {
    const db = worker();
    db.exec("CREATE TABLE t (a)");
    await kill();
    rmSync(file);
    expect(failure(() => db.exec("SELECT 1")).code).toBe("DOSQL_CONNECTION");
    expect(failure(() => db.exec("SELECT 1")).code).toBe("SQLITE_CANTOPEN");
  });

  it("ends the rows of an iterator", async () => {
    const db = worker();
    const rows = db.prepare(MANY).pluck().iterate(100_000);
    expect(rows.next().value).toBe(1);
    await kill();
    expect(failure(() => Array.from(rows)).code).toBe("DOSQL_CONNECTION");
    expect(db.prepare("SELECT 1").pluck().get()).toBe(1);
  });
});

describe("a signal for everybody", () => {
  it("ends the program's process only when the program ends", () => {
    const db = worker();
    db.exec("BEGIN; CREATE TABLE t (a)");
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) started?.kill(signal);
    db.exec("INSERT INTO t VALUES (1); COMMIT");
    expect(db.prepare("SELECT a FROM t").pluck().get()).toBe(1);
  });
});

describe("an iterator", () => {
  it("reads ahead, and leaves everything else as it is", () => {
    const db = worker();
    db.exec("CREATE TABLE t (a)");
    const seen: number[] = [];
    for (const n of db.prepare<[number], number>(MANY).pluck().iterate(20_000)) {
      if (n % 500 !== 0) continue;
      seen.push(db.prepare("SELECT ? + 1").pluck().get(n) as number);
      expect(() => db.exec("DELETE FROM t")).toThrow("This database connection is busy");
    }
    expect(seen).toEqual(Array.from({ length: 40 }, (_, i) => (i + 1) * 500 + 1));
    db.exec("INSERT INTO t VALUES (1)");
  });

  it("that is left early holds nothing", () => {
    const db = worker();
    db.exec("CREATE TABLE t (a)");
    const statement = db.prepare(MANY).pluck();
    for (let i = 0; i < 20; i++) {
      for (const n of statement.iterate(1_000_000)) if ((n as number) > i * 40) break;
      db.exec("INSERT INTO t VALUES (1)");
    }
    expect(db.prepare("SELECT count(*) FROM t").pluck().get()).toBe(20);
  });

  it("that is left early lets others write, has committed, and closes cleanly", () => {
    const db = worker();
    db.pragma("journal_mode = DELETE");
    db.exec("CREATE TABLE t (a)");
    const insert = `INSERT INTO t ${MANY} RETURNING a`;
    for (const row of db.prepare(insert).iterate(1_000)) if (row !== undefined) break;
    const other = new Database(file, { binding: "builtin", timeout: 0 });
    expect(other.prepare("SELECT count(*) FROM t").pluck().get()).toBe(1_000);
    for (const row of db.prepare("SELECT a FROM t").iterate()) if (row !== undefined) break;
    expect(other.prepare("INSERT INTO t VALUES (0)").run().changes).toBe(1);
    other.close();
    db.pragma("journal_mode = WAL");
    db.exec("INSERT INTO t VALUES (0)");
    for (const row of db.prepare("SELECT a FROM t").iterate()) if (row !== undefined) break;
    db.close();
    expect(readdirSync(root)).toStrictEqual(["app.db"]);
  });

  it("of several ends with the process, and says so", () => {
    const db = worker(file, { statementTimeoutMs: 300 });
    const first = db.prepare(MANY).iterate(1_000_000);
    first.next();
    const { code } = failure(() => db.prepare(ENDLESS).iterate().next());
    expect(code).toBe("SQLITE_INTERRUPT");
    expect(failure(() => [...first]).code).toBe("DOSQL_CONNECTION");
    expect(db.prepare("SELECT 1").pluck().get()).toBe(1);
  });

  it("does not fetch what is slow before it is asked for", () => {
    const db = worker(file, { statementTimeoutMs: 3_000 });
    const slow = `SELECT (SELECT max(i) FROM (${MANY}) WHERE i + value > 0) FROM json_each(?)`;
    const values = JSON.stringify(Array.from({ length: 32 }, (_, i) => i));
    let read = 0;
    for (const n of db.prepare(slow).pluck().iterate(1_000_000, values)) {
      expect(n).toBe(1_000_000);
      read += 1;
      if (read === 2) break;
    }
    expect(read).toBe(2);
  });

  it("has its columns of the last execution", () => {
    const db = worker();
    db.exec("CREATE TABLE t (a); INSERT INTO t VALUES (1)");
    const all = db.prepare("SELECT * FROM t");
    db.exec("ALTER TABLE t ADD COLUMN b");
    expect(all.get()).toStrictEqual({ a: 1, b: null });
    expect(all.columns().map(({ name }) => name)).toStrictEqual(["a", "b"]);
  });

  it("gives the rows before an error", () => {
    const db = worker();
    const sql = "SELECT CASE value WHEN 50 THEN json('{') ELSE value END FROM json_each(?)";
    const rows = db
      .prepare(sql)
      .pluck()
      .iterate(JSON.stringify(Array.from({ length: 60 }, (_, i) => i)));
    for (let i = 0; i < 50; i++) expect(rows.next().value).toBe(i);
    expect(failure(() => rows.next()).message).toBe("malformed JSON");
    expect(rows.next().done).toBe(true);
  });

  it("calls a function of the program for no row before its time", () => {
    const db = worker();
    const asked: number[] = [];
    db.function("seen", (n: number) => asked.push(n));
    const rows = db.prepare(`SELECT seen(i) FROM (${MANY})`).pluck().iterate(10);
    expect([rows.next().value, asked]).toEqual([1, [1]]);
    expect([rows.next().value, asked]).toEqual([2, [1, 2]]);
    rows.return?.();
  });
});

describe("a bound statement", () => {
  it("shows its values also when it would not compile any more", () => {
    const db = worker(":memory:");
    const create = db.prepare("CREATE TABLE made (x)").bind();
    create.run();
    expect(String(create)).toBe("CREATE TABLE made (x)");
    const select = db.prepare("SELECT x FROM made WHERE x = ?").bind("it's");
    db.exec("DROP TABLE made");
    expect(String(select)).toBe("SELECT x FROM made WHERE x = 'it''s'");
  });
});

describe("the program's folder", () => {
  it("is where its names of files are meant from", async () => {
    const before = process.cwd();
    const db = worker(file, { statementTimeoutMs: 300 });
    db.exec("CREATE TABLE t (a)");
    const inside = path.join(root, "inside");
    mkdirSync(inside);
    try {
      process.chdir(inside);
      db.exec("VACUUM INTO 'vacuumed.db'");
      await db.backup("backup.db");
      expect(readdirSync(inside)).toStrictEqual(["backup.db", "vacuumed.db"]);
      expect(failure(() => db.prepare(ENDLESS).get()).code).toBe("SQLITE_INTERRUPT");
      db.exec("ATTACH 'attached.db' AS there; CREATE TABLE there.t (a)");
    } finally {
      process.chdir(before);
    }
    expect(readdirSync(inside)).toContain("attached.db");
  });
});

describe("the folder in which the program was", () => {
  it("is where files were attached from that the next process attaches again", () => {
    const before = process.cwd();
    const db = worker(file, { statementTimeoutMs: 300 });
    const [first, second] = [path.join(root, "first"), path.join(root, "second")];
    for (const folder of [first, second]) mkdirSync(folder);
    const timeOut = (): void => {
      expect(failure(() => db.prepare(ENDLESS).get()).code).toBe("SQLITE_INTERRUPT");
    };
    try {
      process.chdir(first);
      db.exec("ATTACH 'other.db' AS other; CREATE TABLE other.t AS SELECT 1 AS a");
      process.chdir(second);
      timeOut();
      expect(db.prepare("SELECT a FROM other.t").pluck().get()).toBe(1);
      db.exec("VACUUM INTO 'here.db'");
      expect(readdirSync(second)).toStrictEqual(["here.db"]);
      timeOut();
      rmSync(first, { recursive: true });
      expect(failure(() => db.prepare("SELECT 1").get())).toMatchObject({
        code: "SQLITE_CANTOPEN",
        message: expect.stringContaining("first"),
      });
    } finally {
      process.chdir(before);
    }
  });
});

describe("a captured file", () => {
  it("logs what the process writes", async () => {
    await open(file, { capture: "on" }).close();
    const db = worker();
    db.exec("CREATE TABLE t (a INTEGER PRIMARY KEY, b)");
    db.prepare("INSERT INTO t VALUES (1, 'x')").run();
    const tables = db.prepare("SELECT name FROM sqlite_schema").pluck().all();
    expect(tables).toEqual(["t"]);
    db.close();
    const here = new Database(file, { binding: "builtin" });
    const changed = Array.from(dosql(here).changes({ tables: ["t"] }), ({ records }) => records);
    expect(changed.flat().map(({ op }) => op)).toEqual(["ddl", "insert"]);
    here.close();
  });
});

describe("large and odd values", () => {
  it("pass in and out", () => {
    const db = worker(":memory:");
    const echo = db.prepare("SELECT ?").pluck();
    const bytes = Buffer.alloc(3_000_000, 7);
    expect((echo.get(bytes) as Buffer).equals(bytes)).toBe(true);
    expect(echo.get("ü".repeat(400_000))).toBe("ü".repeat(400_000));
    const small = echo.get(Buffer.from("abc")) as Buffer;
    expect([small.byteOffset, small.buffer.byteLength]).toEqual([0, 3]);
    expect(echo.safeIntegers().get(2n ** 63n - 1n)).toBe(2n ** 63n - 1n);
    const many = db.prepare("SELECT zeroblob(1000) FROM json_each(?)").pluck();
    const list = JSON.stringify(Array.from({ length: 5_000 }, () => 0));
    expect(Array.from(many.iterate(list))).toHaveLength(5_000);
  });
});
