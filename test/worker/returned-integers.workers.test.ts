import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { Database } from "../../src/engine/session/session.ts";
import type { D1Database } from "../../src/entry/d1.ts";
import { d1 } from "../../src/entry/d1.ts";

const BIG = 9_007_199_254_740_993n;
const LEAST = -(2n ** 63n);
const MOST = 2n ** 63n - 1n;

let objects = 0;

/** One database, as D1 has it and with exact integers. */
function both(): { rounded: D1Database; exact: D1Database } {
  const stub = env.DOSQL.get(env.DOSQL.idFromName(`returned-${++objects}`));
  return { rounded: d1(stub), exact: d1(stub, { integers: "bigint" }) };
}

/** Names and rows; or what went wrong. */
async function answer(db: D1Database, sql: string, ...values: unknown[]): Promise<unknown> {
  try {
    return await db
      .prepare(sql)
      .bind(...values)
      .raw({ columnNames: true });
  } catch (error) {
    return (error as Error).message;
  }
}

function inDoubles(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inDoubles);
  return typeof value === "bigint" ? Number(value) : value;
}

const SCHEMA = [
  "CREATE TABLE t (id INTEGER PRIMARY KEY, Aa, b, g AS (id + 1), s AS (id || 'x') STORED)",
  "CREATE TABLE u (k TEXT PRIMARY KEY, n) WITHOUT ROWID",
  "CREATE TABLE log (x)",
  "CREATE TRIGGER after AFTER UPDATE ON t BEGIN INSERT INTO log VALUES (new.id); END",
  "CREATE VIEW v AS SELECT id, b FROM t",
  "CREATE TRIGGER instead INSTEAD OF INSERT ON v BEGIN " +
    "INSERT INTO t (id, b) VALUES (new.id + 1000, new.b); END",
  "INSERT INTO t (id, Aa, b) VALUES (1, 'x', 2.0), (2, 'y', x'00'), (3, NULL, -5)",
  "INSERT INTO u VALUES ('a', 1), ('b', 2)",
];

const LISTS = [
  "*",
  "*, *",
  "id, *, AA AS \"A b\", t.b, [id], `id` 'q'",
  "rowid, oid, _rowid_ AS r",
  "(id), (((id + 1))), ((id) + 1) two, -id, +aa",
  "id + ?, ? AS p, ?1 || 'z', ? || ?1",
  "(SELECT max(id) FROM t), (SELECT t.id), EXISTS (SELECT 1 FROM u WHERE n = t.id)",
  "(WITH q(c) AS (SELECT id) SELECT c FROM q), CASE id WHEN 1 THEN 'one' ELSE id END AS c",
  "id -- a comment\n, b /* and */ + 1, 'a' 'b', x'01', NULL, 1.0, 'i7'",
  "json_array(id, aa), id IN (1, 2), id BETWEEN 1 AND 2, aa LIKE 'x%', count",
  "changes(), id",
  "nope",
  "count(*)",
  "id, sum(id) + 1",
  "row_number() OVER ()",
  "t.*",
  "(1, 2)",
  "nope.id",
  "id FROM t",
  "abs(-9223372036854775808)",
  "id AS c, c + 1",
  "json(Aa)",
];

const CHANGES = [
  "INSERT INTO t (id, Aa, b) VALUES (50, 9, 'b'), (51, 1.0, 3)",
  "INSERT OR REPLACE INTO t (id, Aa, b) VALUES (1, 9, 'b')",
  "INSERT INTO t (id, Aa) VALUES (1, 9) ON CONFLICT (id) DO UPDATE SET b = excluded.Aa + b",
  "INSERT OR IGNORE INTO t (id) VALUES (1)",
  "INSERT INTO t (id) VALUES (1)",
  "REPLACE INTO main.t (id, Aa) SELECT n, k FROM u ORDER BY n",
  "UPDATE t SET b = b + 1 WHERE id < 3",
  "UPDATE t SET b = u.n FROM u WHERE u.n = t.id",
  "UPDATE OR FAIL t SET id = 1",
  "WITH q(c) AS (SELECT 2) DELETE FROM t WHERE id IN (SELECT c FROM q)",
  "DELETE FROM t WHERE id > ?1 - ?1",
  "INSERT INTO v VALUES (7, 8.0)",
];

