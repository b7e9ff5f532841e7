import type { Row, SqlValue } from "../../../base/value.ts";
import type { FieldReader } from "../codec/fields.ts";
import { readFormats } from "../codec/messages.ts";
import { PgError, pgError } from "../errors.ts";
import { valueFromBinary } from "./binary-input.ts";
import { shownValue, valueFromText } from "./text-input.ts";

/** Format codes of the protocol. */
const TEXT_FORMAT = 0;
export const BINARY_FORMAT = 1;

/** The format of the n-th of some values: none given is text, one given is for all. */
export function formatAt(formats: readonly number[], index: number): number {
  if (formats.length === 0) return TEXT_FORMAT;
  return formats[formats.length === 1 ? 0 : index] ?? TEXT_FORMAT;
}

/** Names for the messages about parameters. */
export interface ParameterContext {
  readonly portal: string;
  readonly statement: string;
}

/** Reads the formats and values of a Bind message, for parameters of the given types. */
export function readParameters(
  body: FieldReader,
  oids: readonly number[],
  context: ParameterContext,
): Row {
  const formats = readFormats(body);
  const count = body.uint16();
  if (formats.length > 1 && formats.length !== count) {
    throw pgError(
      "08P01",
      `bind message has ${formats.length} parameter formats but ${count} parameters`,
    );
  }
  if (count !== oids.length) {
    throw pgError(
      "08P01",
      `bind message supplies ${count} parameters, but prepared statement ` +
        `"${context.statement}" requires ${oids.length}`,
    );
  }
  const values: Row = [];
  for (let index = 0; index < count; index++) {
    const size = body.int32();
    if (size === -1) {
      values.push(null);
      continue;
    }
    const start = body.span(size);
    const format = formatAt(formats, index);
    try {
      values.push(valueOf(format, oids[index] ?? 0, body, start, size));
    } catch (error) {
      throw explain(error, context, format, index, body, start, size);
    }
  }
  return values;
}

function valueOf(
  format: number,
  oid: number,
  body: FieldReader,
  start: number,
  size: number,
): SqlValue {
  if (format === TEXT_FORMAT) return valueFromText(oid, body.source, start, start + size);
  if (format === BINARY_FORMAT) return valueFromBinary(oid, body, start, size);
  throw pgError("22023", `unsupported format code: ${format}`);
}

function explain(
  error: unknown,
  context: ParameterContext,
  format: number,
  index: number,
  body: FieldReader,
  start: number,
  size: number,
): unknown {
  if (!(error instanceof PgError)) return error;
  const portal = context.portal === "" ? "unnamed portal" : `portal "${context.portal}"`;
  const value = shownValue(body.source, start, start + size);
  const shown = format === TEXT_FORMAT ? ` = '${value.replaceAll("'", "''")}'` : "";
  return new PgError({ ...error.report, where: `${portal} parameter $${index + 1}${shown}` });
}
