/**
 * `dosql/better-sqlite3`: better-sqlite3's API over Node's own SQLite, for any SQLite file and
 * for DoSQL's data folders.
 *
 * @module
 */
import { existsSync } from "node:fs";
import path from "node:path";
import { createDatabaseClass } from "../compat/better-sqlite3/database.ts";
import type { OpenRequest } from "../compat/better-sqlite3/home.ts";
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
import { EmbeddedDatabase } from "../engine/embedded-database.ts";
import { ensureFormat } from "../engine/meta-table.ts";
import type { SyncDatabase } from "../engine/sync-database.ts";
import { openEmbeddedDriver } from "../platform/node/embedded-driver.ts";
import type { EmbeddedSource } from "../platform/node/embedded-driver.ts";
import { nodeSqlite } from "../platform/node/node-sqlite.ts";
import { NodeSqlDriver } from "../platform/node/sqlite-driver.ts";
import { resolveDatabasePath } from "../server/database-path.ts";
import { nodeFolderHome } from "./node-home.ts";

/** What lies behind a request: the file, and what belongs to it when it is a data folder's. */
interface Found {
  readonly source: EmbeddedSource;
  readonly hiddenPrefix: string | null;
  readonly release: () => void;
}

function open(request: OpenRequest): SyncDatabase {
  // Says what to do when this Node is too old, before anything is touched.
  nodeSqlite();
  const { readonly, timeoutMs } = request;
  const { source, hiddenPrefix, release } = find(request);
  try {
    const driver = openEmbeddedDriver(source, { readonly, busyTimeoutMs: timeoutMs });
    return new EmbeddedDatabase(driver, { readonly, hiddenPrefix, onClose: release });
  } catch (error) {
    release();
    throw error;
  }
}

function find({ source, readonly, fileMustExist }: OpenRequest): Found {
  const plain = { hiddenPrefix: null, release() {} };
  if (typeof source !== "string") return { source: { kind: "bytes", bytes: source }, ...plain };
  if (source === ":memory:") return { source: { kind: "memory" }, ...plain };
  const { file, folder, release } = resolveDatabasePath(nodeFolderHome(), source);
  const mustExist = fileMustExist && !readonly && source !== "";
  const found: EmbeddedSource = {
    kind: "file",
    path: file,
    mustExist: mustExist && folder === null,
  };
  if (folder === null) return { source: found, ...plain };
  try {
    return { source: found, hiddenPrefix: prepareShard(file), release };
  } catch (error) {
    release();
    throw error;
  }
}

/** Makes a data folder's file what the server would make of it; answers what to hide in it. */
function prepareShard(file: string): string {
  const driver = new NodeSqlDriver(file, { synchronous: "FULL" });
  try {
    ensureFormat(driver);
    return driver.caps.hiddenPrefix;
  } finally {
    driver.close();
  }
}

/**
 * A database connection, with better-sqlite3's methods, values, errors and defaults.
 *
 * @throws SqliteError `DOSQL_OWNED` when another process owns the data folder (the message says
 * where it serves), `DOSQL_RUNTIME` when this Node is too old, else as better-sqlite3 does
 * @example
 * import Database from "dosql/better-sqlite3";
 * const db = new Database("./data");
 * db.prepare("SELECT ? AS answer").get(42); // { answer: 42 }
 */
const Database: DatabaseConstructor = createDatabaseClass({
  open,
  isBuffer: (value) => Buffer.isBuffer(value),
  toBuffer: (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
  hasFolder: (file) => existsSync(path.dirname(file)),
});

/** The names under which code that is typed for better-sqlite3 finds its types. */
declare namespace Database {
  export type Database = OpenDatabase;
  export type Statement<
    BindParameters extends unknown[] = unknown[],
    Result = unknown,
  > = PreparedStatement<BindParameters, Result>;
  export type Transaction<Body extends (...args: never[]) => unknown> = TransactionFunction<Body>;
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
