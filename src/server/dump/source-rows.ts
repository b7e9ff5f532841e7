import type { SqlClient } from "../../ports/sql-client.ts";
import { quoteIdentifier } from "../../sql/quote.ts";
import { isTooBig, longLiteral, shortLiteral } from "./long-values.ts";
import type { SourceTable } from "./source-schema.ts";

/** What one page of rows should weigh: enough to amortise a round trip, little enough to hold. */
const PAGE_TEXT_LENGTH = 1_000_000;
/** What no page weighs more than, but for a row that does so alone: rows may grow all at once. */
const MAX_PAGE_BYTES = 4_000_000;
const FIRST_PAGE_ROWS = 64;
const MAX_PAGE_ROWS = 2_000;
/** What a reader of UTF-8 makes of bytes that are none. */
const REPLACEMENT = "\u{fffd}";
/** Where a page ends that was cut: no literal begins like this. */
const CUT = "cut";

/**
 * The rows of a table, each value as the SQL literal that makes exactly this value again. They
 * are written by SQLite itself, so that every storage class survives whatever carries them.
 */
export async function* tableRows(
  client: SqlClient,
  table: SourceTable,
  columns: readonly string[],
): AsyncGenerator<readonly string[]> {
  const page = pager(table, columns);
  let pageRows = FIRST_PAGE_ROWS;
  let read = 0;
  let after: readonly string[] | null = null;
  for (;;) {
    const place = { after, offset: read, limit: pageRows };
    const { rows, isCut } = await readPage(client, page, place);
    let textLength = 0;
    for (const row of rows) {
      const values = row.slice(page.keyCount);
      for (const value of values) textLength += value.length;
      yield values;
    }
    const last = rows.at(-1);
    if (last === undefined || (rows.length < pageRows && !isCut)) return;
    after = last.slice(0, page.keyCount);
    read += rows.length;
    const fitting = Math.floor((PAGE_TEXT_LENGTH * rows.length) / Math.max(1, textLength));
    pageRows = Math.min(MAX_PAGE_ROWS, Math.max(1, fitting));
  }
}

interface Place {
  readonly after: readonly string[] | null;
  readonly offset: number;
  readonly limit: number;
}

interface Pager {
  readonly keyCount: number;
  /** The key, then the columns. */
  readonly expressions: readonly string[];
  /** FROM and WHERE of one row. */
  from(key: readonly string[], offset: number): string;
  sql(place: Place, literal: (column: string) => string): string;
}

interface Page {
  readonly rows: string[][];
  /** Whether there is more, though the page is shorter than it might be. */
  readonly isCut: boolean;
}

async function readPage(client: SqlClient, page: Pager, place: Place): Promise<Page> {
  const texts = await readLiterals(client, page, place, false);
  if (!texts.some((row) => row.some((value) => value.includes(REPLACEMENT)))) return cutOff(texts);
  // TEXT need not be UTF-8 in SQLite. Where it may not be, its bytes travel as hex.
  const hex = await readLiterals(client, page, place, true);
  return cutOff(hex.map((row) => row.map(readable)));
}

function cutOff(rows: string[][]): Page {
  const isCut = rows.at(-1)?.[0] === CUT;
  return { rows: isCut ? rows.slice(0, -1) : rows, isCut };
}

const HEX_TEXT = /^CAST\(X'([0-9A-F]*)' AS TEXT\)$/i;

/**
 * The literal that a text has wherever it stands: as it is, unless it would not arrive as it is.
 * So two databases write the same value the same way, however their pages fall.
 */
