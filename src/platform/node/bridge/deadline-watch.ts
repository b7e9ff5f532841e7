import { workerData } from "node:worker_threads";
import { PipeLine } from "./message-line.ts";
import { Place, State, steadyMs } from "./process-deadline.ts";
import type { WatchStart } from "./process-deadline.ts";
import { INPUT, OUTPUT } from "./program-line.ts";

/** How long to wait for something short, such as a message that is being written. */
const SHORTLY_MS = 2;
/** How often it looks whether the program is still there. */
const LOOK_MS = 500;

/**
 * The whole life of a watching thread. It needs not be woken by requests: one that begins while
 * it sleeps cannot expire before it wakes.
 *
 * @param last what the program is told before the end
 */
export function watchDeadlines(last: unknown): void {
  const { numbers, program } = workerData as WatchStart;
  for (;;) {
    const limit = Atomics.load(numbers, Place.limit);
    Atomics.wait(numbers, Place.limit, limit, Math.min(LOOK_MS, restMs(numbers, limit)));
    // Nobody waits for what runs then, and what it has locked would be so until it ends.
    const left = process.ppid !== program;
    if (!left && (limit === 0 || restMs(numbers, limit) > 0)) continue;
    const { running, expired } = State;
    if (Atomics.compareExchange(numbers, Place.state, running, expired) !== running) {
      Atomics.wait(numbers, Place.limit, limit, SHORTLY_MS);
      continue;
    }
    if (!left) new PipeLine(INPUT, OUTPUT).send(last);
    process.kill(process.pid, "SIGKILL");
  }
}

/** How long until the earliest moment at which a request can be too late. */
function restMs(numbers: Int32Array, limit: number): number {
  if (limit === 0) return Number.POSITIVE_INFINITY;
  if (Atomics.load(numbers, Place.state) === State.idle) return limit;
  const spent = (steadyMs() - Atomics.load(numbers, Place.began)) | 0;
  return Math.max(0, limit - spent);
}
