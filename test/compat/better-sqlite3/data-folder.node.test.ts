import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import Database from "../../../src/entry/better-sqlite3.ts";
import { open } from "../../../src/entry/main.ts";

const SHARD = "databases/main/shard-0.sqlite";

let root: string;
let folder: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "dosql-facade-"));
  folder = path.join(root, "data");
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

/** A data folder as the engine makes it, with one table. */
async function makeFolder(): Promise<void> {
  const database = open(`${folder}/`);
  const session = database.session();
  await session.execute("CREATE TABLE t (a INTEGER PRIMARY KEY, b)", []);
  await session.execute("INSERT INTO t VALUES (1, 'one')", []);
  await session[Symbol.asyncDispose]();
  await database.close();
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

describe("a data folder", () => {
  beforeEach(makeFolder);

  it("opens by its folder and by its file", () => {
    for (const name of [folder, path.join(folder, SHARD)]) {
      const db = new Database(name);
      expect([db.name, db.memory, db.readonly]).toEqual([name, false, false]);
      expect(db.prepare("SELECT * FROM t").all()).toEqual([{ a: 1, b: "one" }]);
      db.close();
    }
  });

  it("is shared with the engine", async () => {
    const db = new Database(folder);
    db.prepare("INSERT INTO t VALUES (?, ?)").run(2, "two");
    db.close();
    const database = open(folder);
    const session = database.session({ integers: "number" });
    const { rows } = await session.execute("SELECT a, b FROM t ORDER BY a", []);
    expect(rows).toEqual([
      [1, "one"],
      [2, "two"],
    ]);
    await session[Symbol.asyncDispose]();
    await database.close();
  });

  it("opens twice in one process, and is free after the last close", () => {
    const one = new Database(folder);
    const two = new Database(folder, { readonly: true });
    one.exec("INSERT INTO t VALUES (3, 'three')");
    expect(two.prepare("SELECT count(*) FROM t").pluck().get()).toBe(2);
    one.close();
    expect(two.prepare("SELECT count(*) FROM t").pluck().get()).toBe(2);
    expect(existsSync(path.join(folder, "owner"))).toBe(true);
    two.close();
    expect(existsSync(path.join(folder, "owner"))).toBe(false);
    new Database(folder).close();
  });

  it("is in WAL mode, with better-sqlite3's durability for it", () => {
    const db = new Database(folder);
    expect(db.pragma("journal_mode", { simple: true })).toBe("wal");
    expect(db.pragma("synchronous", { simple: true })).toBe(1);
    db.close();
  });

  it("does not show the engine's tables", () => {
    const db = new Database(folder);
    const hidden = (sql: string): unknown =>
      db
        .prepare(sql)
        .raw()
        .all()
        .flat()
        .filter((value) => String(value).startsWith("_cf_dosql"));
    expect(db.prepare("SELECT name FROM sqlite_schema ORDER BY name").pluck().all()).toEqual(["t"]);
    expect(db.prepare("SELECT count(*) FROM SQLITE_MASTER").pluck().get()).toBe(1);
    expect(hidden("PRAGMA table_list")).toEqual([]);
    expect(hidden("PRAGMA main.table_list;")).toEqual([]);
    expect(hidden("SELECT name FROM pragma_table_list")).toEqual([]);
    const listed = db.pragma("table_list") as { name: string }[];
    expect(listed.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["t", "sqlite_schema", "sqlite_temp_schema"]),
    );
    db.exec("CREATE TABLE u (a); INSERT INTO u SELECT name FROM sqlite_schema; SELECT 2");
    expect(db.prepare("SELECT a FROM u ORDER BY a").pluck().all()).toEqual(["t", "u"]);
    db.close();
    const raw = new DatabaseSync(path.join(folder, SHARD));
    const formats = "SELECT count(*) AS n FROM _cf_dosql_meta WHERE key = 'format'";
    expect(raw.prepare(formats).get()).toEqual({ n: 1 });
    raw.close();
  });

  it("does not let them be touched", () => {
    const db = new Database(folder);
    for (const sql of [
      "SELECT * FROM _cf_dosql_meta",
      'DELETE FROM "_CF_dosql_meta"',
      "DROP TABLE [_cf_dosql_meta]",
      "CREATE VIEW v AS SELECT * FROM _cf_dosql_meta",
      "CREATE TABLE _cf_dosql_mine (a)",
      "PRAGMA table_info(_cf_dosql_meta)",
    ]) {
      const said = { name: "SqliteError", code: "SQLITE_ERROR" };
      expect(
        failure(() => db.prepare(sql)),
        sql,
      ).toMatchObject(said);
      expect(
        failure(() => db.exec(`SELECT 1; ${sql}`)),
        sql,
      ).toMatchObject(said);
    }
    expect(db.prepare("SELECT '_cf_dosql_meta' AS text").get()).toEqual({ text: "_cf_dosql_meta" });
    db.close();
  });

  it("is refused with the address of the server that owns it", async () => {
    const holder = spawn(process.execPath, [
      path.join(import.meta.dirname, "serving-holder.ts"),
      folder,
    ]);
    try {
      await once(holder.stdout, "data");
      const said = failure(() => new Database(folder));
      expect(said).toMatchObject({ name: "SqliteError", code: "DOSQL_OWNED" });
      expect(said.message).toContain("postgres://127.0.0.1:5555/main");
      expect(said.message).toContain(String(holder.pid));
      expect(failure(() => new Database(path.join(folder, SHARD))).code).toBe("DOSQL_OWNED");
    } finally {
      holder.stdin.end();
      await once(holder, "exit");
    }
    new Database(folder).close();
  });

  it("is refused when a newer version wrote it", () => {
    const raw = new DatabaseSync(path.join(folder, SHARD));
    raw.exec("UPDATE _cf_dosql_meta SET value = 99 WHERE key = 'format'");
    raw.close();
    const said = failure(() => new Database(folder));
    expect(said).toMatchObject({ name: "SqliteError", code: "DOSQL_FORMAT_TOO_NEW" });
    // The failed attempt has given the folder back.
    expect(failure(() => new Database(folder)).code).toBe("DOSQL_FORMAT_TOO_NEW");
  });
});