function readable(value: string): string {
  const digits = HEX_TEXT.exec(value)?.[1];
  if (digits === undefined) return value;
  const digit = (at: number): number => {
    const code = digits.charCodeAt(at);
    return (code & 15) + (code > 64 ? 9 : 0);
  };
  const bytes = new Uint8Array(digits.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = digit(2 * i) * 16 + digit(2 * i + 1);
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  return text.includes(REPLACEMENT) || text.includes("\0")
    ? value
    : `'${text.replaceAll("'", "''")}'`;
}

async function readLiterals(
  client: SqlClient,
  page: Pager,
  place: Place,
  hex: boolean,
): Promise<string[][]> {
  const as = hex ? hexLiteral : literal;
  try {
    const { rows } = await client.run(page.sql(place, as));
    return rows.map((row) => row.map(String));
  } catch (error) {
    if (!isTooBig(error)) throw error;
  }
  const { rows } = await client.run(page.sql(place, (column) => shortLiteral(column, as(column))));
  const texts: string[][] = [];
  for (const [i, row] of rows.entries()) {
    if (row[0] === CUT) {
      texts.push(row.map(String));
      continue;
    }
    const from = page.from(row.slice(0, page.keyCount).map(String), place.offset + i);
    const values: string[] = [];
    for (const [at, value] of row.entries()) {
      const column = page.expressions[at] ?? "";
      values.push(value === null ? await longLiteral(client, column, from, hex) : String(value));
    }
    texts.push(values);
  }
  return texts;
}

/** By rowid or primary key where there is one, so that a page costs its own rows only. */
function pager(table: SourceTable, columns: readonly string[]): Pager {
  const name = quoteIdentifier(table.name);
  const key = table.rowid === null ? table.primaryKey.map(binary) : [table.rowid];
  const expressions = [...key, ...columns.map(quoteIdentifier)];
  const weight = sum(expressions.map((column) => `coalesce(octet_length(${column}), 0)`));
  return {
    keyCount: key.length,
    expressions,
    from: (values, offset) =>
      key.length === 0
        ? `FROM ${name} LIMIT 1 OFFSET ${offset}`
        : `FROM ${name} WHERE (${key.join(", ")}) = (${values.join(", ")})`,
    sql(place, as) {
      const order = key.length === 0 ? "" : ` ORDER BY ${key.join(", ")}`;
      const skip = key.length === 0 ? ` OFFSET ${place.offset}` : "";
      const where =
        place.after === null || key.length === 0 ? "" : ` WHERE ${above(key, place.after)}`;
      const rows = (what: string, limit: string | number): string =>
        `SELECT ${what} FROM ${name}${where}${order} LIMIT ${limit}${skip}`;
      const selected = expressions.map((column) => as(column)).join(", ");
      if (place.limit === 1) return rows(selected, 1);
      const cut = expressions.map((_, i) => (i === 0 ? `'${CUT}'` : "0")).join(", ");
      return (
        `WITH fit(n, found) AS MATERIALIZED (${fitting(rows(`${weight} AS w`, place.limit))}) ` +
        `SELECT * FROM (${rows(selected, "(SELECT n FROM fit)")}) ` +
        `UNION ALL SELECT ${cut} FROM fit WHERE found > n`
      );
    },
  };
}

/** How many rows of a page fit, one at least, and how many there are. */
function fitting(weights: string): string {
  return (
    `SELECT max(1, count(CASE WHEN s <= ${MAX_PAGE_BYTES} THEN 1 END)), count(*) FROM ` +
    `(SELECT sum(w) OVER (ROWS UNBOUNDED PRECEDING) AS s FROM (${weights}))`
  );
}

/** A sum as a balanced tree: how deep an expression may be has limits. */
function sum(terms: readonly string[]): string {
  const half = terms.length >> 1;
  return half === 0
    ? (terms[0] ?? "0")
    : `(${sum(terms.slice(0, half))} + ${sum(terms.slice(half))})`;
}

function above(key: readonly string[], values: readonly string[]): string {
  return key.length === 1
    ? `${key[0] ?? ""} > ${values[0] ?? ""}`
    : `(${key.join(", ")}) > (${values.join(", ")})`;
}

/** A column's own collation may call two keys equal that its index keeps apart. */
function binary(column: string): string {
  return `${quoteIdentifier(column)} COLLATE BINARY`;
}

/** SQLite's `quote()` ends a text at its first NUL. */
function literal(column: string): string {
  return (
    `CASE WHEN typeof(${column}) = 'text' AND instr(${column}, char(0)) > 0 ` +
    `THEN ${hexText(column)} ELSE quote(${column}) END`
  );
}

function hexLiteral(column: string): string {
  return `CASE WHEN typeof(${column}) = 'text' THEN ${hexText(column)} ELSE quote(${column}) END`;
}

function hexText(column: string): string {
  return `'CAST(X''' || hex(${column}) || ''' AS TEXT)'`;
}
