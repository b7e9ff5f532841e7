import { DosqlError } from "../../base/errors.ts";
import type { Clock } from "../../ports/clock.ts";
import type { ImportReport, ImportStep } from "./transfer.ts";

/** One answer waits so long at most: clients give up on an answer that takes minutes. */
const WAIT_MS = 20_000;
/** How long what became of an import can be asked. */
const KEPT_MS = 3_600_000;

interface Run {
  readonly outcome: Promise<ImportReport>;
  endedMs: number;
}

/** Imports that go on while nobody waits for them, where a process lives on. */
export class ImportRuns {
  readonly #clock: Clock;
  readonly #runs = new Map<string, Run>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Begins one. It never rejects unheard: `wait` tells. */
  begin(key: string, body: () => Promise<ImportReport>): void {
    const nowMs = this.#clock.nowMs();
    for (const [old, { endedMs }] of this.#runs) {
      if (nowMs - endedMs > KEPT_MS) this.#runs.delete(old);
    }
    const outcome = body();
    const run = { outcome, endedMs: Infinity };
    this.#runs.set(key, run);
    const note = (): void => {
      run.endedMs = this.#clock.nowMs();
    };
    outcome.then(note, note);
  }

  /**
   * What became of one, or that it goes on.
   *
   * @throws DosqlError `not-found`, and whatever it failed with
   */
  async wait(key: string): Promise<ImportStep> {
    const run = this.#runs.get(key);
    if (run === undefined) throw notImporting();
    const { promise: late, resolve } = Promise.withResolvers<null>();
    const cancel = this.#clock.after(WAIT_MS, () => resolve(null));
    try {
      return await Promise.race([run.outcome, late]);
    } finally {
      cancel();
    }
  }
}

/** What one hears who names a script that is not there. */
export function unknownScript(): DosqlError {
  return new DosqlError("not-found", "this script was taken already, or never came", {
    hint: "begin anew",
  });
}

/** In D1's words. */
export function notImporting(): DosqlError {
  return new DosqlError("not-found", "Not currently importing anything.");
}
