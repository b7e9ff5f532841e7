import type { SqlValue } from "../../../base/value.ts";
import { decodeLossy, decodeUtf8, firstInvalidUtf8 } from "../codec/utf8.ts";
import { invalidUtf8, pgError } from "../errors.ts";
import type { PgError } from "../errors.ts";
import { parseBytea } from "./bytea-text.ts";
import { Oid, typeName } from "./oids.ts";

/** Up to so many digits a number is exact, and quicker than a bigint's parser. */
const EXACT_DIGITS = 15;

/** The value of `bytes[start, end)` in the text format of a type. */
export function valueFromText(
  oid: number,
  bytes: Uint8Array,
  start: number,
  end: number,
): SqlValue {
  switch (oid) {
    case Oid.int8:
    case Oid.int4:
    case Oid.int2:
      return plainInteger(bytes, start, end) ?? parseInteger(oid, textOf(bytes, start, end));
    case Oid.oid:
      // Postgres takes the negative half of an int4, too, for the number with the same bits.
      return BigInt.asUintN(32, parseInteger(oid, textOf(bytes, start, end)));
    case Oid.float8:
    case Oid.float4:
      return parseFloatText(oid, textOf(bytes, start, end));
    case Oid.bool:
      return parseBoolean(textOf(bytes, start, end));
    case Oid.bytea:
      return parseBytea(textOf(bytes, start, end));
    default:
      return textOf(bytes, start, end);
  }
}

/** UTF-8 without a zero character: Postgres' text has none. */
export function textOf(bytes: Uint8Array, start: number, end: number): string {
  const text = decodeUtf8(bytes, start, end);
  if (text === null) throw invalidUtf8(firstInvalidUtf8(bytes, start, end));
  if (text.includes("\0")) throw invalidUtf8("0x00");
  return text;
}

/** The common case: a few digits that fit every type of integer, perhaps with a minus. */
function plainInteger(bytes: Uint8Array, start: number, end: number): bigint | null {
  const negative = bytes[start] === 0x2d;
  const first = negative ? start + 1 : start;
  // Four digits fit int2, the narrowest type; longer ones of the wider types are checked below.
  if (end === first || end - first > 4) return null;
  let value = 0;
  for (let at = first; at < end; at++) {
    const digit = (bytes[at] ?? 0) - 0x30;
    if (digit < 0 || digit > 9) return null;
    value = value * 10 + digit;
  }
  return BigInt(negative ? -value : value);
}

const INTEGER = /^[ \t\n\v\f\r]*([+-]?\d+)[ \t\n\v\f\r]*$/;

function parseInteger(oid: number, text: string): bigint {
  const digits = INTEGER.exec(text)?.[1];
  if (digits === undefined) throw invalidText(oid, text);
  const value = digits.length <= EXACT_DIGITS ? BigInt(Number(digits)) : BigInt(digits);
  const [least, most] = integerRange(oid);
  if (value < least || value > most) {
    throw pgError("22003", `value "${text}" is out of range for type ${typeName(oid)}`);
  }
  return value;
}

function integerRange(oid: number): readonly [least: bigint, most: bigint] {
  switch (oid) {
    case Oid.int2:
      return [-0x8000n, 0x7fffn];
    case Oid.int4:
      return [-0x8000_0000n, 0x7fff_ffffn];
    case Oid.oid:
      return [-0x8000_0000n, 0xffff_ffffn];
    default:
      return [-0x8000_0000_0000_0000n, 0x7fff_ffff_ffff_ffffn];
  }
}

const FLOAT = /^\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*$/i;
const INFINITE = /^\s*([+-]?)(?:inf|infinity)\s*$/i;
const NOT_A_NUMBER = /^\s*nan\s*$/i;

function parseFloatText(oid: number, text: string): number {
  const digits = FLOAT.exec(text)?.[1];
  if (digits !== undefined) {
    const value = Number(digits);
    const lost = value === 0 && /[1-9]/.test(digits.split(/e/i)[0] ?? "");
    if (!Number.isFinite(value) || lost) {
      throw pgError("22003", `"${text}" is out of range for type ${typeName(oid)}`);
    }
    return oid === Oid.float4 ? narrow(value, text) : value;
  }
  const sign = INFINITE.exec(text)?.[1];
  if (sign !== undefined) return sign === "-" ? -Infinity : Infinity;
  if (NOT_A_NUMBER.test(text)) throw notStorable();
  throw invalidText(oid, text);
}

function narrow(value: number, text: string): number {
  const single = Math.fround(value);
  if (!Number.isFinite(single) || (single === 0 && value !== 0)) {
    throw pgError("22003", `"${text}" is out of range for type real`);
  }
  return single;
}

/** SQLite turns a NaN into NULL; a value must not change silently. */
export function notStorable(): PgError {
  return pgError("22003", "NaN is out of range: SQLite has no such value");
}

const BOOLEAN_WORDS: readonly (readonly [word: string, least: number, value: bigint])[] = [
  ["true", 1, 1n],
  ["false", 1, 0n],
  ["yes", 1, 1n],
  ["no", 1, 0n],
  ["on", 2, 1n],
  ["off", 2, 0n],
  ["1", 1, 1n],
  ["0", 1, 0n],
];

/** As Postgres reads a boolean: a word of the list, or enough of its beginning; else null. */
export function booleanOf(text: string): boolean | null {
  const given = text.trim().toLowerCase();
  for (const [word, least, value] of BOOLEAN_WORDS) {
    if (given.length >= least && word.startsWith(given)) return value === 1n;
  }
  return null;
}

function parseBoolean(text: string): bigint {
  const value = booleanOf(text);
  if (value === null) throw invalidText(Oid.bool, text);
  return value ? 1n : 0n;
}

function invalidText(oid: number, text: string): PgError {
  return pgError("22P02", `invalid input syntax for type ${typeName(oid)}: "${text}"`);
}

/** What a message may show of a value: Postgres prints it whole, we cut long ones. */
export function shownValue(bytes: Uint8Array, start: number, end: number): string {
  const MOST_SHOWN_BYTES = 64;
  if (end - start <= MOST_SHOWN_BYTES) return decodeLossy(bytes, start, end);
  return `${decodeLossy(bytes, start, start + MOST_SHOWN_BYTES)}...`;
}
