/** Wakes those who wait for commits. What they do in answer runs after the committing call. */
export class CommitSignal {
  readonly #sleepers = new Set<() => void>();
  #count = 0;

  /** Commits so far: who finds it changed has missed nothing, but must look. */
  get count(): number {
    return this.#count;
  }

  raise(): void {
    this.#count += 1;
    for (const wake of this.#sleepers) wake();
  }

  /** Calls `wake` at each commit; the returned function ends that. */
  listen(wake: () => void): () => void {
    this.#sleepers.add(wake);
    return () => this.#sleepers.delete(wake);
  }
}
