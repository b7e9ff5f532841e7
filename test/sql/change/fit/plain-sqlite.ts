import { DatabaseSync } from "node:sqlite";
import type { Row, SqlValue } from "../../../../src/base/value.ts";
import type { Statement } from "../../../../src/sql/ast/statement.ts";
import { parseSqlite } from "../../../../src/sql/parse/sqlite.ts";
import type { SeededRandom } from "../../seeded-random.ts";

/** A SQLite of Node's own, whose limits are far away. */
export class PlainSqlite {
  readonly #db = new DatabaseSync(":memory:", { enableDoubleQuotedStringLiterals: true });

  constructor(script: string) {
    this.#db.exec(script);
  }

  /** Column names and rows, or the error's text. */
  ask(sql: string, values: Row = []): { names: string[]; rows: unknown } | string {
    try {
      const statement = this.#db.prepare(sql);
      statement.setReturnArrays(true);
      statement.setReadBigInts(true);
      const rows = statement.all(...values);
      return { names: statement.columns().map(({ name }) => name), rows };
    } catch (error) {
      return (error as Error).message;
    }
  }

  /** What EXPLAIN QUERY PLAN says, without its numbers. */
  plan(sql: string, values: Row = []): string[] {
    const statement = this.#db.prepare(`EXPLAIN QUERY PLAN ${sql}`);
    return statement.all(...values).map(({ detail }) => String(detail));
  }
}

export function treeOf(sql: string): Statement {
  const { statement } = parseSqlite(sql);
  if (statement === null) throw new Error(`no statement: ${sql}`);
  return statement;
}

const TEXTS = [
  "",
  "a",
  "A",
  "7",
  "7.0",
  " 7",
  "x\0y",
  "ä💡",
  'say "\\"',
  "\n\u0001\u001f",
  "1e3",
  "NULL",
];

/** Any value that SQLite knows, odd ones often. */
export function anyValue(random: SeededRandom): SqlValue {
  switch (random.below(9)) {
    case 0:
      return null;
    case 1:
      return BigInt(random.below(100)) - 50n;
    case 2:
      return random.pick([2n ** 63n - 1n, -(2n ** 63n), 2n ** 53n + 1n, 0n]);
    case 3:
      return random.below(200) - 100;
    case 4:
      return random.pick([
        0.1,
        -0,
        1e300,
        5e-324,
        Infinity,
        -Infinity,
        2 ** 53 + 2,
        1e21,
        0.1 + 0.2,
      ]);
    case 5:
      return anyDouble(random);
    case 6:
    case 7:
      return random.pick(TEXTS) + (random.below(4) === 0 ? String(random.below(100)) : "");
    default:
      return Uint8Array.from({ length: random.below(5) }, () => random.below(256));
  }
}

/** Any 64 bits that are a finite double. */
export function anyDouble(random: SeededRandom): number {
  const view = new DataView(new ArrayBuffer(8));
  for (;;) {
    view.setUint32(0, random.below(2 ** 32));
    view.setUint32(4, random.below(2 ** 32));
    const value = view.getFloat64(0);
    if (Number.isFinite(value)) return value;
  }
}
