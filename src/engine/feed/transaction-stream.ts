import { DosqlError } from "../../base/errors.ts";
import type { Hlc } from "../../base/hlc.ts";
import type { Lsn } from "../../base/lsn.ts";
import { toLsn } from "../../base/lsn.ts";
import { MAX_RESULT_BYTES, rowSizeBytes } from "../../base/row-size.ts";
import { ENTRY } from "../log/layout.ts";
import type { LogEntry } from "../log/log-entry.ts";
import type { LogReader } from "../log/log-reader.ts";
import type { LogTransaction } from "../log/record.ts";
import { SealCheck } from "../log/seal-check.ts";
import type { SealTable } from "../log/seal-table.ts";
import { commitValues, toTransaction } from "../log/to-transaction.ts";
import type { CommittedLog } from "./committed-log.ts";
import type { FeedFilter } from "./feed-filter.ts";
import { historyGone } from "./history-gone.ts";
import { PageSize } from "./page-size.ts";

/** Reads the log forward from one position, as whole transactions of what a filter lets pass. */
export class TransactionStream {
  readonly #reader: LogReader;
  readonly #seals: SealTable;
  readonly #filter: FeedFilter;
  readonly #maxBytes: number;
  readonly #size = new PageSize();
  #check: SealCheck;
  /** The last entry that was read, and the last one of a transaction that was read to its end. */
  #at: Lsn;
  #position: Lsn;
  #commit: LogEntry | null = null;
  #pageEntries = 0;
  /** Why nothing more is told. */
  #fault: DosqlError | null = null;
  #open: LogEntry[] = [];
  #openBytes = 0;

  /**
   * @param after the end of a transaction
   * @param maxBytes what a transaction may hold in memory
   */
  constructor(
    log: CommittedLog,
    filter: FeedFilter,
    after: Lsn,
    maxBytes: number = MAX_RESULT_BYTES,
  ) {
    this.#reader = log.reader;
    this.#seals = log.seals;
    this.#filter = filter;
    this.#maxBytes = maxBytes;
    this.#check = new SealCheck(log.seals, after);
    this.#at = after;
    this.#position = after;
  }

  /** Transactions up to here were read. */
  get position(): Lsn {
    return this.#position;
  }

  /** When the newest of them was committed; null before the first one. */
  get time(): Hlc | null {
    return this.#commit === null ? null : commitValues(this.#commit);
  }

  /** Entries that the last `pull` read. */
  get pageEntries(): number {
    return this.#pageEntries;
  }

  /**
   * Reads on, one page at most.
   *
   * @param head the newest commit entry, after `position`
   * @returns the transactions that ended in the page and have something to show
   * @throws DosqlError `history-gone` when the log was trimmed; `bad-file` when it is damaged;
   * `limit` for a transaction that is too large to be held
   */
  pull(head: Lsn): LogTransaction[] {
    if (this.#fault !== null) throw this.#fault;
    if (this.#at < this.#seals.trimmedLsn()) throw historyGone(this.#at);
    const page = this.#reader.entries(this.#at, this.#size.rows, head);
    this.#pageEntries = page.length;
    if (page.length === 0) throw endsEarly(head);
    // What was sealed since is checked too, but a transaction as a whole or not at all.
    if (this.#at === this.#position) this.#check = new SealCheck(this.#seals, this.#at);
    this.#check.begin(page);
    const found: LogTransaction[] = [];
    for (const entry of page) {
      const fault = this.#check.fault(entry) ?? this.#take(entry, found);
      if (fault === null) continue;
      // What lies before it is told; who asks for more hears of it.
      this.#fault = fault;
      if (found.length === 0) throw fault;
      break;
    }
    this.#size.adapt();
    return found;
  }

  /** @returns what is wrong with it, or null */
  #take(entry: LogEntry, found: LogTransaction[]): DosqlError | null {
    const bytes = rowSizeBytes(entry.values);
    this.#size.note(bytes);
    this.#at = entry.lsn;
    if (entry.code === ENTRY.commit) this.#end(entry, found);
    else if (this.#filter.wants(entry)) {
      this.#open.push(entry);
      this.#openBytes += bytes;
      if (this.#openBytes > this.#maxBytes) return tooLarge(this.#position + 1, this.#maxBytes);
    }
    return null;
  }

  #end(commit: LogEntry, found: LogTransaction[]): void {
    if (this.#open.length > 0) {
      const { all, show } = this.#filter;
      const view = { firstLsn: toLsn(this.#position + 1), show };
      const transaction = toTransaction(this.#open, commit, all ? null : view);
      if (transaction.records.length > 0) found.push(transaction);
      this.#open = [];
      this.#openBytes = 0;
    }
    this.#position = commit.lsn;
    this.#commit = commit;
  }
}

function tooLarge(lsn: number, maxBytes: number): DosqlError {
  return new DosqlError("limit", `the transaction at LSN ${lsn} is larger than ${maxBytes} bytes`, {
    hint: 'follow fewer tables, or begin from "snapshot"',
  });
}

function endsEarly(head: Lsn): DosqlError {
  return new DosqlError("bad-file", `the change log ends before its head, ${head}`, {
    hint: "restore a copy from the archive: dosql restore --help",
  });
}
