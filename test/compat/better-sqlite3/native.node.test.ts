import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { DatabaseSync } from "node:sqlite";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { referenceState } from "../../../scripts/references.ts";
import type { BindingChoice } from "../../../src/entry/node/facade-home.ts";
import { open } from "../../../src/entry/main.ts";
import Database, { dosql, SqliteError } from "../../../src/entry/better-sqlite3.ts";

const reference = referenceState("better-sqlite3");
const title = reference.ready ? "" : ` (skipped: ${reference.reason})`;

let root: string;
let file: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "dosql-native-"));
  file = path.join(root, "app.db");
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

function realClass(): any {
  const base = path.join(import.meta.dirname, "../../../compat-tests/better-sqlite3/package.json");
  return createRequire(base)("better-sqlite3");
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

/** The tables that a program sees that knows nothing of DoSQL. */
function allTables(from: string | Uint8Array): string[] {
  const db = new (realClass())(from);
  const names = db.prepare("SELECT name FROM sqlite_schema ORDER BY 1").pluck().all();
  db.close();
  return names as string[];
}

describe.skipIf(!reference.ready)(`better-sqlite3 behind the front${title}`, () => {
  let binding: any;

  beforeEach(async () => {
    binding = realClass();
    await open(file, { capture: "on" }).close();
  });

  const opened = (options: object = {}): any => new Database(file, { binding, ...options });
  it("is an object of ours with statements of the library's", () => {
    const db = opened();
    const statement = db.prepare("SELECT 1 AS one");
    const own = new binding(":memory:");
    expect(db).toBeInstanceOf(Database);
    expect(Object.getPrototypeOf(statement)).toBe(Object.getPrototypeOf(own.prepare("SELECT 1")));
    expect([statement.database === db, statement.get()]).toEqual([true, { one: 1 }]);
    own.close();
    db.close();
  });

  it("logs what is written, each transaction as one", () => {
    const db = opened();
    db.exec("CREATE TABLE t (a INTEGER PRIMARY KEY, b)");
    const insert = db.prepare("INSERT INTO t VALUES (?, ?)");
    expect(insert.run(1, "one")).toEqual({ changes: 1, lastInsertRowid: 1 });
    db.transaction(() => {
      insert.run(2, "two");
      db.transaction(() => insert.run(3, "three"))();
    })();
    expect(() =>
      db.transaction(() => {
        insert.run(4, "four");
        throw new RangeError("on purpose");
      })(),
    ).toThrow("on purpose");
    const returning = db.prepare("UPDATE t SET b = b || '!' WHERE a > ? RETURNING a").pluck();
    expect([...returning.iterate(1)]).toEqual([2, 3]);
    expect(db.prepare("DELETE FROM t WHERE a = 1 RETURNING b").get()).toEqual({ b: "one" });
    const rows = [...dosql(db).changes()]
      .map(({ records }) => records.map(({ op }) => op))
      .filter(([op]) => op !== "ddl");
    expect(rows).toEqual([["insert"], ["insert", "insert"], ["update", "update"], ["delete"]]);
    db.close();
  });

  it("captures statements that were prepared before capture was turned on", async () => {
    const plain = path.join(root, "plain.db");
    const db: any = new Database(plain, { binding });
    db.exec("CREATE TABLE t (a INTEGER PRIMARY KEY)");
    const insert = db.prepare("INSERT INTO t VALUES (?)");
    insert.run(1);
    const engine = open(plain, { capture: "on" });
    insert.run(2);
    // What was there before begins the log.
    const written = [...dosql(db).changes()].flatMap(({ records }) => records);
    expect(written.filter(({ op }) => op === "insert").map(({ after }) => after)).toEqual([
      [1n],
      [2n],
    ]);
    await engine.close();
    db.close();
  });

  it("hides the engine's tables and keeps its own statements out of the log", () => {
    const said: string[] = [];
    const db = opened({ verbose: (sql: string) => said.push(sql) });
    db.exec("CREATE TABLE t (a)");
    db.prepare("INSERT INTO t VALUES (?)").run(1);
    expect(db.prepare("SELECT name FROM sqlite_schema").pluck().all()).toEqual(["t"]);
    expect(db.pragma("table_list").map(({ name }: { name: string }) => name)).not.toContain(
      "_cf_dosql_log",
    );
    for (const body of [
      () => db.prepare("SELECT * FROM _cf_dosql_log"),
      () => db.exec("DELETE FROM _cf_dosql_log"),
    ]) {
      expect(failure(body)).toMatchObject({ name: "SqliteError", code: "SQLITE_ERROR" });
      expect(body).toThrow(SqliteError);
    }
    expect(said.slice(0, 2)).toEqual(["CREATE TABLE t (a)", "INSERT INTO t VALUES (1.0)"]);
    expect(said.filter((text) => /BEGIN|COMMIT/.test(text))).toEqual([]);
    db.close();
  });

  it("answers the program's own counts", () => {
    const db = opened();
    db.exec("CREATE TABLE t (a)");
    db.prepare("INSERT INTO t VALUES (1), (2)").run();
    const counts = db.prepare("SELECT changes() AS changes, total_changes() AS total, ? AS given");
    expect(counts.raw().get("x")).toEqual([2, 2, "x"]);
    db.prepare("DELETE FROM t WHERE a = ?").run(1);
    expect(counts.get("y")).toEqual([1, 3, "y"]);
    const all = db.prepare("SELECT *, changes() AS changes FROM t");
    db.exec("ALTER TABLE t ADD COLUMN b");
    expect(all.get()).toEqual({ a: 2, b: null, changes: 1 });
    expect(all.columns().map(({ name }: { name: string }) => name)).toEqual(["a", "b", "changes"]);
    db.close();
  });

  it("serializes without the hidden tables, and backs up with them", async () => {
    const db = opened();
    db.exec("CREATE TABLE t (a); INSERT INTO t (rowid, a) VALUES (30, 'x')");
    expect(allTables(db.serialize())).toEqual(["t"]);
    const bytes = new (realClass())(db.serialize());
    expect(bytes.prepare("SELECT rowid FROM t").pluck().all()).toEqual([30]);
    bytes.close();
    const copy = path.join(root, "copy.db");
    await db.backup(copy);
    expect(allTables(copy)).toContain("_cf_dosql_log");
    const snapshot = path.join(root, "snapshot.db");
    dosql(db).snapshot(snapshot);
    expect(allTables(snapshot)).toEqual(["t"]);
    db.close();
  });

  it("reads the past", () => {
    const db = opened();
    db.exec("CREATE TABLE t (a INTEGER PRIMARY KEY, b); INSERT INTO t VALUES (1, 'before')");
    const { lastLsn } = [...dosql(db).changes()].at(-1) as unknown as { lastLsn: bigint };
    db.exec("UPDATE t SET b = 'after'");
    const past = dosql(db).at({ lsn: lastLsn } as never);
    expect(past.prepare("SELECT b FROM t").pluck().get()).toBe("before");
    past.close();
    db.close();
  });

  it("does not open a file that another SQLite has open here", () => {
    const db: any = new Database(path.join(root, "other.db"), { binding: "builtin" });
    db.exec("CREATE TABLE t (a)");
    const again = (): unknown => new Database(path.join(root, "other.db"), { binding });
    expect(failure(again)).toMatchObject({ code: "DOSQL_MISUSE" });
    // Who does not ask gets the one that has it.
    const other: any = new Database(path.join(root, "other.db"));
    expect(other.prepare("SELECT * FROM t").all()).toEqual([]);
    other.close();
    db.close();
    (again() as any).close();
  });
});

describe("the binding option", () => {
  const bindings: [string, () => BindingChoice][] = [
    ["builtin", () => "builtin"],
    ...(reference.ready ? [["native", realClass] as [string, () => BindingChoice]] : []),
  ];

  it("is refused when it is none", () => {
    const wrong = (): unknown => new Database(":memory:", { binding: "other" as never });
    expect(failure(wrong)).toMatchObject({ name: "TypeError" });
  });

  it("says why native is not to be had", () => {
    const native = (): unknown => new Database(":memory:", { binding: "native" });
    // This project itself does not install the peer where programs find it.
    expect(failure(native).message).toMatch(
      /^The "binding" option is "native", but better-sqlite3/,
    );
  });

  it("is never the class itself", () => {
    const itself = (): unknown => new Database(":memory:", { binding: Database as never });
    expect(failure(itself).message).toBe('The "binding" option is the class that it was given to');
  });

  it.each(bindings)("%s leaves a foreign file as it is", (_, binding) => {
    const foreign = new DatabaseSync(file);
    foreign.exec("CREATE TABLE t (a); INSERT INTO t VALUES (1)");
    foreign.close();
    const db: any = new Database(file, { binding: binding() as never });
    db.prepare("INSERT INTO t VALUES (2)").run();
    expect(db.pragma("journal_mode", { simple: true })).toBe("delete");
    db.close();
    const after = new DatabaseSync(file);
    expect(after.prepare("SELECT name FROM sqlite_schema").all()).toEqual([{ name: "t" }]);
    after.close();
  });

  it.each(bindings)("%s says what may be wrong with a file that is none", (_, binding) => {
    writeFileSync(file, Buffer.alloc(4_096, 0xa5));
    const db: any = new Database(file, { binding: binding() as never });
    let error: any;
    try {
      db.prepare("SELECT * FROM sqlite_schema");
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(SqliteError);
    expect([error.code, error.message]).toEqual(["SQLITE_NOTADB", "file is not a database"]);
    expect(error.cause.hint).toMatch(/SQLCipher/);
    db.close();
  });

  it.each(bindings)("%s refuses a file of a newer format", async (_, binding) => {
    const chosen = binding();
    await open(file, { capture: "on" }).close();
    const raw = new DatabaseSync(file);
    raw.exec("UPDATE _cf_dosql_meta SET value = 999 WHERE key LIKE '%format%'");
    raw.close();
    const db: any = new Database(file, { binding: chosen as never });
    expect(failure(() => db.exec("CREATE TABLE t (a)")).code).toBe("DOSQL_FORMAT_TOO_NEW");
    db.close();
  });
});
