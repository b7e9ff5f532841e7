import type { Clock } from "../../ports/clock.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import type { BookmarkClock } from "../bookmark-clock.ts";
import type { ChangeLog } from "../capture/change-log.ts";
import type { RowidHolder } from "../session/session-counts.ts";
import type { WriteLease } from "../session/write-lease.ts";
import type { FeedArchive } from "./feed-archive.ts";

/** A connection of the shard. */
interface Connection {
  readonly driver: SqlDriver;
}

/** What the feed needs of its shard. */
export interface FeedHost {
  readonly writer: Connection;
  /** The writer itself where there is no other. */
  readonly reader: Connection;
  /** Opens one more connection that reads; null where there can be none. */
  readonly openReader: (() => SqlDriver) | null;
  /** Where that is told which the log no longer holds; absent where it is gone. */
  readonly feedArchive?: FeedArchive | null;
  readonly lease: WriteLease;
  readonly clock: Clock;
  readonly bookmarks: BookmarkClock;
  readonly changes: ChangeLog;
  /** Set to null by whoever moves the writer's `changes()`. */
  changesOf: RowidHolder | null;
}
