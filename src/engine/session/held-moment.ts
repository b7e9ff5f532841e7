import { DosqlError } from "../../base/errors.ts";
import type { Handle } from "../handle.ts";
import type { Shard } from "../shard.ts";
import type { MomentReaders } from "./moment-readers.ts";

/** A moment that nobody asks keeps the write-ahead log from being emptied. */
const MOMENT_IDLE_MS = 300_000;

/**
 * What a deferred transaction reads: one committed state, held from its first read on by a
 * connection that nobody else uses meanwhile. It keeps nobody waiting.
 */
export class HeldMoment {
  readonly #shard: Shard;
  readonly #readers: MomentReaders;
  /** Null while nothing is held. */
  #handle: Handle | null = null;
  #stopTimer: () => void = () => undefined;
  /** Of the state that is held. */
  #mark = 0;

  constructor(shard: Shard, readers: MomentReaders) {
    this.#shard = shard;
    this.#readers = readers;
  }

  /** Where the held state is read; null while none is held. */
  get handle(): Handle | null {
    return this.#handle;
  }

  /** Where it is read; it is the newest one when none is held yet. */
  hold(): Handle {
    if (this.#handle !== null) return this.#handle;
    // Before: whoever commits in between makes it look older than it is, and never newer.
    this.#mark = this.#now();
    const handle = this.#readers.take();
    let held = false;
    try {
      handle.driver.exec("BEGIN");
      // SQLite begins with the first look at the file.
      handle.driver.exec("SELECT 1 FROM sqlite_schema LIMIT 1");
      held = true;
    } finally {
      if (!held) this.#readers.give(handle);
    }
    this.#handle = handle;
    return handle;
  }

  /**
   * For who is about to write, and is alone with that already.
   *
   * @throws DosqlError `sqlite` SQLITE_BUSY_SNAPSHOT when somebody committed since it is held
   */
  refuseStale(): void {
    if (this.#handle === null || this.#mark === this.#now()) return;
    throw new DosqlError("sqlite", "database is locked", {
      sqlite: "SQLITE_BUSY_SNAPSHOT",
      hint: "somebody committed since this transaction began to read: roll back, and run it again",
    });
  }

  /** Somebody asks, or waits for what comes of it. */
  entered(): void {
    this.#stopTimer();
  }

  /** Nobody asks for now; `expired` is called when that lasts. */
  left(expired: () => void): void {
    this.#stopTimer();
    if (this.#handle === null) return;
    this.#stopTimer = this.#shard.clock.after(MOMENT_IDLE_MS, () => {
      this.release();
      expired();
    });
  }

  release(): void {
    this.#stopTimer();
    const handle = this.#handle;
    if (handle === null) return;
    this.#handle = null;
    try {
      handle.driver.exec("COMMIT");
    } finally {
      this.#readers.give(handle);
    }
  }

  /** Another number after each commit of any other connection, which all are that write. */
  #now(): number {
    const plan = this.#shard.reader.plan("PRAGMA data_version", "engine");
    return Number(plan.statement.all([], "number")[0]?.[0]);
  }
}
