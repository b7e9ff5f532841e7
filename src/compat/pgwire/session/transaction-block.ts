import { DosqlError } from "../../../base/errors.ts";
import type { BeginOptions, IsolationLevel, Session } from "../../../engine/session/session.ts";
import type { ReadyStatus } from "../codec/backend.ts";
import type { TransactionModes } from "../commands/command.ts";
import { notSupported, pgError } from "../errors.ts";
import type { PgError } from "../errors.ts";
import type { Settings } from "../settings/settings.ts";
import { settled } from "../work.ts";
import type { Work } from "../work.ts";
import type { Portals } from "./portals.ts";

interface Savepoint {
  readonly name: string;
  /** Where the settings' list of changes stood. */
  readonly mark: number;
}

/**
 * Where the session stands between BEGIN and COMMIT, by Postgres' rules: `implicit` is the
 * transaction around several statements of one message (or of one Sync), `failed` is a block in
 * which a statement failed and that waits for its end.
 */
export class TransactionBlock {
  readonly #session: Session;
  readonly #settings: Settings;
  readonly #portals: Portals;
  #state: "none" | "implicit" | "open" | "failed" = "none";
  #modes: TransactionModes = {};
  #savepoints: Savepoint[] = [];
  /** A statement ran in it: its isolation can no longer be chosen. */
  #used = false;

  constructor(session: Session, settings: Settings, portals: Portals) {
    this.#session = session;
    this.#settings = settings;
    this.#portals = portals;
  }

  get status(): ReadyStatus {
    if (this.#state === "open") return "T";
    return this.#state === "failed" ? "E" : "I";
  }

  get isFailed(): boolean {
    return this.#state === "failed";
  }

  /** BEGIN was said, and neither COMMIT nor ROLLBACK. */
  get isExplicit(): boolean {
    return this.#state === "open" || this.#state === "failed";
  }

  get isNone(): boolean {
    return this.#state === "none";
  }

  get depth(): number {
    return this.#savepoints.length;
  }

  get isolation(): IsolationLevel {
    return this.#modes.isolation ?? this.#defaultIsolation;
  }

  get readOnly(): boolean {
    return this.#modes.readOnly ?? this.#settings.get("default_transaction_read_only") === "on";
  }

  get #defaultIsolation(): IsolationLevel {
    const level = this.#settings.get("default_transaction_isolation");
    return level === "serializable" || level === "repeatable read" ? level : "read committed";
  }

  /** A statement is about to run in it. */
  use(): void {
    this.#used = true;
  }

