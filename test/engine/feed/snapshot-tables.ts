import type { Row, SqlValue } from "../../../src/base/value.ts";
import { quoteIdentifier } from "../../../src/sql/quote.ts";
import type { SeededRandom } from "../../sql/seeded-random.ts";
import type { FeedWorld } from "./feed-home.ts";

/** A table whose rows are told apart in a way of its own. */
export interface SampleTable {
  readonly name: string;
  readonly create: string;
  /** Columns that a row is inserted with. */
  readonly columns: readonly string[];
  /** Those of them that identify it, and what they may be. */
  readonly key: readonly string[];
  readonly keyValue: (random: SeededRandom) => SqlValue;
}

const WIDE = Array.from({ length: 100 }, (_, i) => `c${i}`);

const integer = (random: SeededRandom): SqlValue => BigInt(random.below(400) - 20);
const text = (random: SeededRandom): SqlValue =>
  random.pick(["k", "K", "kk", "é"]) + String(random.below(150));

/** Numbers, texts and bytes in one key: they have an order among each other. */
const mixed = (random: SeededRandom): SqlValue => {
  const number = random.below(100);
  return random.pick<SqlValue>([
    BigInt(number),
    number + 0.5,
    String(number),
    new Uint8Array([number]),
    9_007_199_254_740_993n + BigInt(number),
  ]);
};

export const SAMPLE_TABLES: readonly SampleTable[] = [
  {
    name: "alias",
    create: "(id INTEGER PRIMARY KEY, x, y)",
    columns: ["id", "x", "y"],
    key: ["id"],
    keyValue: integer,
  },
  {
    name: "named",
    create: "(k TEXT PRIMARY KEY, v)",
    columns: ["k", "v"],
    key: ["k"],
    keyValue: text,
  },
  { name: "keyless", create: "(x, y)", columns: ["x", "y"], key: ["x"], keyValue: integer },
  {
    name: "pair",
    create: "(v, a TEXT COLLATE NOCASE, b, PRIMARY KEY (a, b DESC)) WITHOUT ROWID",
    columns: ["v", "a", "b"],
    key: ["a", "b"],
    keyValue: (random) => (random.below(3) > 0 ? text(random) : mixed(random)),
  },
  {
    name: "coarse",
    create: "(a TEXT COLLATE NOCASE, v, PRIMARY KEY (a COLLATE BINARY)) WITHOUT ROWID",
    columns: ["a", "v"],
    key: ["a"],
    keyValue: text,
  },
  {
    name: "mixed",
    create: "(k PRIMARY KEY, v) WITHOUT ROWID",
    columns: ["k", "v"],
    key: ["k"],
    keyValue: mixed,
  },
  {
    name: "computed",
    create: "(id INTEGER PRIMARY KEY, y AS (x * 2) STORED, x, z AS (x) VIRTUAL)",
    columns: ["id", "x"],
    key: ["id"],
    keyValue: integer,
  },
  {
    name: "wide",
    create: `(${WIDE.join()})`,
    columns: WIDE,
    key: ["c0"],
    keyValue: integer,
  },
];

/** Values that are easily lost on the way. */
const VALUES: readonly SqlValue[] = [
  null,
  "",
  "a\0b",
  "ü😀",
  9_223_372_036_854_775_807n,
  -9_223_372_036_854_775_808n,
  1n,
  1.25,
  Infinity,
  -Infinity,
  new Uint8Array([0, 255]),
  new Uint8Array(),
];

function randomRow(random: SeededRandom, { columns, key, keyValue }: SampleTable): Row {
  return columns.map((column) => (key.includes(column) ? keyValue(random) : random.pick(VALUES)));
}

/** One change of a table by chance. */
export async function changeTable(
  world: FeedWorld,
  random: SeededRandom,
  table: SampleTable,
): Promise<void> {
  const { name, columns, key, keyValue } = table;
  const places = columns.map((_, i) => `?${i + 1}`).join();
  const [first = ""] = key;
  const value = columns.find((column) => !key.includes(column)) ?? first;
  const insert = `INTO ${name} (${columns.join()}) VALUES (${places})`;
  switch (random.below(7)) {
    case 0:
    case 1:
      await world.run(`INSERT OR IGNORE ${insert}`, ...randomRow(random, table));
      return;
    case 2:
      await world.run(`INSERT OR REPLACE ${insert}`, ...randomRow(random, table));
      return;
    case 3:
      await world.run(
        `UPDATE ${name} SET ${value} = ?1 WHERE ${first} = ?2`,
        random.pick(VALUES),
        keyValue(random),
      );
      return;
    case 4:
      await world.run(
        `UPDATE OR REPLACE ${name} SET ${first} = ?1 WHERE ${first} = ?2`,
        keyValue(random),
        keyValue(random),
      );
      return;
    case 5:
      await world.run(`DELETE FROM ${name} WHERE ${first} = ?1`, keyValue(random));
      return;
    default:
      await world.run(
        `UPDATE ${name} SET ${value} = ?1 WHERE ${first} > ?2 AND ${first} < ?3`,
        random.pick(VALUES),
        keyValue(random),
        keyValue(random),
      );
  }
}

/** Makes the tables, each with more rows than a page. */
export async function fillTables(world: FeedWorld, random: SeededRandom): Promise<void> {
  for (const table of SAMPLE_TABLES) {
    const { name, create, columns } = table;
    await world.run(`CREATE TABLE ${name} ${create}`);
    const places = columns.map((_, i) => `?${i + 1}`).join();
    const sql = `INSERT OR IGNORE INTO ${name} (${columns.join()}) VALUES (${places})`;
    const rows = Array.from({ length: name === "wide" ? 80 : 300 }, () => randomRow(random, table));
    await world.session.batch(rows.map((params) => ({ sql, params })));
  }
}

/** Rows as texts, sorted: a table as a set that may hold a row twice. */
export function rowTexts(rows: readonly Row[]): string[] {
  return rows.map((row) => row.map(valueText).join(" ")).sort();
}

function valueText(value: SqlValue): string {
  if (value instanceof Uint8Array) return `x${value.join(".")}`;
  return typeof value === "string" ? JSON.stringify(value) : `${typeof value}${String(value)}`;
}

/** What a table holds now, in the columns of its row images. */
export async function readRows(world: FeedWorld, name: string): Promise<string[]> {
  const columns = await world.run(
    `SELECT name FROM pragma_table_xinfo('${name}') WHERE hidden = 0`,
  );
  const list = columns.map(([column]) => quoteIdentifier(String(column))).join();
  return rowTexts(await world.run(`SELECT ${list} FROM ${name}`));
}
