import type { SqlValue } from "../../base/value.ts";
import type { TokenKind } from "../lex/lexer.ts";

const MAX_INTEGER = 2n ** 63n - 1n;

/** Digits that a double holds whatever they are, so that any reader of decimals agrees on them. */
const EXACT_DIGITS = 15;

/** The largest power of ten that is a double. */
const EXACT_EXPONENT = 22;

/** No 64-bit integer is longer, but for leading zeros, which are not worth reading. */
const LONGEST_INTEGER = 19;

const ZERO = 48;
const NINE = 57;

/**
 * The value of a literal token with an optional minus before it, as SQLite computes it. Undefined
 * where the value is not certain to be the same when it is bound: hexadecimal integers, integers
 * beyond 64 bits (SQLite makes them REAL), reals with more digits than every reader rounds alike,
 * numbers with separators.
 */
export function literalValue(
  kind: TokenKind,
  text: string,
  negative: boolean,
): SqlValue | undefined {
  switch (kind) {
    case "integer":
      return integerValue(text, negative);
    case "float":
      return realValue(text, negative);
    case "string":
      return negative ? undefined : stringValue(text);
    case "blob":
      return negative ? undefined : blobValue(text);
    default:
      return undefined;
  }
}

function stringValue(text: string): string {
  const inner = text.slice(1, -1);
  return inner.includes("'") ? inner.replaceAll("''", "'") : inner;
}

function integerValue(text: string, negative: boolean): bigint | undefined {
  if (text.length > LONGEST_INTEGER) return undefined;
  let value = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < ZERO || code > NINE) return undefined;
    value = value * 10 + code - ZERO;
  }
  if (text.length <= EXACT_DIGITS) return BigInt(negative ? -value : value);
  const exact = BigInt(text);
  if (exact > MAX_INTEGER + (negative ? 1n : 0n)) return undefined;
  return negative ? -exact : exact;
}

function realValue(text: string, negative: boolean): number | undefined {
  const exponentAt = text.search(/[eE]/);
  const mantissa = exponentAt < 0 ? text : text.slice(0, exponentAt);
  const exponent = exponentAt < 0 ? 0 : Number(text.slice(exponentAt + 1));
  if (text.includes("_") || Math.abs(exponent) > EXACT_EXPONENT) return undefined;
  if (mantissa.length - (mantissa.includes(".") ? 1 : 0) > EXACT_DIGITS) return undefined;
  const value = Number(text);
  // A zero with a sign is not worth the doubt.
  if (value === 0 && negative) return undefined;
  return negative ? -value : value;
}

function blobValue(text: string): Uint8Array {
  const bytes = new Uint8Array((text.length - 3) / 2);
  for (let i = 0; i < bytes.length; i++) {
    bytes[i] = Number.parseInt(text.slice(2 + i * 2, 4 + i * 2), 16);
  }
  return bytes;
}
