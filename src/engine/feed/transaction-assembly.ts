import { DosqlError } from "../../base/errors.ts";
import type { Hlc } from "../../base/hlc.ts";
import type { Lsn } from "../../base/lsn.ts";
import { toLsn } from "../../base/lsn.ts";
import { rowSizeBytes } from "../../base/row-size.ts";
import { ENTRY } from "../log/layout.ts";
import type { LogEntry } from "../log/log-entry.ts";
import type { LogTransaction } from "../log/record.ts";
import { commitValues, toTransaction } from "../log/to-transaction.ts";
import type { FeedFilter } from "./feed-filter.ts";

/** Makes transactions of entries that come one after the other, of what a filter lets pass. */
export class TransactionAssembly {
  readonly #filter: FeedFilter;
  readonly #maxBytes: number;
  #position: Lsn;
  #commit: LogEntry | null = null;
  #open: LogEntry[] = [];
  #openBytes = 0;

  /**
   * @param after the end of a transaction
   * @param maxBytes what a transaction may hold in memory
   */
  constructor(filter: FeedFilter, after: Lsn, maxBytes: number) {
    this.#filter = filter;
    this.#maxBytes = maxBytes;
    this.#position = after;
  }

  /** Transactions up to here were taken. */
  get position(): Lsn {
    return this.#position;
  }

  /** When the newest of them was committed; null before the first one. */
  get time(): Hlc | null {
    return this.#commit === null ? null : commitValues(this.#commit);
  }

  /**
   * Takes the next entry; a transaction that ends with it and has something to show goes to
   * `found`. Of one that is too large nothing is kept: it is told by its end how large it was.
   *
   * @returns what is wrong, or null
   */
  take(entry: LogEntry, found: LogTransaction[]): DosqlError | null {
    if (entry.code === ENTRY.commit) return this.#end(entry, found);
    if (!this.#filter.wants(entry)) return null;
    this.#openBytes += rowSizeBytes(entry.values);
    if (this.#openBytes <= this.#maxBytes) this.#open.push(entry);
    else this.#open = [];
    return null;
  }

  #end(commit: LogEntry, found: LogTransaction[]): DosqlError | null {
    const firstLsn = toLsn(this.#position + 1);
    if (this.#openBytes > this.#maxBytes) {
      return tooLarge([firstLsn, commit.lsn], this.#openBytes, this.#maxBytes);
    }
    if (this.#open.length > 0) {
      const { all, show } = this.#filter;
      const transaction = toTransaction(this.#open, commit, all ? null : { firstLsn, show });
      if (transaction.records.length > 0) found.push(transaction);
      this.#open = [];
      this.#openBytes = 0;
    }
    this.#position = commit.lsn;
    this.#commit = commit;
    return null;
  }
}

function tooLarge([first, last]: readonly [Lsn, Lsn], bytes: number, maxBytes: number): DosqlError {
  return new DosqlError(
    "limit",
    `the transaction from LSN ${first} to ${last} has ${bytes} bytes, more than the ${maxBytes} ` +
      "that can be told at once",
    {
      hint:
        `to go on without it: from ${last} (confirm a slot there first); follow fewer tables to ` +
        'have a part of it, or begin from "snapshot" to have its rows',
    },
  );
}
