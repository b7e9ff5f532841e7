import { DosqlError } from "../../../base/errors.ts";
import type { Row, SqlValue } from "../../../base/value.ts";
import { TAGGED_FORMAT, ValueTag } from "../../../engine/value-tag.ts";
import type { FieldReader } from "../codec/fields.ts";
import { readFormats } from "../codec/messages.ts";
import { decodeUtf8 } from "../codec/utf8.ts";
import type { Writer } from "../codec/writer.ts";

const DATA_ROW = 0x44;
const NULL_LENGTH = -1;
const INT32_LEAST = -(2n ** 31n);
const INT32_MOST = 2n ** 31n - 1n;

/** The formats and values of a Bind message. */
export function readTaggedValues(body: FieldReader): Row {
  if (readFormats(body).some((format) => format !== TAGGED_FORMAT)) throw malformed();
  const count = body.uint16();
  const values: Row = [];
  for (let index = 0; index < count; index++) {
    const size = body.int32();
    values.push(size === NULL_LENGTH ? null : readTagged(body, size));
  }
  return values;
}

function readTagged(body: FieldReader, size: number): SqlValue {
  if (size < 1) throw malformed();
  const start = body.span(size);
  const { source, view } = body;
  const at = start + 1;
  switch (source[start]) {
    case ValueTag.int32:
      return BigInt(view.getInt32(at));
    case ValueTag.int64:
      return view.getBigInt64(at);
    case ValueTag.real:
      return view.getFloat64(at);
    case ValueTag.text: {
      const text = decodeUtf8(source, at, start + size);
      if (text === null) throw malformed();
      return text;
    }
    case ValueTag.blob:
      return source.slice(at, start + size);
    default:
      throw malformed();
  }
}

/** Writes a DataRow of tagged values. */
export function writeTaggedRow(writer: Writer, row: Row): void {
  writer.begin(DATA_ROW);
  writer.int16(row.length);
  for (const value of row) writeTagged(writer, value);
  writer.end();
}

function writeTagged(writer: Writer, value: SqlValue): void {
  if (typeof value === "bigint") {
    const short = value <= INT32_MOST && value >= INT32_LEAST;
    writer.int32(short ? 5 : 9);
    writer.byte(short ? ValueTag.int32 : ValueTag.int64);
    if (short) writer.int32(Number(value));
    else writer.int64(value);
  } else if (typeof value === "string") {
    writer.taggedText(ValueTag.text, value);
  } else if (value === null) {
    writer.int32(NULL_LENGTH);
  } else if (typeof value === "number") {
    writer.int32(9);
    writer.byte(ValueTag.real);
    writer.float64(value);
  } else {
    writer.int32(value.length + 1);
    writer.byte(ValueTag.blob);
    writer.bytes(value);
  }
}

function malformed(): DosqlError {
  return new DosqlError("protocol", "malformed tagged value");
}
