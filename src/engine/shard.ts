import { DosqlError } from "../base/errors.ts";
import type { Clock } from "../ports/clock.ts";
import type { CopyHost } from "../ports/copy-host.ts";
import type { HistoryHost } from "../ports/history-host.ts";
import type { ReaderHost } from "../ports/reader-host.ts";
import type { SqlDriver } from "../ports/sql-driver.ts";
import { BookmarkClock } from "./bookmark-clock.ts";
import type { CaptureSetting } from "./capture/capture-setting.ts";
import { sameSetting } from "./capture/capture-setting.ts";
import { ChangeLog } from "./capture/change-log.ts";
import { ChangeCounter } from "./counts/change-counter.ts";
import type { FeedArchive } from "./feed/feed-archive.ts";
import { QueryInsights } from "./counts/query-insights.ts";
import { LocalFeed } from "./feed/local-feed.ts";
import { Handle } from "./handle.ts";
import { KeptCalls } from "./session/kept-calls.ts";
import { MomentReaders } from "./session/moment-readers.ts";
import { KnownTexts } from "./text/known-text.ts";
import { ensureFormat, MetaTable } from "./meta-table.ts";
import type { RowidHolder, SessionCounts } from "./session/session-counts.ts";
import { CheckedLog } from "./time/checked-log.ts";
import { LEASE_IDLE_MS, WriteLease } from "./session/write-lease.ts";

/** What a home gives a shard. */
export interface ShardParts {
  /** The connection that writes. */
  readonly writer: SqlDriver;
  /**
   * A second connection that reads what is committed while a transaction is open on the writer.
   * Absent where there is one connection only (a Durable Object, memory).
   */
  readonly reader?: SqlDriver;
  /** Opens one more connection that reads, for a snapshot that takes long. */
  readonly openReader?: () => SqlDriver;
  /** Processes for reads that may take long. */
  readonly readerHost?: ReaderHost;
  /** Makes copies of the database for who is elsewhere. */
  readonly copyHost?: CopyHost;
  /** Where the past is found that the change log no longer holds. */
  readonly history?: HistoryHost;
  /** Where a feed finds changes that the change log no longer holds. */
  readonly feedArchive?: FeedArchive;
  readonly clock: Clock;
  /** How long a transaction that has written may idle. Default 5 s. */
  readonly leaseIdleMs?: number;
  /** Which tables' changes are logged. Default: as the file says. */
  readonly capture?: CaptureSetting;
  /** What holds while the file says nothing and nobody else does. Default: off. */
  readonly captureAtFirst?: CaptureSetting;
}

/**
 * One SQLite database with everything its sessions share: two connections, the write lease,
 * plans, and what is known of texts. All of it is synchronous; waiting is the sessions' part.
 */
export class Shard {
  readonly writer: Handle;
  /** Where reads outside a writing transaction go; the writer itself when there is no other. */
  readonly reader: Handle;
  readonly openReader: (() => SqlDriver) | null;
  /** What deferred transactions read; null where there is one connection. */
  readonly momentReaders: MomentReaders | null;
  /** Another handle of the process may bring one later. */
  readerHost: ReaderHost | null;
  readonly copyHost: CopyHost | null;
  readonly history: HistoryHost | null;
  readonly feedArchive: FeedArchive | null;
  readonly lease: WriteLease;
  readonly texts: KnownTexts;
  readonly clock: Clock;
  readonly bookmarks: BookmarkClock;
  /** The change log, on the writer. */
  readonly changes: ChangeLog;
  /** What of the log was held against its checksums for statements about the past. */
  readonly checkedLog: CheckedLog = new CheckedLog();
  /** What follows the log. */
  readonly feed: LocalFeed;
  /** Whether the writer enforces foreign keys now; sessions set it to their own wish. */
  writerForeignKeys = true;
  /** Whose `last_insert_rowid()` the writer has now; at first it has none. */
  rowidOf: RowidHolder | null = null;
  /** Whose `changes()` the writer has; null when it is nobody's. */
  changesOf: RowidHolder | null = null;
  /**
   * The counts of all sessions together, where the home has one connection whose state cannot be
   * set (a Durable Object): there they all see the same, as in D1.
   */
  readonly sharedCounts: SessionCounts | null;
  readonly counter: ChangeCounter;
  /** Calls that were to happen once. */
  readonly keptCalls: KeptCalls;
  /** What ran; null where nobody asks for it. */
  insights: QueryInsights | null = null;
  /** Which connection of this process wrote last. */
  lastConnection: object;
  readonly #schemaListeners = new Set<() => void>();

