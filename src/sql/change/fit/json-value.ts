import type { SqlValue } from "../../../base/value.ts";

/** A value as an item of a JSON array, and what SQLite has to do with the item to get it back. */
export interface JsonItem {
  readonly json: string;
  /** Wraps the expression that reads the item. */
  readonly read: (item: string) => string;
}

/** Digits that every reader of decimals makes the same double of, if the exponent is small. */
const EXACT_DIGITS = 15;
const EXACT_EXPONENT = 22;

/** The item itself. */
const plain = (item: string): string => item;

/**
 * A value as JSON that SQLite reads back exactly: integers of 64 bits, REALs (whole ones stay
 * REAL), infinities, texts with whatever is in them, bytes.
 */
export function jsonItem(value: SqlValue): JsonItem {
  switch (typeof value) {
    case "bigint":
      return { json: String(value), read: plain };
    case "number":
      return realItem(value);
    case "string":
      return { json: `"${value.replace(/["\\\0-\x1f]/g, escaped)}"`, read: plain };
    default:
      if (value === null) return { json: "null", read: plain };
      return { json: `"${hex(value)}"`, read: (item) => `unhex(${item})` };
  }
}

/** All else may stand in JSON as it is, and travels as any text does. */
function escaped(sign: string): string {
  return `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

function hex(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += byte.toString(16).padStart(2, "0");
  return text;
}

function realItem(value: number): JsonItem {
  // To SQLite a bound NaN is NULL.
  if (Number.isNaN(value)) return { json: "null", read: plain };
  if (!Number.isFinite(value)) return { json: value > 0 ? "9e999" : "-9e999", read: plain };
  // In JSON a zero has no sign.
  if (Object.is(value, -0)) return { json: "0.0", read: (item) => `(${item}*-1.0)` };
  const [mantissa = "", exponent = "0"] = String(Math.abs(value)).split("e");
  const digits = mantissa.replace(".", "").replace(/^0+/, "").length;
  if (digits > EXACT_DIGITS || Math.abs(Number(exponent)) > EXACT_EXPONENT) return binary(value);
  const whole = Number.isInteger(value) && exponent === "0";
  return { json: whole ? `${value}.0` : String(value), read: plain };
}

/** An integer below 2^53 times a power of two: both are doubles, and so is the product. */
function binary(value: number): JsonItem {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const stored = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const integer = stored === 0 ? fraction : fraction | (1n << 52n);
  const exponent = Math.max(stored, 1) - 1075;
  const json = `${value < 0 ? "-" : ""}${integer}`;
  return { json, read: (item) => `(${item}*pow(2,${exponent}))` };
}
