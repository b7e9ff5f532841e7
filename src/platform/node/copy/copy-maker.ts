import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { DosqlError } from "../../../base/errors.ts";
import type { CopyReply, CopyTask } from "./copy-main.ts";

const GONE: CopyReply = {
  failure: { message: "the process that copies the database ended", sqlite: null },
};

/** A process that makes one copy after the other. It keeps no program alive, and ends with it. */
export class CopyMaker {
  readonly #process: ChildProcess;
  #answer: ((reply: CopyReply) => void) | null = null;
  #ended = false;

  /** @param main the module that calls `makeCopies` */
  constructor(main: URL) {
    const child = fork(main, {
      execArgv: ["--no-warnings"],
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    this.#process = child;
    child.unref();
    child.channel?.unref();
    child.on("message", (reply: CopyReply) => this.#say(reply));
    // One that was never there says so here, and has no exit.
    for (const event of ["error", "exit"]) child.on(event, () => this.#end());
  }

  /** Whether it can make another one. */
  get alive(): boolean {
    return !this.#ended;
  }

  /**
   * Returns when the copy is there.
   *
   * @throws DosqlError `sqlite`, `io`
   */
  async make(task: CopyTask): Promise<void> {
    const { failure } = await new Promise<CopyReply>((resolve) => {
      this.#answer = resolve;
      if (this.#ended) this.#say(GONE);
      else this.#process.send(task, (error) => void (error !== null && this.#end()));
    });
    if (failure === null) return;
    const { message, sqlite } = failure;
    if (sqlite === null) throw new DosqlError("io", message);
    throw new DosqlError("sqlite", message, { sqlite });
  }

  kill(): void {
    this.#process.kill("SIGKILL");
    this.#end();
  }

  #end(): void {
    this.#ended = true;
    this.#say(GONE);
  }

  #say(reply: CopyReply): void {
    this.#answer?.(reply);
    this.#answer = null;
  }
}
