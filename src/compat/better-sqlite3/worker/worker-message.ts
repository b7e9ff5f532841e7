import type { Row, SqlValue } from "../../../base/value.ts";
import type { Lsn } from "../../../base/lsn.ts";
import type { FeedEvent, SlotOptions, SubscribeOptions } from "../../../engine/feed/change-feed.ts";
import type { LogTransaction } from "../../../engine/log/record.ts";
import type { PastOptions } from "../../../engine/past-changes.ts";
import type { PointInTime } from "../../../engine/time/point-in-time.ts";
import type { EmbeddedColumn, EmbeddedFunction } from "../../../ports/embedded-driver.ts";

/** How the process opens its database. */
export interface WorkerSettings {
  readonly source: string | Uint8Array;
  readonly readonly: boolean;
  readonly fileMustExist: boolean;
  readonly timeoutMs: number;
  readonly nativeBinding: string | null;
  /** Whether the program wants to hear of every statement. */
  readonly log: boolean;
  /** How long a request may take; 0: as long as it likes. */
  readonly limitMs: number;
  /** It takes the place of a process that has ended. */
  readonly again: boolean;
}

/** How a statement is run. */
export interface WorkerExecution {
  readonly id: number;
  readonly params: Row;
  readonly bigints: boolean;
}

/** A virtual table without its rows, which the program makes. */
export interface WorkerTable {
  readonly columns: readonly string[];
  readonly parameters: readonly string[];
  readonly directOnly: boolean;
}

/** What is asked of the change feed. What has to wait answers with a `WorkerPromise`. */
export type WorkerFeedCall =
  | { readonly kind: "head" | "list" }
  | { readonly kind: "get" | "drop"; readonly name: string }
  | { readonly kind: "create"; readonly name: string; readonly options: SlotOptions }
  | { readonly kind: "confirm"; readonly name: string; readonly lsn: Lsn }
  /** Answered with the position. */
  | { readonly kind: "subscribe"; readonly number: number; readonly options: SubscribeOptions }
  | { readonly kind: "events" | "begun" | "end"; readonly number: number }
  | { readonly kind: "confirmed"; readonly number: number; readonly lsn: Lsn };

/** Something that is not there yet; `await` asks for it. */
export interface WorkerPromise {
  readonly promise: number;
}

/** What has become of it. */
export type WorkerSettled =
  /** `busy`: the process is at something; else it is for others to bring it about. */
  | { readonly settled: false; readonly busy: boolean }
  | { readonly settled: true; readonly value: unknown };

/** Events of a subscription; `done`: there are no more. */
export interface WorkerEvents {
  readonly events: readonly FeedEvent[];
  readonly done: boolean;
  readonly failure: WorkerFailure | null;
}

/** Transactions of the past. */
export interface WorkerChanges {
  readonly transactions: readonly LogTransaction[];
  readonly more: boolean;
  readonly failure: WorkerFailure | null;
}

/** What the program asks. All but `forget` and `follow` are answered. */
export type WorkerRequest =
  | { readonly op: "open"; readonly settings: WorkerSettings }
  /** Of a database as it was, by its number; of the database itself it is 0. */
  | {
      readonly op: "prepare";
      readonly id: number;
      readonly sql: string;
      readonly database: number;
    }
  | { readonly op: "at"; readonly database: number; readonly point: PointInTime }
  | { readonly op: "past"; readonly database: number; readonly sql: string }
  /** Whether a transaction is open in it. */
  | { readonly op: "inside" | "shut"; readonly database: number }
  | { readonly op: "changes"; readonly cursor: number; readonly options: PastOptions }
  | { readonly op: "told"; readonly cursor: number }
  | { readonly op: "feed"; readonly call: WorkerFeedCall }
  | { readonly op: "await"; readonly promise: number }
  | ({ readonly op: "all" | "first" | "record" | "run" } & WorkerExecution)
  | { readonly op: "columns"; readonly id: number }
  | { readonly op: "expanded"; readonly id: number; readonly params: Row }
  | { readonly op: "forget"; readonly id: number }
  | ({ readonly op: "rows"; readonly cursor: number; readonly count: number } & WorkerExecution)
  | { readonly op: "more"; readonly cursor: number; readonly count: number }
  | { readonly op: "follow"; readonly folder: string }
  | { readonly op: "leave"; readonly cursor: number }
  | { readonly op: "exec"; readonly sql: string }
  | { readonly op: "function"; readonly body: number; readonly definition: EmbeddedFunction }
  | {
      readonly op: "aggregate";
      readonly body: number;
      readonly definition: EmbeddedFunction;
      readonly inverse: boolean;
    }
  | {
      readonly op: "table";
      readonly body: number;
      readonly name: string;
      /** Null: the program says it for each CREATE VIRTUAL TABLE. */
      readonly table: WorkerTable | null;
    }
  | { readonly op: "extension"; readonly path: string; readonly entryPoint: string | undefined }
  | { readonly op: "defensive"; readonly active: boolean }
  | { readonly op: "limit"; readonly ms: number }
  | { readonly op: "serialize"; readonly schema: string }
  | { readonly op: "backup"; readonly body: number; readonly schema: string; readonly path: string }
  /** Lets a backup go on; answered with where it ended, or null. */
  | { readonly op: "turn"; readonly body: number }
  | WorkerAnswer;

/** What the program answers to a call. */
export type WorkerAnswer =
  | { readonly op: "answer"; readonly value: unknown }
  /** It threw something, which it kept under a number. */
  | { readonly op: "threw"; readonly number: number };

/** The steps in which functions of the program are called. */
export type WorkerStep =
  | "call"
  | "start"
  | "step"
  | "inverse"
  | "result"
  | "define"
  | "open"
  | "next"
  | "close"
  | "progress";

/** The body that hears of statements. */
export const LOG_BODY = 0;

/** What the process says; `open`: a transaction is. */
export type WorkerReply =
  | { readonly kind: "done"; readonly value: unknown; readonly open: boolean }
  | { readonly kind: "failed"; readonly failure: WorkerFailure; readonly open: boolean }
  | {
      readonly kind: "call";
      readonly body: number;
      readonly step: WorkerStep;
      readonly args: unknown[];
      readonly open: boolean;
    }
  /** The request took too long, and the process ends. */
  | { readonly kind: "expired" };

/** An error, or the number of something that the program itself has thrown. */
export type WorkerFailure =
  | {
      readonly name: string;
      readonly message: string;
      readonly code: string | null;
      readonly hint?: string;
    }
  | number;

/** What a text turned out to be. */
export interface WorkerDescription {
  readonly reader: boolean;
  readonly readonly: boolean;
  readonly columns: readonly EmbeddedColumn[];
}

/** Rows of a statement, with its columns when they have become others. */
export interface WorkerRows {
  readonly rows: Row[];
  readonly columns: readonly EmbeddedColumn[] | null;
}

/** A part of an iterator's rows. */
export interface WorkerPart extends WorkerRows {
  readonly more: boolean;
  /** The rows come slowly. */
  readonly slow: boolean;
  /** What ended it behind these rows. */
  readonly failure: WorkerFailure | null;
}

/** The first row under its names. */
export type WorkerRecord = Readonly<Record<string, SqlValue>> | undefined;

/** What a process says last when its time is over. */
export const EXPIRED: WorkerReply = { kind: "expired" };
