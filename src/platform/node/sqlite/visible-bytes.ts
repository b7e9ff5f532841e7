import { randomUUID } from "node:crypto";
import { renameSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { nodeSqlite } from "./node-sqlite.ts";

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
  const database = new Connection(":memory:", { enableForeignKeyConstraints: false });
  const newer: typeof database & Bytes = database;
  try {
    if (newer.serialize === undefined || newer.deserialize === undefined) return bytes;
    newer.deserialize(inRollbackMode(bytes));
    // Where unused pages stay, nothing of what was on them does.
    database.exec("PRAGMA secure_delete = ON");
    if (!dropHidden(database, prefix)) return bytes;
    const visible =
      bytes.length > MOST_NAMED_BYTES
        ? newer.serialize("main")
        : compacted(database, newer.serialize);
    return Buffer.from(visible.buffer, visible.byteOffset, visible.byteLength);
  } finally {
    database.close();
  }
}

/** A database in memory that has a name becomes no larger. */
const MOST_NAMED_BYTES = 1024 * 1024 * 1024;

/** Without unused pages. VACUUM would number rows anew that have no key; VACUUM INTO does not. */
function compacted(database: DatabaseSync, serialize: (schema: string) => Uint8Array): Uint8Array {
  const { DatabaseSync: Connection } = nodeSqlite();
  const name = `file:/dosql-${randomUUID()}?vfs=memdb`;
  const target = new Connection(name);
  try {
    database.prepare("VACUUM INTO ?").run(name);
    return serialize.call(target, "main");
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
  const database = new Connection(path, { enableForeignKeyConstraints: false });
  const visible = `${path}-visible`;
  try {
    if (!dropHidden(database, prefix)) return;
    database.prepare("VACUUM INTO ?").run(visible);
  } finally {
    database.close();
  }
  renameSync(visible, path);
}

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
