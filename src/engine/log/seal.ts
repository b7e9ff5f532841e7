import type { Lsn } from "../../base/lsn.ts";
import { toLsn } from "../../base/lsn.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import { EntryChecksum } from "./canonical-entry.ts";
import { ENTRY } from "./layout.ts";
import type { LogEntry } from "./log-entry.ts";
import { LogReader } from "./log-reader.ts";
import type { Seal } from "./seal-table.ts";
import { SealTable } from "./seal-table.ts";
import { commitValues } from "./to-transaction.ts";

/** Entries read at once: a few milliseconds of work. */
const PAGE = 1_000;

/**
 * Seals committed transactions: takes the checksum of each, in order. Reading needs no lease,
 * because a committed entry never changes; only `store` writes. A crash in between loses nothing
 * but work: the next sealer goes on after the last seal that was stored.
 */
export class Sealer {
  readonly #reader: LogReader;
  readonly #stored: SealTable;
  readonly #table: SealTable;
  readonly #checksum = new EntryChecksum();
  #pending: Seal[] = [];
  /** The end of what was read; null before the first page. */
  #at: Lsn | null = null;
  #firstLsn: Lsn | null = null;

  /**
   * @param reader a connection that sees what is committed; may be the writer
   * @param writer where seals are stored
   */
  constructor(reader: SqlDriver, writer: SqlDriver) {
    this.#reader = new LogReader(reader);
    this.#stored = new SealTable(reader);
    this.#table = new SealTable(writer);
  }

  /** Seals that wait for `store`. */
  get pending(): number {
    return this.#pending.length;
  }

  /** Reads on, one page at most; false when nothing is left to read. */
  collect(): boolean {
    this.#at ??= this.#stored.sealedLsn();
    // On a connection that also writes, what stands after the last commit may be rolled back.
    const end = this.#reader.lastCommit()?.lsn ?? this.#at;
    const count = Math.min(PAGE, end - this.#at);
    if (count <= 0) return false;
    const page = this.#reader.entries(this.#at, count);
    for (const entry of page) this.#take(entry);
    this.#at = page.at(-1)?.lsn ?? end;
    return this.#at < end;
  }

  /** Writes what was collected. The caller holds the write lease and a transaction. */
  store(): void {
    this.#table.add(this.#pending);
    this.#pending = [];
  }

  #take(entry: LogEntry): void {
    this.#firstLsn ??= entry.lsn;
    this.#checksum.add(entry);
    if (entry.code !== ENTRY.commit) return;
    const firstLsn = this.#firstLsn;
    this.#firstLsn = null;
    this.#pending.push({
      firstLsn,
      lastLsn: toLsn(entry.lsn),
      ...commitValues(entry),
      crc32: this.#checksum.take(),
    });
  }
}
