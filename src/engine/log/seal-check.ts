import { DosqlError } from "../../base/errors.ts";
import type { Lsn } from "../../base/lsn.ts";
import { toLsn } from "../../base/lsn.ts";
import { EntryChecksum } from "./canonical-entry.ts";
import { ENTRY } from "./layout.ts";
import { damagedAt } from "./log-damage.ts";
import type { LogEntry } from "./log-entry.ts";
import type { Seal, SealTable } from "./seal-table.ts";

/** Holds what is read of the log against its seals, so that damage is never delivered. */
export class SealCheck {
  readonly #seals: SealTable;
  /** What is sealed later is read as unsealed: a transaction may be on its way already. */
  readonly #sealedLsn: Lsn;
  /** The reader's start: it may lie inside a transaction, whose checksum cannot be taken then. */
  readonly #after: Lsn;
  readonly #checksum = new EntryChecksum();
  #known = new Map<Lsn, Seal>();
  #at: Lsn;
  #firstLsn: Lsn;

  /** @param after the entries that follow it will be checked, one after the other */
  constructor(seals: SealTable, after: Lsn) {
    this.#seals = seals;
    this.#sealedLsn = seals.sealedLsn();
    this.#after = after;
    this.#at = after;
    this.#firstLsn = toLsn(after + 1);
  }

  /** Before the entries of one page. */
  begin(page: readonly LogEntry[]): void {
    if (this.#at >= this.#sealedLsn) return;
    const last = page.at(-1)?.lsn ?? this.#at;
    this.#known = new Map(this.#seals.between(this.#at, last).map((seal) => [seal.lastLsn, seal]));
  }

  /**
   * What is wrong with the next entry, or null. Of a commit also what is wrong with its
   * transaction, if that is sealed.
   */
  fault(entry: LogEntry): DosqlError | null {
    const { lsn } = entry;
    const expected = this.#at + 1;
    this.#at = lsn;
    if (lsn !== expected) return this.#gap(expected);
    const isSealed = lsn <= this.#sealedLsn;
    if (isSealed) this.#checksum.add(entry);
    if (entry.code !== ENTRY.commit) return null;
    const firstLsn = this.#firstLsn;
    this.#firstLsn = toLsn(lsn + 1);
    return isSealed ? this.#check(firstLsn, lsn) : null;
  }

  #check(firstLsn: Lsn, lastLsn: Lsn): DosqlError | null {
    const crc = this.#checksum.take();
    const seal = this.#known.get(lastLsn);
    if (seal === undefined) return damagedAt(firstLsn);
    if (firstLsn !== seal.firstLsn) {
      return this.#after >= seal.firstLsn ? null : damagedAt(firstLsn);
    }
    return crc === seal.crc32 ? null : damagedAt(firstLsn);
  }

  #gap(expected: number): DosqlError {
    if (expected > this.#seals.trimmedLsn()) return damagedAt(expected);
    return new DosqlError("history-gone", `the change log no longer holds entry ${expected}`, {
      hint: "read from a newer position, or from the archive",
    });
  }
}
