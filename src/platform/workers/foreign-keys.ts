import type { DurableSql } from "./durable-storage.ts";

/** Texts that may create or drop a deferred foreign key. */
const SCHEMA_WORD = /\b(?:create|alter|drop)\b/i;
const DEFER_PRAGMA = /\bdefer_foreign_keys\b/i;

/**
 * Finds deferred foreign-key violations before the runtime does. The runtime commits after the
 * event, and a violation found then resets the whole object; SQLite offers no count of open
 * violations, so the only way to know is `PRAGMA foreign_key_check`, which reads all child rows.
 * It is therefore asked only where deferral is in play: a table that declares it, or the PRAGMA.
 */
export class DeferredForeignKeys {
  readonly #sql: DurableSql;
  /** Tables that declare a deferred key; null when it must be asked anew. */
  #declaring: readonly string[] | null = null;
  /** The PRAGMA was given once; from then on its state is asked. */
  #pragmaSeen = false;

  constructor(sql: DurableSql) {
    this.#sql = sql;
  }

  /** Call for every text that runs. */
  note(text: string): void {
    if (SCHEMA_WORD.test(text)) this.#declaring = null;
    if (DEFER_PRAGMA.test(text)) this.#pragmaSeen = true;
  }

  /** Whether a write that ran now may leave a violation open. */
  get possible(): boolean {
    return this.#pragmaOn() || this.#declaringTables().length > 0;
  }

  /** Whether a violation is open. */
  broken(): boolean {
    if (this.#pragmaOn()) return this.#rows("PRAGMA foreign_key_check").length > 0;
    return this.#declaringTables().some((table) => {
      const quoted = `"${table.replaceAll('"', '""')}"`;
      return this.#rows(`PRAGMA foreign_key_check(${quoted})`).length > 0;
    });
  }

  #pragmaOn(): boolean {
    if (!this.#pragmaSeen) return false;
    return this.#rows("PRAGMA defer_foreign_keys")[0]?.[0] === 1;
  }

  #declaringTables(): readonly string[] {
    this.#declaring ??= this.#rows(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%initially%deferred%'",
    ).map(([name]) => String(name));
    return this.#declaring;
  }

  /** To the last row: a statement that was left in the middle locks the tables it reads. */
  #rows(sql: string): unknown[][] {
    return Array.from(this.#sql.exec(sql).raw());
  }
}
