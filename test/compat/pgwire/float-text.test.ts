import { describe, expect, test } from "vitest";
import { floatAsPostgres, floatAsSqlite } from "../../../src/compat/pgwire/datatypes/float-text.ts";

describe("a REAL as Postgres prints it (PostgreSQL 15.18's answers)", () => {
  test.each([
    [0, "0"],
    [-0, "-0"],
    [5, "5"],
    [-5.5, "-5.5"],
    [0.1 + 0.2, "0.30000000000000004"],
    [1 / 3, "0.3333333333333333"],
    [100_000_000_000_000, "100000000000000"],
    [999_999_999_999_999, "999999999999999"],
    [1e15, "1e+15"],
    [123_456_789_012_345.6, "123456789012345.6"],
    [1_234_567_890_123_456, "1.234567890123456e+15"],
    [18_903_034_937_139_928, "1.8903034937139928e+16"],
    [-112_586_145_195_268_992, "-1.1258614519526899e+17"],
    [2 ** 53, "9.007199254740992e+15"],
    [1e20, "1e+20"],
    [1.5e300, "1.5e+300"],
    [0.0001, "0.0001"],
    [0.00012345, "0.00012345"],
    [0.00001, "1e-05"],
    [1.5e-7, "1.5e-07"],
    [5e-324, "5e-324"],
    [1.7976931348623157e308, "1.7976931348623157e+308"],
    [Infinity, "Infinity"],
    [-Infinity, "-Infinity"],
    [Number.NaN, "NaN"],
  ])("%d is %s", (value, text) => {
    expect(floatAsPostgres(value)).toBe(text);
  });
});

describe("a REAL as SQLite prints it", () => {
  test.each([
    [0, "0.0"],
    [-0, "0.0"],
    [5, "5.0"],
    [-5.5, "-5.5"],
    [100_000, "100000.0"],
    [1e15, "1000000000000000.0"],
    [99_999_999_999_999_984, "99999999999999980.0"],
    [1e17, "1.0e+17"],
    [1e20, "1.0e+20"],
    [1.5e300, "1.5e+300"],
    [0.0001, "0.0001"],
    [0.00001, "1.0e-05"],
    [0.00001234, "1.234e-05"],
    [1e-7, "1.0e-07"],
    [Infinity, "Inf"],
    [-Infinity, "-Inf"],
  ])("%d is %s", (value, text) => {
    expect(floatAsSqlite(value)).toBe(text);
  });
});

test("both read back as the same number", () => {
  const view = new DataView(new ArrayBuffer(8));
  // A small generator: the same numbers at every run.
  let seed = 42n;
  for (let count = 0; count < 20_000; count++) {
    seed =
      (seed * 6_364_136_223_846_793_005n + 1_442_695_040_888_963_407n) & 0xffff_ffff_ffff_ffffn;
    view.setBigUint64(0, seed);
    const value = count % 2 === 0 ? view.getFloat64(0) : Number(seed >> 20n) / 1000;
    if (!Number.isFinite(value)) continue;
    expect(Number(floatAsPostgres(value))).toBe(value);
    expect(Number(floatAsSqlite(value))).toBe(value);
  }
});
