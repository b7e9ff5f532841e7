/**
 * `dosql/better-sqlite3-durable`: better-sqlite3's API over the storage of a Durable Object, for
 * code that moves into one.
 *
 * @module
 */
import { createDatabaseClass } from "../compat/better-sqlite3/database.ts";
import { DurableDatabase } from "../compat/better-sqlite3/durable-database.ts";
import type { FacadeHome, OpenRequest } from "../compat/better-sqlite3/home.ts";
import { NameTurns } from "../compat/better-sqlite3/settled-names.ts";
import type {
  DatabaseConstructor,
  DatabaseOptions,
  OpenDatabase,
  PreparedStatement,
  RunInfo,
  SqliteErrorInstance,
  TransactionFunction,
} from "../compat/better-sqlite3/surface.ts";
import { DosqlError } from "../base/errors.ts";
import type { SqlValue } from "../base/value.ts";
import type { HeaderStore } from "../engine/text/emulated-pragma.ts";
import type { DurableStorage } from "../platform/workers/durable-storage.ts";
import { WorkersSqlDriver } from "../platform/workers/sqlite-driver.ts";

/** The class: callable with and without `new`. */
export interface DurableDatabaseConstructor {
  /** @param storage the object's `ctx.storage` */
  new (storage: DurableStorage, options?: DatabaseOptions): OpenDatabase;
  (storage: DurableStorage, options?: DatabaseOptions): OpenDatabase;
  readonly prototype: OpenDatabase;
  SqliteError: DatabaseConstructor["SqliteError"];
}

const HOME: FacadeHome = {
  open({ storage, readonly }: OpenRequest) {
    if (!isStorage(storage)) throw new DosqlError("bug", "opened without storage");
    refuseEngine(storage);
    return new DurableDatabase(new WorkersSqlDriver(storage), { readonly }, headerIn(storage));
  },
  openNative(given) {
    if (isStorage(given)) return null;
    throw new TypeError("Expected first argument to be the storage of a Durable Object");
  },
  names: new NameTurns(),
  nameOf: (value) => (isStorage(value) ? "ctx.storage" : null),
  isBuffer: (_value): _value is Uint8Array => false,
  toBuffer: asBuffer,
  hasFolder: () => false,
};

/** What a file has in its header stands beside the tables, where no SQL reads it. */
function headerIn({ kv }: DurableStorage): HeaderStore | null {
  if (kv === undefined) return null;
  return {
    read: (name) => (kv.get(`dosql:${name}`) as SqlValue | undefined) ?? null,
    write: (name, value) => kv.put(`dosql:${name}`, value),
  };
}

function isStorage(value: unknown): value is DurableStorage {
  if (typeof value !== "object" || value === null) return false;
  const { sql, transactionSync } = value as Partial<DurableStorage>;
  return typeof sql?.exec === "function" && typeof transactionSync === "function";
}

/** The engine's own storage may not be written behind its back. */
function refuseEngine({ sql }: DurableStorage): void {
  const found = Array.from(
    sql.exec("SELECT 1 FROM sqlite_schema WHERE name = '_dosql_meta'").raw(),
  );
  if (found.length === 0) return;
  throw new DosqlError("misuse", "this object's storage belongs to DoSQL", {
    hint: "ask the shard itself: d1(stub)",
  });
}

/** A Buffer where the Worker has `nodejs_compat`, else the bytes as they are. */
function asBuffer(bytes: Uint8Array): Uint8Array {
  const { Buffer } = globalThis as {
    Buffer?: { from(memory: ArrayBufferLike, offset: number, length: number): Uint8Array };
  };
  return Buffer?.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) ?? bytes;
}

/**
 * A connection to the object's own SQLite. `prepare`, `exec`, `transaction`, `pragma` (as far as
 * the runtime allows) and statements work as better-sqlite3's; `function`, `aggregate`, `table`,
 * `loadExtension`, `backup`, `serialize`, `unsafeMode` and `expand` are refused by name, as are
 * BEGIN and SAVEPOINT. `columns()` knows names only.
 *
 * @throws SqliteError `DOSQL_MISUSE` for the storage of a `DoSQLShard`
 * @example
 * import Database from "dosql/better-sqlite3-durable";
 * export class Counter extends DurableObject {
 *   db = new Database(this.ctx.storage);
 *   next() {
 *     return this.db.prepare("UPDATE counter SET n = n + 1 RETURNING n").pluck().get();
 *   }
 * }
 */
const Database: DurableDatabaseConstructor = createDatabaseClass(
  HOME,
) as unknown as DurableDatabaseConstructor;

/** The names under which code that is typed for better-sqlite3 finds its types. */
declare namespace Database {
  export type Database = OpenDatabase;
  export type Statement<
    BindParameters extends unknown[] | object = unknown[],
    Result = unknown,
  > = BindParameters extends unknown[]
    ? PreparedStatement<BindParameters, Result>
    : PreparedStatement<[BindParameters], Result>;
  export type Transaction<
    Body extends Parameters<OpenDatabase["transaction"]>[0] = Parameters<
      OpenDatabase["transaction"]
    >[0],
  > = TransactionFunction<Body>;
  export type Options = DatabaseOptions;
  export type RunResult = RunInfo;
  export type SqliteError = SqliteErrorInstance;
}

/** The class of errors that come from SQLite, also as `Database.SqliteError`. */
const SqliteError: DatabaseConstructor["SqliteError"] = Database.SqliteError;
/** An error of that class. */
type SqliteError = SqliteErrorInstance;

export { Database as default, SqliteError };
