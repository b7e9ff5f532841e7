import type { Gaps } from "./served-contract.ts";

const DQS =
  '"text" is a string there where no such column exists: the SQLite behind is compiled so';
const READS = "a readonly connection sends nothing that writes, BEGIN IMMEDIATE included";
const CTAS =
  "the engine's SQLite does not count the rows of CREATE TABLE AS for last_insert_rowid()";
const URL_NAME = "the name is a URL, and no memory";
const SET =
  "a setting of the connection, which many share there: it cannot be set, and reads as it is";
const MODE = "the journal's mode is the server's to choose: SQLite answers with the one that holds";
const PAGES =
  "the file is there, in WAL mode, before a program sees it: its pages keep their size, and " +
  "auto_vacuum waits for VACUUM";
const WORD = "it is told by its first words, not by its program";
const AUTH = "the runtime does not allow it, and says so";
const COLS =
  "the runtime tells of a result column nothing but its name, and of RETURNING nothing before it ran";
const NAME = "the name is the storage, and no memory";
const UTF = "the runtime makes three replacement characters of a lone surrogate";
const REAL = "the runtime's SQLite writes REALs with 15 digits";
const P100 = "the runtime takes 100 parameters at most";
const ONE = "an object has one storage: a second database is the same one";
const TX =
  "transactions are transactionSync(): nothing can end them from inside, and nothing is logged";
const KEYS = "the runtime turns foreign keys off while nothing is written only";
const EXPL = "EXPLAIN of nothing is refused with other words";
const KEPT = "the runtime keeps what it has compiled, and does not look again";
const VAC = "an event of the object is a transaction";

/**
 * Where a database at a server answers otherwise than better-sqlite3, besides what it refuses by
 * name.
 */
export const REMOTE_GAPS: Gaps = {
  "preparing: reader and readonly": {
    REINDEX: WORD,
    "PRAGMA optimize": WORD,
    "PRAGMA auto_vacuum = 1": WORD,
  },
  "preparing: DELETE and UPDATE with LIMIT": {
    UPDATE: URL_NAME,
  },
  "values: changes and rowids": {
    VACUUM: CTAS,
    ANALYZE: CTAS,
    "DROP TABLE copy": CTAS,
    "SELECT * FROM log": CTAS,
  },
  pragmas: {
    "12: journal_mode": MODE,
    "12, simple: journal_mode": MODE,
    "13: journal_mode = MEMORY": MODE,
    "13, simple: journal_mode = MEMORY": MODE,
    "14: wal_checkpoint(FULL)": SET,
    "18: recursive_triggers": SET,
    "18, simple: recursive_triggers": SET,
  },
  "pragmas: before the first table": {
    "page_size = 8192, :memory:": PAGES,
    "page_size = 8192, a file": PAGES,
    "auto_vacuum = FULL, :memory:": PAGES,
    "auto_vacuum = FULL, a file": PAGES,
    "journal_mode = TRUNCATE, :memory:": MODE,
    "journal_mode = TRUNCATE, a file": MODE,
  },
  "copies: serialize": {
    missing: 'a missing schema is "unknown database", not "Out of memory"',
  },
  "errors: a readonly file": {
    "journal mode": MODE,
    "temporary objects are fine": READS,
    "begin immediate": READS,
  },
};

/** The same for the storage of a Durable Object. */
export const DURABLE_GAPS: Gaps = {
  "preparing: texts": {
    '27: "SELECT \':a\', \\":b\\", [?], `@c`, 1 -- ?\\n"': DQS,
  },
  "preparing: reader and readonly": {
    "CREATE TEMP TABLE x (a)": AUTH,
    "ATTACH ':memory:' AS x": AUTH,
    "DETACH x": AUTH,
  },
  "preparing: the same text again": {
    "DROP of it": KEPT,
  },
  "preparing: DELETE and UPDATE with LIMIT": {
    UPDATE: NAME,
  },
  "binding: calls": {
    "37: SELECT ?": UTF,
  },
  "values: in and out of columns": {
    "8: 9007199254740992": REAL,
  },
  "values: changes and rowids": {
    VACUUM: VAC,
    ANALYZE: CTAS,
    "DROP TABLE copy": CTAS,
    "SELECT * FROM log": CTAS,
  },
  "modes: each": {
    "columns SELECT * FROM t": COLS,
    "columns SELECT t.a, u.a, b FROM t JOIN u ON t.a = u.a": COLS,
    'columns SELECT a AS "x y", b AS "" FROM t': COLS,
    "columns SELECT * FROM (SELECT a FROM t)": COLS,
    "columns SELECT x.a, y.a FROM t x, t y LIMIT 1": COLS,
    "columns SELECT rowid, t.rowid FROM t": COLS,
    "columns SELECT * FROM t WHERE 0": COLS,
    "columns SELECT (SELECT a FROM t)": COLS,
    "columns INSERT INTO t VALUES (3, 'z') RETURNING *, a + 1": COLS,
    "columns SELECT * FROM json_each('[5]')": COLS,
    "columns SELECT name, sql FROM sqlite_schema": COLS,
  },
  "modes: toggled": {
    "5: raw false": COLS,
  },
  pragmas: {
    "12: journal_mode": MODE,
    "12, simple: journal_mode": MODE,
    "13: journal_mode = MEMORY": MODE,
    "13, simple: journal_mode = MEMORY": MODE,
  },
  "pragmas: at the start": {
    "after foreign_keys = FULL": KEYS,
    "after foreign_keys = 0": KEYS,
    "then immediately": TX,
  },
  "pragmas: before the first table": {
    "page_size = 8192, :memory:": PAGES,
    "page_size = 8192, a file": PAGES,
    "journal_mode = TRUNCATE, :memory:": MODE,
    "journal_mode = TRUNCATE, a file": MODE,
  },
  "errors: class, code and message": {
    "prepared: ATTACH '/nowhere/at/all.db' AS x": AUTH,
    "exec: ATTACH '/nowhere/at/all.db' AS x": AUTH,
    "prepared: DETACH missing": AUTH,
    "exec: DETACH missing": AUTH,
    "prepared: SELECT ?99999": P100,
    "exec: SELECT ?99999": P100,
  },
  "errors: a readonly file": {
    "journal mode": MODE,
    write: ONE,
    "temporary objects are fine": AUTH,
  },
  "transactions: mixed with hand-made ones": {
    "ended by SQLite itself, and caught": TX,
    state: TX,
  },
  explain: {
    nothing: EXPL,
  },
  "logging: texts": {
    transaction: TX,
  },
  "logging: a log that throws": {
    transaction: TX,
  },
  "modes: a schema that changes": {},
};
