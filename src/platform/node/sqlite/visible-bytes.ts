import { randomUUID } from "node:crypto";
import { renameSync, rmSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { nodeSqlite } from "./node-sqlite.ts";
import { sqliteError } from "./sqlite-error.ts";

/** What newer versions of node:sqlite have besides. */
interface Bytes {
  readonly serialize?: (schema: string) => Uint8Array;
  readonly deserialize?: (bytes: Uint8Array) => void;
}

/**
 * The bytes of a database without the tables, views, triggers and indexes whose names begin with a
 * prefix. Where this Node cannot read a database from bytes, as they were.
 */
export function withoutHidden(bytes: Uint8Array, prefix: string): Uint8Array {
  const { DatabaseSync: Connection } = nodeSqlite();
  const database = new Connection(":memory:", COPY_OPTIONS);
  const newer: typeof database & Bytes = database;
  try {
    if (newer.serialize === undefined || newer.deserialize === undefined) return bytes;
    newer.deserialize(inRollbackMode(bytes));
    // Where unused pages stay, nothing of what was on them does.
    database.exec("PRAGMA secure_delete = ON");
    if (!dropHidden(database, prefix)) return bytes;
    const small = bytes.length <= MOST_NAMED_BYTES;
    const visible = (small && compacted(database, newer.serialize)) || newer.serialize("main");
    return Buffer.from(visible.buffer, visible.byteOffset, visible.byteLength);
  } finally {
    database.close();
  }
}

/** A database in memory that has a name becomes no larger. */
const MOST_NAMED_BYTES = 1024 * 1024 * 1024;

/** A copy has what its database has, also strings in double quotes that it was made with. */
export const COPY_OPTIONS = {
  enableForeignKeyConstraints: false,
  enableDoubleQuotedStringLiterals: true,
};

/** Null where `vacuumInto` cannot. */
function compacted(
  database: DatabaseSync,
  serialize: (schema: string) => Uint8Array,
): Uint8Array | null {
  const { DatabaseSync: Connection } = nodeSqlite();
  const name = `file:/dosql-${randomUUID()}?vfs=memdb`;
  const target = new Connection(name);
  try {
    return vacuumInto(database, name) ? serialize.call(target, "main") : null;
  } finally {
    target.close();
  }
}

/** A database in WAL mode cannot be opened from bytes: both versions in its header say so. */
function inRollbackMode(bytes: Uint8Array): Uint8Array {
  const copy = new Uint8Array(bytes);
  if (copy.length > VERSIONS_AT + 1) copy.fill(ROLLBACK_MODE, VERSIONS_AT, VERSIONS_AT + 2);
  return copy;
}

const VERSIONS_AT = 18;
const ROLLBACK_MODE = 1;

/** Takes what has that prefix out of a file that nobody else has open. */
export function removeHidden(path: string, prefix: string): void {
  const { DatabaseSync: Connection } = nodeSqlite();
  const database = new Connection(path, COPY_OPTIONS);
  const visible = `${path}-visible`;
  let isMade = false;
  try {
    database.exec("PRAGMA secure_delete = FAST");
    if (!dropHidden(database, prefix)) return;
    isMade = vacuumInto(database, visible);
    if (!isMade) overwriteUnused(database, prefix);
  } finally {
    database.close();
  }
  if (isMade) renameSync(visible, path);
  else rmSync(visible, { force: true });
}

/**
 * A copy without unused pages. VACUUM would number rows anew that have no key; VACUUM INTO does
 * not. Whether it could: tables and indexes are made anew, which those cannot be that use a
 * function that only a program has.
 */
export function vacuumInto(database: DatabaseSync, target: string): boolean {
  try {
    database.prepare("VACUUM INTO ?").run(target);
    return true;
  } catch (error) {
    if (sqliteError(error).sqlite !== "SQLITE_ERROR") throw error;
    return false;
  }
}

/** Where unused pages stay, nothing of what was on them does. On pages in use, secure_delete. */
export function overwriteUnused(database: DatabaseSync, prefix: string): void {
  const ask = (what: string): number => Number(database.prepare(`PRAGMA ${what}`).get()?.[what]);
  let bytes = ask("freelist_count") * ask("page_size");
  const name = `"${prefix}unused"`;
  database.exec(`CREATE TABLE ${name} (a)`);
  const fill = database.prepare(`INSERT INTO ${name} VALUES (zeroblob(?))`);
  for (; bytes > 0; bytes -= MOST_FILL_BYTES) fill.run(Math.min(bytes, MOST_FILL_BYTES));
  database.exec(`DROP TABLE ${name}`);
}

const MOST_FILL_BYTES = 256 * 1024 * 1024;

/** Whether there were any. Their pages stay in the file, as unused ones. */
export function dropHidden(database: DatabaseSync, prefix: string): boolean {
  const find = database.prepare(
    "SELECT type, name FROM sqlite_schema WHERE substr(lower(name), 1, ?) = ? AND " +
      "type IN ('trigger', 'view', 'table', 'index') ORDER BY type = 'table', type = 'view'",
  );
  const hidden = find.all(prefix.length, prefix);
  for (const { type, name } of hidden) {
    database.exec(`DROP ${String(type)} IF EXISTS "${String(name).replaceAll('"', '""')}"`);
  }
  return hidden.length > 0;
}
