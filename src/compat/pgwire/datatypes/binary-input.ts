import type { SqlValue } from "../../../base/value.ts";
import type { FieldReader } from "../codec/fields.ts";
import { notSupported, pgError } from "../errors.ts";
import { Oid, isTextLike, typeName } from "./oids.ts";
import { notStorable, textOf } from "./text-input.ts";

/**
 * The value of `size` bytes at `start` of the reader's source, in the binary format of a type:
 * big-endian integers and IEEE numbers, UTF-8, plain bytes.
 */
export function valueFromBinary(
  oid: number,
  fields: FieldReader,
  start: number,
  size: number,
): SqlValue {
  const view = fields.view;
  switch (oid) {
    case Oid.int8:
      expectSize(size, 8);
      return view.getBigInt64(start);
    case Oid.int4:
      expectSize(size, 4);
      return BigInt(view.getInt32(start));
    case Oid.oid:
      expectSize(size, 4);
      return BigInt(view.getUint32(start));
    case Oid.int2:
      expectSize(size, 2);
      return BigInt(view.getInt16(start));
    case Oid.float8:
      expectSize(size, 8);
      return storable(view.getFloat64(start));
    case Oid.float4:
      expectSize(size, 4);
      return storable(view.getFloat32(start));
    case Oid.bool:
      expectSize(size, 1);
      return view.getUint8(start) === 0 ? 0n : 1n;
    case Oid.bytea:
      return fields.source.slice(start, start + size);
    default:
      if (isTextLike(oid)) return textOf(fields.source, start, start + size);
      throw notSupported(
        `the binary format of ${typeName(oid)}`,
        "Send the parameter in text format.",
      );
  }
}

function expectSize(size: number, expected: number): void {
  // Postgres reads such a value like a message: what is missing is another error than a rest.
  if (size < expected) throw pgError("08P01", "insufficient data left in message");
  if (size > expected) throw pgError("22P03", "incorrect binary data format in bind parameter");
}

function storable(value: number): number {
  if (Number.isNaN(value)) throw notStorable();
  return value;
}
