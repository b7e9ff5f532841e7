import { DosqlError } from "../../../base/errors.ts";

/** As long as better-sqlite3 waits for a lock by default. */
const PATIENCE_MS = 5_000;
const FIRST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 100;

/**
 * Runs what may find a file locked by another process, and waits for it: without giving way, so
 * for what is short and happens once, like opening.
 *
 * @throws DosqlError what `work` threw last
 */
export function retryWhileBusy<T>(work: () => T): T {
  let waitedMs = 0;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    try {
      return work();
    } catch (error) {
      const busy = error instanceof DosqlError && error.sqlite?.startsWith("SQLITE_BUSY") === true;
      if (!busy || waitedMs >= PATIENCE_MS) throw error;
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMs);
    waitedMs += pauseMs;
  }
}
