import { DosqlError } from "../../base/errors.ts";
import type { Hlc } from "../../base/hlc.ts";
import { compareHlc } from "../../base/hlc.ts";
import type { Lsn } from "../../base/lsn.ts";
import { toLsn } from "../../base/lsn.ts";
import type { Moment } from "../../base/moment.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import type { LogEntry } from "../log/log-entry.ts";
import { LogReader } from "../log/log-reader.ts";
import type { LogOrigin } from "../log/record.ts";
import type { Seal } from "../log/seal-table.ts";
import { SealTable } from "../log/seal-table.ts";
import { commitValues } from "../log/to-transaction.ts";

/** What of a file's past its change log still knows, as one connection sees it now. */
export class History {
  readonly driver: SqlDriver;
  readonly log: LogReader;

  /** @throws DosqlError `history-gone` for a file that has never kept any */
  constructor(driver: SqlDriver) {
    this.driver = driver;
    const log = `${driver.caps.hiddenPrefix}log`;
    const found = driver
      .prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1")
      .all([log], "number");
    if (found.length === 0) {
      throw new DosqlError("history-gone", "this database keeps no history", {
        hint: "turn capture on: history begins with it",
      });
    }
    this.log = new LogReader(driver);
  }

  /**
   * The end of the last transaction that counts for a moment: the database as of then is what
   * entries up to there made, and nothing that came after.
   *
   * @throws DosqlError `history-gone` for one before the oldest that is kept, `invalid-argument`
   * for an LSN that does not exist yet
   */
  position(moment: Moment): Lsn {
    return moment.kind === "lsn" ? this.#ofLsn(moment.lsn) : this.#ofTime(moment.time);
  }

  /** Who made the transaction that an entry belongs to. */
  originOf(lsn: Lsn): LogOrigin | null {
    const commit = this.log.commitFrom(lsn);
    return commit === null ? null : commitValues(commit).origin;
  }

  entryAt(lsn: Lsn): LogEntry | null {
    return this.log.entries(toLsn(lsn - 1), 1, lsn)[0] ?? null;
  }

  /** What one hears who asks for what is gone. */
  gone(message: string): DosqlError {
    return new DosqlError("history-gone", `${message}: ${this.#begin()}`, {
      hint:
        "a time is text as 2026-11-20T10:00:00Z or a number of milliseconds since 1970; a log " +
        "sequence number is written lsn(42)",
    });
  }

  #begin(): string {
    const floor = this.#floor();
    const seal = this.#sealOf(floor);
    if (seal !== null) return `history begins at ${isoTime(seal)}, LSN ${floor}`;
    const first = this.log.commitFrom(this.log.oldest());
    if (first === null) return "nothing was committed since capture began";
    return `history begins at ${isoTime(commitValues(first))}, LSN ${first.lsn}`;
  }

  /** The seal of the transaction up to which the log was trimmed, where that was left. */
  #sealOf(floor: Lsn): Seal | null {
    const seal = floor > 0 ? new SealTable(this.driver).at(floor) : null;
    return seal?.lastLsn === floor ? seal : null;
  }

  /** Before it, nothing is known. */
  #floor(): Lsn {
    return toLsn(Math.max(this.log.oldest() - 1, 0));
  }

  #ofLsn(lsn: Lsn): Lsn {
    const head = this.log.head();
    if (lsn > head) {
      throw new DosqlError("invalid-argument", `LSN ${lsn} does not exist yet`, {
        hint: `the newest is ${head}`,
      });
    }
    const floor = this.#floor();
    const commit = this.log.commitUpTo(lsn);
    if (commit !== null && commit.lsn > floor) return commit.lsn;
    if (floor > 0 && lsn >= floor) return floor;
    throw this.gone(`LSN ${lsn} lies before what is kept of this database's history`);
  }

  #ofTime(time: Hlc): Lsn {
    const floor = this.#floor();
    const newest = this.log.lastCommit();
    // The newest is there when all before it are gone, so that now is never out of reach.
    if (newest !== null && newest.lsn >= floor) {
      if (isAtOrBefore(newest, time)) return newest.lsn;
      const found = this.#search(time, floor, newest.lsn);
      if (found !== null) return found;
    }
    const seal = this.#sealOf(floor);
    if (seal !== null && compareHlc(seal, time) <= 0) return floor;
    throw this.gone("that time lies before what is kept of this database's history");
  }

  /**
   * The last commit at or before a time, of those between two LSNs. Commit times rise with the
   * LSN. The transaction in the middle is looked at by both its ends, so that a long one is not
   * read again and again.
   */
  #search(time: Hlc, after: Lsn, before: Lsn): Lsn | null {
    let [low, high]: [number, number] = [after, before];
    while (high - low > 1) {
      const middle = low + Math.floor((high - low) / 2);
      const left = this.log.commitUpTo(toLsn(middle));
      if (left !== null && left.lsn > low) {
        if (!isAtOrBefore(left, time)) {
          high = left.lsn;
          continue;
        }
        low = left.lsn;
      }
      const right = this.log.commitFrom(toLsn(middle + 1));
      if (right === null || right.lsn >= high || !isAtOrBefore(right, time)) break;
      low = right.lsn;
    }
    return low === after ? null : toLsn(low);
  }
}

/** Whether the change log of a file holds what came after a moment. */
export function holdsMoment(driver: SqlDriver, moment: Moment): boolean {
  try {
    new History(driver).position(moment);
    return true;
  } catch (error) {
    if (error instanceof DosqlError && error.code === "history-gone") return false;
    throw error;
  }
}

function isAtOrBefore(commit: LogEntry, time: Hlc): boolean {
  return compareHlc(commitValues(commit), time) <= 0;
}

function isoTime({ wallMs }: Pick<Hlc, "wallMs">): string {
  return new Date(wallMs).toISOString();
}