describe("other paths", () => {
  it("refuses a folder that is no data folder", () => {
    mkdirSync(path.join(root, "other/inside"), { recursive: true });
    const said = failure(() => new Database(path.join(root, "other")));
    expect(said).toMatchObject({ name: "SqliteError", code: "SQLITE_CANTOPEN" });
    expect(said.message).toContain("not a DoSQL data folder");
    expect(readdirSync(path.join(root, "other"))).toEqual(["inside"]);
  });

  it("writes into a plain file what SQLite alone would write", () => {
    const script =
      "CREATE TABLE t (a INTEGER PRIMARY KEY, b); INSERT INTO t VALUES (1, 'one'), (2, x'00');";
    const ours = path.join(root, "ours.db");
    const native = path.join(root, "native.db");
    const db = new Database(ours);
    db.exec(script);
    db.prepare("UPDATE t SET b = ? WHERE a = 1").run("uno");
    db.close();
    const raw = new DatabaseSync(native);
    raw.exec(script);
    raw.prepare("UPDATE t SET b = ? WHERE a = 1").run("uno");
    raw.close();
    expect(readFileSync(ours).equals(readFileSync(native))).toBe(true);
    expect(readdirSync(root).sort()).toEqual(["native.db", "ours.db"]);
  });

  it("leaves names of other people's tables alone in a plain file", () => {
    const db = new Database(path.join(root, "plain.db"));
    db.exec("CREATE TABLE _cf_dosql_meta (a); INSERT INTO _cf_dosql_meta VALUES (1)");
    expect(db.prepare("SELECT name FROM sqlite_schema").pluck().all()).toEqual(["_cf_dosql_meta"]);
    db.close();
  });
});
