/*
 * TEXT that is not UTF-8, which SQLite keeps as it is. In the engine's strings each of its bytes
 * that is no part of a character is a lone surrogate, U+DC00 plus the byte; no text that is UTF-8
 * has one. Drivers hand out U+FFFD instead: who wants to copy such a text asks for its bytes.
 */
import type { Row, SqlValue } from "../../base/value.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";

const LONE = 0xdc00;

/** Whether one of the values may be a text whose bytes the driver did not hand out. */
export function mayHideBytes(row: Row): boolean {
  return row.some((value) => typeof value === "string" && value.includes("\uFFFD"));
}

/** The values of a row whose texts were asked for as BLOBs, too. */
export function withRawTexts(row: Row, blobs: Row): Row {
  return row.map((value, i) => {
    const bytes = blobs[i];
    return typeof value === "string" && bytes instanceof Uint8Array ? textOfBytes(bytes) : value;
  });
}

/** A text of which the engine has the bytes. */
export function textOfBytes(bytes: Uint8Array): string {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const decode = (from: number, to: number): string | null => {
    try {
      return decoder.decode(bytes.subarray(from, to));
    } catch {
      return null;
    }
  };
  const whole = decode(0, bytes.length);
  if (whole !== null) return whole;
  let text = "";
  for (let at = 0; at < bytes.length;) {
    const byte = bytes[at] ?? 0;
    const length = byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
    const end = Math.min(at + length, bytes.length);
    const character = decode(at, end);
    text += character ?? String.fromCharCode(LONE + byte);
    at = character === null ? at + 1 : end;
  }
  return text;
}

/** The bytes of a text that is not well formed: those that its lone surrogates stand for. */
export function bytesOfText(text: string): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  const bytes: number[] = [];
  for (const character of text) {
    const unit = character.length === 1 ? character.charCodeAt(0) - LONE : -1;
    if (unit >= 0x80 && unit <= 0xff) bytes.push(unit);
    else bytes.push(...encoder.encode(character));
  }
  return new Uint8Array(bytes);
}

/** A statement whose parameters may be such texts, which can be bound as BLOBs only. */
export class RawStatement {
  readonly #driver: SqlDriver;
  readonly #sql: (place: (number: number) => string) => string;
  readonly #statement: ReturnType<SqlDriver["prepare"]>;

  /** @param sql the text; `place` is what stands for a parameter */
  constructor(driver: SqlDriver, sql: (place: (number: number) => string) => string) {
    this.#driver = driver;
    this.#sql = sql;
    this.#statement = driver.prepare(sql((number) => `?${number}`));
  }

  run(params: Row): { readonly changes: number } {
    if (params.every(isWellFormed)) return this.#statement.run(params);
    const sql = this.#sql((number) =>
      isWellFormed(params[number - 1] ?? null) ? `?${number}` : `CAST(?${number} AS TEXT)`,
    );
    const values = params.map((value) =>
      typeof value === "string" && !isWellFormed(value) ? bytesOfText(value) : value,
    );
    return this.#driver.prepare(sql).run(values);
  }
}

function isWellFormed(value: SqlValue): boolean {
  return typeof value !== "string" || value.isWellFormed();
}
