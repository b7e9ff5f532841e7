import { DatabaseSync } from "node:sqlite";
import { expect, it } from "vitest";
import type { SqlValue } from "../../src/base/value.ts";
import { printValue } from "../../src/sql/quote.ts";
import { freshRandom, type SeededRandom } from "./seeded-random.ts";

function randomValue(random: SeededRandom): SqlValue {
  const bits = (): bigint => BigInt(random.below(2 ** 32));
  switch (random.below(5)) {
    case 0:
      return BigInt.asIntN(64, (bits() << 32n) | bits());
    case 1: {
      const view = new DataView(new ArrayBuffer(8));
      view.setBigUint64(0, (bits() << 32n) | bits());
      const real = view.getFloat64(0);
      return Number.isNaN(real) ? 0.5 : real;
    }
    case 2:
      return (random.below(2 ** 31) - 2 ** 30) / 10 ** random.below(12);
    case 3: {
      const codes = Array.from({ length: random.below(12) }, () => random.below(0x250));
      return String.fromCharCode(...codes);
    }
    default:
      return Uint8Array.from({ length: random.below(20) }, () => random.below(256));
  }
}

it("prints what SQLite reads back as the same value of the same type", () => {
  const database = new DatabaseSync(":memory:");
  const random = freshRandom("literals");
  const edges: SqlValue[] = [null, 0n, -1n, 2n ** 63n - 1n, -(2n ** 63n), -0, 5e-324, 1.5e308];
  edges.push(Number.MAX_VALUE, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, "\0", "a\0'b");
  for (let round = 0; round < 2000; round++) {
    const values = round === 0 ? edges : Array.from({ length: 20 }, () => randomValue(random));
    const sql = `SELECT ${values.map(printValue).join(", ")}`;
    const statement = database.prepare(sql);
    statement.setReturnArrays(true);
    statement.setReadBigInts(true);
    // toEqual tells -0 from 0, and 1n from 1.
    expect(statement.get(), `seed ${random.seed}: ${sql}`).toEqual(values);
  }
});
