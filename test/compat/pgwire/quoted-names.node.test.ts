import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import { SqliteControl } from "../../../src/compat/pgwire/sqlite-session/sqlite-control.ts";
import type { Database } from "../../../src/engine/session/session.ts";
import { open } from "../../../src/entry/main.ts";

let root: string;
let database: Database;

beforeEach(async () => {
  root = mkdtempSync(path.join(tmpdir(), "dosql-names-"));
  database = open(path.join(root, "a.sqlite"));
  await database.session().execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a)", []);
});

afterEach(async () => {
  await database.close();
  rmSync(root, { recursive: true });
});

/** What a SQLite says that takes "x" for a name only. */
function strictly(sql: string): string {
  const strict = new DatabaseSync(":memory:", { enableDoubleQuotedStringLiterals: false });
  strict.exec("CREATE TABLE t (id INTEGER PRIMARY KEY, a)");
  try {
    strict.prepare(sql);
    return "right";
  } catch (error) {
    return (error as Error).message;
  } finally {
    strict.close();
  }
}

test.each([
  'CREATE TABLE c (x CHECK ("x" > 1))',
  'CREATE TABLE c (x CHECK ("nope" > 1))',
  'CREATE TABLE c (x, y AS ("x" + 1))',
  'CREATE TABLE c (x, y AS ("nope"))',
  'CREATE INDEX i ON t (a) WHERE "nope" > 1',
  'UPDATE t SET "a" = 1',
  'UPDATE t SET "nope" = 1',
  'UPDATE t SET a = "nope"',
  'INSERT INTO t VALUES (1, 2) ON CONFLICT ("id") DO UPDATE SET a = "excluded"."a"',
  'SELECT a AS "q" FROM t WHERE "q" = 1 ORDER BY "rowid"',
])("SQLite without strings in double quotes says the same of %s", (sql) => {
  const control = new SqliteControl(database.session({ deferred: true }));
  let said = "right";
  try {
    expect(control.compile(sql).next().done).toBe(true);
  } catch (error) {
    said = (error as Error).message;
  }
  expect(said).toBe(strictly(sql));
});
