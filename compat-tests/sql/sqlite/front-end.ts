import { DosqlError } from "../../../src/base/errors.ts";
import type { Statement } from "../../../src/sql/ast/statement.ts";
import { parseSqlite } from "../../../src/sql/parse/sqlite.ts";

/** What our parser says of the first statement of a text. */
export type Ours =
  | { readonly kind: "parsed"; readonly statement: Statement | null; readonly end: number }
  | { readonly kind: "refused"; readonly message: string; readonly at: number }
  | { readonly kind: "limit"; readonly message: string }
  /** Neither a statement nor an error that says where: a bug, whatever SQLite says. */
  | { readonly kind: "crashed"; readonly message: string };

/** Parses the first statement of a text that is not empty, as a prepare does. */
export function parseFirst(sql: string): Ours {
  try {
    let parsed = parseSqlite(sql);
    while (parsed.statement === null && parsed.end < sql.length) {
      parsed = parseSqlite(sql, parsed.end);
    }
    return { kind: "parsed", statement: parsed.statement, end: parsed.end };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (!(error instanceof DosqlError)) return { kind: "crashed", message };
    if (error.code === "limit") return { kind: "limit", message };
    if (error.at === undefined) return { kind: "crashed", message };
    return { kind: "refused", message, at: error.at };
  }
}
