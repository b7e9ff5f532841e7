import { DosqlError } from "../../base/errors.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import { changesDefinition } from "../../sql/read/definition-change.ts";
import type { TransactionStatement } from "../../sql/read/transaction.ts";
import { ChangeLog } from "../capture/change-log.ts";
import { EmbeddedCounts } from "./embedded-counts.ts";
import { SavepointStack } from "./embedded-savepoints.ts";
import type { EmbeddedWork } from "./embedded-work.ts";
import { unsupported } from "../session/refusals.ts";
import type { Shard } from "../shard.ts";
import { changesSchema } from "../session/statement-runner.ts";
import { restoreRowid } from "../counts/restore-rowid.ts";
import { rowidAfterVacuum } from "../counts/vacuumed-rowid.ts";
import type { LeaseHolder } from "../session/write-lease.ts";

/** What this process has on the file of an embedded connection, besides the connection. */
export interface EmbeddedShare {
  /** The engine's shard, while there is one. */
  readonly shard: Shard | null;
  /** Keeps it until the connection closes. */
  keep(): void;
  /** Calls `listener`, the only one, whenever a shard is opened. */
  onShard?(listener: () => void): void;
}

/**
 * The writes of an embedded connection on a file that the engine has open too: they take turns
 * with all sessions on the write lease, are logged as theirs are, and make themselves known.
 *
 * Somebody else's transaction answers SQLITE_BUSY at once: it can only end on this thread. The
 * connection's own is never ended for being idle, because its program would not expect that.
 */
export class EmbeddedWriter implements LeaseHolder {
  readonly #driver: SqlDriver;
  readonly #share: EmbeddedShare;
  readonly #savepoints = new SavepointStack();
  /** What the program's `changes()` and `total_changes()` answer. */
  readonly counts: EmbeddedCounts;
  #shard: Shard | null = null;
  #changes: ChangeLog | null = null;
  #leave: () => void = () => undefined;
  /** DDL ran in the transaction that is open. */
  #ddl = false;
  /** A temporary trigger that is older than capture; null for none. */
  #temporary: string | null = null;
  #standsAlone = false;

  constructor(driver: SqlDriver, share: EmbeddedShare) {
    this.#driver = driver;
    this.#share = share;
    this.counts = new EmbeddedCounts(driver, () => this.#changes?.active === true);
  }

  /** The engine has the file open. */
  get joined(): boolean {
    const { shard } = this.#share;
    if (shard !== null && shard !== this.#shard) this.#join(shard);
    return shard !== null;
  }

  /** Of the engine's tables in the file; null while the engine has no part in it. */
  get hiddenPrefix(): string | null {
    return this.#share.shard === null ? null : this.#driver.caps.hiddenPrefix;
  }

  /** What `last_insert_rowid()` answers. */
  get lastRowid(): bigint {
    return this.#driver.lastRun().lastRowid;
  }

  /** A statement runs alone, inside a transaction of ours that the program did not begin. */
  get standsAlone(): boolean {
    return this.#standsAlone;
  }

  /**
   * Runs a statement that may write, or begin or end a transaction.
   *
   * @param changesOf what its result says of `changes()`, where it does
   */
  perform<T>(work: EmbeddedWork, run: () => T, changesOf: (result: T) => number | null): T {
    const shard = this.joined ? this.#shard : null;
    const changes = this.#changes;
    if (shard === null || changes === null) return run();
    const { kind } = work.class;
    // Between statements it holds the lease only for a transaction of the program's.
    if (kind === "write" && shard.lease.heldBy(this)) {
      try {
        const body = (): T => this.counts.count(work, run, changesOf);
        return this.#change(changes, work, body);
      } catch (error) {
        if (isBusy(error)) shard.lastConnection = shard;
        this.#failed({ shard, changes });
        throw error;
      }
    }
    const counted = (): T => {
      if (kind === "ddl") return this.counts.countDdl(work, run);
      return kind === "write" ? this.counts.count(work, run, changesOf) : run();
    };
    try {
      return this.#perform({ shard, changes }, work, counted);
    } finally {
      if (changesSchema(work.class)) {
        this.counts.schemaChanged();
        this.#temporary = temporaryTrigger(this.#driver);
      }
    }
  }

  #perform<T>({ shard, changes }: Joined, work: EmbeddedWork, body: () => T): T {
    const { transaction, kind, readonly } = work.class;
    if (transaction !== undefined) return this.#control({ shard, changes }, transaction, body);
    if (readonly || kind === "attach") return body();
    this.#take(shard, changes);
    if (this.#driver.inTransaction) return this.#inTransaction({ shard, changes }, work, body);
    return this.#alone({ shard, changes }, work, body);
  }

  /** After SQL that may have set `recursive_triggers`. */
  noticeTriggerPragma(): void {
    if (this.#changes === null) return;
    const [row] = this.#driver.prepare("PRAGMA recursive_triggers").all([], "number");
    this.#changes.replaceFiresTriggers = row?.[0] === 1;
  }

  /** The connection is closed: what it left open is rolled back. */
  close(): void {
    this.#leave();
    const shard = this.#shard;
    this.#shard = null;
    if (shard !== null) this.#give(shard);
  }

  idleSinceMs(): null {
    return null;
  }

  expire(): void {}

  #join(shard: Shard): void {
    this.#share.keep();
    this.#leave();
    const changes = new ChangeLog(this.#driver, shard.bookmarks, "beside");
    this.#leave = shard.onSchemaChange(() => {
      changes.forget();
      this.counts.schemaChanged();
    });
    this.#temporary = temporaryTrigger(this.#driver);
    this.#shard = shard;
    this.#changes = changes;
    this.counts.begin();
    this.noticeTriggerPragma();
  }

  #take(shard: Shard, changes: ChangeLog): void {
    if (shard.lease.heldBy(this)) return;
    if (!shard.lease.tryAcquire(this)) {
      throw new DosqlError("sqlite", "database is locked", {
        sqlite: "SQLITE_BUSY",
        hint: "a transaction of this process is open on the file, and can end only on its thread",
      });
    }
    shard.enter(this, changes);
  }

