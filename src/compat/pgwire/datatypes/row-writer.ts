import type { Row, SqlValue } from "../../../base/value.ts";
import { encodeUtf8 } from "../codec/utf8.ts";
import type { Writer } from "../codec/writer.ts";
import { pgError } from "../errors.ts";
import type { PgError } from "../errors.ts";
import { floatAsPostgres, floatAsSqlite } from "./float-text.ts";
import { Oid, typeName } from "./oids.ts";
import type { ResultOid } from "./oids.ts";
import { BINARY_FORMAT } from "./parameters.ts";

const DATA_ROW = 0x44;

/** What a row is written by: one name, type and format per column. */
export interface RowShape {
  readonly names: readonly string[];
  readonly oids: readonly ResultOid[];
  /** Format codes per column, or null when all of them are text. */
  readonly formats: readonly number[] | null;
}

/** Writes a DataRow. `rowNumber` counts from 1, for the message about a value that does not fit. */
export function writeRow(writer: Writer, row: Row, shape: RowShape, rowNumber: number): void {
  const { oids, formats } = shape;
  writer.begin(DATA_ROW);
  writer.int16(oids.length);
  for (let index = 0; index < oids.length; index++) {
    const value = row[index] ?? null;
    const oid = oids[index] ?? Oid.text;
    if (value === null) writer.int32(-1);
    else if (formats === null || formats[index] !== BINARY_FORMAT) writeText(writer, value, oid);
    else if (!writeBinary(writer, value, oid)) throw misfit(shape, index, value, rowNumber);
  }
  writer.end();
}

/**
 * A value in text format. What does not fit the advertised type passes as SQLite's own text:
 * the type is a column's declaration, which SQLite does not enforce.
 */
function writeText(writer: Writer, value: NonNullable<SqlValue>, oid: ResultOid): void {
  if (typeof value === "string") {
    if (oid === Oid.bytea) writer.lengthAndHex(encodeUtf8(value));
    else writer.lengthAndText(value);
  } else if (typeof value === "bigint") {
    if (oid === Oid.bool && (value === 0n || value === 1n)) {
      writer.lengthAndText(value === 1n ? "t" : "f");
    } else {
      writer.lengthAndText(String(value));
    }
  } else if (typeof value === "number") {
    writer.lengthAndText(oid === Oid.float8 ? floatAsPostgres(value) : floatAsSqlite(value));
  } else {
    writer.lengthAndHex(value);
  }
}

/** A value in the binary format of a type; false, with nothing written, when it does not fit. */
function writeBinary(writer: Writer, value: NonNullable<SqlValue>, oid: ResultOid): boolean {
  switch (oid) {
    case Oid.text:
      writeText(writer, value, oid);
      return true;
    case Oid.int8:
      if (typeof value !== "bigint") return false;
      writer.int32(8);
      writer.int64(value);
      return true;
    case Oid.float8:
      return writeBinaryFloat(writer, value);
    case Oid.bool:
      if (value !== 0n && value !== 1n) return false;
      writer.int32(1);
      writer.byte(value === 1n ? 1 : 0);
      return true;
    case Oid.bytea:
      return writeBinaryBytes(writer, value);
  }
}

function writeBinaryFloat(writer: Writer, value: NonNullable<SqlValue>): boolean {
  const number = typeof value === "bigint" ? Number(value) : value;
  if (typeof number !== "number") return false;
  // An INTEGER in a REAL column passes only when no digit of it is lost.
  if (typeof value === "bigint" && BigInt(number) !== value) return false;
  writer.int32(8);
  writer.float64(number);
  return true;
}

function writeBinaryBytes(writer: Writer, value: NonNullable<SqlValue>): boolean {
  if (typeof value === "string") {
    writer.lengthAndText(value);
    return true;
  }
  if (!(value instanceof Uint8Array)) return false;
  writer.int32(value.length);
  writer.bytes(value);
  return true;
}

/** Enough of a value to recognise it by. */
const MOST_SHOWN_UNITS = 64;

function misfit(shape: RowShape, index: number, value: SqlValue, rowNumber: number): PgError {
  const name = shape.names[index] ?? "";
  const oid = shape.oids[index] ?? Oid.text;
  const shown = value instanceof Uint8Array ? `${value.length} bytes` : `"${String(value)}"`;
  return pgError(
    "22P02",
    `invalid value for type ${typeName(oid)} in column "${name}", row ${rowNumber}: ` +
      shown.slice(0, MOST_SHOWN_UNITS),
    { column: name, hint: "Ask for text format, or CAST the column to what it holds." },
  );
}
