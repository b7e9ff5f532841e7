import { Worker } from "node:worker_threads";
import type { Deadline } from "../../../ports/database-process.ts";

/** Places of the numbers that the thread of the database and its watcher share. */
export const Place = {
  state: 0,
  /** When the request began, in milliseconds of the machine's steady clock, as 32 bits. */
  began: 1,
  /** How long it may take; 0: as long as it likes. */
  limit: 2,
} as const;

/** Who moves from `running` to one of the others has the right to speak. */
export const State = { idle: 0, running: 1, saying: 2, expired: 3 } as const;

/** Milliseconds of a clock that all threads share; they wrap around. */
export function steadyMs(): number {
  return Number(process.hrtime.bigint() / 1_000_000n) | 0;
}

/** What the watching thread is given. */
export interface WatchStart {
  readonly numbers: Int32Array;
  /** The program's process id. */
  readonly program: number;
}

/** A thread that ends the process when a request takes too long, or the program is gone. */
export class ProcessDeadline implements Deadline {
  readonly #numbers = new Int32Array(new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT));
  #depth = 0;

  constructor(watch: URL) {
    const workerData: WatchStart = { numbers: this.#numbers, program: process.ppid };
    // Its own streams would open ours, and an open pipe is something that the process is at.
    new Worker(watch, { workerData, stdout: true, stderr: true }).unref();
  }

  set(ms: number): void {
    Atomics.store(this.#numbers, Place.limit, ms);
    Atomics.notify(this.#numbers, Place.limit);
  }

  begin(): void {
    this.#depth += 1;
    if (this.#depth > 1) return;
    Atomics.store(this.#numbers, Place.began, steadyMs());
    Atomics.store(this.#numbers, Place.state, State.running);
  }

  end(): void {
    this.#depth -= 1;
    if (this.#depth === 0) this.#move(State.running, State.idle);
  }

  spare(): void {
    if (this.#depth === 1) this.#move(State.running, State.idle);
  }

  saying(say: () => void): void {
    this.#move(State.running, State.saying);
    say();
    this.#move(State.saying, State.running);
  }

  #move(from: number, to: number): void {
    const before = Atomics.compareExchange(this.#numbers, Place.state, from, to);
    // The process is about to end: nothing more is said.
    if (before === State.expired) Atomics.wait(this.#numbers, Place.state, State.expired);
  }
}
