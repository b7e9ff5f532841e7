import { DosqlError } from "../../base/errors.ts";
import { createDatabaseClass } from "../../compat/better-sqlite3/database.ts";
import type { FacadeHome } from "../../compat/better-sqlite3/home.ts";
import { CONNECTION } from "../../compat/better-sqlite3/methods.ts";
import type { Handle } from "../../compat/better-sqlite3/methods.ts";
import { NATIVE } from "../../compat/better-sqlite3/native/native-library.ts";
import type { NativeHandle } from "../../compat/better-sqlite3/native/native-library.ts";
import type { OpenDatabase } from "../../compat/better-sqlite3/surface.ts";
import { WorkerDatabase } from "../../compat/better-sqlite3/worker/worker-database.ts";
import { WorkerFeed, workerChanges } from "../../compat/better-sqlite3/worker/worker-feed.ts";
import { WorkerPast } from "../../compat/better-sqlite3/worker/worker-past.ts";
import { EmbeddedDatabase } from "../../engine/embedded/embedded-database.ts";
import { EmbeddedGate } from "../../engine/embedded/embedded-gate.ts";
import type { EngineShare } from "../../engine/embedded/embedded-gate.ts";
import type { ChangeFeed } from "../../engine/feed/change-feed.ts";
import { FeedHandle } from "../../engine/feed/feed-handle.ts";
import type { LogTransaction } from "../../engine/log/record.ts";
import { pastChanges } from "../../engine/past-changes.ts";
import type { PastOptions } from "../../engine/past-changes.ts";
import type { Shard } from "../../engine/shard.ts";
import { PastSyncDatabase } from "../../engine/time/past-sync-database.ts";
import type { PointInTime } from "../../engine/time/point-in-time.ts";
import { removeHidden } from "../../platform/node/sqlite/visible-bytes.ts";
import { checkedLimit } from "./worker-home.ts";

/** The changes of a database: those that are there by `for`, and all to come by `for await`. */
export interface Changes extends Iterable<LogTransaction>, AsyncIterable<LogTransaction> {}

/** What DoSQL adds to a database of the better-sqlite3 face. */
export interface Extras {
  /** The change feed: subscriptions, snapshots, slots. Closed with the database. */
  readonly feed: ChangeFeed;
  /**
   * The committed transactions, from the slot's position or the oldest in the log, or `from`
   * where it is given. With a slot, confirm what is dealt with by `feed.slots.confirm`. What is
   * older than the log is read out of the archive by `for await` only: an archive has to be
   * waited for.
   *
   * @throws DosqlError `misuse` when changes are not captured; `history-gone` from `for` when
   * `from` lies before the log; and as `feed.subscribe`
   */
  changes(options?: PastOptions): Changes;
  /**
   * The database as it was: it reads what was committed then, on a connection of its own, without
   * the functions that were defined on this one, and changes nothing.
   *
   * @throws DosqlError `misuse` when changes are not captured, `invalid-argument` for what is no
   * point in time
   */
  at(point: PointInTime): OpenDatabase;
  /**
   * Writes the database as it is now, one consistent state without DoSQL's own tables, to a new
   * SQLite file that everything else can open.
   *
   * @throws SqliteError when the file exists, and inside a transaction
   */
  snapshot(path: string): void;
  /**
   * Ends statements that take longer than so many milliseconds, as the option
   * `statementTimeoutMs` does; 0: none. Only with the binding `"worker"`, and not in memory.
   *
   * @throws DosqlError `unsupported` elsewhere, `invalid-argument`
   */
  statementTimeout(ms: number): void;
}

/** Of the engine's tables in files. */
const HIDDEN_PREFIX = "_cf_dosql_";

