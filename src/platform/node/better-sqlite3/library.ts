import { DosqlError } from "../../../base/errors.ts";

/** What we use of a result column of better-sqlite3. */
interface BetterColumn {
  readonly name: string;
  readonly table: string | null;
  readonly column: string | null;
  readonly type: string | null;
}

/** What we use of a statement of better-sqlite3. */
export interface BetterStatement {
  /** It returns rows. */
  readonly reader: boolean;
  readonly readonly: boolean;
  columns(): readonly BetterColumn[];
  raw(toggle: boolean): unknown;
  safeIntegers(toggle: boolean): unknown;
  all(...params: unknown[]): unknown[];
  get(...params: unknown[]): unknown;
  iterate(...params: unknown[]): IterableIterator<unknown>;
  run(...params: unknown[]): {
    readonly changes: number;
    readonly lastInsertRowid: number | bigint;
  };
}

/** What we use of a connection of better-sqlite3. */
export interface BetterDatabase {
  readonly open: boolean;
  readonly inTransaction: boolean;
  prepare(sql: string): BetterStatement;
  exec(sql: string): unknown;
  unsafeMode(toggle: boolean): unknown;
  serialize(): Uint8Array;
  close(): unknown;
}

/** The class that better-sqlite3 exports. */
export type BetterSqlite3 = new (
  path: string,
  options: { readonly readonly: boolean; readonly timeout: number },
) => BetterDatabase;

/** better-sqlite3 as a program has it: its class, or the module that `import()` answers with. */
export type BetterSqlite3Library = BetterSqlite3 | { readonly default: BetterSqlite3 };

/**
 * The class of a library that was handed in.
 *
 * @throws DosqlError `invalid-argument` when it is none
 */
export function betterSqlite3Class(library: BetterSqlite3Library): BetterSqlite3 {
  const given = library as Partial<{ readonly default: unknown }> | null | undefined;
  const found: unknown = typeof given === "function" ? given : given?.default;
  if (typeof found === "function") {
    const members = found.prototype as Partial<BetterDatabase> | undefined;
    const { prepare, exec, unsafeMode, close } = members ?? {};
    if ([prepare, exec, unsafeMode, close].every((member) => typeof member === "function")) {
      return found as BetterSqlite3;
    }
  }
  throw new DosqlError("invalid-argument", "driver is not better-sqlite3's class", {
    hint: 'pass what `import Database from "better-sqlite3"` gives',
  });
}
