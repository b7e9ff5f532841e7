import { describe, expect, it } from "vitest";
import { identifierName, tokenize } from "../../src/sql/lex/lexer.ts";
import { printValue, quoteIdentifier, quoteText } from "../../src/sql/quote.ts";

describe("quoteIdentifier", () => {
  it.each(["a", "", 'a"b', '"', "select", "a b", "--", "/*", "日本", "a\nb"])("%j", (name) => {
    const quoted = quoteIdentifier(name);
    const [token, ...more] = tokenize(quoted);
    expect(more).toEqual([]);
    expect(token?.kind).toBe("quoted");
    expect(token && identifierName(quoted, token)).toBe(name);
  });

  it("refuses a NUL", () => {
    expect(() => quoteIdentifier("a\0b")).toThrow(
      expect.objectContaining({ name: "DosqlError", code: "invalid-argument" }),
    );
  });
});

describe("printValue", () => {
  it.each([
    [null, "NULL"],
    [0n, "0"],
    [-9223372036854775808n, "-9223372036854775808"],
    [1, "1.0"],
    [-0, "-0.0"],
    [0.1, "0.1"],
    [1e21, "1e+21"],
    [Number.POSITIVE_INFINITY, "9e999"],
    [Number.NEGATIVE_INFINITY, "-9e999"],
    [Number.NaN, "NULL"],
    ["it's", "'it''s'"],
    ["", "''"],
    ["a\0b", "CAST(x'610062' AS TEXT)"],
    [new Uint8Array([0, 10, 255]), "x'000aff'"],
    [new Uint8Array(), "x''"],
  ])("%s is %s", (value, literal) => {
    expect(printValue(value)).toBe(literal);
  });

  it("writes text as quoteText does", () => {
    expect(printValue("a'b")).toBe(quoteText("a'b"));
  });
});
