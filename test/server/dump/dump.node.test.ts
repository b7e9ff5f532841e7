import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { NodeSqlDriver } from "../../../src/platform/node/sqlite/sqlite-driver.ts";
import type { SqlClient } from "../../../src/ports/sql-client.ts";
import { copyDatabase } from "../../../src/server/dump/copy.ts";
import { countRows, dumpStatements, tableCounts } from "../../../src/server/dump/dump.ts";
import { driverClient } from "../../../src/server/session-client.ts";
import { fingerprint } from "./compare-databases.ts";
import { makeOddDatabase } from "./odd-database.ts";

let scratch: string;
let source: string;
const store = path.join(import.meta.dirname, "../../../examples/store.sql");

beforeAll(() => {
  scratch = fs.mkdtempSync(path.join(os.tmpdir(), "dosql-dump-"));
  source = path.join(scratch, "odd.sqlite");
  makeOddDatabase(source);
});

afterAll(() => fs.rmSync(scratch, { recursive: true }));

function read(file: string): SqlClient {
  return driverClient(new NodeSqlDriver(file, { readonly: true }), file);
}

async function dumpText(file: string, table?: string): Promise<string> {
  const client = read(file);
  let text = "";
  const options = table === undefined ? {} : { table };
  for await (const { sql } of dumpStatements(client, options)) text += `${sql};\n`;
  await client.close();
  return text;
}

function load(text: string, name: string): string {
  const file = path.join(scratch, name);
  const database = new DatabaseSync(file);
  database.exec(text);
  database.close();
  return file;
}

describe("a dump", () => {
  test("makes the same database again, in any SQLite", async () => {
    const text = await dumpText(source);
    const loaded = load(text, "loaded.sqlite");
    expect(fingerprint(loaded)).toEqual(fingerprint(source));
    expect(await dumpText(loaded)).toBe(text);
  });

  test("brings full-text and R*Tree tables back, with their rowids", async () => {
    const database = new DatabaseSync(load(await dumpText(source), "virtual.sqlite"));
    const all = (sql: string): unknown[] =>
      database
        .prepare(sql)
        .all()
        .map((r) => ({ ...r }));
    expect(all("SELECT rowid, title FROM words WHERE words MATCH 'green'")).toEqual([
      { rowid: 7, title: "grass" },
    ]);
    expect(all("SELECT count(*) AS n FROM outside WHERE outside MATCH 'row'")).toEqual([
      { n: 5_000 - Math.floor(5_000 / 7) },
    ]);
    expect(all("SELECT id, label FROM boxes WHERE x0 < 0")).toEqual([{ id: 2, label: null }]);
    database.close();
  });

  test("of one table holds its indexes and triggers and nothing else", async () => {
    const text = await dumpText(source, "AUTO");
    const database = new DatabaseSync(load(text, "one.sqlite"));
    const names = database.prepare("SELECT name FROM sqlite_schema ORDER BY name").all();
    expect(names.map(({ name }) => name)).toEqual([
      "a_second",
      "auto",
      "auto_v",
      "sqlite_sequence",
      "z_first",
    ]);
    expect(database.prepare("SELECT seq FROM sqlite_sequence").all()).toHaveLength(1);
    database.close();
    await expect(dumpText(source, "nothing")).rejects.toMatchObject({ code: "not-found" });
  });

  test("leaves foreign keys on behind it", async () => {
    const database = new DatabaseSync(load(await dumpText(source), "fk.sqlite"));
    expect(database.prepare("PRAGMA foreign_keys").get()).toEqual({ foreign_keys: 1 });
    database.close();
  });

  test("refuses a full-text table that keeps no text", async () => {
    const file = load(
      "CREATE VIRTUAL TABLE lost USING fts5 (a, content='');" +
        "INSERT INTO lost (rowid, a) VALUES (1, 'gone')",
      "contentless.sqlite",
    );
    await expect(dumpText(file)).rejects.toMatchObject({
      code: "unsupported",
      message: expect.stringContaining("lost") as string,
    });
  });

  test("of the example store", async () => {
    const original = load(fs.readFileSync(store, "utf8"), "store.sqlite");
    const loaded = load(await dumpText(original), "store-2.sqlite");
    expect(fingerprint(loaded)).toEqual(fingerprint(original));
    const sums = "SELECT * FROM order_totals ORDER BY id";
    const [a, b] = [original, loaded].map((file) => {
      const database = new DatabaseSync(file);
      const rows = database.prepare(sums).all();
      database.close();
      return rows;
    });
    expect(b).toEqual(a);
    expect(b).toHaveLength(3);
  });
});

describe("counts", () => {
  test("rows by table, and in all", async () => {
    const client = read(load(fs.readFileSync(store, "utf8"), "counted.sqlite"));
    expect(await tableCounts(client)).toEqual([
      { name: "order_lines", rows: 5 },
      { name: "orders", rows: 3 },
      { name: "products", rows: 6 },
      { name: "stock", rows: 6 },
      { name: "suppliers", rows: 4 },
    ]);
    expect(await countRows(client)).toBe(24);
    expect(await countRows(client, "Orders")).toBe(3);
    await client.close();
  });
});

