import { describe, expect, test } from "vitest";
import type { Row } from "../../src/base/value.ts";
import { tableText } from "../../src/cli/table.ts";
import { clip, pad, textWidth, visible } from "../../src/cli/text-width.ts";

function table(columns: string[], rows: Row[], widthColumns: number | null = null): string[] {
  return tableText(columns, rows, { widthColumns }).split("\n");
}

describe("width of text", () => {
  test.each([
    ["abc", 3],
    ["äöü", 3],
    ["e\u0301", 1],
    ["日本語", 6],
    ["한글", 4],
    ["ＡＢ", 4],
    ["🙂", 2],
    ["👩‍👩‍👧", 2],
    ["🇩🇪", 2],
    ["❤️", 2],
    ["ﬀ", 1],
    ["\u200b", 0],
    ["𝒳", 1],
    ["𠮷", 2],
  ])("%s takes %d columns", (text, width) => {
    expect(textWidth(text)).toBe(width);
  });

  test("clipping counts columns and keeps clusters whole", () => {
    expect(clip("abcdef", 4)).toBe("abc…");
    expect(clip("abcd", 4)).toBe("abcd");
    expect(clip("日本語日本", 6)).toBe("日本…");
    expect(textWidth(clip("日本語日本", 6))).toBeLessThanOrEqual(6);
    expect(clip("e\u0301e\u0301e\u0301", 2)).toBe("e\u0301…");
  });

  test("padding counts columns", () => {
    expect(pad("日本", 6, "right")).toBe("日本  ");
    expect(pad("1", 3, "left")).toBe("  1");
  });

  test("data cannot steer the terminal", () => {
    expect(visible("a\nb\tc\r")).toBe("a\\nb\\tc\\r");
    expect(visible("\x1b[31mred\x9b")).toBe("\\x1b[31mred\\x9b");
    expect(visible("\u202egnp.exe")).toBe("\\u202egnp.exe");
  });
});

describe("a table", () => {
  test("a terminal that says 0 columns does not know", () => {
    const rows: Row[] = [[1n, "a name that is wider than nothing"]];
    expect(table(["id", "name"], rows, 0)).toEqual(table(["id", "name"], rows, null));
  });

  test("numbers stand right, NULL is spelled out, blobs are hex", () => {
    const rows: Row[] = [
      [1n, "Zoë", 1.5, null],
      [9_223_372_036_854_775_807n, "日本", 2, new Uint8Array([0, 255])],
    ];
    expect(table(["id", "name", "price", "data"], rows)).toEqual([
      "                  id | name | price | data",
      ` ${[19, 4, 5, 6].map((width) => "-".repeat(width)).join("-+-")}`,
      "                   1 | Zoë  |   1.5 | NULL",
      " 9223372036854775807 | 日本 |   2.0 | \\x00ff",
      "(2 rows)",
      "",
    ]);
  });

  test("no rows, and one", () => {
    expect(table(["a"], [])).toEqual([" a", " -", "(0 rows)", ""]);
    expect(table(["a"], [["x"]]).at(-2)).toBe("(1 row)");
  });

  test("a column that mixes numbers and text stands left", () => {
    expect(table(["a"], [[1n], ["text"]])).toEqual([" a", " ----", " 1", " text", "(2 rows)", ""]);
  });

  test("a narrow terminal takes from the widest columns first", () => {
    const rows: Row[] = [[1n, "x".repeat(60), "y".repeat(20)]];
    const lines = table(["id", "long", "short"], rows, 50);
    for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(50);
    expect(lines[2]).toContain("y".repeat(20));
    expect(lines[2]).toMatch(/x+… \|/);
    expect(textWidth(lines[2] ?? "")).toBe(50);
  });

  test("without a terminal nothing is cut", () => {
    expect(table(["a"], [["x".repeat(500)]])[2]).toContain("x".repeat(500));
  });

  test("too many columns for the terminal become records", () => {
    const names = Array.from({ length: 20 }, (_, i) => `column_${i}`);
    const lines = table(names, [names.map((_, i) => `value ${i} ${"z".repeat(40)}`)], 40);
    expect(lines[0]).toMatch(/^-\[ record 1 \]-*$/);
    expect(lines[1]).toMatch(/^column_0 {2}\| value 0 z+…$/);
    expect(lines.at(-2)).toBe("(1 row)");
    for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(40);
  });

  test("a result with columns of no name and control characters stays one line per row", () => {
    expect(table(["a\nb"], [["1\n2"]])).toEqual([" a\\nb", " ----", " 1\\n2", "(1 row)", ""]);
  });
});
