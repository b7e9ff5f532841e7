import type { RealSqlite } from "./database.ts";

/** Statements whose text SQLite stores: its program holds the text, which the printer changes. */
const STORES_TEXT =
  /^(\s|--[^\n]*\n|\/\*[\s\S]*?\*\/)*(EXPLAIN\s+(QUERY\s+PLAN\s+)?)?(CREATE|ALTER)\b/i;

/** The instructions that hold it. */
const TEXTS: ReadonlySet<string> = new Set(["String8", "String", "ParseSchema"]);

/**
 * The program that SQLite makes of a statement, one text for each instruction; of an EXPLAIN,
 * what it answers. Addresses of memory are blanked, and texts where the statement's own is kept.
 */
export function programOf(database: RealSqlite, sql: string): string[] {
  const explains = /^[\s;]*EXPLAIN\b/i.test(sql);
  const rows = database.rows(explains ? sql : `EXPLAIN ${sql}`);
  const storesText = STORES_TEXT.test(sql);
  const renames = storesText && /\bRENAME\b/i.test(sql);
  return rows.map((row) => {
    const cells = row.map((cell) => String(cell).replace(/(vtab:|0x)[0-9a-f]{6,}/gi, "address"));
    if (storesText && TEXTS.has(cells[1] ?? "")) cells[5] = "text";
    // Whether the new name stood in quotes, as a printed one always does.
    if (renames && cells[1] === "Integer") cells[2] = cells[2] === "128" ? "0" : (cells[2] ?? "");
    return cells.join(" | ");
  });
}

/** The first instruction in which two programs differ, or null. */
export function programDifference(
  database: RealSqlite,
  original: string,
  printed: string,
): string | null {
  const first = programOf(database, original);
  let second: string[];
  try {
    second = programOf(database, printed);
  } catch (error) {
    return `the printed text fails: ${error instanceof Error ? error.message : String(error)}`;
  }
  const length = Math.max(first.length, second.length);
  for (let place = 0; place < length; place++) {
    if (first[place] === second[place]) continue;
    return `${first[place] ?? "(ends)"} ≠ ${second[place] ?? "(ends)"}`;
  }
  return null;
}
