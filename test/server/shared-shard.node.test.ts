import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import Database, { dosql } from "dosql/better-sqlite3";
import { DosqlError, open } from "dosql";
import type { Database as Engine, OpenOptions } from "dosql";

let root: string;
const closing: (() => unknown)[] = [];

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "dosql-shared-"));
});

afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
  rmSync(root, { recursive: true });
});

function openHere(name: string, options?: OpenOptions): Engine {
  const database = open(path.join(root, name), options);
  closing.push(() => database.close());
  return database;
}

async function rows(database: Engine, sql: string): Promise<unknown> {
  return (await database.session().execute(sql, [])).rows;
}

/** What a file says itself, to somebody who knows nothing of the engine. */
function stored(name: string, sql: string): unknown {
  const raw = new DatabaseSync(path.join(root, name), { readOnly: true });
  try {
    return Object.values(raw.prepare(sql).get() ?? {})[0];
  } finally {
    raw.close();
  }
}

describe("one shard for each file of a process", () => {
  test.each(["data/", "file.db"])("sessions of two handles on %s take turns", async (name) => {
    const one = openHere(name);
    const two = openHere(name);
    await rows(one, "CREATE TABLE t (a)");
    const first = one.session();
    await first.begin();
    await first.execute("INSERT INTO t VALUES (1)", []);
    const second = rows(two, "INSERT INTO t SELECT max(a) + 1 FROM t");
    await first.commit();
    await second;
    expect(await rows(two, "SELECT a FROM t ORDER BY a")).toEqual([[1n], [2n]]);
  });

  test("a file is one by whatever name", async () => {
    const one = openHere("file.db");
    await rows(one, "CREATE TABLE t (a)");
    symlinkSync("file.db", path.join(root, "link.db"));
    const session = openHere("link.db").session();
    await session.begin();
    await session.execute("INSERT INTO t VALUES (1)", []);
    const waiting = rows(one, "INSERT INTO t VALUES (2)");
    await session.commit();
    await waiting;
  });

  test("closing one handle ends what it began, and nothing else", async () => {
    const one = openHere("data/");
    const two = openHere("data/");
    await rows(one, "CREATE TABLE t (a)");
    const idle = one.session();
    const writing = one.session();
    await writing.begin();
    await writing.execute("INSERT INTO t VALUES (1)", []);
    const ours = two.feed.subscribe();
    const theirs = one.feed.subscribe();
    await one.close();
    expect(() => idle.execute("SELECT 1", [])).toThrow("the database is closed");
    expect(await theirs.next()).toEqual({ done: true, value: undefined });
    expect(await rows(two, "SELECT * FROM t")).toEqual([]);
    await rows(two, "INSERT INTO t VALUES (2)");
    expect(await ours.next()).toMatchObject({ value: { kind: "transaction" } });
    await two.close();
    const again = openHere("data/");
    expect(await rows(again, "SELECT * FROM t")).toEqual([[2n]]);
  });

  test("DDL of one handle holds for the other at once", async () => {
    const one = openHere("data/");
    const two = openHere("data/");
    await rows(one, "CREATE TABLE t (a)");
    expect(await rows(two, "SELECT * FROM t")).toEqual([]);
    await rows(one, "ALTER TABLE t ADD COLUMN b DEFAULT 7");
    await rows(two, "INSERT INTO t (a) VALUES (1)");
    expect(await rows(two, "SELECT * FROM t")).toEqual([[1n, 7n]]);
  });

  test("the strongest durability of all who open it holds", async () => {
    const weak = openHere("file.db", { synchronous: "NORMAL" });
    const session = weak.session();
    // Of the connection that writes: in a transaction, that is the one which answers.
    const durability = async (): Promise<unknown> =>
      (await session.execute("PRAGMA synchronous", [])).rows[0]?.[0];
    await session.execute("CREATE TABLE t (a)", []);
    await session.begin();
    await session.execute("INSERT INTO t VALUES (1)", []);
    expect(await durability()).toBe(1n);
    openHere("file.db");
    expect(await durability()).toBe(1n);
    await session.commit();
    await session.begin();
    expect(await durability()).toBe(2n);
    await session.rollback();
  });

  test("two copies of the package cannot share a file", () => {
    openHere("file.db");
    const files = (globalThis as unknown as Record<symbol, Map<string, { copy: object }>>)[
      Symbol.for("dosql.shared-files.1")
    ];
    const [[, share] = []] = files ?? [];
    if (share === undefined) throw new Error("the file is not there");
    const { copy } = share;
    share.copy = {};
    expect(() => open(path.join(root, "file.db"))).toThrow("another copy of dosql");
    share.copy = copy;
  });
});

describe("capture", () => {
  const setting = (name: string): unknown =>
    stored(name, "SELECT value FROM _cf_dosql_meta WHERE key = 'capture'");
  const SHARD = "data/databases/main/shard-0.sqlite";

  test("is on in a new data folder, and off in a file", async () => {
    await openHere("data/").close();
    expect(setting(SHARD)).toBe('{"mode":"on","except":[]}');
    await openHere("file.db").close();
    expect(setting("file.db")).toBeUndefined();
  });

  test("is as it was asked for, and stays so", async () => {
    await openHere("data/", { capture: "off" }).close();
    await openHere("data/").close();
    expect(setting(SHARD)).toBe('{"mode":"off","except":[]}');
    const one = openHere("data/", { capture: { except: ["Secret"] } });
    await rows(one, "CREATE TABLE secret (a)");
    await rows(one, "CREATE TABLE told (a)");
    await rows(one, "INSERT INTO secret VALUES (1)");
    await rows(one, "INSERT INTO told VALUES (1)");
    await one.close();
    const db = new Database(path.join(root, "data"));
    closing.push(() => db.close());
    const records = [...dosql(db).changes()].flatMap((transaction) => transaction.records);
    const inserted = records.filter(({ op }) => op === "insert");
    expect(inserted.map(({ table }) => table)).toEqual(["told"]);
  });

  test("begins with the rows that are there", async () => {
    const plain = openHere("file.db");
    await rows(plain, "CREATE TABLE t AS SELECT 1 AS a UNION SELECT 2");
    expect(() => plain.feed.subscribe()).toThrow("not captured");
    const captured = openHere("file.db", { capture: "on" });
    const { value } = await captured.feed.subscribe({ from: "start" }).next();
    expect(value).toMatchObject({ transaction: { origin: "snapshot", records: { length: 3 } } });
    expect(await plain.feed.subscribe({ from: "start" }).next()).toMatchObject({ done: false });
  });

  test("cannot change while a transaction is open", async () => {
    const session = openHere("file.db").session();
    await session.execute("CREATE TABLE t (a)", []);
    await session.begin();
    await session.execute("INSERT INTO t VALUES (1)", []);
    const file = path.join(root, "file.db");
    expect(() => open(file, { capture: "on" })).toThrow(DosqlError);
    await session.rollback();
    openHere("file.db", { capture: "on" });
  });

  test.each(["yes", null, {}, { except: "t" }, { except: [1] }])("cannot be %j", (capture) => {
    expect(() => open(path.join(root, "file.db"), { capture: capture as never })).toThrow(
      "capture is neither",
    );
  });
});
