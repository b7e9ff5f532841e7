import { DosqlError } from "../../base/errors.ts";
import type { Lsn } from "../../base/lsn.ts";
import type { Moment } from "../../base/moment.ts";
import type { Clock } from "../../ports/clock.ts";
import type { HistoryCopy, HistoryHost } from "../../ports/history-host.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import { restoreShard } from "./restore.ts";
import type { ShardArchive } from "./shard-archive.ts";

/** Who asked for one moment often asks for it again. */
const KEPT_MS = 30_000;

/** What the log has lost and the archive never had. */
function beyondArchive(lsn: Lsn): DosqlError {
  const message = `nothing is known of that time: the archive ends at LSN ${lsn}`;
  return new DosqlError("history-gone", message, { hint: "ask for an earlier time" });
}

/** A copy that was made, and how many read it. */
interface Kept {
  readonly key: string;
  readonly driver: Promise<SqlDriver>;
  readers: number;
  cancel: (() => void) | null;
}

/**
 * The past of a shard out of its archive: each moment is restored into a database of its own, and
 * the newest of those is kept for a while.
 */
export class ArchiveHistory implements HistoryHost {
  readonly #archive: ShardArchive;
  readonly #openScratch: () => SqlDriver;
  readonly #clock: Clock;
  #newest: Kept | null = null;

  /** @param openScratch opens an empty database that is gone when it is closed */
  constructor(archive: ShardArchive, openScratch: () => SqlDriver, clock: Clock) {
    this.#archive = archive;
    this.#openScratch = openScratch;
    this.#clock = clock;
  }

  async openAt(moment: Moment): Promise<HistoryCopy> {
    const kept = this.#find(moment);
    kept.readers += 1;
    kept.cancel?.();
    let driver: SqlDriver;
    try {
      driver = await kept.driver;
    } catch (error) {
      if (this.#newest === kept) this.#newest = null;
      throw error;
    }
    let isOpen = true;
    return {
      driver,
      close: () => {
        if (isOpen) this.#left(kept, driver);
        isOpen = false;
      },
    };
  }

  #find(moment: Moment): Kept {
    const key = JSON.stringify(moment);
    const newest = this.#newest;
    if (newest?.key === key) return newest;
    if (newest?.readers === 0) void this.#drop(newest);
    const kept = { key, driver: this.#restore(moment), readers: 0, cancel: null };
    this.#newest = kept;
    return kept;
  }

  async #restore(moment: Moment): Promise<SqlDriver> {
    const driver = this.#openScratch();
    try {
      const task = { archive: this.#archive, live: null, moment, uncaptured: "leave-out" } as const;
      const { atEnd, lsn } = await restoreShard(driver, task);
      if (atEnd) throw beyondArchive(lsn);
      return driver;
    } catch (error) {
      driver.close();
      throw error;
    }
  }

  /** The last reader of one that is not the newest takes it along. */
  #left(kept: Kept, driver: SqlDriver): void {
    kept.readers -= 1;
    if (kept.readers > 0) return;
    if (this.#newest !== kept) driver.close();
    else kept.cancel = this.#clock.after(KEPT_MS, () => void this.#drop(kept));
  }

  async #drop(kept: Kept): Promise<void> {
    if (this.#newest === kept) this.#newest = null;
    kept.cancel?.();
    const driver = await kept.driver.catch(() => null);
    driver?.close();
  }
}
