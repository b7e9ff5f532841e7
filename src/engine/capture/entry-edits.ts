import type { Lsn } from "../../base/lsn.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import { KIND_STEP, logNames } from "../log/layout.ts";
import type { EntryCode } from "../log/layout.ts";
import type { LogEntry } from "../log/log-entry.ts";

/** Which entry, without what it holds. */
export interface EntryRef {
  readonly lsn: Lsn;
  readonly relation: number;
}

export function entryRef({ lsn, relation }: LogEntry): EntryRef {
  return { lsn, relation: relation?.id ?? 0 };
}

/** What becomes of the last entries of the log, which no one has seen yet. */
export class EntryEdits {
  readonly #driver: SqlDriver;
  readonly #kinds = new Map<Lsn, number>();

  constructor(driver: SqlDriver) {
    this.#driver = driver;
  }

  /** An entry turns out to be of another kind; the last word counts. */
  become({ lsn, relation }: EntryRef, code: EntryCode): void {
    this.#kinds.set(lsn, relation * KIND_STEP + code);
  }

  /** Writes it all into the log. */
  apply(): void {
    if (this.#kinds.size === 0) return;
    const { log } = logNames(this.#driver.caps.hiddenPrefix);
    const update = this.#driver.prepare(`UPDATE ${log} SET kind = ?2 WHERE lsn = ?1`);
    for (const [lsn, kind] of this.#kinds) update.run([BigInt(lsn), BigInt(kind)]);
  }
}
