import type { SqlDriver } from "../../ports/sql-driver.ts";
import { Handle } from "../handle.ts";

/** Connections kept for the next deferred transaction; to open one costs more than a short one. */
const SPARES_KEPT = 16;

/**
 * The connections on which deferred transactions hold what they read. They are the shard's: a
 * session has one while it holds a moment only, so one that is forgotten leaves none behind.
 */
export class MomentReaders {
  readonly #open: () => SqlDriver;
  readonly #all = new Set<Handle>();
  readonly #spare: Handle[] = [];
  #closed = false;

  constructor(open: () => SqlDriver) {
    this.#open = open;
  }

  take(): Handle {
    const spare = this.#spare.pop();
    if (spare !== undefined) return spare;
    const handle = new Handle(this.#open());
    this.#all.add(handle);
    return handle;
  }

  /** @param handle what was taken, outside of a transaction unless it is broken */
  give(handle: Handle): void {
    const { driver } = handle;
    if (!this.#closed && !driver.inTransaction && this.#spare.length < SPARES_KEPT) {
      this.#spare.push(handle);
      return;
    }
    this.#all.delete(handle);
    driver.close();
  }

  /** The schema changed. */
  forget(): void {
    for (const handle of this.#all) handle.forget();
  }

  /** Those that are taken close when they are given back. */
  close(): void {
    this.#closed = true;
    for (const handle of this.#spare.splice(0)) this.give(handle);
  }
}
