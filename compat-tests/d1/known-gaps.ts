import type { Driver } from "./drivers.ts";

/** A difference from the real D1 that is known, with the reason why it is there. */
export interface KnownGap {
  readonly driver: Exclude<Driver, "reference">;
  readonly case: string;
  /** Without one, the whole case is a gap. */
  readonly label?: string;
  readonly reason: string;
}

/** Differences of both homes, by case: label → reason. */
const BOTH: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  shape: {
    "db: members of its class":
      "query() exists in D1 only to be refused without the flag d1_binding_jsrpc",
  },
  "several statements in one text": {
    '["SELECT ? AS a; SELECT 2 AS b",5]':
      "the number of parameters is wrong either way; D1 has a text for this cause of it",
    '["CREATE TRIGGER h AFTER DELETE ON t BEGIN SELECT 1; END"]':
      "changed_db: D1 compares the file's size, we look at what the statement does",
  },
  meta: {
    "CREATE VIEW w AS SELECT * FROM t": "changed_db: D1 compares the file's size",
    "ALTER TABLE t ADD COLUMN extra": "changed_db: D1 compares the file's size",
    "DROP VIEW w": "changed_db: D1 compares the file's size",
  },
  "meta: triggers and foreign keys": {
    "an insert with a trigger": "changes: D1 counts the rows of triggers, we the statement's own",
    "a delete that cascades": "changes: D1 counts rows of foreign keys, we the statement's own",
  },
  "changes()": {
    "changes() after an insert":
      "the local D1 writes a row of its own (its bookmark) after every write, and answers that",
  },
  "error texts": {
    "UPDATE t SET nope = 1": "the engine finds the place of an error that SQLite does not place",
    "CREATE TABLE IF NOT EXISTS t (a)": "changed_db: D1 compares the file's size",
    "DROP TABLE IF EXISTS nope": "changed_db: D1 compares the file's size",
    "SELECT 'é'; SELECT 'é' x y":
      "in a text of several statements the offset counts UTF-16 units, in D1 bytes",
  },
  "transaction statements": {
    "START TRANSACTION": "refused as BEGIN is; to SQLite it is a syntax error",
    ABORT: "refused as ROLLBACK is; to SQLite it is a syntax error",
  },
  pragmas: {
    "PRAGMA case_sensitive_like = ON":
      "would change every session that shares the connection, so it is refused",
  },
  "what the home refuses": {
    "SELECT * FROM _cf_METADATA": "the runtime's own table is called missing, not forbidden",
  },
  "deferred foreign keys": {
    "left open": "D1 resets its object; we say which constraint failed",
    "left open in a batch": "D1 resets its object; we say which constraint failed",
  },
};

const SCHEMA_READ = "rows_read: the schema also holds what belongs to the change log";
const LOG_READ =
  "rows_read: for the change log SQLite reads its newest entry, to number the next one, and an " +
  "old row once more; rows_written does not count the log";

const UPSERT =
  "INSERT INTO t (id, v) VALUES (1, 'x') " + "ON CONFLICT DO UPDATE SET v = 'upserted'";

/** Differences of the Durable Object alone. */
const DURABLE_OBJECT: typeof BOTH = {
  "foreign keys": {
    "deferred, and put right":
      "last_row_id: a captured table has a trigger, and with one SQLite gives an INSERT its " +
      "rowid before it finds that the foreign key is broken",
  },
  "meta: rows read and written": {
    "ALTER TABLE t ADD COLUMN extra": SCHEMA_READ,
    "DROP INDEX i": SCHEMA_READ,
    "DROP TABLE t": SCHEMA_READ,
    "DROP VIEW w": SCHEMA_READ,
    [UPSERT]: LOG_READ,
    "INSERT INTO t (v) VALUES ('a'), ('b'), ('c')": LOG_READ,
    "INSERT INTO t (v) VALUES ('r') RETURNING id": LOG_READ,
    "INSERT OR REPLACE INTO t (id, v) VALUES (1, 'new')": LOG_READ,
    "REPLACE INTO t (id, v) VALUES (1, 'newer')": LOG_READ,
    "UPDATE t SET v = 'z' WHERE 0": LOG_READ,
    "UPDATE t SET v = 'z' WHERE id < 3": LOG_READ,
    "UPDATE t SET v = v": LOG_READ,
  },
};

