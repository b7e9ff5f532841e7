import { setImmediate, setTimeout } from "node:timers/promises";
import type { Deadline, ProgramLine } from "../../../ports/database-process.ts";
import { PipeLine } from "./message-line.ts";
import { ProcessDeadline } from "./process-deadline.ts";

/** How long the event loop turns at most before the program is asked what it wants. */
const TURN_MS = 1;

/** The program's descriptors, as the process finds them. */
export const INPUT = 3;
export const OUTPUT = 4;

/** The end of the line in a process that holds a database. */
export class ProcessEnd implements ProgramLine {
  readonly #line = new PipeLine(INPUT, OUTPUT);
  readonly deadline: Deadline;

  /** @param watch the program of the thread that watches over deadlines */
  constructor(watch: URL) {
    this.deadline = new ProcessDeadline(watch);
    // Whoever types Ctrl-C, or ends a whole service, means the program, which ends us if it ends.
    for (const signal of ["SIGINT", "SIGHUP", "SIGQUIT", "SIGTERM"])
      process.on(signal, () => undefined);
  }

  send(message: unknown): void {
    this.#line.send(message);
  }

  receive(): unknown {
    return this.#line.receive();
  }

  follow(folder: string): void {
    process.chdir(folder);
  }

  steadyMs(): number {
    return performance.now();
  }

  async turn(done: Promise<unknown> | null): Promise<void> {
    await (done === null ? setImmediate() : Promise.race([done, setTimeout(TURN_MS)]));
  }
}
