import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { formatHlc } from "../../src/base/hlc.ts";
import { LSN_ZERO } from "../../src/base/lsn.ts";
import { CAPTURE_ON } from "../../src/engine/capture/capture-setting.ts";
import { LogReader } from "../../src/engine/log/log-reader.ts";
import type { Session } from "../../src/engine/session/session.ts";
import type { LogTransaction } from "../../src/engine/log/record.ts";
import { Shard } from "../../src/engine/shard.ts";
import { SyncSession } from "../../src/engine/session/sync-session.ts";
import Database, { dosql } from "../../src/entry/better-sqlite3.ts";
import { open } from "../../src/entry/main.ts";
import type { Database as Engine, OpenOptions } from "../../src/entry/main.ts";
import { NodeSqlDriver } from "../../src/platform/node/sqlite/sqlite-driver.ts";
import { ManualClock } from "./manual-clock.ts";

type Facade = InstanceType<typeof Database>;

let root: string;
const closing: (() => unknown)[] = [];

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "dosql-handles-"));
});

afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
  rmSync(root, { recursive: true });
});

function engine(name: string, options?: OpenOptions): Engine {
  const database = open(path.join(root, name), options);
  closing.push(() => database.close());
  return database;
}

function facade(name: string, options?: ConstructorParameters<typeof Database>[1]): Facade {
  const db = new Database(path.join(root, name), options);
  closing.push(() => db.close());
  return db;
}

async function value(session: Session, sql: string): Promise<unknown> {
  return (await session.execute(sql, [])).rows[0]?.[0];
}

/** Each transaction as `insert t 1, delete t 1`. */
function told(transactions: Iterable<LogTransaction>): string[] {
  return [...transactions].map(({ records }) =>
    records.map(({ op, table, key }) => [op, table, ...key].join(" ")).join(", "),
  );
}

function code(body: () => unknown): string {
  try {
    body();
  } catch (error) {
    return String((error as { code?: unknown }).code);
  }
  return "no error";
}