describe("a copy", () => {
  async function copyInto(
    file: string,
    stopAfter = Infinity,
  ): Promise<{ outcome: unknown; progress: [number, number][] }> {
    const from = read(source);
    const to = driverClient(new NodeSqlDriver(file, { wal: false }), file);
    const progress: [number, number][] = [];
    try {
      const outcome = await copyDatabase(from, to, async (done, total) => {
        progress.push([done, total]);
        return progress.length >= stopAfter;
      });
      return { outcome, progress };
    } finally {
      expect(to.inTransaction).toBe(false);
      await from.close();
      await to.close();
    }
  }

  test("is the same database, and says how far it is", async () => {
    const file = path.join(scratch, "copy.sqlite");
    const { outcome, progress } = await copyInto(file);
    expect(fingerprint(file)).toEqual(fingerprint(source));
    const [done, total] = progress.at(-1) ?? [0, 0];
    // The external full-text table counts rows that are rebuilt, not copied.
    expect(done).toBe(total - (5_000 - Math.floor(5_000 / 7)));
    expect(outcome).toMatchObject({ result: "done", rows: done });
  });

  test("that is stopped leaves nothing", async () => {
    const file = path.join(scratch, "stopped.sqlite");
    const { outcome } = await copyInto(file, 30);
    expect(outcome).toMatchObject({ result: "stopped" });
    expect(fingerprint(file).filter((line) => line.includes("CREATE"))).toEqual([]);
  });

  test("into a database that has a table of the same name leaves it as it was", async () => {
    const file = load("CREATE TABLE zparent (x); INSERT INTO zparent VALUES (1)", "taken.sqlite");
    const before = fingerprint(file);
    await expect(copyInto(file)).rejects.toMatchObject({ message: /zparent already exists/ });
    expect(fingerprint(file)).toEqual(before);
  });

  test("fills a full-text index when all that it reads is there", async () => {
    const file = load(
      "CREATE VIRTUAL TABLE early USING fts5 (t, content = 'notes', content_rowid = 'id');" +
        "CREATE VIRTUAL TABLE seen USING fts5 (t, content = 'upper', content_rowid = 'id');" +
        "CREATE TABLE notes (id INTEGER PRIMARY KEY, t);" +
        "CREATE VIEW upper AS SELECT id, t || ' more' AS t FROM notes;" +
        "INSERT INTO notes VALUES (1, 'hello'), (2, 'world');" +
        "INSERT INTO early (early) VALUES ('rebuild'); INSERT INTO seen (seen) VALUES ('rebuild');",
      "outside.sqlite",
    );
    const database = new DatabaseSync(load(await dumpText(file), "outside-loaded.sqlite"));
    const found = (sql: string): unknown => Object.values(database.prepare(sql).get() ?? {});
    expect(found("SELECT count(*) FROM early WHERE early MATCH 'world'")).toEqual([1]);
    expect(found("SELECT count(*) FROM seen WHERE seen MATCH 'more'")).toEqual([2]);
    database.close();
  });

  test("keeps what was set in a full-text table, and fills none that only shows", async () => {
    const file = load(
      "CREATE VIRTUAL TABLE ft USING fts5 (t); INSERT INTO ft VALUES ('a b');" +
        "INSERT INTO ft (ft, rank) VALUES ('rank', 'bm25(9.0)');" +
        'CREATE VIRTUAL TABLE "ft words" USING fts5vocab (ft, row);',
      "set.sqlite",
    );
    const database = new DatabaseSync(load(await dumpText(file), "set-loaded.sqlite"));
    const all = (sql: string): unknown[] =>
      database
        .prepare(sql)
        .all()
        .map((row) => Object.values(row));
    expect(all("SELECT v FROM ft_config WHERE k = 'rank'")).toEqual([["bm25(9.0)"]]);
    expect(all('SELECT term FROM "ft words"')).toEqual([["a"], ["b"]]);
    database.close();
  });

  test("reads all rows where no key tells them apart", async () => {
    const file = load(
      "CREATE TABLE t (rowid, _rowid_, oid, k TEXT PRIMARY KEY);" +
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300) " +
        "INSERT INTO t SELECT i, i, i, NULL FROM n",
      "nulls.sqlite",
    );
    const database = new DatabaseSync(load(await dumpText(file), "nulls-loaded.sqlite"));
    expect(database.prepare("SELECT count(*) AS n FROM t").get()).toEqual({ n: 300 });
    database.close();
  });

  test("closes a comment that its source left open", async () => {
    const file = load("CREATE TABLE t (a); CREATE VIEW v AS SELECT 1 AS x /* open", "open.sqlite");
    const database = new DatabaseSync(load(await dumpText(file), "open-loaded.sqlite"));
    expect(database.prepare("SELECT x FROM v").get()).toEqual({ x: 1 });
    database.close();
  });

  test("leaves out what belongs to the engine", async () => {
    const file = load(
      "CREATE TABLE _cf_dosql_meta (k); CREATE TABLE mine (a);" +
        "CREATE TRIGGER _cf_dosql_t AFTER INSERT ON mine BEGIN SELECT 1; END",
      "engine.sqlite",
    );
    expect(await dumpText(file)).not.toContain("_cf_dosql");
  });
});
