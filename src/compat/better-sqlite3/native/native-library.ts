import type { EmbeddedGate } from "../../../engine/embedded/embedded-gate.ts";

/** A statement of better-sqlite3's own. */
export interface NativeStatement {
  readonly reader: boolean;
  readonly readonly: boolean;
  readonly busy: boolean;
  readonly run: (...params: unknown[]) => NativeRunResult;
  readonly get: (...params: unknown[]) => unknown;
  readonly all: (...params: unknown[]) => unknown[];
  readonly iterate: (...params: unknown[]) => Iterator<unknown>;
  readonly bind: (...params: unknown[]) => unknown;
  readonly pluck: (...args: unknown[]) => unknown;
  readonly expand: (...args: unknown[]) => unknown;
  readonly raw: (...args: unknown[]) => unknown;
  readonly safeIntegers: (...args: unknown[]) => unknown;
  readonly columns: () => unknown;
  /** Its text, with the values that are bound. */
  readonly toString: () => string;
}

/** The same as a method of ours sees it. */
export interface OwnStatement extends NativeStatement {
  readonly source: string;
}

export interface NativeRunResult {
  readonly changes: number;
  readonly lastInsertRowid: number | bigint;
}

/** A database of better-sqlite3's own. */
export interface NativeDatabase {
  readonly open: boolean;
  readonly inTransaction: boolean;
  prepare(sql: string): NativeStatement;
}

/** The class that better-sqlite3 exports. */
export interface NativeLibrary {
  new (source: unknown, options: unknown): NativeDatabase;
  readonly prototype: object;
}

/** A method of better-sqlite3's `Database`; it works on any object that has the native part. */
export type NativeMethod = (this: object, ...args: unknown[]) => unknown;

/** The program's `verbose` function. */
export interface NativeLog {
  /** Tells it of a statement in other words than those in which it runs. */
  instead<T>(text: string, work: () => T): T;
}

/** A database that better-sqlite3 has opened for a `Database` of ours. */
export interface NativeOpened {
  readonly library: NativeLibrary;
  readonly database: NativeDatabase;
  /** The engine's part in it. */
  readonly gate: EmbeddedGate;
  /** Lets the engine work in `body` though the program has iterators open. */
  readonly besideIterators: <T>(body: () => T) => T;
  /** What the program's `verbose` hears; null where there is none. */
  readonly log: NativeLog | null;
  /** What `name` answers, where the library was given another one. */
  readonly name: string | null;
  /** For bytes of a database that holds hidden tables: the same without them. */
  readonly withoutHidden: (bytes: Uint8Array, prefix: string) => Uint8Array;
}

/** What the methods of an opened database work with. */
export interface NativeParts extends NativeOpened {
  readonly methods: Readonly<Record<string, NativeMethod>>;
  /** What statements inherit that may write; made with the first one. */
  writing: object | null;
  controls: Map<string, NativeStatement> | null;
  /** What statements that are prepared now do with INTEGERs. */
  safeIntegers: boolean;
}

/** Where a `Database` object keeps them. */
export const NATIVE: unique symbol = Symbol("dosql.native");

export interface NativeHandle {
  readonly [NATIVE]: NativeParts;
}
