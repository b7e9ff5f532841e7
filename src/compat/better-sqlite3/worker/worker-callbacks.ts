import { DosqlError } from "../../../base/errors.ts";
import { LOG_BODY } from "./worker-message.ts";
import type { WorkerAnswer, WorkerReply, WorkerStep } from "./worker-message.ts";

/** A function of the program, called in steps. */
export type WorkerBody = (step: WorkerStep, args: unknown[]) => unknown;

/** The functions of a program that a database in another process calls, by number. */
export class WorkerCallbacks {
  readonly #bodies = new Map<number, WorkerBody>();
  readonly #thrown = new Map<number, unknown>();
  #lastBody = LOG_BODY;
  #lastThrown = 0;

  add(body: WorkerBody): number {
    this.#lastBody += 1;
    this.#bodies.set(this.#lastBody, body);
    return this.#lastBody;
  }

  /** The one that hears of statements. */
  listen(log: (sql: string) => void): void {
    this.#bodies.set(LOG_BODY, (_step, args) => log(String(args[0])));
  }

  remove(body: number): void {
    this.#bodies.delete(body);
  }

  call({ body, step, args }: Extract<WorkerReply, { kind: "call" }>): WorkerAnswer {
    try {
      const found = this.#bodies.get(body);
      if (found === undefined) throw new DosqlError("bug", "no such function in the program");
      return { op: "answer", value: found(step, args) };
    } catch (error) {
      this.#lastThrown += 1;
      this.#thrown.set(this.#lastThrown, error);
      return { op: "threw", number: this.#lastThrown };
    }
  }

  /** What was thrown under a number. */
  thrown(number: number): unknown {
    return this.#thrown.get(number);
  }

  /** No statement runs any more that could pass on what was thrown. */
  forgetThrown(): void {
    if (this.#thrown.size > 0) this.#thrown.clear();
  }
}
