import { DosqlError } from "../../base/errors.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Maintenance, MaintenanceReport } from "./maintenance.ts";

/** When the background work runs. */
export interface LoopOptions {
  /** After a commit, at most so much later. Default one minute. */
  readonly intervalMs?: number;
  /** So many commits are not left to wait for it. Default 20,000. */
  readonly commits?: number;
  /** Hears what went wrong, once until it goes well or goes wrong otherwise. */
  readonly onProblem?: (problem: DosqlError) => void;
}

/** What tells of commits. */
interface CommitSource {
  onCommit(listener: () => void): () => void;
}

const INTERVAL_MS = 60_000;
const COMMITS = 20_000;
/** A store that fails is asked again, at last this rarely. */
const MAX_DELAY_MS = 600_000;
/** Without commits there is only what grows old to be trimmed. */
const IDLE_MS = 3_600_000;

/** Runs maintenance in the background: soon after something was committed, and hardly ever else. */
export class MaintenanceLoop {
  readonly #maintenance: Maintenance;
  readonly #clock: Clock;
  readonly #intervalMs: number;
  readonly #commits: number;
  readonly #onProblem: (problem: DosqlError) => void;
  readonly #stopListening: () => void;
  #cancel: (() => void) | null = null;
  #dueMs = Infinity;
  #running: Promise<void> | null = null;
  #waiting = 0;
  #failures = 0;
  #problem: string | null = null;
  #stopped = false;

  /** Begins at once. */
  constructor(
    maintenance: Maintenance,
    source: { readonly clock: Clock; readonly changes: CommitSource },
    options: LoopOptions = {},
  ) {
    this.#maintenance = maintenance;
    this.#clock = source.clock;
    this.#intervalMs = options.intervalMs ?? INTERVAL_MS;
    this.#commits = options.commits ?? COMMITS;
    this.#onProblem = options.onProblem ?? (() => undefined);
    this.#stopListening = source.changes.onCommit(() => this.#committed());
    this.#wakeIn(0);
  }

  /** Ends it and the maintenance; what runs stops at its next step. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#stopListening();
    this.#cancel?.();
    this.#cancel = null;
    await this.#maintenance.close();
    await this.#running;
  }

  /** On the way of every commit: cheap. */
  #committed(): void {
    this.#waiting += 1;
    if (this.#waiting === 1) this.#wakeIn(this.#intervalMs);
    else if (this.#waiting === this.#commits && this.#failures === 0) this.#wakeIn(0);
  }

  /** An earlier time than the one that is set takes its place. */
  #wakeIn(delayMs: number): void {
    const dueMs = this.#clock.monotonicMs() + delayMs;
    if (this.#stopped || this.#running !== null || dueMs >= this.#dueMs) return;
    this.#cancel?.();
    this.#dueMs = dueMs;
    this.#cancel = this.#clock.after(delayMs, () => {
      this.#cancel = null;
      this.#dueMs = Infinity;
      this.#running = this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#waiting = 0;
    let nextMs: number | null;
    try {
      const report = await this.#maintenance.run();
      if (report.lostParts) this.#onProblem(archiveLost(report));
      nextMs = this.#afterSuccess(report);
    } catch (error) {
      nextMs = this.#afterFailure(error);
    }
    this.#running = null;
    if (nextMs !== null) this.#wakeIn(nextMs);
  }

  #afterSuccess({ trimmedLsn, headLsn }: MaintenanceReport): number | null {
    this.#failures = 0;
    this.#problem = null;
    if (this.#waiting > 0) return this.#intervalMs;
    const { horizonMs, archiveMs } = this.#maintenance.retention;
    if (trimmedLsn >= headLsn && archiveMs === Infinity) return null;
    return Math.max(this.#intervalMs, Math.min(horizonMs, IDLE_MS));
  }

  #afterFailure(error: unknown): number {
    const problem =
      error instanceof DosqlError
        ? error
        : new DosqlError("bug", "maintenance failed", { cause: error });
    // Somebody has a transaction open, for longer than one waits here: it will end.
    if (problem.sqlite?.startsWith("SQLITE_BUSY") === true) return this.#intervalMs;
    if (problem.message !== this.#problem && !this.#stopped) this.#onProblem(problem);
    this.#problem = problem.message;
    this.#failures += 1;
    return Math.min(MAX_DELAY_MS, this.#intervalMs * 2 ** (this.#failures - 1));
  }
}

function archiveLost({ snapshotLsn, archivedLsn }: MaintenanceReport): DosqlError {
  const message =
    "parts of the archive were deleted: it begins again " +
    (snapshotLsn === null ? `up to LSN ${archivedLsn ?? 0}` : `with a snapshot at ${snapshotLsn}`);
  return new DosqlError("history-gone", message, {
    hint: "what it held before can be restored from a copy of the archive only",
  });
}
