import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { LSN_ZERO } from "../../../src/base/lsn.ts";
import { LogReader } from "../../../src/engine/log/log-reader.ts";
import Database from "../../../src/entry/better-sqlite3.ts";
import { open } from "../../../src/entry/main.ts";
import { NodeSqlDriver } from "../../../src/platform/node/sqlite/sqlite-driver.ts";

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "dosql-review-"));
  file = join(folder, "shard.sqlite");
});

afterEach(() => rmSync(folder, { recursive: true }));

/** Operation and values of all records, a list for each transaction behind its origin. */
function told(): string[] {
  const driver = new NodeSqlDriver(file, { readonly: true });
  const transactions = new LogReader(driver).transactions(LSN_ZERO, Infinity);
  const lines = transactions.map(({ origin, records }) => {
    const parts = records.map(({ op, before, after }) =>
      [op, ...(before ?? []), ...(after ?? [])].map(String).join(" "),
    );
    return [origin, ...parts].join("; ");
  });
  driver.close();
  return lines;
}

describe("a statement that fails on a foreign key, alone", () => {
  const SCHEMA = [
    "CREATE TABLE p (id INTEGER PRIMARY KEY)",
    "CREATE TABLE c (p REFERENCES p ON DELETE CASCADE)",
    "CREATE TRIGGER keep BEFORE DELETE ON c BEGIN SELECT RAISE(IGNORE); END",
    "INSERT INTO p VALUES (1)",
    "INSERT INTO c VALUES (1)",
  ];

  test.each(["on", "off"] as const)("takes all of itself back, capture %s", async (capture) => {
    const database = open(file, { capture });
    const session = database.session();
    for (const sql of SCHEMA) await session.execute(sql, []);
    await expect((async () => session.execute("DELETE FROM p", []))()).rejects.toThrow(/FOREIGN/);
    expect((await session.execute("SELECT * FROM p", [])).rows).toEqual([[1n]]);
    await database.close();
  });
});

describe("another program", () => {
  test("makes a table again in the same words: its old rows go, its new ones come", async () => {
    const text = "CREATE TABLE t (id INTEGER PRIMARY KEY, v)";
    let database = open(file, { capture: "on" });
    await database.session().execute(text, []);
    await database.session().execute("INSERT INTO t VALUES (1, 'old')", []);
    await database.close();
    const foreign = new NodeSqlDriver(file);
    foreign.exec(`DROP TABLE t; ${text}; INSERT INTO t VALUES (7, 'new')`);
    foreign.close();
    database = open(file);
    await database.session().execute("INSERT INTO t VALUES (8, 'ours')", []);
    await database.close();
    expect(told().slice(2)).toEqual(["foreign; ddl; ddl; insert 7 new", "local; insert 8 ours"]);
  });

  test("writes just before we do: its rows are no part of our transaction", async () => {
    const database = open(file, { capture: "on" });
    const session = database.session();
    await session.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, v UNIQUE)", []);
    await session.execute("REPLACE INTO t VALUES (1, 'a')", []);
    // Its REPLACE is seen, once the triggers are at rest.
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    const foreign = new NodeSqlDriver(file);
    foreign.exec("REPLACE INTO t VALUES (3, 'a')");
    foreign.close();
    await session.execute("INSERT INTO t VALUES (9, 'ours')", []);
    await database.close();
    expect(told().slice(2)).toEqual(["foreign; delete 1 a; insert 3 a", "local; insert 9 ours"]);
  });
});

test("a TEMP table may not hide a captured one from its triggers", async () => {
  const database = open(file, { capture: "on" });
  await database.session().execute("CREATE TABLE t (a)", []);
  const db = new Database(file);
  expect(() => db.exec("CREATE TEMP TABLE t (a)")).toThrow(/name of a captured one, t,/);
  db.exec("CREATE TEMP TABLE other (a)");
  expect(() => db.exec("CREATE TABLE other (a)")).toThrow(/name of a captured one, other,/);
  db.close();
  await database.close();
});
