import { writeSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import type { Deadline, ProgramLine } from "../../../ports/database-process.ts";
import { PipeLine } from "./message-line.ts";
import { ProcessDeadline } from "./process-deadline.ts";

/** How long the event loop turns at most before the program is asked what it wants. */
const TURN_MS = 1;

/** The program's descriptors, as the process finds them. */
export const INPUT = 3;
export const OUTPUT = 4;
/** A byte through this one says that there are news. */
const NEWS = 5;

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
    // One that ends while it reads ahead ends with the next message: whoever waits sends one then.
    process.on("exit", () => this.nudge());
  }

  send(message: unknown): void {
    this.#line.send(message);
  }

  receive(): unknown {
    return this.#line.receive();
  }

  receiveLater(): Promise<unknown> {
    return this.#line.receiveLater();
  }

  nudge(): void {
    try {
      writeSync(NEWS, ".");
    } catch {
      // The program is gone, and that is seen in the other pipe.
    }
  }

  get busy(): boolean {
    return process.getActiveResourcesInfo().length > 0;
  }

  follow(folder: string): void {
    process.chdir(folder);
  }

  steadyMs(): number {
    return performance.now();
  }

  async turn(done: Promise<unknown> | null): Promise<void> {
    if (done === null) {
      await setImmediate();
      return;
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, TURN_MS);
    await Promise.race([done, promise]);
    clearTimeout(timer);
  }
}
