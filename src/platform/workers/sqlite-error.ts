import { DosqlError } from "../../base/errors.ts";

/**
 * workerd's texts: `near "x": syntax error at offset 0: SQLITE_ERROR`, and
 * `UNIQUE constraint failed: t.a: SQLITE_CONSTRAINT (extended: SQLITE_CONSTRAINT_UNIQUE)`.
 */
const SQLITE_TEXT =
  /^([^]*?)(?: at offset (\d+))?: (SQLITE_[A-Z]+)(?: \(extended: (SQLITE_[A-Z_]+)\))?$/;

/**
 * An exception of `ctx.storage.sql` in our terms. Texts that do not come from SQLite (a wrong
 * number of bindings, BEGIN) keep their wording and have no `sqlite` name.
 */
export function durableError(error: unknown, sql: string): DosqlError {
  if (error instanceof DosqlError) return error;
  const text = error instanceof Error ? error.message : String(error);
  const [, message, offset, primary, extended] = SQLITE_TEXT.exec(text) ?? [];
  if (message === undefined || primary === undefined) {
    return new DosqlError("sqlite", text, { cause: error });
  }
  return new DosqlError("sqlite", message, {
    sqlite: extended ?? primary,
    ...(offset === undefined ? {} : { at: utf16Offset(sql, Number(offset)) }),
    cause: error,
  });
}

/** SQLite counts bytes of UTF-8; our errors count UTF-16 units, as JavaScript does. */
function utf16Offset(sql: string, byteOffset: number): number {
  const bytes = new TextEncoder().encode(sql).subarray(0, byteOffset);
  return new TextDecoder().decode(bytes).length;
}
