import type { Row, SqlValue } from "../base/value.ts";
import { clip, pad, textWidth, visible } from "./text-width.ts";
import { valueText } from "./values.ts";

/** A column narrower than this says nothing; rather one record per block. */
const MIN_COLUMN_WIDTH = 6;
const SEPARATOR_WIDTH = 3;
const NULL_TEXT = "NULL";

/** How a result is laid out. */
export interface TableOptions {
  /** Columns to stay within; null, and the 0 of a terminal that does not know, is no limit. */
  readonly widthColumns: number | null;
}

/**
 * An aligned table with a line that counts the rows. Numbers stand right, NULL is spelled out,
 * cells that do not fit end in an ellipsis; when not even that helps, every row becomes a block
 * of `name | value` lines.
 */
export function tableText(
  columns: readonly string[],
  rows: readonly Row[],
  options: TableOptions,
): string {
  const heads = columns.map(visible);
  const cells = rows.map((row) => columns.map((_, i) => cellText(row[i] ?? null)));
  const natural = heads.map((head, i) =>
    cells.reduce((most, row) => Math.max(most, textWidth(row[i] ?? "")), textWidth(head)),
  );
  const limit = options.widthColumns || null;
  const widths = fitWidths(natural, limit);
  const count = `(${rows.length} ${rows.length === 1 ? "row" : "rows"})\n`;
  if (widths === null) return records(heads, cells, limit ?? 0) + count;
  const right = columns.map((_, i) => isNumeric(rows, i));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) =>
        pad(clip(cell, widths[i] ?? 0), widths[i] ?? 0, right[i] ? "left" : "right"),
      )
      .join(" | ");
  const rule = widths.map((width) => "-".repeat(width)).join("-+-");
  const lines = [line(heads), rule, ...cells.map(line)];
  return `${lines.map((text) => ` ${text}`.trimEnd()).join("\n")}\n${count}`;
}

function cellText(value: SqlValue): string {
  return value === null ? NULL_TEXT : visible(valueText(value));
}

function isNumeric(rows: readonly Row[], column: number): boolean {
  let any = false;
  for (const row of rows) {
    const value = row[column] ?? null;
    if (value === null) continue;
    if (typeof value !== "number" && typeof value !== "bigint") return false;
    any = true;
  }
  return any;
}

/** Takes room from the widest columns; null when the rest would be too narrow to read. */
function fitWidths(natural: readonly number[], limit: number | null): number[] | null {
  const widths = [...natural];
  if (limit === null) return widths;
  const room = limit - 1 - SEPARATOR_WIDTH * (widths.length - 1);
  let total = widths.reduce((sum, width) => sum + width, 0);
  while (total > room) {
    const widest = Math.max(...widths);
    if (widest <= MIN_COLUMN_WIDTH) return null;
    const second = Math.max(MIN_COLUMN_WIDTH, ...widths.filter((width) => width < widest));
    const many = widths.filter((width) => width === widest).length;
    const cut = Math.min(widest - second, Math.ceil((total - room) / many));
    for (let i = 0; i < widths.length; i++) {
      if (widths[i] === widest) widths[i] = widest - cut;
    }
    total = widths.reduce((sum, width) => sum + width, 0);
  }
  return widths;
}

function records(
  heads: readonly string[],
  cells: readonly (readonly string[])[],
  limit: number,
): string {
  const most = Math.max(1, limit - MIN_COLUMN_WIDTH - SEPARATOR_WIDTH);
  const nameWidth = Math.min(most, Math.max(...heads.map(textWidth)));
  const valueWidth = Math.max(MIN_COLUMN_WIDTH, limit - nameWidth - SEPARATOR_WIDTH);
  const blocks = cells.map((row, n) => {
    const title = `-[ record ${n + 1} ]`;
    const lines = heads.map(
      (head, i) =>
        `${pad(clip(head, nameWidth), nameWidth, "right")} | ${clip(row[i] ?? "", valueWidth)}`,
    );
    const rule = "-".repeat(Math.max(0, nameWidth + 2 - title.length));
    return `${title}${rule}\n${lines.join("\n")}\n`;
  });
  return blocks.join("");
}
