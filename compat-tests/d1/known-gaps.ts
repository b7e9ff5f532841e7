import type { Driver } from "./drivers.ts";

/** A difference from the real D1 that is known, with the reason why it is there. */
export interface KnownGap {
  readonly driver: Exclude<Driver, "reference">;
  readonly case: string;
  /** Without one, the whole case is a gap; a pattern is for all labels that it matches. */
  readonly label?: string | RegExp;
  readonly reason: string;
}

/** Labels and reasons, by case. */
type Cases = Readonly<Record<string, Readonly<Record<string, string>>>>;

const MODULE_ROWS =
  "changes, last_row_id: D1 counts rows that a module writes for itself when its table is made";

/** Differences of both homes, by case: label → reason. */
const BOTH: Cases = {
  "several statements in one text": {
    '["CREATE TRIGGER h AFTER DELETE ON t BEGIN SELECT 1; END"]':
      "changed_db: D1 compares the file's size, we look at what the statement does",
  },
  meta: {
    "CREATE VIEW w AS SELECT * FROM t": "changed_db: D1 compares the file's size",
    "ALTER TABLE t ADD COLUMN extra": "changed_db: D1 compares the file's size",
    "DROP VIEW w": "changed_db: D1 compares the file's size",
  },
  "batch: OR ROLLBACK": {
    batch: "D1 resets its object; we undo the batch and say which constraint failed",
  },
  "sql: full text": {
    "CREATE VIRTUAL TABLE f USING fts5(title, body, tokenize = 'porter')": MODULE_ROWS,
  },
  "sql: r-trees": {
    "CREATE VIRTUAL TABLE r USING rtree(id, x0, x1)": MODULE_ROWS,
  },
  "limits: a long text of SQL": {
    "100 001": "a comment behind the statement does not count as a part of it",
  },
  "limits: what is forbidden": {
    "SELECT fts3_tokenizer('x')": "refused by name; D1 has no such function",
  },
  "changes()": {
    "changes() after an insert":
      "the local D1 writes a row of its own (its bookmark) after every write, and answers that",
  },
  "error texts": {
    "CREATE TABLE IF NOT EXISTS t (a)": "changed_db: D1 compares the file's size",
    "DROP TABLE IF EXISTS nope": "changed_db: D1 compares the file's size",
    "SELECT 'é'; SELECT 'é' x y":
      "in a text of several statements the offset counts UTF-16 units, in D1 bytes",
  },
  pragmas: {
    "PRAGMA case_sensitive_like = ON":
      "would change every session that shares the connection, so it is refused",
    "PRAGMA legacy_alter_table = ON":
      "would change every session that shares the connection, so it is refused",
  },
  "deferred foreign keys": {
    "left open": "D1 resets its object; we say which constraint failed",
    "left open in a batch": "D1 resets its object; we say which constraint failed",
  },
};

const BEYOND = "what D1 refuses for its limits works: the statement is said in other words";
const VERSION =
  "D1 denies it, and programs ask; the answer is the oldest version that a runtime of ours has";

const SCHEMA_READ = "rows_read: the schema also holds what belongs to the change log";
const LOG_READ =
  "rows_read: for the change log SQLite reads its newest entry, to number the next one, and an " +
  "old row once more; rows_written does not count the log";

const UPSERT =
  "INSERT INTO t (id, v) VALUES (1, 'x') " + "ON CONFLICT DO UPDATE SET v = 'upserted'";

