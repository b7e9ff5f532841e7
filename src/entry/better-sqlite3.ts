/**
 * `dosql/better-sqlite3`: better-sqlite3's API over the user's own better-sqlite3 where it is
 * installed, else over Node's own SQLite; for any SQLite file and for DoSQL's data folders.
 *
 * @module
 */
import { createDatabaseClass } from "../compat/better-sqlite3/database.ts";
import type {
  AggregateSettings,
  BackupSettings,
  BackupState,
  DatabaseConstructor,
  DatabaseOptions,
  FunctionSettings,
  OpenDatabase,
  PragmaSettings,
  PreparedStatement,
  ResultColumn,
  RunInfo,
  SerializeSettings,
  SqliteErrorInstance,
  TransactionFunction,
} from "../compat/better-sqlite3/surface.ts";
import { extrasOf } from "./node/facade-extras.ts";
import type { Extras } from "./node/facade-extras.ts";
import { facadeHome } from "./node/facade-home.ts";
import { withRemote } from "./node/remote-home.ts";
import { withWorker } from "./node/worker-home.ts";
import { withSharded } from "./node/sharded-home.ts";

export type { PointInTime } from "../engine/time/point-in-time.ts";
export type { Changes, Extras } from "./node/facade-extras.ts";

const HOME = withRemote(withWorker(withSharded(facadeHome(undefined))));

/**
 * A database connection, with better-sqlite3's methods, values, errors and defaults. A data folder
 * that another process owns is reached through that process, where its event loop turns.
 *
 * @throws SqliteError `SQLITE_BUSY` when that process does not answer within `timeout`,
 * `DOSQL_OWNED` when it lets nobody in, `DOSQL_RUNTIME` when this Node is too old, else as
 * better-sqlite3 does
 * @example
 * import Database from "dosql/better-sqlite3";
 * const db = new Database("./data");
 * db.prepare("SELECT ? AS answer").get(42); // { answer: 42 }
 */
const Database: DatabaseConstructor = createDatabaseClass(HOME);

/**
 * What DoSQL adds to a database of this face: its changes, and how it was before them. The
 * database itself carries no member that better-sqlite3's has not.
 *
 * @throws DosqlError `misuse` for what is no database of this package's
 * @example
 * import Database, { dosql } from "dosql/better-sqlite3";
 * const db = new Database("./data");
 * for (const { records } of dosql(db).changes({ tables: ["orders"] })) console.log(records);
 */
export function dosql(database: OpenDatabase): Extras {
  return extrasOf(database, HOME);
}

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
  export type ColumnDefinition = ResultColumn;
  export type PragmaOptions = PragmaSettings;
  export type RegistrationOptions = FunctionSettings;
  export type AggregateOptions<State = unknown> = AggregateSettings<State>;
  export type SerializeOptions = SerializeSettings;
  export type BackupOptions = BackupSettings;
  export type BackupMetadata = BackupState;
  export type SqliteError = SqliteErrorInstance;
}

/** The class of errors that come from SQLite, also as `Database.SqliteError`. */
const SqliteError: DatabaseConstructor["SqliteError"] = Database.SqliteError;
/** An error of that class. */
type SqliteError = SqliteErrorInstance;

export { Database as default, Database as "module.exports", SqliteError };
