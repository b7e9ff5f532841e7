import { clip, textWidth, visible } from "./text-width.ts";

/** Longer lines are shown around the place only. */
const EXCERPT_WIDTH = 100;

/** The line of a statement that an error points at, with a caret below; else its first line. */
export function sourceExcerpt(sql: string, at: number | undefined): string[] {
  const offset = Math.min(at ?? 0, sql.length);
  const start = sql.lastIndexOf("\n", offset - 1) + 1;
  const stop = sql.indexOf("\n", offset);
  const line = sql.slice(start, stop < 0 ? undefined : stop).replace(/\r$/, "");
  const column = offset - start;
  const from = column > EXCERPT_WIDTH * 0.7 ? column - EXCERPT_WIDTH / 2 : 0;
  const before = (from > 0 ? "…" : "") + visible(line.slice(from, column));
  const shown = clip(before + visible(line.slice(column)), EXCERPT_WIDTH);
  if (at === undefined) return [`  ${shown}`];
  return [`  ${shown}`, `  ${" ".repeat(textWidth(before))}^`];
}
