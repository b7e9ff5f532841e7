import type { DurableSql, DurableStorage } from "./durable-storage.ts";

/** Texts that may create or drop a deferred foreign key. */
const SCHEMA_WORD = /\b(?:create|alter|drop)\b/i;
const DEFER_PRAGMA = /\bdefer_foreign_keys\b/i;

/** Rows of the probe's child table; more than an INSERT reads that does not look at them. */
const PROBE_ROWS = 8;

/** Hidden as all tables of this prefix are. They stay empty but for the child's rows. */
const PARENT = "_dosql_probe_parent";
const CHILD = "_dosql_probe_child";

/**
 * Finds deferred foreign-key violations before the runtime does. The runtime commits after the
 * event, and a violation found then resets the whole object.
 *
 * SQLite counts open violations, and tells nobody. But a new row of a parent table can end one
 * only if there is one: while the count is zero SQLite does not look for children, else it reads
 * the child table. So a row is put into a parent of our own whose children have no index, it is
 * seen how many rows that read, and it is taken back. This is the count itself that COMMIT looks
 * at, for whichever tables and whatever way, and costs the same for any size of them.
 * (`PRAGMA foreign_key_check` reads all child rows, and does not see what COMMIT complains of
 * after a parent table was dropped and made again.)
 */
export class DeferredForeignKeys {
  readonly #storage: DurableStorage;
  readonly #sql: DurableSql;
  /** Whether a table declares a deferred key; null when it must be asked anew. */
  #declared: boolean | null = null;
  /** Rows put into tables of our own, which `total_changes()` counts. */
  inserted = 0;
  /** The PRAGMA was given once; from then on its state is asked. */
  #pragmaSeen = false;

  constructor(storage: DurableStorage) {
    this.#storage = storage;
    this.#sql = storage.sql;
  }

  /** Call for every text that runs. */
  note(text: string): void {
    if (SCHEMA_WORD.test(text)) this.#declared = null;
    if (DEFER_PRAGMA.test(text)) this.#pragmaSeen = true;
  }

  /** Call after a rollback: it may have taken back what was read of the schema. */
  forget(): void {
    this.#declared = null;
  }

  /** Whether a write that ran now may leave a violation open. */
  get possible(): boolean {
    return this.#pragmaOn() || this.#isDeclared();
  }

  /** Whether a violation is open. Inside the transaction that is to be committed. */
  broken(): boolean {
    try {
      return this.#probe();
    } catch (error) {
      // The first time, and after a rollback of the transaction that made them.
      if (!/no such table/.test(String(error))) throw error;
      this.#makeTables();
      return this.#probe();
    }
  }

  #probe(): boolean {
    const rowsRead = { value: 0 };
    try {
      this.#storage.transactionSync(() => {
        const cursor = this.#sql.exec(`INSERT INTO ${PARENT} VALUES (1)`);
        for (const _row of cursor.raw());
        rowsRead.value = cursor.rowsRead;
        this.inserted++;
        throw TAKEN_BACK;
      });
    } catch (error) {
      if (error !== TAKEN_BACK) throw error;
    }
    return rowsRead.value >= PROBE_ROWS;
  }

  /** WITHOUT ROWID, so that `last_insert_rowid()` stays what it is. */
  #makeTables(): void {
    const rows = Array.from({ length: PROBE_ROWS }, (_, at) => `(${at})`);
    for (const sql of [
      `CREATE TABLE ${PARENT} (id INTEGER PRIMARY KEY) WITHOUT ROWID`,
      `CREATE TABLE ${CHILD} (id INTEGER PRIMARY KEY, ` +
        `parent REFERENCES ${PARENT} DEFERRABLE INITIALLY DEFERRED) WITHOUT ROWID`,
      `INSERT INTO ${CHILD} (id) VALUES ${rows.join()}`,
    ]) {
      this.#rows(sql);
    }
    this.inserted += PROBE_ROWS;
  }

  #pragmaOn(): boolean {
    if (!this.#pragmaSeen) return false;
    return this.#rows("PRAGMA defer_foreign_keys")[0]?.[0] === 1;
  }

  #isDeclared(): boolean {
    this.#declared ??=
      this.#rows(
        "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%initially%deferred%' " +
          `AND name <> '${CHILD}' LIMIT 1`,
      ).length > 0;
    return this.#declared;
  }

  /** To the last row: a statement that was left in the middle locks the tables it reads. */
  #rows(sql: string): unknown[][] {
    return Array.from(this.#sql.exec(sql).raw());
  }
}

const TAKEN_BACK = new Error("the probe is taken back");
