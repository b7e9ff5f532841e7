/**
 * `dosql/better-sqlite3`: better-sqlite3's API over Node's own SQLite, for any SQLite file and
 * for DoSQL's data folders.
 *
 * @module
 */
import { existsSync } from "node:fs";
import path from "node:path";
import { createDatabaseClass } from "../compat/better-sqlite3/database.ts";
import type { FacadeHome, OpenRequest } from "../compat/better-sqlite3/home.ts";
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
import { readCaptureSetting } from "../engine/capture/file-setting.ts";
import { EmbeddedDatabase } from "../engine/embedded-database.ts";
import { EmbeddedWriter } from "../engine/embedded-writer.ts";
import type { EmbeddedShare } from "../engine/embedded-writer.ts";
import type { SyncDatabase } from "../engine/sync-database.ts";
import { openEmbeddedDriver } from "../platform/node/embedded-driver.ts";
import type { EmbeddedSource } from "../platform/node/embedded-driver.ts";
import { EmbeddedSqlDriver } from "../platform/node/embedded-sql-driver.ts";
import { nodeSqlite } from "../platform/node/node-sqlite.ts";
import type { SqlDriver } from "../ports/sql-driver.ts";
import { resolveDatabasePath } from "../server/database-path.ts";
import { extrasOf } from "./facade-extras.ts";
import type { Extras } from "./facade-extras.ts";
import { FileHold } from "./file-hold.ts";
import { folderOptions } from "./node-database.ts";
import { nodeFolderHome } from "./node-home.ts";
import type { NodeShardOptions } from "./node-shard.ts";

export type { PointInTime } from "../engine/time/point-in-time.ts";
export type { Changes, Extras } from "./facade-extras.ts";

/** What lies behind a request. */
interface Found {
  readonly source: EmbeddedSource;
  /** The process' part in the file; null for memory. */
  readonly hold: FileHold | null;
  /** It is a data folder's. */
  readonly ours: boolean;
  readonly release: () => void;
}

/** The library's own durability holds for its connection; what others ask for is stronger. */
const BESIDE: NodeShardOptions = { synchronous: "NORMAL" };

function open(request: OpenRequest): SyncDatabase {
  // Says what to do when this Node is too old, before anything is touched.
  nodeSqlite();
  const { readonly, timeoutMs } = request;
  const { source, hold, ours, release } = find(request);
  try {
    const driver = openEmbeddedDriver(source, { readonly, busyTimeoutMs: timeoutMs });
    const sql = new EmbeddedSqlDriver(driver);
    const share = hold === null ? null : shareOf(hold);
    return new EmbeddedDatabase(driver, {
      readonly,
      hiddenPrefix: ours ? sql.caps.hiddenPrefix : null,
      prefixElsewhere: sql.caps.hiddenPrefix,
      share,
      writer: share === null || readonly ? null : new EmbeddedWriter(sql, share),
      discover: hold === null || ours ? null : () => discover(sql, hold, readonly),
      onClose: release,
    });
  } catch (error) {
    release();
    throw error;
  }
}

function find({ source, readonly, fileMustExist }: OpenRequest): Found {
  const plain = { hold: null, ours: false, release() {} };
  if (typeof source !== "string") return { source: { kind: "bytes", bytes: source }, ...plain };
  if (source === ":memory:") return { source: { kind: "memory" }, ...plain };
  if (source === "") return { source: { kind: "file", path: "", mustExist: false }, ...plain };
  const { file, folder, release } = resolveDatabasePath(nodeFolderHome(), source);
  const hold = new FileHold(file);
  const releaseAll = (): void => {
    const last = hold.release();
    void last?.readerHost?.close();
    last?.close();
    release();
  };
  try {
    // Makes a data folder's file what the server would make of it.
    if (folder !== null) hold.openShard({ ...BESIDE, ...folderOptions(file) });
    const mustExist = fileMustExist && !readonly && folder === null;
    const found = { kind: "file", path: file, mustExist } as const;
    return { source: found, hold, ours: folder !== null, release: releaseAll };
  } catch (error) {
    releaseAll();
    throw error;
  }
}

function shareOf(hold: FileHold): EmbeddedShare {
  return {
    get shard() {
      return hold.shard;
    },
    keep() {
      hold.openShard(BESIDE);
    },
  };
}

/**
 * Whether the changes of a plain file are captured: then the engine takes part in it, so that
 * they go on to be.
 */
function discover(sql: SqlDriver, hold: FileHold, readonly: boolean): string | null {
  if (readCaptureSetting(sql)?.mode !== "on") return null;
  if (!readonly) hold.openShard(BESIDE);
  return sql.caps.hiddenPrefix;
}

const HOME: FacadeHome = {
  open,
  isBuffer: (value) => Buffer.isBuffer(value),
  toBuffer: (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
  hasFolder: (file) => existsSync(path.dirname(file)),
};

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
