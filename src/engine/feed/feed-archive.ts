import type { Hlc } from "../../base/hlc.ts";
import type { Lsn } from "../../base/lsn.ts";
import type { LogEntry } from "../log/log-entry.ts";

/** Where a feed finds what the log in the database no longer holds. */
export interface FeedArchive {
  /**
   * The end of the newest transaction that ends at or before a position or a time.
   *
   * @param epoch names the log
   * @returns null when the archive does not reach back so far
   */
  findStart(from: Lsn | Hlc, epoch: string): Promise<Lsn | null>;
  /**
   * The entries after a position, each once, in order, as far as the archive goes.
   *
   * @throws DosqlError `bad-file` for what is damaged, missing, or another log's
   */
  pages(after: Lsn, epoch: string): AsyncIterable<readonly LogEntry[]>;
}
