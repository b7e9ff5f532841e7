import type { DatabaseSync } from "node:sqlite";
import { pathToFileURL } from "node:url";
import { DosqlError } from "../../../base/errors.ts";
import type {
  BackupProgress,
  EmbeddedAggregate,
  EmbeddedDriver,
  EmbeddedFunction,
  EmbeddedRunResult,
  EmbeddedStatement,
} from "../../../ports/embedded-driver.ts";
import { backupDatabase } from "./embedded-backup.ts";
import { Callbacks } from "./embedded-callbacks.ts";
import { embeddedError, missingInNode } from "./embedded-errors.ts";
import { NodeEmbeddedStatement } from "./embedded-statement.ts";
import type { ConnectionFacts } from "./embedded-statement.ts";
import { nodeSqlite } from "../sqlite/node-sqlite.ts";

/** What is opened: a file (empty = a temporary one), memory, or memory filled from bytes. */
export type EmbeddedSource =
  | { readonly kind: "file"; readonly path: string; readonly mustExist: boolean }
  | { readonly kind: "memory" }
  | { readonly kind: "bytes"; readonly bytes: Uint8Array };

/**
 * Opens a connection as better-sqlite3 does: foreign keys enforced, `"text"` never a string.
 *
 * @param busyTimeoutMs how long a statement waits for another connection's lock
 * @throws DosqlError `runtime` when this Node is too old, `sqlite` when SQLite refuses
 */
export function openEmbeddedDriver(
  source: EmbeddedSource,
  options: { readonly readonly: boolean; readonly busyTimeoutMs: number },
): EmbeddedDriver {
  const { DatabaseSync: Connection } = nodeSqlite();
  try {
    const database = new Connection(locator(source), {
      readOnly: options.readonly && source.kind === "file",
      enableForeignKeyConstraints: true,
      enableDoubleQuotedStringLiterals: false,
      allowExtension: true,
      timeout: options.busyTimeoutMs,
    });
    if (source.kind === "bytes") deserialize(database, source.bytes);
    if (source.kind !== "file" && options.readonly) database.exec("PRAGMA query_only = ON");
    return new NodeEmbeddedDriver(database);
  } catch (error) {
    throw embeddedError(error);
  }
}

/**
 * The name for SQLite. Only a URI can say that a file must exist, and node:sqlite takes every
 * name that begins with `file:` for one.
 */
function locator(source: EmbeddedSource): string {
  if (source.kind !== "file") return ":memory:";
  if (source.mustExist) return `${pathToFileURL(source.path).href}?mode=rw`;
  return source.path.startsWith("file:") ? `./${source.path}` : source.path;
}

/** What newer versions of node:sqlite have besides. */
interface NewerMembers {
  readonly serialize?: (schema: string) => Uint8Array;
  readonly deserialize?: (bytes: Uint8Array) => void;
  readonly enableDefensive?: (active: boolean) => void;
}

function deserialize(database: DatabaseSync & NewerMembers, bytes: Uint8Array): void {
  if (database.deserialize === undefined) {
    throw missingInNode("opening a database from a Buffer");
  }
  // SQLite takes no bytes for an empty database, node:sqlite refuses them.
  if (bytes.length > 0) database.deserialize(bytes);
}

/** `EmbeddedDriver` over node:sqlite. */
class NodeEmbeddedDriver implements EmbeddedDriver, ConnectionFacts {
  readonly #database: DatabaseSync & NewerMembers;
  readonly #callbacks = new Callbacks();
  #numberedByPosition: boolean | undefined;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  get inTransaction(): boolean {
    return this.#database.isTransaction;
  }

  prepare(sql: string): EmbeddedStatement | null {
    try {
      const statement = this.#database.prepare(sql);
      return new NodeEmbeddedStatement(statement, this.#callbacks, this);
    } catch (error) {
      if (isNoStatement(error)) return null;
      throw this.#callbacks.failure(error);
    }
  }

  exec(sql: string): void {
    this.#callbacks.begin();
    try {
      this.#database.exec(sql);
    } catch (error) {
      throw this.#callbacks.failure(error);
    }
  }

  defineFunction(definition: EmbeddedFunction, body: (args: unknown[]) => unknown): void {
    const scalar = this.#callbacks.scalar(definition, body);
    define(() => this.#database.function(definition.name, functionOptions(definition), scalar));
  }

  defineAggregate(definition: EmbeddedFunction, steps: EmbeddedAggregate): void {
    const options = functionOptions(definition);
    const aggregate = { ...options, ...this.#callbacks.aggregate(definition, steps) };
    define(() => this.#database.aggregate(definition.name, aggregate));
  }

  loadExtension(path: string, entryPoint?: string): void {
    try {
      if (entryPoint === undefined) this.#database.loadExtension(path);
      else this.#database.loadExtension(path, entryPoint);
    } catch (error) {
      throw embeddedError(error);
    }
  }

  setDefensive(active: boolean): void {
    this.#database.enableDefensive?.(active);
  }

  backup(
    schema: string,
    path: string,
    nextSlice: (state: BackupProgress) => number,
  ): Promise<BackupProgress> {
    return backupDatabase(this.#database, { schema, path, nextSlice });
  }

  serialize(schema: string): Uint8Array {
    if (this.#database.serialize === undefined) throw missingInNode("serialize()");
    try {
      return this.#database.serialize(schema);
    } catch (error) {
      throw this.#hasSchema(schema) ? embeddedError(error) : unknownSchema(schema);
    }
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close();
  }

  #hasSchema(name: string): boolean {
    const schemas = this.#database.prepare("PRAGMA database_list").all();
    return schemas.some((schema) => String(schema["name"]).toLowerCase() === name.toLowerCase());
  }

  lastRun(): EmbeddedRunResult {
    const statement = this.#database.prepare("SELECT changes() AS n, last_insert_rowid() AS id");
    statement.setReadBigInts(true);
    const { n, id } = statement.get() ?? {};
    return { changes: Number(n), lastRowid: Number(id) };
  }

  bindsNumberedByPosition(): boolean {
    if (this.#numberedByPosition === undefined) {
      try {
        this.#database.prepare("SELECT ?1").get(null);
        this.#numberedByPosition = true;
      } catch {
        this.#numberedByPosition = false;
      }
    }
    return this.#numberedByPosition;
  }
}

/** SQLite refuses names that are too long. */
function define(body: () => void): void {
  try {
    body();
  } catch (error) {
    throw embeddedError(error);
  }
}

/** SQLite serializes nothing for it and gives no reason; a backup of it says this. */
function unknownSchema(schema: string): DosqlError {
  return new DosqlError("sqlite", `unknown database ${schema}`, { sqlite: "SQLITE_ERROR" });
}

function functionOptions(definition: EmbeddedFunction): {
  deterministic: boolean;
  directOnly: boolean;
  varargs: boolean;
  useBigIntArguments: true;
} {
  return {
    deterministic: definition.deterministic,
    directOnly: definition.directOnly,
    varargs: definition.arity < 0,
    useBigIntArguments: true,
  };
}

/** Newer versions refuse a text without a statement, older ones hand out a dead statement. */
function isNoStatement(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return code === "ERR_INVALID_ARG_VALUE" || code === "ERR_INVALID_STATE";
}
