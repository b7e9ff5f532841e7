import type { Clock } from "../ports/clock.ts";
import type { ReaderHost } from "../ports/reader-host.ts";
import type { SqlDriver } from "../ports/sql-driver.ts";
import { BookmarkClock } from "./bookmark-clock.ts";
import type { CaptureSetting } from "./capture/capture-setting.ts";
import { ChangeLog } from "./capture/change-log.ts";
import { Handle } from "./handle.ts";
import { KnownTexts } from "./known-text.ts";
import { ensureFormat } from "./meta-table.ts";
import { LEASE_IDLE_MS, WriteLease } from "./write-lease.ts";

/** What a home gives a shard. */
export interface ShardParts {
  /** The connection that writes. */
  readonly writer: SqlDriver;
  /**
   * A second connection that reads what is committed while a transaction is open on the writer.
   * Absent where there is one connection only (a Durable Object, memory).
   */
  readonly reader?: SqlDriver;
  /** Processes for reads that may take long. */
  readonly readerHost?: ReaderHost;
  readonly clock: Clock;
  /** How long a transaction that has written may idle. Default 5 s. */
  readonly leaseIdleMs?: number;
  /** Which tables' changes are logged. Default: as the file says, which at first is none. */
  readonly capture?: CaptureSetting;
}

/**
 * One SQLite database with everything its sessions share: two connections, the write lease,
 * plans, and what is known of texts. All of it is synchronous; waiting is the sessions' part.
 */
export class Shard {
  readonly writer: Handle;
  /** Where reads outside a writing transaction go; the writer itself when there is no other. */
  readonly reader: Handle;
  readonly readerHost: ReaderHost | null;
  readonly lease: WriteLease;
  readonly texts: KnownTexts;
  readonly clock: Clock;
  readonly bookmarks: BookmarkClock;
  /** The change log, on the writer. */
  readonly changes: ChangeLog;
  /** Whether the writer enforces foreign keys now; sessions set it to their own wish. */
  writerForeignKeys = true;
  /**
   * Who wrote last on the writer: `changes()` and `last_insert_rowid()` there are that session's.
   */
  lastWriter: object | null = null;

  constructor(parts: ShardParts) {
    ensureFormat(parts.writer);
    this.clock = parts.clock;
    this.writer = new Handle(parts.writer);
    this.reader = parts.reader === undefined ? this.writer : new Handle(parts.reader);
    this.readerHost = parts.readerHost ?? null;
    this.lease = new WriteLease(parts.clock, parts.leaseIdleMs ?? LEASE_IDLE_MS);
    this.texts = new KnownTexts(parts.writer.caps.hiddenPrefix, () =>
      this.reader.catalog.partialIndexColumns(),
    );
    this.bookmarks = new BookmarkClock(parts.clock);
    this.changes = new ChangeLog(parts.writer, this.bookmarks, parts.capture ?? null);
  }

  /** Whether committed data can be read while a transaction is open. */
  get readsBesideWriter(): boolean {
    return this.reader !== this.writer;
  }

  /** After DDL, its commit and its rollback. */
  schemaChanged(): void {
    this.writer.forget();
    this.reader.forget();
    this.texts.forget();
    this.changes.forget();
    // A connection learns of another's DDL only when it steps a statement, not when it compiles.
    if (this.readsBesideWriter) this.reader.driver.exec("SELECT 1 FROM sqlite_schema LIMIT 1");
  }

  /** Closes the connections; reader processes end by `readerHost.close()`. */
  close(): void {
    if (this.readsBesideWriter) this.reader.driver.close();
    this.writer.driver.close();
  }
}