describe("an embedded connection and sessions on one data folder", () => {
  test("a session waits for the transaction of a connection", async () => {
    const session = engine("data/").session();
    const db = facade("data");
    db.exec("CREATE TABLE t (id INTEGER PRIMARY KEY, v)");
    db.exec("BEGIN");
    db.exec("INSERT INTO t VALUES (1, 'face')");
    const write = session.execute("INSERT INTO t VALUES (2, 'session')", []);
    db.exec("INSERT INTO t VALUES (3, 'face')");
    db.exec("COMMIT");
    await write;
    expect(told(dosql(db).changes({ tables: ["t"], operations: ["insert"] }))).toEqual([
      "insert t 1, insert t 3",
      "insert t 2",
    ]);
  });

  test.each(["ROLLBACK", "ROLLBACK TO a; RELEASE a", "close"])(
    "a session goes on after a connection's %s",
    async (end) => {
      const session = engine("data/").session();
      const db = facade("data");
      db.exec("CREATE TABLE t (id INTEGER PRIMARY KEY, v)");
      db.exec("SAVEPOINT a");
      db.prepare("INSERT INTO t VALUES (1, 'face')").run();
      const write = session.execute("INSERT INTO t VALUES (2, 'session')", []);
      if (end === "close") db.close();
      else db.exec(end);
      await write;
      expect(await value(session, "SELECT group_concat(id) FROM t")).toBe("2");
    },
  );

  test("a connection hears at once that a session's transaction is open", async () => {
    const session = engine("data/").session();
    const db = facade("data", { timeout: 60_000 });
    db.exec("CREATE TABLE t (id INTEGER PRIMARY KEY, v)");
    await session.begin();
    await session.execute("INSERT INTO t VALUES (1, 'session')", []);
    expect(code(() => db.exec("INSERT INTO t VALUES (2, 'face')"))).toBe("SQLITE_BUSY");
    expect(code(() => db.exec("BEGIN IMMEDIATE"))).toBe("SQLITE_BUSY");
    expect(db.inTransaction).toBe(false);
    expect(db.prepare("SELECT count(*) FROM t").pluck().get()).toBe(0);
    await session.commit();
    db.exec("INSERT INTO t VALUES (2, 'face')");
    expect(db.prepare("SELECT count(*) FROM t").pluck().get()).toBe(2);
  });

  test("DDL of either is seen by the other at once", async () => {
    const session = engine("data/").session();
    const db = facade("data");
    db.exec("CREATE TABLE t (a)");
    expect((await session.execute("SELECT * FROM t", [])).columns).toHaveLength(1);
    db.exec("ALTER TABLE t ADD COLUMN b DEFAULT 5");
    expect((await session.execute("SELECT * FROM t", [])).columns).toHaveLength(2);
    await session.execute("INSERT INTO t VALUES (1, 2)", []);
    await session.execute("ALTER TABLE t ADD COLUMN c", []);
    db.exec("INSERT INTO t VALUES (3, 4, 5)");
    db.transaction(() => db.exec("ALTER TABLE t DROP COLUMN b"))();
    await session.execute("INSERT INTO t VALUES (6, 7)", []);
    const rows = [...dosql(db).changes({ operations: ["insert"] })].map(({ records }) => [
      records[0]?.columns.join(),
      records[0]?.schemaVersion,
    ]);
    expect(rows).toEqual([
      ["a,b", 2],
      ["a,b,c", 3],
      ["a,c", 4],
    ]);
  });

  test("what one knows of REPLACE does not mislead the other", async () => {
    const session = engine("data/").session();
    const db = facade("data");
    const upsert = "INSERT INTO t VALUES (9, 'x') ON CONFLICT (v) DO UPDATE SET v = v";
    db.exec("CREATE TABLE t (id INTEGER PRIMARY KEY, v UNIQUE); INSERT INTO t VALUES (1, 'x')");
    db.exec(upsert);
    // The first REPLACE makes triggers, and leaves them awake.
    await session.execute("REPLACE INTO t VALUES (2, 'x')", []);
    db.exec(upsert);
    db.exec("REPLACE INTO t VALUES (3, 'x')");
    await session.execute(upsert, []);
    expect(told(dosql(db).changes({ operations: ["insert", "update", "delete"] }))).toEqual([
      "insert t 1",
      "update t 1",
      "delete t 1, insert t 2",
      "update t 2",
      "delete t 2, insert t 3",
      "update t 3",
    ]);
  });

  test("a COMMIT that fails leaves no end in the log", () => {
    engine("data/");
    const db = facade("data");
    db.exec("CREATE TABLE p (id PRIMARY KEY)");
    db.exec("CREATE TABLE c (p REFERENCES p DEFERRABLE INITIALLY DEFERRED)");
    db.exec("BEGIN; INSERT INTO c VALUES (1)");
    expect(code(() => db.exec("COMMIT"))).toBe("SQLITE_CONSTRAINT_FOREIGNKEY");
    expect(db.inTransaction).toBe(true);
    db.exec("INSERT INTO p VALUES (1); COMMIT");
    expect(code(() => db.exec("INSERT INTO c VALUES (2)"))).toBe("SQLITE_CONSTRAINT_FOREIGNKEY");
    expect(db.inTransaction).toBe(false);
    expect(told(dosql(db).changes({ operations: ["insert"] }))).toEqual(["insert c 1, insert p 1"]);
  });

  test("a statement alone is no transaction to its user functions", () => {
    const db = facade("data.db");
    engine("data.db", { capture: "on" });
    const seen: boolean[] = [];
    db.function("look", () => Number(seen.push(db.inTransaction)));
    db.exec("CREATE TABLE t (a)");
    db.prepare("INSERT INTO t VALUES (look())").run();
    expect([...db.prepare("INSERT INTO t VALUES (look()) RETURNING a").pluck().iterate()]).toEqual([
      2,
    ]);
    db.transaction(() => db.exec("INSERT INTO t VALUES (look())"))();
    expect(seen).toEqual([false, false, true]);
    db.function("fail", () => {
      throw new RangeError("mine");
    });
    expect(() => db.exec("INSERT INTO t VALUES (fail())")).toThrow(RangeError);
    expect(db.prepare("SELECT count(*) FROM t").pluck().get()).toBe(3);
  });

  test("temporary triggers on captured tables are refused by name", () => {
    const db = facade("data.db");
    engine("data.db", { capture: "on" });
    db.exec("CREATE TABLE t (a)");
    const trigger = "CREATE TEMP TRIGGER tt AFTER INSERT ON t BEGIN DELETE FROM t; END";
    expect(() => db.exec(trigger)).toThrow("CREATE TEMP TRIGGER");
    expect(db.inTransaction).toBe(false);
  });

  test("nothing is written beside a temporary trigger that is older than capture", () => {
    const db = facade("older.db");
    db.exec("CREATE TABLE t (id INTEGER PRIMARY KEY, v)");
    db.exec("CREATE TEMP TRIGGER tt AFTER INSERT ON t BEGIN UPDATE t SET v = 2; END");
    const insert = db.prepare("INSERT INTO t VALUES (?, 1)");
    insert.run(1);
    engine("older.db", { capture: "on" });
    expect(() => insert.run(2)).toThrow("cannot be captured beside the TEMP trigger tt");
    db.exec("BEGIN IMMEDIATE");
    expect(() => insert.run(2)).toThrow("beside the TEMP trigger tt");
    db.exec("ROLLBACK");
    expect(db.prepare("SELECT id, v FROM t").raw().all()).toEqual([[1, 2]]);
    db.exec("DROP TRIGGER temp.tt");
    insert.run(3);
    expect(told(dosql(db).changes({ operations: ["insert"] })).at(-1)).toBe("insert t 3");
  });
});

