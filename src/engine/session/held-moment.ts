import { DosqlError } from "../../base/errors.ts";
import { Handle } from "../handle.ts";
import type { Shard } from "../shard.ts";

/** A moment that nobody asks keeps the write-ahead log from being emptied. */
const MOMENT_IDLE_MS = 300_000;

/**
 * What a deferred transaction reads: one committed state, held from its first read on by a
 * connection of its own, which stays for the session's next one. It keeps nobody waiting.
 */
export class HeldMoment {
  readonly #shard: Shard;
  readonly #open: NonNullable<Shard["openReader"]>;
  #handle: Handle | null = null;
  #leave: () => void = () => undefined;
  #stopTimer: () => void = () => undefined;
  /** Of the state that is held; null while none is. */
  #mark: number | null = null;

  constructor(shard: Shard, open: NonNullable<Shard["openReader"]>) {
    this.#shard = shard;
    this.#open = open;
  }

  /** Where the held state is read; null while none is held. */
  get handle(): Handle | null {
    return this.#mark === null ? null : this.#handle;
  }

  /** Where it is read; it is the newest one when none is held yet. */
  hold(): Handle {
    const handle = this.#handle ?? this.#connect();
    if (this.#mark !== null) return handle;
    // Before: whoever commits in between makes it look older than it is, and never newer.
    const mark = this.#now();
    handle.driver.exec("BEGIN");
    // SQLite begins with the first look at the file.
    handle.driver.exec("SELECT 1 FROM sqlite_schema LIMIT 1");
    this.#mark = mark;
    return handle;
  }

  /**
   * For who is about to write, and is alone with that already.
   *
   * @throws DosqlError `sqlite` SQLITE_BUSY_SNAPSHOT when somebody committed since it is held
   */
  refuseStale(): void {
    if (this.#mark === null || this.#mark === this.#now()) return;
    throw new DosqlError("sqlite", "database is locked", {
      sqlite: "SQLITE_BUSY_SNAPSHOT",
      hint: "somebody committed since this transaction began to read: roll back, and run it again",
    });
  }

  /** Nobody asks for now; `expired` is called when that lasts. */
  left(expired: () => void): void {
    this.#stopTimer();
    if (this.#mark === null) return;
    this.#stopTimer = this.#shard.clock.after(MOMENT_IDLE_MS, () => {
      this.release();
      expired();
    });
  }

  release(): void {
    this.#stopTimer();
    if (this.#mark === null) return;
    this.#mark = null;
    this.#handle?.driver.exec("COMMIT");
  }

  close(): void {
    this.release();
    this.#leave();
    this.#handle?.driver.close();
    this.#handle = null;
  }

  #connect(): Handle {
    const handle = new Handle(this.#open());
    this.#leave = this.#shard.onSchemaChange(() => handle.forget());
    this.#handle = handle;
    return handle;
  }

  /** Another number after each commit of any other connection, which all are that write. */
  #now(): number {
    const plan = this.#shard.reader.plan("PRAGMA data_version", "engine");
    return Number(plan.statement.all([], "number")[0]?.[0]);
  }
}
