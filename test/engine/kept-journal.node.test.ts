import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { FeedEvent } from "../../src/engine/feed/change-feed.ts";
import type { LogTransaction } from "../../src/engine/log/record.ts";
import Database, { dosql } from "../../src/entry/better-sqlite3.ts";
import { open } from "../../src/entry/main.ts";
import type { OpenOptions } from "../../src/entry/main.ts";
import { realDatabase, reference } from "../../compat-tests/better-sqlite3/libraries.ts";

type Facade = InstanceType<typeof Database>;

let root: string;
let file: string;
const closing: (() => unknown)[] = [];

beforeEach(async () => {
  root = mkdtempSync(path.join(tmpdir(), "dosql-kept-"));
  file = path.join(root, "kept.db");
  const plain = new DatabaseSync(file);
  plain.exec("CREATE TABLE t (id INTEGER PRIMARY KEY, v); INSERT INTO t VALUES (1, 'one')");
  plain.close();
  await open(file, { capture: "on", journal: "kept" }).close();
});

afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
  rmSync(root, { recursive: true });
});

function engine(options?: OpenOptions): ReturnType<typeof open> {
  const database = open(file, options);
  closing.push(() => database.close());
  return database;
}

/** As the header says: 1 is a rollback journal, 2 is WAL. */
function headerVersion(): number | undefined {
  return readFileSync(file)[18];
}

function code(body: () => unknown): string {
  try {
    body();
  } catch (error) {
    return String((error as { code?: unknown }).code);
  }
  return "no error";
}

/** Each transaction as `insert 1, delete 1`. */
function told(transactions: Iterable<LogTransaction>): string[] {
  return [...transactions].map(({ records }) =>
    records.map(({ op, key }) => [op, ...key].join(" ")).join(", "),
  );
}

const LIBRARIES = ["builtin", ...(reference.ready ? ["native"] : [])];

describe.each(LIBRARIES)("a captured file with a rollback journal, %s", (name) => {
  function facade(options: Database.Options = {}): Facade {
    const binding = name === "native" ? realDatabase() : "builtin";
    const db = new Database(file, { ...options, binding });
    closing.push(() => db.close());
    return db;
  }

  test("stays one, and tells its changes and its past", () => {
    const db = facade();
    expect(db.pragma("journal_mode", { simple: true })).toBe("delete");
    db.prepare("INSERT INTO t VALUES (2, 'two')").run();
    db.transaction(() => db.exec("DELETE FROM t WHERE id = 1; UPDATE t SET v = 'zwei'"))();
    const log = [...dosql(db).changes()];
    expect(told(log)).toEqual(["ddl, insert 1", "insert 2", "delete 1, update 2"]);
    const past = dosql(db).at({ lsn: log.at(-2)?.lastLsn ?? 0 });
    expect(past.prepare("SELECT id FROM t ORDER BY id").pluck().all()).toEqual([1, 2]);
    past.close();
    dosql(db).snapshot(path.join(root, "copy.db"));
    expect(headerVersion()).toBe(1);
    db.close();
    expect(headerVersion()).toBe(1);
  });

  test("says SQLITE_BUSY beside somebody who reads, and loses nothing", () => {
    const db = facade({ timeout: 20 });
    db.exec("INSERT INTO t VALUES (2, 'two')");
    const other = facade();
    const rows = other.prepare("SELECT * FROM t").iterate();
    rows.next();
    expect(code(() => db.prepare("INSERT INTO t VALUES (3, 'alone')").run())).toBe("SQLITE_BUSY");
    db.exec("BEGIN; INSERT INTO t VALUES (4, 'together'); INSERT INTO t VALUES (5, 'together')");
    expect(code(() => db.exec("COMMIT"))).toBe("SQLITE_BUSY");
    expect(db.inTransaction).toBe(true);
    rows.return?.();
    db.exec("COMMIT");
    expect(db.prepare("SELECT id FROM t").pluck().all()).toEqual([1, 2, 4, 5]);
    expect(told(dosql(db).changes()).slice(-2)).toEqual(["insert 2", "insert 4, insert 5"]);
  });

  test("tells a subscriber, whose snapshot keeps nobody from writing", async () => {
    const db = facade();
    db.exec(
      "WITH n(i) AS (VALUES (2) UNION ALL SELECT i + 1 FROM n LIMIT 5000) INSERT INTO t SELECT i, i FROM n",
    );
    const subscription = dosql(db).feed.subscribe({ from: "snapshot" });
    const rows = new Map<unknown, unknown>();
    let batches = 0;
    let transactions = 0;
    let ended = false;
    const take = (event: FeedEvent): void => {
      if (event.kind === "snapshot") {
        batches += 1;
        for (const [id, v] of event.rows) rows.set(id, v);
        // While rows of it are still to come.
        db.exec(`UPDATE t SET v = 'new ${batches}' WHERE id = ${batches * 7}`);
      } else if (event.kind === "transaction") {
        transactions += 1;
        for (const { key, after } of event.transaction.records) rows.set(key[0], after?.[1]);
      } else if (event.kind === "snapshot-end") ended = true;
    };
    db.exec("BEGIN; UPDATE t SET v = 'begun' WHERE id = 1");
    setTimeout(() => db.exec("COMMIT"), 20);
    for await (const event of subscription) {
      take(event);
      if (ended && transactions === batches) break;
    }
    expect(batches).toBeGreaterThan(1);
    expect(rows.get(1n)).toBe("begun");
    const now = db.prepare("SELECT id, v FROM t").raw().safeIntegers().all() as [bigint, unknown][];
    expect([...rows].toSorted((a, b) => Number(a[0]) - Number(b[0]))).toEqual(now);
  });
});

describe("who wants WAL", () => {
  test("gets it, also of a file that is open", async () => {
    const db = new Database(file, { binding: "builtin" });
    closing.push(() => db.close());
    db.exec("INSERT INTO t VALUES (2, 'two')");
    expect(headerVersion()).toBe(1);
    const session = engine().session();
    expect(headerVersion()).toBe(2);
    db.exec("INSERT INTO t VALUES (3, 'three')");
    expect((await session.execute("SELECT count(*) FROM t", [])).rows).toEqual([[3n]]);
    expect(db.pragma("journal_mode", { simple: true })).toBe("wal");
  });

  test("hears of it while a transaction is open", () => {
    const db = new Database(file, { binding: "builtin" });
    closing.push(() => db.close());
    db.exec("BEGIN; INSERT INTO t VALUES (2, 'two')");
    expect(code(() => open(file))).toBe("busy");
    db.exec("COMMIT");
  });

  test("has no rollback journal: a data folder, and reader processes", () => {
    expect(code(() => open(path.join(root, "folder"), { journal: "kept" }))).toBe(
      "invalid-argument",
    );
    expect(code(() => open(file, { journal: "kept", readers: 1 }))).toBe("misuse");
    engine({ journal: "kept" });
    expect(code(() => open(file, { journal: "kept", readers: 1 }))).toBe("misuse");
    expect(code(() => open(file, { journal: "delete" as never }))).toBe("invalid-argument");
  });
});

test("sessions take turns on a file with a rollback journal", async () => {
  const database = engine({ journal: "kept" });
  const [one, other] = [database.session(), database.session()];
  await one.execute("BEGIN", []);
  await one.execute("INSERT INTO t VALUES (2, 'two')", []);
  const read = other.execute("SELECT count(*) FROM t", []);
  await one.execute("COMMIT", []);
  expect((await read).rows).toEqual([[2n]]);
  expect(headerVersion()).toBe(1);
});