describe("a plain file", () => {
  test("whose capture begins while a connection has it open", async () => {
    const db = facade("plain.db");
    db.exec("CREATE TABLE t (id INTEGER PRIMARY KEY); INSERT INTO t VALUES (1)");
    const insert = db.prepare("INSERT INTO t VALUES (?)");
    insert.run(2);
    expect(() => [...dosql(db).changes()]).toThrow("not captured");
    await open(path.join(root, "plain.db"), { capture: "on" }).close();
    // It was closed before the connection could take part: what it writes is another program's.
    insert.run(3);
    const later = open(path.join(root, "plain.db"));
    insert.run(4);
    await later.close();
    db.transaction(() => [insert.run(5), insert.run(6)])();
    expect(db.prepare("SELECT name FROM sqlite_schema").pluck().all()).toEqual(["t"]);
    expect(told(dosql(db).changes({ operations: ["insert"] }))).toEqual([
      "insert t 1, insert t 2",
      "insert t 3",
      "insert t 4",
      "insert t 5, insert t 6",
    ]);
    expect([...dosql(db).changes()].map(({ origin }) => origin)).toContain("foreign");
  });

  test("that is captured is found to be, and stays so when the engine closes it", async () => {
    await open(path.join(root, "plain.db"), { capture: "on" }).close();
    const db = facade("plain.db");
    db.exec("CREATE TABLE t (id INTEGER PRIMARY KEY)");
    const other = open(path.join(root, "plain.db"));
    db.exec("INSERT INTO t VALUES (1)");
    await other.close();
    db.exec("INSERT INTO t VALUES (2)");
    expect(told(dosql(db).changes())).toEqual(["ddl t", "insert t 1", "insert t 2"]);
    const readonly = facade("plain.db", { readonly: true });
    expect(readonly.prepare("SELECT name FROM sqlite_schema").pluck().all()).toEqual(["t"]);
    expect(() => readonly.exec("INSERT INTO t VALUES (3)")).toThrow("readonly");
  });

  test("keeps its tables that are left out", async () => {
    const file = path.join(root, "plain.db");
    await open(file, { capture: { except: ["secret"] } }).close();
    const db = facade("plain.db");
    db.exec("CREATE TABLE secret (a); CREATE TABLE t (a); INSERT INTO secret VALUES (1)");
    db.exec("INSERT INTO t SELECT * FROM secret");
    expect(told(dosql(db).changes({ operations: ["insert"] }))).toEqual(["insert t 1"]);
    await open(file, { capture: "off" }).close();
    db.exec("INSERT INTO t VALUES (2)");
    expect(() => [...dosql(db).changes()]).toThrow("not captured");
  });

  test("another program's rows and tables become transactions of their own", async () => {
    const database = engine("plain.db", { capture: "on" });
    const session = database.session();
    await session.execute("CREATE TABLE t (id INTEGER PRIMARY KEY)", []);
    const other = new DatabaseSync(path.join(root, "plain.db"));
    other.exec("INSERT INTO t VALUES (1), (2); CREATE TABLE u (a); INSERT INTO u VALUES (5)");
    other.close();
    const seen: LogTransaction[] = [];
    const following = (async () => {
      for await (const event of database.feed.subscribe({ from: "start" })) {
        if (event.kind === "transaction") seen.push(event.transaction);
        if (seen.length === 3) return;
      }
    })();
    await vi.waitFor(() => expect(seen).toHaveLength(3), { timeout: 10_000 });
    await following;
    expect(told(seen)).toEqual(["ddl t", "insert t 1, insert t 2", "ddl u, insert u 1"]);
    expect(seen.map(({ origin }) => origin)).toEqual(["local", "foreign", "foreign"]);
    expect((await session.execute("SELECT a FROM u", [])).rows).toEqual([[5n]]);
  });
});