const OTHER_SQLITE = "Node has another version of SQLite, which prints REALs with 17 digits";
const NODE_LIMITS = "a limit of the Workers runtime that Node does not have";
const NODE_PRAGMA = "reads what the Workers runtime hides; it changes nothing";
const UNPLACED =
  "Node does not hand out where an error is, and the engine places the usual ones only";

/** Differences of Node alone. */
const NODE: typeof BOTH = {
  "values that bind": {
    "2^53 + 2": OTHER_SQLITE,
    "a tiny number": OTHER_SQLITE,
    "a lone surrogate": "Node replaces it by one U+FFFD, the Workers runtime by three",
  },
  "values in columns": {
    "2^53 in a table": OTHER_SQLITE,
    "2^53 in strict x": OTHER_SQLITE,
  },
  "number of parameters": { "a hundred and one": NODE_LIMITS },
  "error texts": {
    "SELECT t.nope FROM t": "the engine places the column, SQLite the qualified name",
    "SELECT nope.id FROM t": "the engine places the column, SQLite the qualified name",
    "SELECT ?0": NODE_LIMITS,
    "SELECT sum(sum(id)) FROM t": UNPLACED,
    "SELECT id FROM t WHERE count(*) > 1": UNPLACED,
    "CREATE TABLE t (a)": UNPLACED,
    "CREATE VIEW t AS SELECT 1": UNPLACED,
    "CREATE VIRTUAL TABLE v USING nope(x)": "the Workers runtime forbids every unknown module",
  },
  pragmas: {
    "PRAGMA user_version": NODE_PRAGMA,
    "PRAGMA journal_mode": NODE_PRAGMA,
    "PRAGMA application_id": NODE_PRAGMA,
    "PRAGMA database_list": NODE_PRAGMA,
    "PRAGMA page_count": NODE_PRAGMA,
    "PRAGMA integrity_check": NODE_PRAGMA,
    "PRAGMA encoding": NODE_PRAGMA,
    "PRAGMA synchronous": NODE_PRAGMA,
    "PRAGMA compile_options": NODE_PRAGMA,
  },
  "what the home refuses": {
    VACUUM: "Node allows it",
    "SELECT sqlite_version()": "Node allows it",
    [`SELECT 'a' LIKE '${"a".repeat(51)}' AS v`]: NODE_LIMITS,
    "SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5 UNION SELECT 6":
      NODE_LIMITS,
    "CREATE TABLE _cf_x (a)": "only the engine's own prefix, _cf_dosql_, is kept on Node",
    "UPDATE t SET a = 1 LIMIT 1": "Node's SQLite is built without this syntax",
    "DELETE FROM t ORDER BY a LIMIT 1": "Node's SQLite is built without this syntax",
    "101 columns": NODE_LIMITS,
  },
};

function gaps(
  driver: KnownGap["driver"],
  cases: Readonly<Record<string, Readonly<Record<string, string>>>>,
): KnownGap[] {
  return Object.entries(cases).flatMap(([name, labels]) =>
    Object.entries(labels).map(([label, reason]) => ({ driver, case: name, label, reason })),
  );
}

/** All differences that are known. One that is listed and is none fails the test, too. */
export const KNOWN_GAPS: readonly KnownGap[] = [
  ...gaps("durable-object", BOTH),
  ...gaps("durable-object", DURABLE_OBJECT),
  ...gaps("node", BOTH),
  ...gaps("node", NODE),
  {
    driver: "node",
    case: "meta: rows read and written",
    reason:
      "Node cannot count rows: rows_read is the number of rows that came out, rows_written the " +
      "number of rows changed",
  },
];
