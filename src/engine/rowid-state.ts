import type { SqlDriver, RunResult } from "../ports/sql-driver.ts";
import { quoteIdentifier } from "../sql/quote.ts";
import type { Shard } from "./shard.ts";

/**
 * A session's own `changes()` and `last_insert_rowid()`. SQLite keeps both per connection, and
 * sessions share the writer: before a statement that asks for them, the connection is brought
 * to this session's values, if another session wrote in between.
 */
export class RowidState {
  readonly #shard: Shard;
  #changes = 0;
  #lastRowid = 0n;

  constructor(shard: Shard) {
    this.#shard = shard;
  }

  get lastRowid(): bigint {
    return this.#lastRowid;
  }

  /** Notes what a write of `session` left on the writer. */
  wrote(session: object, done: RunResult): void {
    this.#changes = done.changes;
    this.#lastRowid = done.lastRowid;
    this.#shard.lastWriter = session;
  }

  /** Makes the writer answer with this session's values. The caller holds the lease. */
  restore(session: object): void {
    const { driver } = this.#shard.writer;
    // Without temporary tables (a Durable Object) all sessions see the connection's, as in D1.
    if (this.#shard.lastWriter === session || !driver.caps.transactionStatements) return;
    restoreConnection(driver, this.#changes, this.#lastRowid);
    this.#shard.lastWriter = session;
  }
}

/**
 * Only statements move these two: an INSERT with a chosen rowid sets the one, and a DELETE of as
 * many rows as wanted sets the other (a WITHOUT ROWID table leaves the rowid alone).
 */
function restoreConnection(driver: SqlDriver, changes: number, lastRowid: bigint): void {
  const rowid = `temp.${quoteIdentifier(`${driver.caps.hiddenPrefix}rowid`)}`;
  const count = `temp.${quoteIdentifier(`${driver.caps.hiddenPrefix}count`)}`;
  driver.exec(`CREATE TABLE IF NOT EXISTS ${rowid} (x)`);
  driver.exec(`CREATE TABLE IF NOT EXISTS ${count} (x INTEGER PRIMARY KEY) WITHOUT ROWID`);
  driver
    .prepare(
      `INSERT INTO ${count} WITH RECURSIVE n(x) AS (SELECT 1 WHERE ?1 > 0 ` +
        "UNION ALL SELECT x + 1 FROM n WHERE x < ?1) SELECT x FROM n",
    )
    .run([BigInt(changes)]);
  driver.prepare(`INSERT INTO ${rowid} (rowid) VALUES (?1)`).run([lastRowid]);
  driver.exec(`DELETE FROM ${rowid}`);
  driver.exec(`DELETE FROM ${count}`);
}
