import { DosqlError } from "../../base/errors.ts";
import type { Lsn } from "../../base/lsn.ts";
import type { Alarm } from "../../ports/alarm.ts";
import type { Clock } from "../../ports/clock.ts";
import { LogReader } from "../log/log-reader.ts";
import { commitValues } from "../log/to-transaction.ts";
import { MetaTable } from "../meta-table.ts";
import type { Maintenance, MaintenanceHost, MaintenanceReport } from "./maintenance.ts";

/** When maintenance runs. */
export interface AlarmTimes {
  /** After a commit, so much later. */
  readonly intervalMs: number;
  /** So many commits are not left to wait for it. */
  readonly commits: number;
}

/** How maintenance goes. */
export interface UpkeepState {
  /** When it runs next; null when there is nothing to do. */
  readonly nextMs: number | null;
  /** When it ended last, well or not; null before the first time. */
  readonly lastMs: number | null;
  /** How often in a row it failed, and why the last time. */
  readonly failures: number;
  readonly problem: string | null;
}

/** What maintenance is done on. */
export interface AlarmHost extends MaintenanceHost {
  readonly clock: Clock;
  readonly feed: MaintenanceHost["feed"] & {
    readonly slots: { holds(): readonly Lsn[] };
  };
}

/** A store that fails is asked again, at last this rarely. */
const MAX_DELAY_MS = 600_000;
/** A subscription without a slot may hold the log, and can end without a word. */
const HELD_MS = 3_600_000;
/** Of a millisecond that is not over yet, not all may be old enough. */
const MARGIN_MS = 1_000;
/** What was deleted cannot be tried again, so it is no failure. */
const ARCHIVE_LOST = "parts of the archive were deleted: it goes on without them";
/** The key in the engine's own table; JSON. */
const STATE = "upkeep";

/**
 * Runs maintenance where nothing runs by itself: by an alarm that is set with a commit. An idle
 * database gets one more, when all of its log is old enough to be trimmed, and then none.
 */
export class AlarmLoop {
  readonly #maintenance: Maintenance;
  readonly #host: AlarmHost;
  readonly #alarm: Alarm;
  readonly #times: AlarmTimes;
  readonly #stopListening: () => void;
  #commits = 0;
  #running = false;
  #stopped = false;
  #state: Omit<UpkeepState, "nextMs">;

  /** @param alarm knows what was set before */
  constructor(maintenance: Maintenance, host: AlarmHost, alarm: Alarm, times: AlarmTimes) {
    this.#maintenance = maintenance;
    this.#host = host;
    this.#alarm = alarm;
    this.#times = times;
    const known = new MetaTable(host.reader.driver).read(STATE);
    this.#state =
      typeof known === "string"
        ? (JSON.parse(known) as UpkeepState)
        : { lastMs: null, failures: 0, problem: null };
    this.#stopListening = host.changes.onCommit(() => this.#committed());
    // A log that was begun before anybody looked after it.
    if (known === null && host.feed.head > 0) this.wake();
  }

  get state(): UpkeepState {
    return { ...this.#state, nextMs: this.#alarm.dueMs };
  }

  /** There may be something to do now: a slot went on, a subscription ended. */
  wake(): void {
    if (this.#alarm.dueMs === null && !this.#stopped) this.#wakeIn(this.#times.intervalMs);
  }

  /** Sets no alarm any more. What runs is the maintenance's to end. */
  stop(): void {
    this.#stopped = true;
    this.#stopListening();
  }

  /** The alarm came. Never throws: what went wrong is tried again, and is in `state`. */
  async ring(): Promise<void> {
    if (this.#running) return;
    this.#alarm.rang();
    this.#running = true;
    this.#commits = 0;
    let dueMs: number | null;
    try {
      dueMs = this.#afterSuccess(await this.#maintenance.run());
    } catch (error) {
      dueMs = this.#stopped ? null : this.#afterFailure(error);
    } finally {
      this.#running = false;
    }
    // A commit that came meanwhile has set it already; after a failure, too early.
    const set = this.#alarm.dueMs;
    if (dueMs === null || this.#stopped) return;
    if (set === null || (this.#state.failures > 0 && set < dueMs)) this.#alarm.set(dueMs);
  }

  /** On the way of every commit: cheap. */
  #committed(): void {
    this.#commits += 1;
    const { dueMs } = this.#alarm;
    if (this.#commits === this.#times.commits && this.#state.failures === 0) this.#wakeIn(0);
    else if (dueMs === null) this.#wakeIn(this.#times.intervalMs);
    else if (this.#commits === 1 && this.#state.failures === 0) {
      const latestMs = this.#host.clock.nowMs() + this.#times.intervalMs;
      if (dueMs > latestMs) this.#alarm.set(latestMs);
    }
  }

  #wakeIn(delayMs: number): void {
    this.#alarm.set(this.#host.clock.nowMs() + delayMs);
  }

  #afterSuccess({ trimmedLsn, headLsn, lostParts }: MaintenanceReport): number | null {
    const { lastMs, problem } = this.#state;
    const news = lostParts ? ARCHIVE_LOST : null;
    this.#note({ failures: 0, problem: news }, lastMs === null || problem !== news);
    return this.#nextMs(trimmedLsn < headLsn ? headLsn : null);
  }

  /**
   * When all of the log is old enough to be trimmed, or all of the archive to be pruned, if nothing
   * more comes. Null when there is nothing to do, or only a slot is in the way of it.
   *
   * @param headLsn null when the log is trimmed
   */
  #nextMs(headLsn: Lsn | null): number | null {
    const { clock, reader, feed } = this.#host;
    const { horizonMs, archiveMs } = this.#maintenance.retention;
    if (headLsn === null && archiveMs === Infinity) return null;
    const nowMs = clock.nowMs();
    const newest = new LogReader(reader.driver).lastCommit();
    const newestMs = newest === null ? nowMs : commitValues(newest).wallMs + MARGIN_MS;
    const ages = headLsn === null ? [archiveMs] : [horizonMs, archiveMs];
    const dueMs = Math.min(...ages.map((age) => newestMs + age).filter((at) => at > nowMs));
    if (dueMs !== Infinity) return Math.max(dueMs, nowMs + this.#times.intervalMs);
    if (headLsn === null || feed.slots.holds().some((lsn) => lsn < headLsn)) return null;
    return nowMs + HELD_MS;
  }

  #afterFailure(error: unknown): number {
    const { clock } = this.#host;
    const { intervalMs } = this.#times;
    // Somebody has a transaction open, for longer than one waits here: it will end.
    if (error instanceof DosqlError && error.sqlite?.startsWith("SQLITE_BUSY") === true) {
      return clock.nowMs() + intervalMs;
    }
    const failures = this.#state.failures + 1;
    const message = error instanceof Error ? error.message : String(error);
    const hint = error instanceof DosqlError ? error.hint : undefined;
    this.#note({ failures, problem: hint === undefined ? message : `${message} (${hint})` }, true);
    return clock.nowMs() + Math.min(MAX_DELAY_MS, intervalMs * 2 ** (failures - 1));
  }

  /** @param store also for a later life of the process */
  #note(state: Omit<UpkeepState, "nextMs" | "lastMs">, store: boolean): void {
    this.#state = { ...state, lastMs: this.#host.clock.nowMs() };
    if (!store) return;
    try {
      new MetaTable(this.#host.writer.driver).write(STATE, JSON.stringify(this.#state));
    } catch (error) {
      // A database that cannot be written (full) still rings, and says why.
      if (!(error instanceof DosqlError)) throw error;
    }
    this.#host.changesOf = null;
  }
}