describe("another program beside an idle one", () => {
  test("replaces, and does not replace, as it likes", async () => {
    const database = engine("plain.db", { capture: "on" });
    const session = database.session();
    await session.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, v UNIQUE)", []);
    await session.execute("INSERT INTO t VALUES (1, 'a'), (2, 'b')", []);
    await session.execute("REPLACE INTO t VALUES (3, 'b')", []);
    const other = new DatabaseSync(path.join(root, "plain.db"));
    const mode = other.prepare("SELECT mode FROM _cf_dosql_flag");
    // It rests when nobody here has written for a second.
    await vi.waitFor(() => expect(mode.get()).toEqual({ mode: 3 }), { timeout: 10_000 });
    other.exec(
      "INSERT OR IGNORE INTO t VALUES (9, 'a'); REPLACE INTO t VALUES (4, 'a');" +
        "INSERT INTO t VALUES (9, 'b') ON CONFLICT (v) DO UPDATE SET v = 'c'",
    );
    other.close();
    const db = facade("plain.db");
    const start = database.feed.head;
    const foreign = (): string[] => told(dosql(db).changes({ from: start }));
    await vi.waitFor(() => expect(foreign()).toHaveLength(1), { timeout: 10_000 });
    expect(foreign()).toEqual(["delete t 1, insert t 4, update t 3"]);
    // And goes on as before.
    await session.execute("INSERT INTO t VALUES (5, 'a') ON CONFLICT DO NOTHING", []);
    await session.execute("REPLACE INTO t VALUES (6, 'c')", []);
    expect(foreign()[1]).toBe("delete t 3, insert t 6");
  });
});

