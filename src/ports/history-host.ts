import type { Moment } from "../base/moment.ts";
import type { SqlDriver } from "./sql-driver.ts";

/** A database as it was, opened to be read. */
export interface HistoryCopy {
  /** A connection to the copy. Nothing is written on it. */
  readonly driver: SqlDriver;
  /** The reader is done with it. */
  close(): void;
}

/** What a shard asks for a past that its own change log no longer holds. */
export interface HistoryHost {
  /** False while there is nothing to ask: an archive that has not begun. Default true. */
  readonly exists?: boolean;
  /**
   * The database as it was.
   *
   * @throws DosqlError `history-gone` for a moment before all that is kept
   */
  openAt(moment: Moment): Promise<HistoryCopy>;
}