/** Differences of the Durable Object alone. */
const DURABLE_OBJECT: Cases = {
  "what the home refuses": {
    "SELECT sqlite_version()": VERSION,
    [`SELECT 'a' LIKE '${"a".repeat(51)}' AS v`]: BEYOND,
  },
  "limits: what is forbidden": { "SELECT typeof(sqlite_version())": VERSION },
  "meta: rows read and written": {
    "ALTER TABLE t ADD COLUMN extra": SCHEMA_READ,
    "DROP INDEX i": SCHEMA_READ,
    "DROP TABLE t": SCHEMA_READ,
    "DROP VIEW w": SCHEMA_READ,
    [UPSERT]: LOG_READ,
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
const NODE: Cases = {
  "values: whole numbers": {
    "6 quoted": OTHER_SQLITE,
    "7 quoted": OTHER_SQLITE,
    "8 quoted": OTHER_SQLITE,
  },
  "sql: functions of numbers": {
    "SELECT ceil(1.2), floor(-1.2), trunc(1.9), sqrt(2), pow(2, 10), pi(), exp(1), ln(10), log10(100)":
      "the Workers runtime does not allow log10()",
  },
  "limits: a long text of SQL": { "a million": NODE_LIMITS, "a text of 100 001": NODE_LIMITS },
  "limits: arguments of functions": { "128": NODE_LIMITS },
  "limits: triggers in triggers": { "12": NODE_LIMITS },
  "limits: double-quoted strings": {
    'SELECT "t"."b" FROM "t"': "the engine places the column, SQLite the qualified name",
  },
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
    "UPDATE t SET nope = 1": "the engine finds the place of an error that SQLite does not place",
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
    "SELECT * FROM _cf_METADATA": "on Node there is no such table",
    [`SELECT 'a' LIKE '${"a".repeat(51)}' AS v`]: NODE_LIMITS,
    "SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5 UNION SELECT 6":
      NODE_LIMITS,
    "CREATE TABLE _cf_x (a)": "only the engine's own prefix, _cf_dosql_, is kept on Node",
    "UPDATE t SET a = 1 LIMIT 1": "Node's SQLite is built without this syntax",
    "DELETE FROM t ORDER BY a LIMIT 1": "Node's SQLite is built without this syntax",
    "101 columns": NODE_LIMITS,
  },
};

function gaps(driver: KnownGap["driver"], cases: Cases): KnownGap[] {
  return Object.entries(cases).flatMap(([name, labels]) =>
    Object.entries(labels).map(([label, reason]) => ({ driver, case: name, label, reason })),
  );
}

/** As `gaps`, for all labels of a case that match. */
function matching(
  driver: KnownGap["driver"],
  reason: string,
  cases: Readonly<Record<string, RegExp>>,
): KnownGap[] {
  return Object.entries(cases).map(([name, label]) => ({ driver, case: name, label, reason }));
}

/** What D1 refuses for a limit and the engine says in other words. */
export const FITTED: Readonly<Record<string, RegExp>> = {
  "limits: patterns of 51 bytes": /LIKE|of nothing/,
  "limits: 101 parameters": /IN|VALUES/,
  "limits: six terms of a compound": /UNION|EXCEPT/,
  "limits: deep expressions": /^(?:AND|OR|\|\|) of/,
};

const HONOURED =
  "D1 ignores PRAGMA foreign_keys in a script, so dropping a parent deletes its children; here " +
  "it counts, and a statement that needs foreign keys on is refused in such a script";

const RECREATED: Readonly<Record<string, RegExp>> = {
  "migrations: a table made anew in a batch": /posts|cascade/,
  "migrations: a table made anew in one text": /posts|cascade/,
  "migrations: a table made anew by exec": /posts|cascade/,
  "migrations: turned off behind a change of rows": /batch|posts|users|cascade/,
};

const PLATFORM_TABLE =
  "D1 may not ask its own platform's table for foreign keys, so the query fails; ours answers";
const ASKED_OF_ALL = {
  "introspection: Prisma": /pragma_foreign_key_list\(m/,
  "introspection: drizzle-kit": /tableFrom/,
};

/** All differences that are known. One that is listed and is none fails the test, too. */
export const KNOWN_GAPS: readonly KnownGap[] = [
  ...gaps("durable-object", BOTH),
  ...gaps("durable-object", DURABLE_OBJECT),
  ...gaps("node", BOTH),
  ...gaps("node", NODE),
  ...matching("durable-object", BEYOND, FITTED),
  ...matching("durable-object", HONOURED, RECREATED),
  ...matching("node", HONOURED, RECREATED),
  ...matching("node", NODE_LIMITS, {
    "limits: patterns of 51 bytes": /./,
    "limits: 101 parameters": /./,
    "limits: six terms of a compound": /UNION|EXCEPT/,
    "limits: deep expressions": /of|NOT/,
    "limits: 101 columns of a table": /./,
    "limits: 101 columns of a result": /./,
    "limits: values too long": /./,
  }),
  ...matching("node", "what the Workers runtime forbids; it changes nothing", {
    "limits: what is forbidden":
      /geopoly|dbstat|database_list|if\(|json_pretty|median|sqlite_|subtype/,
  }),
  ...matching("node", PLATFORM_TABLE, ASKED_OF_ALL),
  ...matching("durable-object", PLATFORM_TABLE, ASKED_OF_ALL),
  {
    driver: "node",
    case: "meta: rows read and written",
    reason:
      "Node cannot count rows: rows_read is the number of rows that came out, rows_written the " +
      "number of rows changed",
  },
];
