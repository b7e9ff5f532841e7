const TASKS: unique symbol = Symbol.for("dosql.exit-tasks.2");

/** Work for the moment when the process ends, one listener for all of it. */
class ExitTasks {
  readonly #tasks = new Set<() => void>();
  readonly #early = new Set<() => void>();
  readonly #run = (): void => {
    for (const task of this.#tasks) task();
  };
  readonly #runEarly = (): void => {
    for (const task of this.#early) task();
  };

  /** Before all others, and before data folders are given back, whoever began first. */
  addEarly(task: () => void): void {
    if (this.#early.size === 0) process.prependListener("exit", this.#runEarly);
    this.#early.add(task);
  }

  deleteEarly(task: () => void): void {
    this.#early.delete(task);
    if (this.#early.size === 0) process.off("exit", this.#runEarly);
  }

  add(task: () => void): void {
    if (this.#tasks.size === 0) process.on("exit", this.#run);
    this.#tasks.add(task);
  }

  delete(task: () => void): void {
    this.#tasks.delete(task);
    if (this.#tasks.size === 0) process.off("exit", this.#run);
  }
}

/** Those of this thread, which may have loaded this package twice. */
export function exitTasks(): Pick<ExitTasks, "add" | "delete" | "addEarly" | "deleteEarly"> {
  const shared = globalThis as { [TASKS]?: ExitTasks };
  return (shared[TASKS] ??= new ExitTasks());
}