  #give(shard: Shard): void {
    if (shard.lease.heldBy(this)) shard.lease.release(this);
  }

  #inTransaction<T>({ shard, changes }: Joined, work: EmbeddedWork, body: () => T): T {
    if (changesSchema(work.class)) this.#ddl = true;
    try {
      return this.#logged(changes, work, body);
    } catch (error) {
      // What was learned of the schema may come from a snapshot that is too old to write.
      if (isBusy(error)) shard.lastConnection = shard;
      this.#failed({ shard, changes });
      throw error;
    }
  }

  /** OR ROLLBACK and a full disk end the transaction by themselves. */
  #failed({ shard, changes }: Joined): void {
    if (this.#driver.inTransaction) return;
    this.#rolledBack(changes);
    this.#give(shard);
  }

  /** A statement outside of a transaction is one. */
  #alone<T>({ shard, changes }: Joined, work: EmbeddedWork, body: () => T): T {
    const { kind } = work.class;
    const logs = changes.active && (kind === "write" || changesDefinition(work.class));
    this.#standsAlone = true;
    try {
      if (logs) return this.#committed(changes, () => this.#logged(changes, work, body));
      return work.class.command === "VACUUM" ? this.#vacuum(changes, work, body) : body();
    } finally {
      this.#standsAlone = false;
      if (!logs) shard.bookmarks.commit();
      this.#tell(shard, changesSchema(work.class));
    }
  }

  #committed<T>(changes: ChangeLog, body: () => T): T {
    const { total } = this.counts;
    let ran = false;
    // With OR FAIL, rows may stand that were changed before it.
    let own: unknown;
    const run = (): T => {
      ran = true;
      try {
        return body();
      } catch (error) {
        own = error;
        throw error;
      }
    };
    try {
      return changes.commitAfter(run);
    } catch (error) {
      if (ran && error !== own) this.counts.takenBack(total);
      throw error;
    }
  }

  #vacuum<T>(changes: ChangeLog, work: EmbeddedWork, body: () => T): T {
    const { lastRowid } = this.#driver.lastRun();
    if (work.moves) changes.beforeVacuum();
    const result = body();
    restoreRowid(this.#driver, rowidAfterVacuum(this.#driver, lastRowid));
    return result;
  }

  /** A temporary trigger fires before the one that logs the row, and may REPLACE unseen. */
  #change<T>(changes: ChangeLog, work: EmbeddedWork, body: () => T): T {
    if (this.#temporary !== null && changes.active) {
      throw new DosqlError(
        "unsupported",
        `changes cannot be captured beside the TEMP trigger ${this.#temporary}`,
        { hint: "drop the trigger, or turn capture off" },
      );
    }
    return changes.change(work.change, body);
  }

  #logged<T>(changes: ChangeLog, work: EmbeddedWork, body: () => T): T {
    const { temp, command } = work.class;
    if (!changesDefinition(work.class)) {
      return this.#change(changes, work, body);
    }
    // It would fire before the trigger that logs the row, and what it does be logged first.
    if (changes.active && temp && command === "CREATE TRIGGER") {
      throw unsupported("CREATE TEMP TRIGGER on a database whose changes are captured");
    }
    if (changes.active) this.#refuseShadow(work);
    return changes.runDdl(work.sql, body);
  }

  /** A TEMP table hides the table of its name, and the triggers would be made on it. */
  #refuseShadow({ class: { temp, command, tables } }: EmbeddedWork): void {
    if (!/^CREATE (?:VIRTUAL )?(?:TABLE|VIEW)$/.test(command)) return;
    const other = temp ? "main.sqlite_schema" : "temp.sqlite_schema";
    const find = this.#driver.prepare(`SELECT 1 FROM ${other} WHERE lower(name) = lower(?1)`);
    for (const { name, role } of tables) {
      if (role !== "write" || find.all([name], "number").length === 0) continue;
      throw unsupported(`a TEMP table with the name of a captured one, ${name},`);
    }
  }

  #control<T>({ shard, changes }: Joined, statement: TransactionStatement, body: () => T): T {
    const { action, mode = "deferred", name = "" } = statement;
    const outermost = !this.#driver.inTransaction;
    switch (action) {
      case "begin": {
        if (outermost && mode !== "deferred") this.#take(shard, changes);
        return this.#settled(shard, () => {
          const result = body();
          this.#begun(false);
          return result;
        });
      }
      case "savepoint": {
        // What is decided behind it, a rollback would take back.
        if (!outermost) changes.settle();
        const result = body();
        if (outermost) this.#begun(true);
        this.#savepoints.push(name);
        return result;
      }
      case "rollback-to": {
        const result = body();
        this.#savepoints.rollbackTo(name);
        if (this.#ddl) changes.forget();
        else changes.rolledBack();
        return result;
      }
      case "release":
        if (this.#savepoints.commits(name)) return this.#commit({ shard, changes }, body);
        return this.#released(name, body);
      case "commit":
        return this.#commit({ shard, changes }, body);
      case "rollback":
        return this.#settled(shard, () => {
          const result = body();
          this.#rolledBack(changes);
          return result;
        });
    }
  }

  #released<T>(name: string, body: () => T): T {
    const result = body();
    this.#savepoints.release(name);
    return result;
  }

  #commit<T>({ shard, changes }: Joined, body: () => T): T {
    // What wrote nothing has nothing to tell.
    if (!shard.lease.heldBy(this)) return body();
    const ended = changes.boundary();
    try {
      const result = body();
      const ddl = this.#ddl;
      this.#begun(false);
      if (!changes.active) shard.bookmarks.commit();
      this.#give(shard);
      this.#tell(shard, ddl);
      return result;
    } catch (error) {
      if (this.#driver.inTransaction) {
        if (ended) changes.withdrawBoundary();
      } else {
        this.#rolledBack(changes);
        this.#give(shard);
      }
      throw error;
    }
  }

  #settled<T>(shard: Shard, body: () => T): T {
    try {
      return body();
    } finally {
      if (!this.#driver.inTransaction) this.#give(shard);
    }
  }

  #begun(bySavepoint: boolean): void {
    this.#ddl = false;
    this.#savepoints.begin(bySavepoint);
  }

  #rolledBack(changes: ChangeLog): void {
    if (this.#ddl) this.counts.schemaChanged();
    if (this.#ddl) changes.forget();
    else changes.rolledBack();
    this.#begun(false);
  }

  /** The other handles of this process hear of a commit. */
  #tell(shard: Shard, ddl: boolean): void {
    this.#give(shard);
    if (ddl) shard.schemaChangedBeside();
    shard.changes.committed();
  }
}

/** The name of one; they cannot be made while capture is on. */
function temporaryTrigger(driver: SqlDriver): string | null {
  const find = "SELECT name FROM temp.sqlite_schema WHERE type = 'trigger' LIMIT 1";
  const name = driver.prepare(find).all([], "number")[0]?.[0];
  return typeof name === "string" ? name : null;
}

function isBusy(error: unknown): boolean {
  return error instanceof DosqlError && error.sqlite?.startsWith("SQLITE_BUSY") === true;
}

interface Joined {
  readonly shard: Shard;
  readonly changes: ChangeLog;
}