  refuseIfFailed(): void {
    if (this.#state === "failed") throw transactionFailed();
  }

  *begin(modes: TransactionModes): Work {
    yield* settled(this.#session.begin(this.#options(modes)));
    this.#state = "open";
    this.#modes = modes;
  }

  /** Opens the transaction that nobody asked for, unless one is open. */
  *beginImplicit(): Work {
    if (this.#state !== "none") return;
    yield* settled(this.#session.begin({ ...this.#options({}), implicit: true }));
    this.#state = "implicit";
  }

  /** Changes how the transaction is isolated, which is possible until something ran in it. */
  *change(modes: TransactionModes): Work {
    const wanted = { ...this.#modes, ...modes };
    const same =
      (modes.isolation ?? this.isolation) === this.isolation &&
      (modes.readOnly ?? this.readOnly) === this.readOnly;
    if (same) return;
    if (this.#used || this.#savepoints.length > 0) {
      if (modes.isolation === undefined) {
        throw notSupported("changing READ ONLY after the first statement of a transaction");
      }
      throw pgError("25001", "SET TRANSACTION ISOLATION LEVEL must be called before any query");
    }
    const implicit = this.#state === "implicit";
    yield* settled(this.#session.rollback());
    yield* settled(this.#session.begin({ ...this.#options(wanted), implicit }));
    this.#modes = wanted;
  }

  /** Commits what is open. Whatever comes of it, the block is over. */
  *commit(): Work {
    if (this.#session.transaction === "none") {
      this.#over("commit");
      return;
    }
    let done = false;
    try {
      yield* settled(this.#session.commit());
      done = true;
    } finally {
      // What a failed COMMIT leaves open, `fail` abandons.
      this.#over(done ? "commit" : "undo");
    }
  }

  /** Undoes what is open; the block is over. */
  *rollback(): Work {
    this.#over("undo");
    if (this.#session.transaction !== "none") yield* settled(this.#session.rollback());
  }

  /** The next transaction of COMMIT AND CHAIN or ROLLBACK AND CHAIN. */
  get modes(): TransactionModes {
    return this.#modes;
  }

  *savepoint(name: string): Work {
    yield* settled(this.#session.execute(`SAVEPOINT ${engineName(this.depth)}`, []));
    this.#savepoints.push({ name, mark: this.#settings.mark });
  }

  *release(name: string): Work {
    const place = this.#placeOf(name);
    yield* settled(this.#session.execute(`RELEASE ${engineName(place)}`, []));
    this.#savepoints.length = place;
  }

  /** Goes back to a savepoint, which also wakes a failed block. */
  *rollbackTo(name: string): Work {
    const place = this.#placeOf(name);
    yield* settled(this.#session.execute(`ROLLBACK TO ${engineName(place)}`, []));
    this.#savepoints.length = place + 1;
    this.#settings.undoTo(this.#savepoints[place]?.mark ?? 0);
    this.#portals.closeFrom(place + 1);
    this.#state = "open";
  }

  /**
   * A message, or all up to a Sync, is done: what is not a block ends here. Null: at once.
   */
  settle(): Work | null {
    if (this.#state === "implicit") return this.commit();
    if (this.#state === "none") this.#over("commit");
    return null;
  }

  /** A statement failed. */
  *fail(error: unknown): Work {
    if (this.#state === "failed") return;
    if (this.#state !== "open") {
      this.#over("undo");
      yield* this.#abandon();
      return;
    }
    const lost = error instanceof DosqlError && error.code === "idle-in-transaction";
    if (lost) this.#savepoints = [];
    this.#state = "failed";
    this.#settings.undoTo(this.#savepoints.at(-1)?.mark ?? 0);
    this.#portals.closeFrom(this.#savepoints.length);
    // Nothing can bring such a block back, so its locks are given up now, as Postgres does.
    if (this.#savepoints.length === 0) yield* this.#abandon();
  }

  *#abandon(): Work {
    if (this.#session.transaction === "none") return;
    try {
      yield* settled(this.#session.rollback());
    } catch (error) {
      // It had been lost before; the client has been told, or is about to be.
      if (!(error instanceof DosqlError) || error.code === "bug") throw error;
    }
  }

  #over(settings: "commit" | "undo"): void {
    this.#state = "none";
    this.#modes = {};
    this.#used = false;
    if (this.#savepoints.length > 0) this.#savepoints = [];
    if (settings === "commit") this.#settings.commit();
    else this.#settings.undoTo(0);
    this.#portals.closeAll();
  }

  #options(modes: TransactionModes): BeginOptions {
    return {
      isolation: modes.isolation ?? this.#defaultIsolation,
      readOnly: modes.readOnly ?? this.#settings.get("default_transaction_read_only") === "on",
      ...(modes.immediate === undefined ? {} : { immediate: modes.immediate }),
    };
  }

  #placeOf(name: string): number {
    const place = this.#savepoints.findLastIndex((savepoint) => savepoint.name === name);
    if (place < 0) throw pgError("3B001", `savepoint "${name}" does not exist`);
    return place;
  }
}

/**
 * A savepoint by its depth: Postgres tells `"A"` from `a`, and SQLite, which would take the newer
 * of them for either, does not.
 */
function engineName(depth: number): string {
  return `savepoint_${depth}`;
}

/** What every statement of a failed block hears. */
export function transactionFailed(): PgError {
  return pgError(
    "25P02",
    "current transaction is aborted, commands ignored until end of transaction block",
  );
}
