import { readSchemaRows } from "../../engine/capture/schema-rows.ts";
import type { SpoolTable } from "../../engine/spool-table.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";

/** Something that the user has defined. */
export interface SavedObject {
  readonly type: string;
  readonly name: string;
  readonly table: string;
  readonly sql: string;
}

/** What the change log does not know well enough to bring it back. */
export interface SavedSchema {
  /** Oldest first. */
  readonly objects: readonly SavedObject[];
  /** Of sqlite_sequence: tables and the highest rowids that they had, as text. */
  readonly sequence: readonly (readonly string[])[];
}

/** SQLite's own and Cloudflare's. */
const RESERVED = /^(?:sqlite|_cf)_/i;
/** What one piece holds, in UTF-16 units: at most three bytes each, and 2 MB are the limit. */
const PIECE_LENGTH = 512 * 1024;
/** The number of the first piece among a script's; the others follow downwards. */
const FIRST_PART = -2;

/** The schema as it stands. */
export function readSavedSchema(driver: SqlDriver): SavedSchema {
  const objects = readSchemaRows(driver).user.flatMap(({ type, name, table, sql }) =>
    sql === null || RESERVED.test(name) ? [] : [{ type, name, table, sql }],
  );
  return { objects, sequence: readSequence(driver) };
}

function readSequence(driver: SqlDriver): string[][] {
  if (!hasSequence(driver)) return [];
  return driver
    .prepare("SELECT CAST(name AS TEXT), CAST(seq AS TEXT) FROM sqlite_sequence ORDER BY rowid")
    .all([], "number")
    .map((row) => row.map(String));
}

function hasSequence(driver: SqlDriver): boolean {
  const sql = "SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_sequence'";
  return driver.prepare(sql).all([], "number").length > 0;
}

/** Makes sqlite_sequence what it was. */
export function restoreSequence(driver: SqlDriver, { sequence }: SavedSchema): void {
  if (JSON.stringify(readSequence(driver)) === JSON.stringify(sequence)) return;
  driver.exec("DELETE FROM sqlite_sequence");
  const insert = driver.prepare(
    "INSERT INTO sqlite_sequence (name, seq) VALUES (?1, CAST(?2 AS INTEGER))",
  );
  for (const row of sequence) insert.run([...row]);
}

/** Keeps it beside a script, with which it goes. */
export function keepSavedSchema(spool: SpoolTable, script: string, saved: SavedSchema): void {
  const text = JSON.stringify(saved);
  const utf8 = new TextEncoder();
  let part = FIRST_PART;
  for (let at = 0; at < text.length; part--) {
    let end = at + PIECE_LENGTH;
    // A surrogate pair is never cut.
    if (isHighSurrogate(text.charCodeAt(end - 1))) end += 1;
    spool.write(script, part, utf8.encode(text.slice(at, end)));
    at = end;
  }
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}

/** Of a script for which none was kept: an empty one. */
export function keptSavedSchema(spool: SpoolTable, script: string): SavedSchema {
  let text = "";
  for (let part = FIRST_PART; ; part--) {
    const bytes = spool.read(script, part);
    if (bytes === null) break;
    text += new TextDecoder().decode(bytes);
  }
  if (text === "") return { objects: [], sequence: [] };
  return JSON.parse(text) as SavedSchema;
}
