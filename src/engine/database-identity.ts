/*
 * Who a database is, in a row of its own shard's `meta` table: the shard is the only one that is
 * asked whether a database exists. Format: the key `database`, and JSON as the value,
 * `{ name, owner, epoch, createdMs, end? }`; `end` is `deleting` until all that the database held
 * is gone, and `deleted` then.
 *
 * Asking writes nothing: a Durable Object that was asked for a database nobody made holds no
 * storage afterwards.
 */
import { DosqlError } from "../base/errors.ts";
import type { SqlDriver } from "../ports/sql-driver.ts";
import { MetaTable, readFormat } from "./meta-table.ts";

/** Who a database is. */
export interface DatabaseIdentity {
  readonly name: string;
  /** The account it belongs to; others do not see it. */
  readonly owner: string;
  /**
   * Tells a database from an earlier one of its name: higher with every creation. It is a time
   * where that is higher, so that it rises even if a crash lost the last one.
   */
  readonly epoch: number;
  /** Milliseconds since 1970. */
  readonly createdMs: number;
}

/** What a database is to be made of. */
export interface NewDatabase {
  readonly name: string;
  readonly owner: string;
  readonly createdMs: number;
}

/** How far a deletion came. */
export type DatabaseEnd = "deleting" | "deleted";

interface Stored extends DatabaseIdentity {
  readonly end?: DatabaseEnd;
}

const KEY = "database";

/** Who lives in this storage; null when nobody was ever made here, or is deleted. */
export function readIdentity(driver: SqlDriver): DatabaseIdentity | null {
  const stored = readStored(driver);
  return stored?.end === undefined ? stored : null;
}

/** A database whose deletion was cut off; it has to be finished before there is another one. */
export function halfDeleted(driver: SqlDriver): DatabaseIdentity | null {
  const stored = readStored(driver);
  if (stored?.end !== "deleting") return null;
  const { end: _end, ...identity } = stored;
  return identity;
}

/**
 * Makes a database here, in storage that is ours already (`ensureFormat`).
 *
 * @throws DosqlError `database-exists`
 */
export function createIdentity(driver: SqlDriver, wanted: NewDatabase): DatabaseIdentity {
  const before = readStored(driver);
  if (before !== null && before.end === undefined) throw databaseExists(wanted.name);
  const { name, owner, createdMs } = wanted;
  const epoch = Math.max(createdMs, (before?.epoch ?? 0) + 1);
  const identity: DatabaseIdentity = { name, owner, epoch, createdMs };
  write(driver, identity);
  return identity;
}

/** Says that the database is gone; later ones of its name have a higher epoch. */
export function entomb(driver: SqlDriver, identity: DatabaseIdentity, end: DatabaseEnd): void {
  write(driver, { ...identity, end });
}

/**
 * Checks that a database is there, and still the one that the caller opened.
 *
 * @param epoch what the caller knows; null when it just asks
 * @throws DosqlError `no-such-database`
 */
export function checkIdentity(
  found: DatabaseIdentity | null,
  epoch: number | null,
): DatabaseIdentity {
  if (found === null) throw noSuchDatabase();
  if (epoch === null || epoch === found.epoch) return found;
  throw new DosqlError(
    "no-such-database",
    `the database ${found.name} was deleted and made anew since it was opened`,
    { hint: "open it again" },
  );
}

export function noSuchDatabase(name?: string): DosqlError {
  const which = name === undefined ? "this database" : `the database ${name}`;
  return new DosqlError("no-such-database", `${which} does not exist`, {
    hint: "create it first, as in `wrangler d1 create NAME`",
  });
}

export function databaseExists(name: string): DosqlError {
  return new DosqlError("database-exists", `the database ${name} exists already`);
}

function readStored(driver: SqlDriver): Stored | null {
  if (readFormat(driver) === null) return null;
  const text = new MetaTable(driver).read(KEY);
  return typeof text === "string" ? (JSON.parse(text) as Stored) : null;
}

function write(driver: SqlDriver, stored: Stored): void {
  new MetaTable(driver).write(KEY, JSON.stringify(stored));
}
