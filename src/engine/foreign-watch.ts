import { DosqlError } from "../base/errors.ts";
import type { Lsn } from "../base/lsn.ts";
import { LogReader } from "./log/log-reader.ts";
import { commitValues } from "./log/to-transaction.ts";
import type { DriverStatement } from "../ports/sql-driver.ts";
import type { Shard } from "./shard.ts";

/** How often a file is looked at. */
const LOOK_EVERY_MS = 1_000;

/**
 * Looks once a second whether another program wrote into a shard's file. Its rows are in the log
 * already, by the file's triggers, but end in no commit entry, and its DDL is not: both become a
 * transaction of their own. Rows that were written since the last look, when a session of ours
 * commits before the next one, count as that session's.
 */
export class ForeignWatch {
  readonly #shard: Shard;
  readonly #holder = { idleSinceMs: () => null, expire: (): void => undefined };
  #cancel: (() => void) | null = null;
  #dataVersion: DriverStatement;
  #schemaVersion: DriverStatement;
  #seen: { readonly data: number; readonly schema: number };
  /** The log's head at the last look, and the one after which it rested. */
  #head: Lsn | null = null;
  #rested: Lsn | null = null;

  constructor(shard: Shard) {
    const { driver } = shard.writer;
    this.#shard = shard;
    this.#dataVersion = driver.prepare("PRAGMA data_version");
    this.#schemaVersion = driver.prepare("PRAGMA schema_version");
    this.#seen = { data: number(this.#dataVersion), schema: number(this.#schemaVersion) };
    this.#wait();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  #wait(): void {
    this.#cancel = this.#shard.clock.after(LOOK_EVERY_MS, () => {
      this.#wait();
      this.#look();
    });
  }

  #look(): void {
    const { lease } = this.#shard;
    // Whoever writes now is looked at next time.
    if (!lease.tryAcquire(this.#holder)) return;
    let changed = false;
    try {
      changed = this.#adopt();
      this.#rest();
    } catch (error) {
      // It is in the middle of something, or left what only the next open can complain of.
      if (!(error instanceof DosqlError) || error.code === "bug") throw error;
    } finally {
      lease.release(this.#holder);
    }
    if (changed) this.#shard.changes.committed();
  }

  /**
   * While nobody here writes, triggers note what another program's REPLACE may do, instead of
   * what the last statement here would.
   */
  #rest(): void {
    const shard = this.#shard;
    if (!shard.changes.active) return;
    const { head } = shard.feed;
    const idle = head === this.#head;
    this.#head = head;
    if (!idle || head === this.#rested) return;
    shard.enter(shard.writer, shard.changes);
    shard.changes.rest();
    this.#rested = head;
  }

  /** Whether those who follow the log have to look. */
  #adopt(): boolean {
    const shard = this.#shard;
    // Changes of other connections only: of other programs, and of embedded ones of this process.
    const data = number(this.#dataVersion);
    if (data === this.#seen.data) return false;
    const schema = number(this.#schemaVersion);
    const altered = schema !== this.#seen.schema;
    // Another process of ours may have written too: its commits are older than our next one.
    const newest = shard.changes.active ? new LogReader(shard.writer.driver).lastCommit() : null;
    if (newest !== null) shard.bookmarks.goOnAfter(commitValues(newest));
    const adopted = shard.changes.active && shard.changes.adoptForeign(altered);
    if (altered) shard.schemaChangedBeside();
    this.#seen = { data, schema: number(this.#schemaVersion) };
    // What another process of ours commits has its commit entry, and is news here as well.
    return adopted || newest !== null;
  }
}

function number(statement: DriverStatement): number {
  return Number(statement.all([], "number")[0]?.[0]);
}
