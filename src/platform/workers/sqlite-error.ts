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
  const [, module] = (primary === "SQLITE_AUTH" && MODULE.exec(sql)) || [];
  return new DosqlError("sqlite", message, {
    sqlite: extended ?? primary,
    ...(module === undefined ? {} : { hint: noModule(module) }),
    ...(offset === undefined ? {} : { at: utf16Offset(sql, Number(offset)) }),
    cause: error,
  });
}

/** What SQLite is not authorized for does not say what it was. */
const MODULE = /^\s*CREATE\s+VIRTUAL\s+TABLE\b[^(]*?\bUSING\s+"?(\w+)/i;

function noModule(module: string): string {
  const instead = /^fts[34]$/i.test(module) ? ": make it with fts5 instead" : "";
  return `a Durable Object's SQLite has fts5, fts5vocab and rtree, and no ${module}${instead}`;
}

/** SQLite counts bytes of UTF-8; our errors count UTF-16 units, as JavaScript does. */
function utf16Offset(sql: string, byteOffset: number): number {
  const bytes = new TextEncoder().encode(sql).subarray(0, byteOffset);
  return new TextDecoder().decode(bytes).length;
}
