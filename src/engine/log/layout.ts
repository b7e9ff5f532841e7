/*
 * The log's tables, all with the home's hidden prefix:
 *
 *   log   (lsn INTEGER PRIMARY KEY, kind, v0 … v15)   one row per entry. `kind` is the relation's
 *         number times 8 plus the entry's operation. The values of an insert are the row, of a
 *         delete the old row, of an update the old row and then the new one. A row begins with
 *         the hidden rowid where the table has one that is no column. SQLite assigns the LSN
 *         (highest + 1), so the highest row must never be deleted. Values of a commit: its time
 *         (milliseconds, counter), the schema version, the origin, a global id or null, and,
 *         where that changes, what is captured from there on, as JSON.
 *   more  (id INTEGER PRIMARY KEY, m0 … m31)   values that do not fit into `log`: id is
 *         lsn * 256 + part, parts from 0 on.
 *   entry a view with a trigger in place of INSERT, through which the engine writes `log` without
 *         moving last_insert_rowid().
 *   part  the same for `more`.
 *   rel   relations: see relation.ts.
 *   views what views were: see view-table.ts.
 *   told  the schema as the log has told it: see told-schema.ts.
 *   flag  (id, mode) one row: what REPLACE does in the statement that runs; see replace-mode.ts.
 *   txn   sealed transactions: see seal.ts.
 *
 * Columns have no type, so that SQLite keeps every value as it is.
 */
import { quoteIdentifier } from "../../sql/quote.ts";

/** What an entry is; three bits of `kind`. */
export const ENTRY = {
  /** Where a row is about to be; until the statement is settled, then a candidate. */
  arrival: 0,
  insert: 1,
  update: 2,
  delete: 3,
  /** A delete that REPLACE may have done; counts for nothing until it is known to be one. */
  candidate: 4,
  /** A row that DDL took away; time travel needs it, nobody else sees it. */
  shadow: 5,
  ddl: 6,
  commit: 7,
} as const;

export type EntryCode = (typeof ENTRY)[keyof typeof ENTRY];

/** `kind` = relation * KIND_STEP + operation. */
export const KIND_STEP = 8;

/** Values in a row of `log`: measured, each unused one costs 5 ns, and most rows are narrow. */
export const LOG_SLOTS = 16;
/** Values in a row of `more`. */
export const MORE_SLOTS = 32;
/** More parts than the widest table of SQLite (2,000 columns, twice) needs. */
export const MORE_STEP = 256;

/** The hidden tables of one home, quoted. */
export interface LogNames {
  readonly prefix: string;
  readonly log: string;
  readonly more: string;
  readonly entry: string;
  readonly part: string;
  readonly rel: string;
  readonly views: string;
  readonly told: string;
  readonly flag: string;
  readonly txn: string;
  readonly slots: string;
  readonly meta: string;
}

export function logNames(prefix: string): LogNames {
  const name = (suffix: string): string => quoteIdentifier(prefix + suffix);
  return {
    prefix,
    log: name("log"),
    more: name("more"),
    entry: name("entry"),
    part: name("part"),
    rel: name("rel"),
    views: name("views"),
    told: name("told"),
    flag: name("flag"),
    txn: name("txn"),
    slots: name("slots"),
    meta: name("meta"),
  };
}

/** `v0, v1, …` */
export function slotNames(letter: "v" | "m", count: number): string[] {
  return Array.from({ length: count }, (_, i) => `${letter}${i}`);
}

/** What makes the log's tables; each statement may be run again. */
export function logSchema(names: LogNames): string[] {
  const slots = slotNames("v", LOG_SLOTS).join();
  const values = slotNames("v", LOG_SLOTS).map((slot) => `NEW.${slot}`);
  const parts = slotNames("m", MORE_SLOTS).join();
  const trigger = quoteIdentifier(`${names.prefix}entry_insert`);
  const partTrigger = quoteIdentifier(`${names.prefix}part_insert`);
  const partValues = slotNames("m", MORE_SLOTS).map((slot) => `NEW.${slot}`);
  return [
    `CREATE TABLE IF NOT EXISTS ${names.log} (lsn INTEGER PRIMARY KEY, kind, ${slots})`,
    `CREATE TABLE IF NOT EXISTS ${names.more} (id INTEGER PRIMARY KEY, ${parts})`,
    `CREATE VIEW IF NOT EXISTS ${names.entry} AS SELECT kind, ${slots} FROM ${names.log}`,
    `CREATE TRIGGER IF NOT EXISTS ${trigger} INSTEAD OF INSERT ON ${names.entry} BEGIN ` +
      `INSERT INTO ${names.log} (kind, ${slots}) VALUES (NEW.kind, ${values.join()}); END`,
    `CREATE VIEW IF NOT EXISTS ${names.part} AS SELECT id, ${parts} FROM ${names.more}`,
    `CREATE TRIGGER IF NOT EXISTS ${partTrigger} INSTEAD OF INSERT ON ${names.part} BEGIN ` +
      `INSERT INTO ${names.more} (id, ${parts}) VALUES (NEW.id, ${partValues.join()}); END`,
    `CREATE TABLE IF NOT EXISTS ${names.rel} (id INTEGER PRIMARY KEY, table_id, name, from_lsn, ` +
      "to_lsn, schema_version, shape, sql, crc32) WITHOUT ROWID",
    `CREATE TABLE IF NOT EXISTS ${names.views} (name, from_lsn, to_lsn, sql, ` +
      "PRIMARY KEY (name, from_lsn)) WITHOUT ROWID",
    `CREATE TABLE IF NOT EXISTS ${names.told} (type, name, tbl, sql, ` +
      "PRIMARY KEY (type, name)) WITHOUT ROWID",
    `CREATE TABLE IF NOT EXISTS ${names.flag} (id INTEGER PRIMARY KEY, mode) WITHOUT ROWID`,
    `INSERT OR IGNORE INTO ${names.flag} (id, mode) VALUES (1, 3)`,
    `CREATE TABLE IF NOT EXISTS ${names.txn} (last_lsn INTEGER PRIMARY KEY, first_lsn, wall_ms, ` +
      "counter, schema_version, origin, gtid, crc32) WITHOUT ROWID",
    `CREATE TABLE IF NOT EXISTS ${names.slots} (name TEXT PRIMARY KEY, confirmed_lsn, ` +
      "created_ms, confirmed_ms, max_lag, lost, filter) WITHOUT ROWID",
  ];
}
