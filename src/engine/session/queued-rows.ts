import { DosqlError } from "../../base/errors.ts";
import { attemptSqlite } from "../../sql/read/attempt.ts";
import type { KnownText } from "../text/known-text.ts";

/**
 * How many rows SQLite reads once more than without a change log: into a table with a trigger, an
 * INSERT of several VALUES first puts them all aside.
 */
export class QueuedRows {
  readonly #known = new WeakMap<KnownText, number>();

  of(text: KnownText): number {
    if (!/^(?:INSERT|REPLACE)/.test(text.class.command)) return 0;
    let rows = this.#known.get(text);
    if (rows === undefined) this.#known.set(text, (rows = valuesOf(text.sql)));
    return rows;
  }
}

function valuesOf(sql: string): number {
  const parsed = attemptSqlite(sql);
  if (parsed instanceof DosqlError || parsed.statement?.kind !== "insert") return 0;
  const body = parsed.statement.source?.body;
  return body?.kind === "values" && body.rows.length > 1 ? body.rows.length : 0;
}
