import type { EmbeddedGate } from "../../engine/embedded-gate.ts";

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

/** A database that better-sqlite3 has opened for a `Database` of ours. */
export interface NativeOpened {
  readonly library: NativeLibrary;
  readonly database: NativeDatabase;
  /** The engine's part in it. */
  readonly gate: EmbeddedGate;
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
