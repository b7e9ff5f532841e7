import { describe, expect, it } from "vitest";
import { NodeSqlDriver } from "../../../src/platform/node/sqlite/sqlite-driver.ts";
import { nodeCrypto } from "../../../src/platform/node/crypto.ts";
import type { SqlClient } from "../../../src/ports/sql-client.ts";
import { compareDatabases } from "../../../src/server/dump/comparison.ts";
import { tableRows } from "../../../src/server/dump/source-rows.ts";
import { readSchema } from "../../../src/server/dump/source-schema.ts";
import { driverClient } from "../../../src/server/session-client.ts";

/** A database, and what was fetched of it. */
class Watched {
  readonly driver = new NodeSqlDriver(":memory:");
  readonly client: SqlClient;
  most = 0;
  pages = 0;
  readonly limits: unknown[] = [];

  constructor(script: string) {
    this.driver.exec(script);
    const inner = driverClient(this.driver, "watched");
    this.client = {
      ...inner,
      inTransaction: false,
      run: async (sql) => {
        const reply = await inner.run(sql);
        const length = reply.rows.flat().reduce<number>((sum, v) => sum + String(v).length, 0);
        this.most = Math.max(this.most, length);
        if (/FROM "t"/.test(sql)) this.pages += 1;
        this.limits.push(/LIMIT \d+/.exec(sql)?.[0]);
        return reply;
      },
    };
  }

  /** All rows of `t`, as literals. */
  async rows(): Promise<(readonly string[])[]> {
    const { tables } = await readSchema(this.client);
    const [table] = tables;
    if (table === undefined) throw new Error("no table");
    const rows: (readonly string[])[] = [];
    for await (const row of tableRows(this.client, table, table.columns)) rows.push(row);
    return rows;
  }
}

/** 3,000 short rows with 12 of 2 MB among them, all at once, and one of 9 MB. */
const SUDDEN = (table: string): string => `${table};
  WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)
  INSERT INTO t SELECT i, CASE
    WHEN i = 2900 THEN zeroblob(4500000)
    WHEN i BETWEEN 2000 AND 2011 THEN printf('%.*c', 2000000, 'x')
    ELSE 'short ' || i END FROM n;`;

describe("rows that grow all at once", () => {
  it.each([
    ["by rowid", "CREATE TABLE t (id INTEGER PRIMARY KEY, v)"],
    ["by primary key", "CREATE TABLE t (id TEXT PRIMARY KEY, v) WITHOUT ROWID"],
    ["by place", "CREATE TABLE t (rowid, _rowid_, oid AS (1))"],
  ])("make no page that nobody could hold: %s", async (_name, table) => {
    const watched = new Watched(SUDDEN(table));
    const rows = await watched.rows();
    expect(rows).toHaveLength(3000);
    const [[wanted] = []] = watched.driver.prepare("SELECT count(*) FROM t").all([], "number");
    expect(wanted).toBe(3000);
    const lengths = rows.map(([, value = ""]) => value.length);
    expect(lengths.filter((length) => length > 1_000_000).length).toBe(13);
    expect(new Set(rows.map(([id]) => id)).size).toBe(3000);
    expect(watched.most).toBeLessThan(9_100_000);
    expect(watched.pages).toBeLessThan(40);
  });

  it("still come in pages of many rows where all are short", async () => {
    const watched = new Watched(
      "CREATE TABLE t (id INTEGER PRIMARY KEY, v);" +
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4064)" +
        "INSERT INTO t SELECT i, i FROM n",
    );
    expect(await watched.rows()).toHaveLength(4064);
    // 64, twice 2,000, and a look behind the last full one.
    expect(watched.pages).toBe(4);
    const short = new Watched("CREATE TABLE t (a); INSERT INTO t VALUES (1), (2)");
    expect(await short.rows()).toEqual([["1"], ["2"]]);
    expect(short.pages).toBe(1);
  });

  it("may have a hundred columns", async () => {
    const names = Array.from({ length: 99 }, (_, i) => `c${i}`).join();
    const watched = new Watched(`CREATE TABLE t (${names}); INSERT INTO t (c98) VALUES (7)`);
    const [row] = await watched.rows();
    expect(row?.at(-1)).toBe("7");
  });
});

const INVALID = ["ff", "61c0", "eda080", "f09f92", "c080", "fffefd61"];

describe("texts", () => {
  it("that hold U+FFFD, and those that are no UTF-8, stay what they are", async () => {
    const values = [
      "'\u{fffd}'",
      "'a''\u{fffd}b'",
      "'plain ''quoted'' ü \u{1f4a5}'",
      "'\u{feff}mark'",
      "'a' || char(0) || 'b'",
      "CAST(x'efbfbd00' AS TEXT)",
      "x'efbfbd'",
      ...INVALID.map((hex) => `CAST(x'${hex}' AS TEXT)`),
    ];
    const script = `CREATE TABLE t (id INTEGER PRIMARY KEY, v); ${values
      .map((value) => `INSERT INTO t (v) VALUES (${value})`)
      .join(";")}`;
    const source = new Watched(script);
    const target = new NodeSqlDriver(":memory:");
    target.exec("CREATE TABLE t (id INTEGER PRIMARY KEY, v)");
    const rows = await source.rows();
    for (const row of rows) target.exec(`INSERT INTO t VALUES (${row.join()})`);
    const exact = "SELECT typeof(v), hex(v) FROM t ORDER BY id";
    const all = (driver: NodeSqlDriver): unknown => driver.prepare(exact).all([], "number");
    expect(all(target)).toEqual(all(source.driver));
    // Only those that need it are written in hexadecimal.
    expect(rows[2]?.[1]).toBe("'plain ''quoted'' ü \u{1f4a5}'");
    expect(rows[3]?.[1]).toBe("'\u{feff}mark'");
    expect(rows.filter(([, v = ""]) => v.startsWith("CAST(X'"))).toHaveLength(4 + INVALID.length);
  });

  it("are equal in two databases whose pages fall in other places", async () => {
    // The other one writes its REALs with more digits, as another version of SQLite may.
    const script =
      "CREATE TABLE t (id INTEGER PRIMARY KEY, v, r);" +
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)" +
      "INSERT INTO t SELECT i, CASE WHEN i % 700 = 0 THEN 'x\u{fffd}' ELSE printf('%.*c', 900, 'y') END, 0.1 FROM n";
    const [one, two] = [new Watched(script), new Watched(script)];
    const inner = two.client.run;
    const longer: SqlClient = {
      ...two.client,
      run: async (sql) => {
        const reply = await inner(sql);
        const rows = reply.rows.map((row) =>
          row.map((value) => (value === "0.1" ? `0.1${"0".repeat(99)}` : value)),
        );
        return { ...reply, rows };
      },
    };
    const found = await compareDatabases(one.client, longer, {
      sha256: (data) => nodeCrypto.sha256(data),
      progress: async () => false,
    });
    expect(one.limits).not.toEqual(two.limits);
    expect(found).toMatchObject({ equal: true });
  });
});