describe("dosql(db)", () => {
  test("changes() tells what is there, and all to come", async () => {
    engine("data/");
    const db = facade("data");
    db.exec("CREATE TABLE t (id INTEGER PRIMARY KEY); INSERT INTO t VALUES (1)");
    expect(told(dosql(db).changes())).toEqual(["ddl t", "insert t 1"]);
    const later: string[] = [];
    const following = (async () => {
      for await (const transaction of dosql(db).changes({ operations: ["insert"] })) {
        later.push(...told([transaction]));
      }
    })();
    await vi.waitFor(() => expect(later).toEqual(["insert t 1"]));
    db.exec("INSERT INTO t VALUES (2)");
    await vi.waitFor(() => expect(later).toEqual(["insert t 1", "insert t 2"]));
    db.close();
    await following;
  });

  test("changes() goes on from a slot", async () => {
    engine("data/");
    const db = facade("data");
    db.exec("CREATE TABLE t (id INTEGER PRIMARY KEY); INSERT INTO t VALUES (1)");
    const { feed, changes } = dosql(db);
    await feed.slots.create("mail", { from: "start" });
    const first = [...changes({ slot: "mail" })];
    expect(told(first)).toEqual(["ddl t", "insert t 1"]);
    await feed.slots.confirm("mail", first[1]?.lastLsn ?? (0 as never));
    db.exec("INSERT INTO t VALUES (2)");
    expect(told(changes({ slot: "mail" }))).toEqual(["insert t 2"]);
  });

  test.each([{}, new DatabaseSync(":memory:"), new Database(":memory:")])(
    "complains of what it cannot follow",
    (given) => {
      expect(() => [...dosql(given as Facade).changes()]).toThrow(/dosql\(\) takes|not captured/);
    },
  );
});

describe("a connection that attaches a file whose changes are captured", () => {
  test("sees none of the engine's objects there, and its changes are told", async () => {
    const database = engine("captured.sqlite", { capture: "on" });
    await database.session().execute("CREATE TABLE t (id INTEGER PRIMARY KEY, v)", []);
    await database.close();
    const db = facade("plain.sqlite");
    db.exec(`ATTACH '${path.join(root, "captured.sqlite")}' AS c`);
    expect(db.prepare("SELECT name FROM c.sqlite_master").pluck().all()).toEqual(["t"]);
    for (const sql of [
      "SELECT * FROM c._cf_dosql_log",
      'DROP TABLE c."_cf_dosql_log"',
      "DROP TRIGGER c._cf_dosql_1_i",
      'SELECT * FROM c."_cf_dosql_txn"; CREATE VIEW v AS SELECT 1',
    ]) {
      expect(() => db.exec(sql), sql).toThrow(/no such table: _cf_dosql_/);
    }
    db.prepare("INSERT INTO c.t VALUES (7, 'x')").run();
    db.close();
    const again = engine("captured.sqlite");
    const seen: LogTransaction[] = [];
    for await (const event of again.feed.subscribe({ from: "start" })) {
      if (event.kind === "transaction") seen.push(event.transaction);
      if (seen.some(({ records }) => records.some(({ op }) => op === "insert"))) break;
    }
    expect(told(seen)).toContain("insert t 7");
  });
});

test("no two processes on a file commit at one time", () => {
  // Two shards that know nothing of each other, under one clock that stands still.
  const file = path.join(root, "two.sqlite");
  const clock = new ManualClock();
  const shards = [0, 1].map(() => {
    const shard = new Shard({ writer: new NodeSqlDriver(file), clock, captureAtFirst: CAPTURE_ON });
    closing.push(() => shard.close());
    return shard;
  });
  const sessions = shards.map((shard) => new SyncSession(shard));
  sessions[0]?.execute("CREATE TABLE t (v)", []);
  for (let i = 0; i < 6; i++) sessions[i % 2]?.execute(`INSERT INTO t VALUES (${i})`, []);
  const reader = new NodeSqlDriver(file);
  closing.push(() => reader.close());
  const told = new LogReader(reader).transactions(LSN_ZERO);
  const times = told.map(({ commitTs }) => formatHlc(commitTs));
  expect(times.length).toBeGreaterThan(6);
  expect(times).toEqual([...new Set(times)].sort());
});
