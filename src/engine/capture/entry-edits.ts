import type { Lsn } from "../../base/lsn.ts";
import { toLsn } from "../../base/lsn.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import { ENTRY, KIND_STEP, logNames, MORE_STEP } from "../log/layout.ts";
import type { EntryCode } from "../log/layout.ts";
import type { LogEntry } from "../log/log-entry.ts";

/** An entry of the open transaction, and what it will be. */
export interface EntryRef {
  readonly lsn: Lsn;
  readonly relation: number;
  readonly was: EntryCode;
  code: EntryCode;
}

/** What becomes of the last entries of the log, which no one has seen yet. */
export class EntryEdits {
  readonly #driver: SqlDriver;
  /** In the order that they will have; entries follow each other without gaps. */
  readonly #entries: EntryRef[] = [];
  /** The number of the first one. */
  #first = 0;
  #moved = false;

  constructor(driver: SqlDriver) {
    this.#driver = driver;
  }

  /** Notes the next entry. */
  add({ lsn, code, relation }: LogEntry): EntryRef {
    const entry = { lsn, relation: relation?.id ?? 0, was: code, code };
    if (this.#entries.length === 0) this.#first = lsn;
    this.#entries.push(entry);
    return entry;
  }

  /**
   * What an entry saw was deleted right behind it, by something that logs nothing: a row that may
   * be replaced was, an update found a row that is gone, an insert brought none to stay.
   */
  erase(entry: EntryRef): void {
    entry.code = entry.code === ENTRY.insert ? ENTRY.candidate : ENTRY.delete;
  }

  /** An entry turns out to count for nothing: what a candidate does that was none. */
  void(entry: EntryRef): void {
    entry.code = ENTRY.candidate;
  }

  /** Puts an entry before an older one. */
  moveBefore(entry: EntryRef, older: EntryRef): void {
    const from = this.#entries.lastIndexOf(entry);
    const to = this.#entries.lastIndexOf(older);
    if (from <= to) return;
    this.#entries.splice(from, 1);
    this.#entries.splice(to, 0, entry);
    this.#moved = true;
  }

  /** Writes it all into the log. */
  apply(): void {
    const { log } = logNames(this.#driver.caps.hiddenPrefix);
    const changed = this.#entries.filter(({ code, was }) => code !== was);
    if (changed.length > 0) {
      const update = this.#driver.prepare(`UPDATE ${log} SET kind = ?2 WHERE lsn = ?1`);
      for (const { lsn, relation, code } of changed) {
        update.run([BigInt(lsn), BigInt(relation * KIND_STEP + code)]);
      }
    }
    if (this.#moved) this.#renumber();
  }

  /** By way of negative numbers, of which there are no others. */
  #renumber(): void {
    const { log, more } = logNames(this.#driver.caps.hiddenPrefix);
    const first = this.#first;
    const move = this.#driver.prepare(`UPDATE ${log} SET lsn = -?2 WHERE lsn = ?1`);
    const movePart = this.#driver.prepare(
      `UPDATE ${more} SET id = -(?2 * ${MORE_STEP} + id % ${MORE_STEP}) ` +
        `WHERE id >= ?1 * ${MORE_STEP} AND id < (?1 + 1) * ${MORE_STEP}`,
    );
    for (const [at, { lsn }] of this.#entries.entries()) {
      const to = toLsn(first + at);
      if (to === lsn) continue;
      move.run([BigInt(lsn), BigInt(to)]);
      movePart.run([BigInt(lsn), BigInt(to)]);
    }
    this.#driver.exec(`UPDATE ${log} SET lsn = -lsn WHERE lsn < 0`);
    this.#driver.exec(`UPDATE ${more} SET id = -id WHERE id < 0`);
  }
}
