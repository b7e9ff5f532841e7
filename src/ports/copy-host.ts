import type { SqlDriver } from "./sql-driver.ts";

/** What a finished copy is made of. */
export interface CopySize {
  readonly pages: number;
  /** Bytes of each. */
  readonly pageSize: number;
}

/** A database of one moment as one SQLite file, without the engine's own tables. */
export interface DatabaseCopy {
  /**
   * Resolves when it is complete.
   *
   * @throws DosqlError `sqlite` SQLITE_FULL and the like, `misuse` when it was closed meanwhile
   */
  readonly ready: Promise<CopySize>;
  /** The bytes of pages, the first of which is 0; fewer at its end. Once it is ready. */
  read(first: number, count: number): Promise<Uint8Array>;
  /** Ends it, and removes what there is of it. */
  close(): void;
}

/** Makes copies of one database without keeping its thread, or whoever writes, waiting. */
export interface CopyHost {
  /**
   * Begins a copy of what is committed at one moment before it is ready, or of what a connection
   * sees in its transaction.
   *
   * @throws DosqlError `unsupported` when it sees more than can be copied in one step
   */
  copy(seenBy: SqlDriver | null): DatabaseCopy;
}
