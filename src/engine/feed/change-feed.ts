import type { Hlc } from "../../base/hlc.ts";
import type { Lsn } from "../../base/lsn.ts";
import type { Awaitable, Row } from "../../base/value.ts";
import type { LogOp, LogTransaction } from "../log/record.ts";

/**
 * Where a subscription begins:
 *
 * - a position: with the first transaction that ends after it; what the log no longer holds is
 *   told out of the archive, where there is one;
 * - `"start"`: with the oldest transaction that is kept;
 * - `"now"`: with the next transaction;
 * - `"snapshot"`: with the rows as they are, and then what changes from there on;
 * - `{ at }`: with the first transaction after that time.
 */
export type FeedStart = Lsn | "start" | "now" | "snapshot" | { readonly at: Hlc };

/** Which changes of a table are wanted. */
export interface TableFilter {
  /** Its name where the subscription begins. A table that is renamed later is followed. */
  readonly table: string;
  /** In place of the subscription's. */
  readonly operations?: readonly LogOp[];
  /**
   * The columns of row images, in any order; images keep the table's. A column that is renamed
   * later is followed. Default: all.
   */
  readonly columns?: readonly string[];
}

/** The part of an `AbortSignal` that ends a subscription. */
export interface AbortLike {
  readonly aborted: boolean;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

/** What a subscription wants; every field has a default. */
export interface SubscribeOptions {
  /** Default: the slot's confirmed position, or `"now"` without a slot. */
  readonly from?: FeedStart;
  /** Default: all captured tables, and all DDL. */
  readonly tables?: readonly (string | TableFilter)[];
  /** Default: all. */
  readonly operations?: readonly LogOp[];
  /**
   * Where `tables` have the names that are given, for who goes on with a subscription that began
   * there: tables that were renamed since are followed. Default: `from`; with a slot, always where
   * that was made.
   */
  readonly since?: Lsn;
  /** Takes a slot, which no other subscription may have at the same time. */
  readonly slot?: string;
  /**
   * How often an idle subscription is told its position, in milliseconds; 0 is never. Default
   * 10 s.
   */
  readonly heartbeatMs?: number;
  /**
   * How many entries may be written while nothing is asked of the subscription. Beyond that it is
   * ended, so that it does not hold the log for ever. Default one million.
   */
  readonly maxLag?: number;
  /** Ends the subscription as `return()` does. */
  readonly signal?: AbortLike;
}

/** What a subscription yields. */
export type FeedEvent =
  /** A whole transaction: all of its changes that pass the filter, and there are some. */
  | { readonly kind: "transaction"; readonly transaction: LogTransaction }
  /**
   * Nothing up to `lsn` was left out that passes the filter, and whatever comes later was
   * committed after `time`.
   */
  | { readonly kind: "heartbeat"; readonly lsn: Lsn; readonly time: Hlc }
  | SnapshotBatch
  /** All rows were told; the stream goes on with the first transaction after `lsn`. */
  | { readonly kind: "snapshot-end"; readonly lsn: Lsn };

/** Rows of a table as they were at `lsn`; each table has one batch at least, maybe an empty one. */
export interface SnapshotBatch {
  readonly kind: "snapshot";
  readonly table: string;
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  /**
   * The rows' keys as `LogRecord.key` has them, one for each row, where `columns` do not hold
   * them: the table has no declared key, or the filter leaves out columns of it.
   */
  readonly keys?: readonly Row[];
  readonly lsn: Lsn;
}

/**
 * The changes that one consumer follows. Nothing is read before it is asked for. It ends when it
 * is closed (`return()`, `break` out of `for await`, `signal`) and when the database is.
 *
 * @example
 * const subscription = db.feed.subscribe({ slot: "search", tables: ["docs"] });
 * for await (const event of subscription) {
 *   if (event.kind === "transaction") await index(event.transaction.records);
 *   await subscription.confirm(subscription.position);
 * }
 */
export interface Subscription extends AsyncIterableIterator<FeedEvent>, AsyncDisposable {
  /**
   * The position to confirm, and to go on from, once all events up to now are dealt with. Moves
   * with each event; while a snapshot is being told it stays where it was.
   */
  readonly position: Lsn;
  /** Until `position` is known, where only the archive knows where a time was. */
  begun?(): Promise<void>;
  /**
   * Stores in the slot that everything up to `lsn` is dealt with. It is durable when the promise
   * is resolved.
   *
   * @throws DosqlError `misuse` without a slot; `invalid-argument` for a position that lies
   * before the confirmed one or that was not reached yet; `history-gone` when the slot was lost
   */
  confirm(lsn: Lsn): Awaitable<void>;
}

/** A replication slot: a consumer's position, kept in the database. */
export interface SlotInfo {
  readonly name: string;
  /** Everything up to here is dealt with. */
  readonly confirmedLsn: Lsn;
  readonly createdMs: number;
  readonly confirmedMs: number;
  /** Entries of the log after `confirmedLsn`. */
  readonly lagEntries: number;
  /** The lag at which the slot is lost; null is never. */
  readonly maxLag: number | null;
  /** Why the slot can no longer be used, or null while it can. */
  readonly lost: string | null;
  /** Whether a subscription has it now. */
  readonly active: boolean;
}

/** How a slot is created. */
export interface SlotOptions {
  /** Default `"now"`. */
  readonly from?: Exclude<FeedStart, "snapshot">;
  /**
   * How many entries of the log the slot may lag behind. Beyond that it is lost, so that it does
   * not hold the log for ever. Default: no limit.
   */
  readonly maxLag?: number;
}

/** The slots of one database. Changes are durable when their promise is resolved. */
export interface ChangeSlots {
  /** @throws DosqlError `misuse` when there is one of that name */
  create(name: string, options?: SlotOptions): Awaitable<SlotInfo>;
  /**
   * @throws DosqlError `not-found`; `invalid-argument` before the confirmed position or after the
   * head; `history-gone` when the slot was lost
   */
  confirm(name: string, lsn: Lsn): Awaitable<void>;
  /** @throws DosqlError `not-found`; `misuse` while a subscription has it */
  drop(name: string): Awaitable<void>;
  /** By name. */
  list(): Awaitable<SlotInfo[]>;
  get(name: string): Awaitable<SlotInfo | null>;
}

/** The committed changes of a database, as they happen and as they happened. */
export interface ChangeFeed {
  /**
   * The end of the newest transaction; 0 before the first one. Of a database that is elsewhere,
   * the newest that was heard of.
   */
  readonly head: Lsn;
  readonly slots: ChangeSlots;
  /**
   * Where the database is elsewhere, errors are thrown by the first `next()`.
   *
   * @throws DosqlError `misuse` when changes are not captured or the slot is taken; `not-found`
   * for an unknown slot or table; `invalid-argument` for an unknown column and a position after
   * the head; `history-gone` when the log no longer holds what follows `from`
   */
  subscribe(options?: SubscribeOptions): Subscription;
}
