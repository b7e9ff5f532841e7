import { DosqlError } from "../../base/errors.ts";
import type { Hlc } from "../../base/hlc.ts";
import type { Lsn } from "../../base/lsn.ts";
import { MAX_RESULT_BYTES, rowSizeBytes } from "../../base/row-size.ts";
import type { LogReader } from "../log/log-reader.ts";
import type { LogTransaction } from "../log/record.ts";
import { SealCheck } from "../log/seal-check.ts";
import type { SealTable } from "../log/seal-table.ts";
import type { CommittedLog } from "./committed-log.ts";
import type { FeedFilter } from "./feed-filter.ts";
import { historyGone } from "./history-gone.ts";
import { PageSize } from "./page-size.ts";
import { TransactionAssembly } from "./transaction-assembly.ts";

/** Reads the log forward from one position, as whole transactions of what a filter lets pass. */
export class TransactionStream {
  readonly #reader: LogReader;
  readonly #seals: SealTable;
  readonly #assembly: TransactionAssembly;
  readonly #size = new PageSize();
  #check: SealCheck;
  /** The last entry that was read. */
  #at: Lsn;
  #pageEntries = 0;
  /** Why nothing more is told. */
  #fault: DosqlError | null = null;

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
    this.#assembly = new TransactionAssembly(filter, after, maxBytes);
    this.#check = new SealCheck(log.seals, after);
    this.#at = after;
  }

  /** Transactions up to here were read. */
  get position(): Lsn {
    return this.#assembly.position;
  }

  /** When the newest of them was committed; null before the first one. */
  get time(): Hlc | null {
    return this.#assembly.time;
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
    if (this.#at === this.position) this.#check = new SealCheck(this.#seals, this.#at);
    this.#check.begin(page);
    const found: LogTransaction[] = [];
    for (const entry of page) {
      this.#size.note(rowSizeBytes(entry.values));
      this.#at = entry.lsn;
      const fault = this.#check.fault(entry) ?? this.#assembly.take(entry, found);
      if (fault === null) continue;
      // What lies before it is told; who asks for more hears of it.
      this.#fault = fault;
      if (found.length === 0) throw fault;
      break;
    }
    this.#size.adapt();
    return found;
  }
}

function endsEarly(head: Lsn): DosqlError {
  return new DosqlError("bad-file", `the change log ends before its head, ${head}`, {
    hint: "restore a copy from the archive: dosql restore --help",
  });
}
