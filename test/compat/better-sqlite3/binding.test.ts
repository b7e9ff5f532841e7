import { describe, expect, it } from "vitest";
import { bindArguments, layoutOf } from "../../../src/compat/better-sqlite3/binding.ts";

const bind = (parameters: (string | null)[], ...args: unknown[]): unknown =>
  bindArguments(args, layoutOf(parameters));

describe("binding", () => {
  it("takes scalars in order, and NULL for undefined", () => {
    expect(bind([null, null, null], 1, undefined, "x")).toEqual([1, null, "x"]);
  });

  it("puts names and positions where they belong", () => {
    expect(bind([":a", null, "@b", null], 1, { b: 2n, a: "x" }, [3])).toEqual(["x", 1, 2n, 3]);
    expect(bind(["?1", null, "?3"], { 1: "one", 3: "three" }, "two")).toEqual([
      "one",
      "two",
      "three",
    ]);
    expect(bind([":a", "@a"], { a: 1 })).toEqual([1, 1]);
  });

  it("knows plain objects of another realm", () => {
    const foreign = Object.create(
      Object.create(null, { isPrototypeOf: { value: () => false }, toString: { value: () => "" } }),
    ) as Record<string, unknown>;
    foreign["a"] = 1;
    expect(bind([":a"], foreign)).toEqual([1]);
  });

  it("reads a view of any kind as its bytes", () => {
    const bytes = new Uint8Array([1, 2, 3, 4]);
    expect(bind([null], new Uint16Array(bytes.buffer, 2, 1))).toEqual([new Uint8Array([3, 4])]);
    expect(bind([null], bytes)).toEqual([bytes]);
    const [empty] = bind([null], new Uint8Array(0)) as [Uint8Array];
    expect(empty).toEqual(new Uint8Array(0));
    // Node 22.16 binds NULL for bytes without memory behind them.
    expect(empty.buffer.byteLength).toBeGreaterThan(0);
  });

  it("refuses what does not fit in 64 bits", () => {
    expect(bind([null], 2n ** 63n - 1n)).toEqual([2n ** 63n - 1n]);
    expect(() => bind([null], 2n ** 63n)).toThrow(RangeError);
    expect(() => bind([":a"], { a: -(2n ** 63n) - 1n })).toThrow(RangeError);
  });

  it("leaves the caller's arrays as they were", () => {
    const given = [undefined, 1];
    expect(bind([null, null], given)).toEqual([null, 1]);
    expect(given).toEqual([undefined, 1]);
  });
});