describe("integers from RETURNING in a Durable Object", () => {
  it("are exact, and all other values are what they were", async () => {
    const { exact } = both();
    await exact.exec("CREATE TABLE t (id INTEGER PRIMARY KEY, Aa, r REAL, x)");
    const insert = exact.prepare("INSERT INTO t VALUES (?, ?, ?, ?) RETURNING *, typeof(aA), x");
    const values: readonly [unknown, unknown, string][] = [
      [MOST, MOST, "integer"],
      [LEAST, LEAST, "integer"],
      [0n, 0n, "integer"],
      [2, 2, "real"],
      [1.5, 1.5, "real"],
      [1e300, 1e300, "real"],
      ["i5", "i5", "text"],
      ["", "", "text"],
      ["t'\"é💡", "t'\"é💡", "text"],
      [null, null, "null"],
      [new Uint8Array([0, 105]), [0, 105], "blob"],
    ];
    for (const [i, [given, got, type]] of values.entries()) {
      const id = BIG + BigInt(i);
      const { results, meta } = await insert.bind(id, given, 7n, "x").run();
      expect(results).toEqual([{ id, Aa: got, r: 7, x: "x", "typeof(aA)": type }]);
      expect(meta).toMatchObject({ changes: 1, last_row_id: Number(id) });
    }
    const nul = "UPDATE t SET x = 'a' || char(0) || 'b' WHERE id = ? RETURNING x, length(x) AS n";
    expect(await exact.prepare(nul).bind(BIG).first()).toEqual({ x: "a\0b", n: 1n });
    const ids = values.map((_, i) => [BIG + BigInt(i)]);
    expect(await exact.prepare("DELETE FROM t RETURNING rowid").raw()).toEqual(ids);
  });

  it.each(CHANGES)("change neither names nor values nor errors of %s", async (change) => {
    const { rounded, exact } = both();
    for (const sql of SCHEMA) await rounded.exec(sql);
    const fresh = ["DELETE FROM t", SCHEMA.at(-2) ?? ""].map((sql) => rounded.prepare(sql));
    for (const list of LISTS) {
      const sql = `${change} RETURNING ${list}`;
      const count = list.includes("? ||") ? 3 : list.includes("?") || change.includes("?") ? 2 : 0;
      const values = [5.5, "v", null].slice(0, count);
      const answers: unknown[] = [];
      for (const db of [rounded, exact]) {
        answers.push(await answer(db, sql, ...values));
        answers.push(await answer(db, "SELECT *, typeof(b) FROM t ORDER BY id"));
        await rounded.batch(fresh);
      }
      expect(inDoubles(answers.slice(2)), sql).toEqual(answers.slice(0, 2));
    }
  });

  it("are of a value that was computed once", async () => {
    const { exact } = both();
    await exact.exec("CREATE TABLE t (id INTEGER PRIMARY KEY, x DEFAULT (random()))");
    const coin = "CASE WHEN random() > 0 THEN id ELSE 'a' || id END";
    const rows = Array.from({ length: 60 }, (_, i) => `(${i})`).join();
    const sql = `INSERT INTO t (id) VALUES ${rows}`;
    const { results } = await exact.prepare(`${sql} RETURNING id, x, ${coin} AS c`).all();
    const stored = await exact.prepare("SELECT id, x FROM t").all();
    expect(results.map(({ id, x }) => ({ id, x }))).toEqual(stored.results);
    for (const { id, c } of results) expect([id, `a${String(id)}`]).toContain(c);
    expect(new Set(results.map(({ c }) => typeof c)).size).toBe(2);
    const drawn = await exact.prepare("UPDATE t SET x = 1 RETURNING random()").raw();
    expect(new Set(drawn.map(([value]) => value)).size).toBe(60);
  });

  it("come from a hundred columns, and from those of a table that changed", async () => {
    const { exact } = both();
    const names = Array.from({ length: 100 }, (_, i) => `c${i}`);
    await exact.exec(`CREATE TABLE wide (${names.join()})`);
    const insert = exact.prepare(`INSERT INTO wide (c99) VALUES (?) RETURNING *`).bind(MOST);
    expect(await insert.raw()).toEqual([[...new Array<null>(99).fill(null), MOST]]);
    await exact.exec("CREATE TABLE t (a)");
    const more = exact.prepare("INSERT INTO t (a) VALUES (?) RETURNING *").bind(BIG);
    expect(await more.first()).toEqual({ a: BIG });
    await exact.exec("ALTER TABLE t ADD COLUMN b DEFAULT 5");
    expect(await more.first()).toEqual({ a: BIG, b: 5n });
    await exact.exec("ALTER TABLE t RENAME COLUMN a TO c");
    const next = exact.prepare("INSERT INTO t (c) VALUES (?) RETURNING *").bind(BIG);
    expect(await next.first()).toEqual({ c: BIG, b: 5n });
  });

  it("are refused by name where there is no room for the words, and nothing stays", async () => {
    const { exact, rounded } = both();
    await exact.exec("CREATE TABLE t (id INTEGER PRIMARY KEY)");
    const calls = `${"abs(".repeat(94)}id${")".repeat(94)}`;
    const deep = `INSERT INTO t VALUES (1) RETURNING ${calls}`;
    expect(await answer(exact, deep)).toMatch(/exact integers from .*RETURNING/);
    expect(await rounded.prepare("SELECT count(*) AS n FROM t").first("n")).toBe(0);
    expect(await answer(rounded, deep)).toEqual([[expect.any(String)], [1]]);
  });

  it("are the same in batches, in transactions, as digits, and inside the object", async () => {
    const stub = env.DOSQL.get(env.DOSQL.idFromName(`returned-${++objects}`));
    const exact = d1(stub, { integers: "bigint" });
    await exact.exec("CREATE TABLE t (id INTEGER PRIMARY KEY)");
    const insert = "INSERT INTO t VALUES (?) RETURNING id";
    const rows = await exact.batch([BIG, MOST].map((id) => exact.prepare(insert).bind(id)));
    expect(rows.map(({ results }) => results)).toEqual([[{ id: BIG }], [{ id: MOST }]]);
    const texts = d1(stub, { integers: "string", transactions: true });
    await texts.prepare("BEGIN").run();
    expect(await texts.prepare(insert).bind(LEAST).first("id")).toBe(String(LEAST));
    await texts.prepare("ROLLBACK").run();
    const again = exact.prepare("UPDATE t SET id = id - 1 WHERE id = ? RETURNING id").bind(MOST);
    expect(await again.raw()).toEqual([[MOST - 1n]]);
    await runInDurableObject(stub, async (object) => {
      const { database } = object as unknown as { readonly database: Database };
      const own = d1(database, { integers: "bigint" });
      expect(await own.prepare("DELETE FROM t RETURNING id").raw()).toEqual([[BIG], [MOST - 1n]]);
      const session = database.session();
      const { rows: back, columns } = await session.execute(insert, [BIG]);
      expect([back, columns.map(({ name }) => name)]).toEqual([[[BIG]], ["id"]]);
    });
  });
});
