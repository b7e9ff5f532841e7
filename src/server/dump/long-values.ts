import { DosqlError } from "../../base/errors.ts";
import type { SqlClient } from "../../ports/sql-client.ts";

/** Bytes of a value that are read at once: in hexadecimal well below what D1 takes as a value. */
const PIECE_BYTES = 400_000;

/** Whether a value's literal is more than the home's SQLite can make: two digits for a byte. */
export function isTooBig(error: unknown): boolean {
  return error instanceof DosqlError && /\bstring or blob too big\b/.test(error.message);
}

/** A column's literal, or NULL (which no literal is) for a value that is to be read in pieces. */
export function shortLiteral(column: string, literal: string): string {
  return `CASE WHEN length(CAST(${column} AS BLOB)) > ${PIECE_BYTES} THEN NULL ELSE ${literal} END`;
}

/**
 * The literal of one long value, the same that SQLite would write.
 *
 * @param from what follows the columns in a SELECT of exactly this row
 * @param hex whether texts are written in hexadecimal
 */
export async function longLiteral(
  client: SqlClient,
  column: string,
  from: string,
  hex: boolean,
): Promise<string> {
  const one = async (what: string): Promise<string> => {
    const { rows } = await client.run(`SELECT ${what} ${from}`);
    return String(rows[0]?.[0] ?? "");
  };
  const asHex = hex ? "1" : `instr(${column}, char(0)) > 0`;
  const kind = await one(`CASE WHEN typeof(${column}) = 'blob' THEN 2 ELSE ${asHex} END`);
  const bytes = Number(await one(`length(CAST(${column} AS BLOB))`));
  if (kind === "0") return `'${(await textOf(one, column)).replaceAll("'", "''")}'`;
  let digits = "";
  for (let at = 1; at <= bytes; at += PIECE_BYTES) {
    digits += await one(`hex(substr(CAST(${column} AS BLOB), ${at}, ${PIECE_BYTES}))`);
  }
  return kind === "2" ? `X'${digits}'` : `CAST(X'${digits}' AS TEXT)`;
}

async function textOf(one: (what: string) => Promise<string>, column: string): Promise<string> {
  const characters = Number(await one(`length(${column})`));
  let text = "";
  for (let at = 1; at <= characters; at += PIECE_BYTES) {
    text += await one(`substr(${column}, ${at}, ${PIECE_BYTES})`);
  }
  return text;
}