/** @throws DosqlError as `engineOf` */
export function extrasOf(database: OpenDatabase, home: FacadeHome): Extras {
  const worker = workerOf(database);
  if (worker !== null) return workerExtras(worker, database, home);
  const inner = engineOf(database);
  const shard = (): Shard => {
    // A connection finds out what its file is with its first statement.
    if (database.open && inner.shard === null) database.prepare("SELECT 1");
    const found = database.open ? inner.shard : null;
    if (found !== null) return found;
    throw notCaptured(database);
  };
  let handle: FeedHandle | null = null;
  const feedOf = (): ChangeFeed => {
    if (handle === null) {
      const made = new FeedHandle(shard().feed);
      inner.onClose(() => made.close());
      handle = made;
    }
    return handle;
  };
  return {
    get feed() {
      return feedOf();
    },
    at(point) {
      const past = new PastSyncDatabase(shard(), point);
      const Past = createDatabaseClass({ ...home, open: () => past, openNative: () => null });
      return new Past(database.name, { readonly: true });
    },
    snapshot: (path) => snapshotOf(database, path),
    statementTimeout: () => {
      throw new DosqlError("unsupported", "a statement timeout is not supported here", {
        hint: 'SQLite can be interrupted in another process: open it with { binding: "worker" }',
      });
    },
    changes: (options = {}) => ({
      [Symbol.iterator]: () => loggedChanges(shard(), options),
      [Symbol.asyncIterator]: () => transactionsOf(feedOf(), options),
    }),
  };
}

function snapshotOf(database: OpenDatabase, path: string): void {
  database.prepare("VACUUM INTO ?").run(path);
  removeHidden(path, HIDDEN_PREFIX);
}

/** A database in a process of its own; null for what is none. */
function workerOf(database: object): WorkerDatabase | null {
  const inner = (database as Partial<Handle>)[CONNECTION]?.database;
  return inner instanceof WorkerDatabase ? inner : null;
}

function workerExtras(worker: WorkerDatabase, database: OpenDatabase, home: FacadeHome): Extras {
  let feed: WorkerFeed | null = null;
  const feedOf = (): WorkerFeed => (feed ??= new WorkerFeed(worker));
  return {
    get feed() {
      return feedOf();
    },
    at(point) {
      const past = new WorkerPast(worker, point);
      const Past = createDatabaseClass({ ...home, open: () => past, openNative: () => null });
      return new Past(database.name, { readonly: true });
    },
    changes: (options = {}) => ({
      [Symbol.iterator]: () => workerChanges(worker, options),
      [Symbol.asyncIterator]: () => transactionsOf(feedOf(), options),
    }),
    snapshot: (path) => snapshotOf(database, path),
    statementTimeout(ms) {
      worker.limit(checkedLimit(ms));
    },
  };
}

/**
 * The engine's part in a database of this face.
 *
 * @throws DosqlError `misuse` for what is none, `unsupported` where another process has the
 * connection
 */
function engineOf(database: object): EngineShare {
  const handle = database as Partial<Handle & NativeHandle>;
  const inner = handle[CONNECTION]?.database ?? handle[NATIVE]?.gate ?? null;
  if (inner instanceof EmbeddedDatabase || inner instanceof EmbeddedGate) return inner;
  if (inner === null) {
    throw new DosqlError("misuse", "dosql() takes a Database of dosql/better-sqlite3");
  }
  throw new DosqlError("unsupported", "dosql() is not supported for what another process opens", {
    hint: "at a server: dosql/client, `dosql tail`, and FOR SYSTEM_TIME AS OF in SQL",
  });
}

function notCaptured(database: OpenDatabase): DosqlError {
  if (database.open && database.readonly) {
    return new DosqlError("misuse", "a readonly connection has no part in the changes of a file", {
      hint: "open it without readonly",
    });
  }
  return new DosqlError("misuse", "changes of this database are not captured", {
    hint: "they are in a data folder, or a file opened with capture: open(file, { capture })",
  });
}

/** Those of the log, for who cannot wait for an archive. */
function* loggedChanges(shard: Shard, options: PastOptions): Generator<LogTransaction> {
  try {
    yield* pastChanges(shard, options);
  } catch (error) {
    const gone = error instanceof DosqlError && error.code === "history-gone";
    // A slot that was lost is so for all.
    if (!gone || shard.feedArchive === null || options.slot !== undefined) throw error;
    throw new DosqlError("history-gone", error.message, {
      hint: "`for await (… of dosql(db).changes({ from }))` reads the archive, too",
      cause: error,
    });
  }
}

async function* transactionsOf(
  feed: ChangeFeed,
  options: PastOptions,
): AsyncGenerator<LogTransaction, undefined> {
  const { from } = options;
  const start = from === undefined && options.slot === undefined ? "start" : from;
  const subscription = feed.subscribe(start === undefined ? options : { ...options, from: start });
  try {
    for await (const event of subscription) {
      if (event.kind === "transaction") yield event.transaction;
    }
  } finally {
    await subscription.return?.();
  }
  return undefined;
}