  constructor(parts: ShardParts) {
    ensureFormat(parts.writer);
    this.clock = parts.clock;
    this.writer = new Handle(parts.writer);
    this.reader = parts.reader === undefined ? this.writer : new Handle(parts.reader);
    this.openReader = parts.openReader ?? null;
    this.momentReaders = this.openReader && new MomentReaders(this.openReader);
    this.readerHost = parts.readerHost ?? null;
    this.copyHost = parts.copyHost ?? null;
    this.history = parts.history ?? null;
    this.feedArchive = parts.feedArchive ?? null;
    this.lease = new WriteLease(parts.clock, parts.leaseIdleMs ?? LEASE_IDLE_MS);
    const { hiddenPrefix, maxParameters } = parts.writer.caps;
    this.texts = new KnownTexts(
      hiddenPrefix,
      () => this.reader.catalog.partialIndexColumns(),
      maxParameters,
    );
    this.bookmarks = new BookmarkClock(parts.clock);
    this.lastConnection = this.writer;
    this.sharedCounts = parts.writer.caps.transactionStatements
      ? null
      : { changes: 0n, totalChanges: 0n };
    this.changes = new ChangeLog(parts.writer, this.bookmarks, wantedCapture(parts));
    this.keptCalls = new KeptCalls(parts.writer, parts.clock);
    const { tail } = this.changes;
    this.counter = new ChangeCounter(parts.writer, () => this.changes.active, tail);
    this.feed = new LocalFeed(this);
  }

  /** Whether committed data can be read while a transaction is open. */
  get readsBesideWriter(): boolean {
    return this.reader !== this.writer;
  }

  /** Counts from now on what runs. */
  countQueries(): QueryInsights {
    return (this.insights ??= new QueryInsights(this.writer.driver, this.clock));
  }

  /** After DDL, its commit and its rollback. */
  schemaChanged(): void {
    this.writer.forget();
    this.reader.forget();
    this.texts.forget();
    this.changes.forget();
    // A connection learns of another's DDL only when it steps a statement, not when it compiles.
    if (this.readsBesideWriter) this.reader.driver.exec("SELECT 1 FROM sqlite_schema LIMIT 1");
    this.momentReaders?.forget();
    for (const listener of this.#schemaListeners) listener();
  }

  /**
   * Changes which tables are captured.
   *
   * @throws DosqlError `busy` while somebody writes
   */
  setCapture(setting: CaptureSetting): void {
    const said = new MetaTable(this.writer.driver).read("capture") !== null;
    if (said && sameSetting(setting, this.changes.setting)) return;
    const holder = { idleSinceMs: () => null, expire: () => undefined };
    if (!this.lease.tryAcquire(holder)) {
      throw new DosqlError("busy", "capture cannot change while a transaction is open");
    }
    try {
      this.changes.set(setting);
    } finally {
      this.lease.release(holder);
    }
    this.schemaChanged();
  }

  /** After DDL that another connection of this process committed. */
  schemaChangedBeside(): void {
    this.schemaChanged();
    if (this.readsBesideWriter) this.writer.driver.exec("SELECT 1 FROM sqlite_schema LIMIT 1");
  }

  /** Before a connection writes: it looks again at what another one may have changed. */
  enter(connection: object, changes: ChangeLog): void {
    if (this.lastConnection === connection) return;
    this.lastConnection = connection;
    changes.resume();
  }

  /**
   * Turns foreign keys on or off on the writer. A home without transactions of statements ignores
   * the PRAGMA while a write waits to be committed.
   *
   * @throws DosqlError `busy` when it did
   */
  enforceForeignKeys(enforced: boolean): void {
    const { driver } = this.writer;
    driver.exec(`PRAGMA foreign_keys = ${enforced ? "ON" : "OFF"}`);
    const [row] = driver.prepare("PRAGMA foreign_keys").all([], "number");
    if (row?.[0] !== Number(enforced)) {
      throw new DosqlError("busy", "foreign keys cannot be switched while a write is pending");
    }
    this.writerForeignKeys = enforced;
  }

  /** Calls `listener` after each change of the schema; the returned function ends that. */
  onSchemaChange(listener: () => void): () => void {
    this.#schemaListeners.add(listener);
    return () => this.#schemaListeners.delete(listener);
  }

  /** Closes the connections; reader processes end by `readerHost.close()`. */
  close(): void {
    this.feed.close();
    if (this.lease.free) this.insights?.write();
    this.changes.rest();
    this.momentReaders?.close();
    if (this.readsBesideWriter) this.reader.driver.close();
    this.writer.driver.close();
  }
}

/** Null leaves it to the file. */
function wantedCapture({ writer, capture, captureAtFirst }: ShardParts): CaptureSetting | null {
  if (capture !== undefined) return capture;
  const said = new MetaTable(writer).read("capture");
  return said === null ? (captureAtFirst ?? null) : null;
}
