/** A backup, which goes on while the event loop turns. */
export class HostedBackup {
  /** Answers with where it ended, or throws. Null while it goes on. */
  end: (() => unknown) | null = null;
  #stepped: () => void = () => undefined;

  /** @param start begins it; told what to call at each step */
  constructor(start: (stepped: () => void) => Promise<unknown>) {
    start(() => this.#stepped()).then(
      (value) => this.#over(() => value),
      (error: unknown) =>
        this.#over(() => {
          throw error;
        }),
    );
  }

  /** Resolves with its next step, or its end. */
  step(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#stepped = resolve;
    if (this.end !== null) resolve();
    return promise;
  }

  #over(end: () => unknown): void {
    this.end = end;
    this.#stepped();
  }
}
