import { describe, expect, test } from "vitest";
import { csvLine, jsonRow, realText, uniqueNames, valueText } from "../../src/cli/values.ts";

describe("CSV", () => {
  test("quotes what RFC 4180 wants quoted and keeps NULL apart from empty text", () => {
    const row = [1n, null, "", "a,b", 'say "hi"', "two\nlines", "cr\r", "plain", 1.5];
    expect(csvLine(row)).toBe('1,,"","a,b","say ""hi""","two\nlines","cr\r",plain,1.5\r\n');
  });

  test("blobs are hex", () => {
    expect(csvLine([new Uint8Array([1, 0xab])])).toBe("\\x01ab\r\n");
  });
});

describe("JSON", () => {
  test("integers keep their digits, reals stay reals, blobs are strings", () => {
    const names = ["i", "r", "t", "b", "n", "inf"];
    const row = [
      -9_223_372_036_854_775_808n,
      2,
      'q"\u0000',
      new Uint8Array([255]),
      null,
      -Infinity,
    ];
    const text = jsonRow(names, row);
    expect(text).toBe(
      '{"i":-9223372036854775808,"r":2.0,"t":"q\\"\\u0000","b":"\\\\xff","n":null,"inf":-9e999}',
    );
    expect((JSON.parse(text) as { inf: number }).inf).toBe(-Infinity);
  });

  test("names that occur twice are told apart", () => {
    expect(uniqueNames(["a", "b", "a", "a"])).toEqual(["a", "b", "a_2", "a_3"]);
    expect(uniqueNames(["a", "a_2", "a"])).toEqual(["a", "a_2", "a_3"]);
  });
});

test.each([
  [1, "1.0"],
  [-0, "-0.0"],
  [1e21, "1e+21"],
  [0.1, "0.1"],
  [Infinity, "Inf"],
  [NaN, "NULL"],
])("the real %d reads %s", (value, text) => {
  expect(realText(value)).toBe(text);
  expect(valueText(value)).toBe(text);
});
