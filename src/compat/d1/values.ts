import type { SqlValue } from "../../base/value.ts";
import { d1Error } from "./errors.ts";

/**
 * What a statement keeps of a bound value: bytes are arrays of numbers, as in D1. It takes a
 * bigint only where exact integers are asked for.
 */
export type D1Parameter = null | number | bigint | string | readonly number[];

/**
 * A bound value as D1 keeps it.
 *
 * @param exact whether a bigint is an INTEGER, where it has 64 bits
 * @throws Error `D1_TYPE_ERROR: …` at once, for a value that D1 does not take
 */
export function toParameter(value: unknown, exact = false): D1Parameter {
  if (exact && typeof value === "bigint" && BigInt.asIntN(64, value) === value) return value;
  if (value === null || typeof value === "number" || typeof value === "string") return value;
  if (typeof value === "boolean") return Number(value);
  if (Array.isArray(value) && value.every(isByte)) return value as number[];
  if (value instanceof ArrayBuffer) return Array.from(new Uint8Array(value));
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<number>);
  throw d1Error(
    "D1_TYPE_ERROR",
    `Type '${typeof value}' not supported for value '${value as string}'`,
  );
}

function isByte(value: unknown): boolean {
  return typeof value === "number" && value >= 0 && value < 256;
}

/**
 * A kept value as the engine takes it: every number is a REAL. D1's values travel as JSON, which
 * has no NaN and no infinities.
 */
export function toSqlValue(value: D1Parameter): SqlValue {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  return typeof value === "object" && value !== null ? Uint8Array.from(value) : value;
}
