import { DosqlError } from "../../base/errors.ts";
import type { DurableSql } from "./durable-storage.ts";

const SCHEMA_WORD = /\b(?:create|alter|drop)\b/i;
const ROLLBACK = /\brollback\b/i;

/** Hidden as all tables of this prefix are, and never committed. */
const MARK = "_dosql_open_transaction";

/**
 * Notices in a transaction that waits that SQLite rolled it back by itself: RAISE(ROLLBACK) of a
 * trigger and ON CONFLICT ROLLBACK of a table do. The runtime does not notice, and what ran next
 * would be committed at once. So the transaction leaves a mark, which goes with it; only where the
 * schema says ROLLBACK, since the mark is a write.
 */
export class RollbackWatch {
  readonly #sql: DurableSql;
  /** Whether the schema says so; null when it must be asked anew. */
  #mayHappen: boolean | null = null;
  #isOpen = false;
  #isMarked = false;

  constructor(sql: DurableSql) {
    this.#sql = sql;
  }

  /** Call for every text that runs. */
  note(text: string): void {
    if (!SCHEMA_WORD.test(text)) return;
    this.#mayHappen = null;
    if (!this.#isOpen || !ROLLBACK.test(text)) return;
    throw new DosqlError("unsupported", "ROLLBACK in a definition is not supported here", {
      hint: "make tables and triggers that roll back outside of interactive transactions",
    });
  }

  /** At the begin of the transaction. */
  begin(): void {
    this.#mayHappen ??= this.#has("sql LIKE '%rollback%'");
    this.#isMarked = this.#mayHappen;
    if (this.#isMarked) this.#run(`CREATE TABLE ${MARK} (id INTEGER PRIMARY KEY) WITHOUT ROWID`);
    this.#isOpen = true;
  }

  /** Whether the transaction is still open. */
  get isIntact(): boolean {
    return !this.#isMarked || this.#has(`name = '${MARK}'`);
  }

  /** Before the transaction ends well. */
  seal(): void {
    if (this.#isMarked) this.#run(`DROP TABLE ${MARK}`);
  }

  /** After it, however it ended. */
  end(): void {
    this.#isOpen = false;
    this.#isMarked = false;
  }

  #has(condition: string): boolean {
    return this.#run(`SELECT 1 FROM sqlite_schema WHERE ${condition} LIMIT 1`).length > 0;
  }

  #run(sql: string): unknown[][] {
    return Array.from(this.#sql.exec(sql).raw());
  }
}
