import type { Bookmark } from "../../base/bookmark.ts";
import { DosqlError } from "../../base/errors.ts";
import type { Row } from "../../base/value.ts";
import type { RowidState } from "../counts/rowid-state.ts";
import type { ResultSet } from "./result-set.ts";
import type { OpenRows } from "../row-parts.ts";
import { SessionCore } from "./session-core.ts";
import type {
  BeginOptions,
  OnceAnswer,
  OnceCall,
  ScriptCounts,
  SessionOptions,
  Statement,
  StatementInfo,
  TransactionStatus,
} from "./session.ts";
import type { Shard } from "../shard.ts";
import type { Steps, Wait } from "./steps.ts";
import type { TransactionControl } from "./transaction-control.ts";

/**
 * A session that cannot wait: inside a Durable Object, or on a program's own thread. A wait that
 * cannot be resolved at once answers SQLITE_BUSY.
 */
export class SyncSession {
  readonly #core: SessionCore;
  readonly #shard: Shard;

  constructor(shard: Shard, options: Omit<SessionOptions, "offload"> = {}) {
    this.#shard = shard;
    this.#core = new SessionCore(shard, { ...options, offload: false });
  }

  execute(sql: string, params: Row): ResultSet {
    return this.#drive(this.#core.execute(sql, params));
  }

  batch(statements: readonly Statement[]): ResultSet[] {
    return this.#drive(this.#core.batch(statements));
  }

  /**
   * As `batch` for statements that are read one by one, which leave no results behind.
   *
   * @param keysOff whether one of them turns foreign keys off
   */
  script(statements: Iterable<Statement>, keysOff = false): ScriptCounts {
    return this.#drive(this.#core.script(statements, keysOff));
  }

  /** See `Session.iterate`; nothing may change before the last row was read. */
  open(sql: string, params: Row): OpenRows {
    return this.#core.open(sql, params, this.#shard.writer);
  }

  /** See `Session.once`. */
  once(call: OnceCall): OnceAnswer {
    return this.#drive(this.#core.once(call));
  }

  /** Columns and parameters of a statement, without running it. */
  describe(sql: string): StatementInfo {
    return this.#core.describe(sql);
  }

  /** In a scope of the home's; see `ScopedSession`. */
  enterScope(options: BeginOptions): void {
    this.#drive(this.#core.control.enterScope(options));
  }

  get control(): TransactionControl {
    return this.#core.control;
  }

  get transaction(): TransactionStatus {
    return this.#core.control.status;
  }

  /** What `last_insert_rowid()` and its like answer. */
  get counts(): RowidState {
    return this.#core.counts;
  }

  get seen(): Bookmark {
    return this.#core.control.seen;
  }

  end(): void {
    this.#core.control.end();
  }

  #drive<T>(steps: Steps<T>): T {
    this.#core.control.entered();
    try {
      const step = steps.next();
      if (step.done === true) return step.value;
      const isTaken = step.value.kind === "lease";
      const refusal = (isTaken ? this.#shard.lease.refusal : null) ?? refusalOf(step.value);
      const end = steps.throw(refusal);
      if (end.done === true) return end.value;
      throw refusal;
    } finally {
      this.#core.control.left();
    }
  }
}

/** What one hears who cannot wait. */
function refusalOf({ kind }: Wait): DosqlError {
  if (kind !== "history") {
    return new DosqlError("sqlite", "database is locked", { sqlite: "SQLITE_BUSY" });
  }
  return new DosqlError("history-gone", "that past is in the archive, which takes a wait to read", {
    hint: "ask an asynchronous session: await database.session().execute(…)",
  });
}
