import { DosqlError } from "../base/errors.ts";
import { createDatabaseClass } from "../compat/better-sqlite3/database.ts";
import type { FacadeHome } from "../compat/better-sqlite3/home.ts";
import { CONNECTION } from "../compat/better-sqlite3/methods.ts";
import type { Handle } from "../compat/better-sqlite3/methods.ts";
import { NATIVE } from "../compat/better-sqlite3/native-library.ts";
import type { NativeHandle } from "../compat/better-sqlite3/native-library.ts";
import type { OpenDatabase } from "../compat/better-sqlite3/surface.ts";
import { EmbeddedDatabase } from "../engine/embedded-database.ts";
import { EmbeddedGate } from "../engine/embedded-gate.ts";
import type { EngineShare } from "../engine/embedded-gate.ts";
import type { ChangeFeed } from "../engine/feed/change-feed.ts";
import { FeedHandle } from "../engine/feed/feed-handle.ts";
import type { LogTransaction } from "../engine/log/record.ts";
import { pastChanges } from "../engine/past-changes.ts";
import type { PastOptions } from "../engine/past-changes.ts";
import type { Shard } from "../engine/shard.ts";
import { PastSyncDatabase } from "../engine/time/past-sync-database.ts";
import type { PointInTime } from "../engine/time/point-in-time.ts";
import { removeHidden } from "../platform/node/visible-bytes.ts";

/** The changes of a database: those that are there by `for`, and all to come by `for await`. */
export interface Changes extends Iterable<LogTransaction>, AsyncIterable<LogTransaction> {}

/** What DoSQL adds to a database of the better-sqlite3 face. */
export interface Extras {
  /** The change feed: subscriptions, snapshots, slots. Closed with the database. */
  readonly feed: ChangeFeed;
  /**
   * The committed transactions, from the slot's position or the oldest that is kept, or `from`
   * where it is given. With a slot, confirm what is dealt with by `feed.slots.confirm`.
   *
   * @throws DosqlError `misuse` when changes are not captured; and as `feed.subscribe`
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
}

/** Of the engine's tables in files. */
const HIDDEN_PREFIX = "_cf_dosql_";

/** @throws DosqlError `misuse` for what is no open database of this package's, or not captured */
export function extrasOf(database: OpenDatabase, home: FacadeHome): Extras {
  const inner = engineOf(database);
  if (inner === null) {
    throw new DosqlError("misuse", "dosql() takes a Database of dosql/better-sqlite3");
  }
  const shard = (): Shard => {
    const found = database.open ? inner.shard : null;
    if (found !== null) return found;
    throw new DosqlError("misuse", "changes of this database are not captured", {
      hint: "they are in a data folder, or a file opened with capture: open(file, { capture })",
    });
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
    snapshot(path) {
      database.prepare("VACUUM INTO ?").run(path);
      removeHidden(path, HIDDEN_PREFIX);
    },
    changes: (options = {}) => ({
      [Symbol.iterator]: () => pastChanges(shard(), options),
      [Symbol.asyncIterator]: () => transactionsOf(feedOf(), options),
    }),
  };
}

/** The engine's part in a database of this face; null for what is none. */
function engineOf(database: object): EngineShare | null {
  const handle = database as Partial<Handle & NativeHandle>;
  const inner = handle[CONNECTION]?.database ?? handle[NATIVE]?.gate ?? null;
  return inner instanceof EmbeddedDatabase || inner instanceof EmbeddedGate ? inner : null;
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
