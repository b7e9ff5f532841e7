/*
 * The objects that a DoSQL server shows over capnweb, by WebSocket or HTTP batch. Calls, answers
 * and parts of results are texts of JSON (call-text.ts, answer-text.ts, event-text.ts): one RPC
 * value for all rows of a result. Failures are errors with the fields of `DosqlError`.
 *
 * Over WebSocket a call may be made on the promise of an object: `root.begin().run(…)` is one round
 * trip. Over HTTP the objects live as long as the request, so there are no transactions. A Durable
 * Object serves none over its own sockets: they are at the address with `/session` behind its path,
 * where a Worker has the same objects.
 */
import type {
  FeedStart,
  SlotInfo,
  SlotOptions,
  TableFilter,
} from "../../engine/feed/change-feed.ts";
import type { Lsn } from "../../base/lsn.ts";
import type { LogOp } from "../../engine/log/record.ts";
import type { BeginOptions, SessionOptions } from "../../engine/session/session.ts";

declare const statementHash: unique symbol;
declare const retryKey: unique symbol;

/** Of a statement's text: SHA-256, base64url. */
export type StatementHash = string & { readonly [statementHash]: never };

/** Chosen by the client for a call that must happen once. */
export type RetryKey = string & { readonly [retryKey]: never };

/**
 * What a session over the wire can be asked for. Where statements run is the server's affair, and
 * whether they may change something the token's.
 */
export type RemoteSessionOptions = Omit<SessionOptions, "offload" | "readOnly" | "uncounted">;

/** What a subscription over the wire can be asked for. */
export interface RemoteSubscribeOptions {
  readonly from?: FeedStart;
  readonly tables?: readonly (string | TableFilter)[];
  readonly operations?: readonly LogOp[];
  readonly since?: Lsn;
  readonly slot?: string;
  readonly heartbeatMs?: number;
}

/** What a server tells of itself. */
export interface Pong {
  readonly version: string;
  readonly database: string;
  readonly readOnly: boolean;
  /** The newest position of the change log; null where there is none. */
  readonly head: number | null;
  /** Tells the database from an earlier one of its name; null where it was not made by a name. */
  readonly epoch: number | null;
}

/** An object of the schema. */
export interface SchemaObject {
  readonly type: string;
  readonly name: string;
  readonly table: string;
  /** Null for what SQLite made by itself. */
  readonly sql: string | null;
}

/** The first object of a connection: the database that its token opens. */
export interface RemoteRoot {
  ping(): Promise<Pong>;
  schema(): Promise<SchemaObject[]>;
  session(options: RemoteSessionOptions): RemoteSession;
  /** A session in a transaction. */
  begin(session: RemoteSessionOptions, options: BeginOptions): Promise<RemoteSession>;
  subscribe(options: RemoteSubscribeOptions): RemoteSubscription;
  slots(): Promise<SlotInfo[]>;
  createSlot(name: string, options: SlotOptions): Promise<SlotInfo>;
  confirmSlot(name: string, lsn: number): Promise<void>;
  dropSlot(name: string): Promise<void>;
}

/** A session; calls wait for one another. */
export interface RemoteSession {
  /** A call as call-text.ts has it; the answer as answer-text.ts. */
  run(call: string): Promise<string>;
  /** The same of one statement whose rows are fetched in parts. */
  open(call: string): Promise<RemoteCursor>;
  /** `StatementInfo` as JSON. */
  describe(sql: string): Promise<string>;
  /** Null; or `APART` (answer-text.ts), and nothing was done. */
  begin(options: BeginOptions): Promise<string | null>;
  /** The bookmark. */
  commit(): Promise<string>;
  rollback(): Promise<void>;
  cancel(reason: "canceled" | "statement-timeout"): void;
}

/** A result that waits on the server. */
export interface RemoteCursor {
  /** The answer without its rows; see answer-text.ts. */
  head(): string;
  /** The next rows, some hundred kilobytes at most; an empty text after the last ones. */
  fetch(): Promise<string>;
}

/** Changes that wait on the server until they are asked for. */
export interface RemoteSubscription {
  /** The position that it begins behind; null with a snapshot, which tells it at its end. */
  begun(): Promise<Lsn | null>;
  /** Events as event-text.ts has them, one at least; an empty text at the end. */
  next(): Promise<string>;
  confirm(lsn: number): Promise<void>;
}
