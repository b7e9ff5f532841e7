import type { StatementClass, StatementKind } from "../../src/sql/read/statement-class.ts";

/** What a statement is: text, command, kind, readonly, and what else differs from the default. */
export type Expected = readonly [
  sql: string,
  command: string,
  kind: StatementKind,
  readonly: boolean,
  more?: Partial<Omit<StatementClass, "mentions">> & {
    readonly mentions?: Partial<StatementClass["mentions"]>;
  },
];

/** Tables for the statements below. */
export const SCHEMA = `
  CREATE TABLE t(id INTEGER PRIMARY KEY, a, b TEXT);
  CREATE TABLE u(id INTEGER PRIMARY KEY, a, b TEXT);
  CREATE INDEX ta ON t(a);
  CREATE VIEW v AS SELECT a FROM t;
  CREATE TRIGGER tr AFTER INSERT ON t BEGIN SELECT 1; END;
`;

export const READS: readonly Expected[] = [
  ["SELECT 1", "SELECT", "read", true],
  ["select a from t where id = 1;", "SELECT", "read", true],
  ["  /* x */ SELECT 1 -- y", "SELECT", "read", true],
  ["VALUES (1), (2)", "SELECT", "read", true],
  ["SELECT * FROM t UNION SELECT * FROM u", "SELECT", "read", true],
  ["WITH c AS (SELECT 1) SELECT * FROM c", "SELECT", "read", true],
  ["WITH c(x) AS (VALUES (1)), d AS (SELECT 2) VALUES (3)", "SELECT", "read", true],
  [
    "WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c LIMIT 3) SELECT i FROM c",
    "SELECT",
    "read",
    true,
  ],
  ["WITH c AS MATERIALIZED (SELECT 1) SELECT * FROM c", "SELECT", "read", true],
  ["WITH replace AS (SELECT 1) SELECT * FROM replace", "SELECT", "read", true],
  ["WITH c AS (SELECT 1), replace AS (SELECT 2) SELECT * FROM replace", "SELECT", "read", true],
  ["WITH RECURSIVE replace AS (SELECT 2) SELECT * FROM replace", "SELECT", "read", true],
  ['WITH "delete" AS (SELECT 1) SELECT * FROM "delete"', "SELECT", "read", true],
  ["SELECT 'INSERT INTO t'", "SELECT", "read", true],
  ["SELECT replace('a', 'b', 'c')", "SELECT", "read", true],
  ["SELECT changes()", "SELECT", "read", true, { mentions: { rowidState: true } }],
  ["SELECT Total_Changes ( )", "SELECT", "read", true, { mentions: { rowidState: true } }],
  ['SELECT "last_insert_rowid"()', "SELECT", "read", true, { mentions: { rowidState: true } }],
  ["SELECT a AS changes FROM t", "SELECT", "read", true],
  ["SELECT 'changes()'", "SELECT", "read", true],
  ["SELECT * FROM sqlite_master", "SELECT", "read", true, { mentions: { schemaTable: true } }],
  [
    'SELECT * FROM main."SQLITE_SCHEMA"',
    "SELECT",
    "read",
    true,
    { mentions: { schemaTable: true } },
  ],
  ["SELECT * FROM [sqlite_schema]", "SELECT", "read", true, { mentions: { schemaTable: true } }],
  ["SELECT * FROM 'sqlite_master'", "SELECT", "read", true, { mentions: { schemaTable: true } }],
  ["SELECT * FROM pragma_table_list", "SELECT", "read", true, { mentions: { schemaTable: true } }],
  [
    "SELECT * FROM sqlite_temp_master",
    "SELECT",
    "read",
    true,
    { temp: true, mentions: { schemaTable: true } },
  ],
  [
    "SELECT * FROM temp.sqlite_master",
    "SELECT",
    "read",
    true,
    { temp: true, mentions: { schemaTable: true } },
  ],
  ["SELECT random()", "SELECT", "read", true, { mentions: { volatile: true } }],
  ["SELECT a, randomblob(3) FROM t", "SELECT", "read", true, { mentions: { volatile: true } }],
  ["SELECT CURRENT_TIMESTAMP", "SELECT", "read", true, { mentions: { volatile: true } }],
  ["SELECT datetime('now')", "SELECT", "read", true, { mentions: { volatile: true } }],
  ["SELECT id AS random FROM t", "SELECT", "read", true],
  ["SELECT temp FROM (SELECT 1 AS temp)", "SELECT", "read", true],
  ["EXPLAIN SELECT 1", "EXPLAIN", "read", true, { explain: true }],
  ["EXPLAIN QUERY PLAN SELECT * FROM t", "EXPLAIN", "read", true, { explain: true }],
  [
    "EXPLAIN QUERY PLAN WITH c AS (SELECT 1) SELECT * FROM c",
    "EXPLAIN",
    "read",
    true,
    { explain: true },
  ],
  ["EXPLAIN INSERT INTO t(a) VALUES (1) RETURNING a", "EXPLAIN", "read", true, { explain: true }],
  ["EXPLAIN QUERY PLAN DELETE FROM t", "EXPLAIN", "read", true, { explain: true }],
  ["EXPLAIN CREATE TABLE x(a)", "EXPLAIN", "read", true, { explain: true }],
];

export const WRITES: readonly Expected[] = [
  ["INSERT INTO t(a) VALUES (1)", "INSERT", "write", false],
  ["insert into t(a) select a from u", "INSERT", "write", false],
  ["INSERT INTO t DEFAULT VALUES", "INSERT", "write", false],
  ["INSERT OR IGNORE INTO t(a) VALUES (1)", "INSERT", "write", false],
  ["REPLACE INTO t(id, a) VALUES (1, 2)", "INSERT", "write", false],
  ["INSERT INTO t(a) VALUES (1) RETURNING id", "INSERT", "write", false, { returning: true }],
  ["INSERT INTO t(a) VALUES ('RETURNING')", "INSERT", "write", false],
  [
    "INSERT INTO t(id, a) VALUES (1, 2) ON CONFLICT (id) DO UPDATE SET a = excluded.a RETURNING *",
    "INSERT",
    "write",
    false,
    { returning: true },
  ],
  ["UPDATE t SET a = 1", "UPDATE", "write", false],
  [
    "UPDATE OR FAIL t SET a = 1 WHERE id = 2 RETURNING a",
    "UPDATE",
    "write",
    false,
    { returning: true },
  ],
  ["UPDATE t SET a = u.a FROM u WHERE u.id = t.id", "UPDATE", "write", false],
  ["DELETE FROM t", "DELETE", "write", false],
  ["DELETE FROM t WHERE id = 1 RETURNING *", "DELETE", "write", false, { returning: true }],
  ["WITH c AS (SELECT 1 AS x) INSERT INTO t(a) SELECT x FROM c", "INSERT", "write", false],
  ["WITH c AS (SELECT 1 AS x) REPLACE INTO t(a) SELECT x FROM c", "INSERT", "write", false],
  ["WITH c AS (SELECT 1 AS x) UPDATE t SET a = (SELECT x FROM c)", "UPDATE", "write", false],
  [
    "WITH c AS (SELECT 1 AS x), d AS (SELECT 2) DELETE FROM t WHERE id IN c",
    "DELETE",
    "write",
    false,
  ],
  [
    "INSERT INTO t(a) VALUES (changes())",
    "INSERT",
    "write",
    false,
    { mentions: { rowidState: true } },
  ],
  [
    "WITH c AS (SELECT last_insert_rowid() AS x) INSERT INTO t(a) SELECT x FROM c",
    "INSERT",
    "write",
    false,
    { mentions: { rowidState: true } },
  ],
  [
    "INSERT INTO t(a) VALUES (CURRENT_DATE)",
    "INSERT",
    "write",
    false,
    { mentions: { volatile: true } },
  ],
  [
    "INSERT INTO u(a) SELECT name FROM sqlite_schema",
    "INSERT",
    "write",
    false,
    { mentions: { schemaTable: true } },
  ],
];

export const DEFINITIONS: readonly Expected[] = [
  ["CREATE TABLE x(a)", "CREATE TABLE", "ddl", false],
  ["create table if not exists t(a)", "CREATE TABLE", "ddl", false],
  ["CREATE TABLE y AS SELECT 1 AS a", "CREATE TABLE", "ddl", false],
  ["CREATE TEMP TABLE x2(a)", "CREATE TABLE", "ddl", false, { temp: true }],
  ["CREATE TEMPORARY VIEW v2 AS SELECT 1", "CREATE VIEW", "ddl", false, { temp: true }],
  ["CREATE TABLE temp.x3(a)", "CREATE TABLE", "ddl", false, { temp: true }],
  ["CREATE UNIQUE INDEX i ON t(b)", "CREATE INDEX", "ddl", false],
  ["CREATE INDEX IF NOT EXISTS i2 ON t(b) WHERE a = 1", "CREATE INDEX", "ddl", false],
  ["CREATE VIEW v3 AS SELECT a FROM t", "CREATE VIEW", "ddl", false],
  ["CREATE TRIGGER tr2 AFTER DELETE ON t BEGIN SELECT 1; END", "CREATE TRIGGER", "ddl", false],
  [
    "CREATE TEMP TRIGGER tr3 AFTER DELETE ON t BEGIN DELETE FROM u; END",
    "CREATE TRIGGER",
    "ddl",
    false,
    { temp: true },
  ],
  ["CREATE VIRTUAL TABLE f USING fts5(a)", "CREATE VIRTUAL TABLE", "ddl", false],
  ["DROP TABLE u", "DROP TABLE", "ddl", false],
  ["DROP TABLE IF EXISTS nobody", "DROP TABLE", "ddl", false],
  ["DROP INDEX ta", "DROP INDEX", "ddl", false],
  ["DROP VIEW v", "DROP VIEW", "ddl", false],
  ["DROP TRIGGER tr", "DROP TRIGGER", "ddl", false],
  ["ALTER TABLE t RENAME TO s", "ALTER TABLE", "ddl", false],
  ["ALTER TABLE t ADD COLUMN c", "ALTER TABLE", "ddl", false],
  ["ALTER TABLE t RENAME COLUMN a TO c", "ALTER TABLE", "ddl", false],
  ["ALTER TABLE u DROP COLUMN b", "ALTER TABLE", "ddl", false],
];

type Transaction = NonNullable<StatementClass["transaction"]>;

function transaction(
  sql: string,
  command: string,
  asked: Transaction | undefined,
  readonly = true,
): Expected {
  return [sql, command, "transaction", readonly, asked === undefined ? {} : { transaction: asked }];
}

/** Transaction statements that SQLite itself knows. */
export const TRANSACTIONS: readonly Expected[] = [
  transaction("BEGIN", "BEGIN", { action: "begin" }),
  transaction("begin transaction;", "BEGIN", { action: "begin" }),
  transaction("BEGIN DEFERRED", "BEGIN", { action: "begin", mode: "deferred" }),
  transaction("BEGIN IMMEDIATE", "BEGIN", { action: "begin", mode: "immediate" }, false),
  transaction(
    "BEGIN EXCLUSIVE TRANSACTION",
    "BEGIN",
    { action: "begin", mode: "exclusive" },
    false,
  ),
  transaction("BEGIN TRANSACTION name", "BEGIN", { action: "begin" }),
  transaction(
    "BEGIN IMMEDIATE TRANSACTION 'n'",
    "BEGIN",
    { action: "begin", mode: "immediate" },
    false,
  ),
  transaction("COMMIT", "COMMIT", { action: "commit" }),
  transaction("COMMIT TRANSACTION", "COMMIT", { action: "commit" }),
  transaction("END", "COMMIT", { action: "commit" }),
  transaction("END TRANSACTION x", "COMMIT", { action: "commit" }),
  transaction("ROLLBACK", "ROLLBACK", { action: "rollback" }),
  transaction("ROLLBACK TRANSACTION", "ROLLBACK", { action: "rollback" }),
  transaction("ROLLBACK TRANSACTION x", "ROLLBACK", { action: "rollback" }),
  transaction("ROLLBACK TO a", "ROLLBACK", { action: "rollback-to", name: "a" }),
  transaction("ROLLBACK TRANSACTION TO SAVEPOINT a", "ROLLBACK", {
    action: "rollback-to",
    name: "a",
  }),
  transaction("ROLLBACK TRANSACTION x TO a", "ROLLBACK", { action: "rollback-to", name: "a" }),
  transaction("SAVEPOINT a", "SAVEPOINT", { action: "savepoint", name: "a" }),
  transaction('SAVEPOINT "a "" b"', "SAVEPOINT", { action: "savepoint", name: 'a " b' }),
  transaction("SAVEPOINT 'a'", "SAVEPOINT", { action: "savepoint", name: "a" }),
  transaction("SAVEPOINT end", "SAVEPOINT", { action: "savepoint", name: "end" }),
  transaction("RELEASE a", "RELEASE", { action: "release", name: "a" }),
  transaction("RELEASE SAVEPOINT [a]", "RELEASE", { action: "release", name: "a" }),
];

/** Transaction statements of Postgres, and some that are wrong in both. */
export const POSTGRES_TRANSACTIONS: readonly Expected[] = [
  transaction("START TRANSACTION", "START TRANSACTION", { action: "begin" }),
  transaction("BEGIN WORK", "BEGIN", { action: "begin" }),
  transaction("BEGIN ISOLATION LEVEL READ COMMITTED", "BEGIN", {
    action: "begin",
    isolation: "read committed",
  }),
  transaction("begin transaction isolation level repeatable read read only", "BEGIN", {
    action: "begin",
    isolation: "repeatable read",
    readOnly: true,
  }),
  transaction(
    "START TRANSACTION ISOLATION LEVEL SERIALIZABLE, READ ONLY, NOT DEFERRABLE",
    "START TRANSACTION",
    { action: "begin", isolation: "serializable", readOnly: true },
  ),
  transaction("BEGIN READ WRITE", "BEGIN", { action: "begin", readOnly: false }),
  transaction("BEGIN ISOLATION LEVEL READ UNCOMMITTED DEFERRABLE", "BEGIN", {
    action: "begin",
    isolation: "read uncommitted",
  }),
  transaction("COMMIT WORK", "COMMIT", { action: "commit" }),
  transaction("END WORK", "COMMIT", { action: "commit" }),
  transaction("ABORT", "ROLLBACK", { action: "rollback" }),
  transaction("ROLLBACK WORK", "ROLLBACK", { action: "rollback" }),
  transaction("ROLLBACK WORK TO SAVEPOINT a", "ROLLBACK", { action: "rollback-to", name: "a" }),
  transaction("BEGIN NONSENSE", "BEGIN", undefined),
  transaction("BEGIN; SELECT 1", "BEGIN", undefined),
  transaction("BEGIN READ", "BEGIN", undefined),
  transaction("BEGIN READ ONLY,", "BEGIN", undefined),
  transaction("BEGIN ISOLATION LEVEL SNAPSHOT", "BEGIN", undefined),
  transaction("START", "START TRANSACTION", undefined),
  transaction("COMMIT AND CHAIN", "COMMIT", undefined),
  transaction("SAVEPOINT", "SAVEPOINT", undefined),
  transaction("SAVEPOINT select", "SAVEPOINT", undefined),
  transaction("ROLLBACK TO", "ROLLBACK", undefined),
  transaction("RELEASE a b", "RELEASE", undefined),
];

function pragma(
  sql: string,
  readonly: boolean,
  asked: NonNullable<StatementClass["pragma"]>,
  more: Expected[4] = {},
): Expected {
  return [sql, "PRAGMA", "pragma", readonly, { pragma: asked, ...more }];
}

export const PRAGMAS: readonly Expected[] = [
  pragma("PRAGMA user_version", true, { name: "user_version", hasValue: false }),
  pragma("PRAGMA user_version = 5", false, { name: "user_version", value: "5", hasValue: true }),
  pragma("pragma main.User_Version(-5)", false, {
    schema: "main",
    name: "user_version",
    value: "-5",
    hasValue: true,
  }),
  pragma("PRAGMA user_version = +5", false, { name: "user_version", value: "5", hasValue: true }),
  pragma("PRAGMA application_id", true, { name: "application_id", hasValue: false }),
  pragma("PRAGMA application_id=1", false, { name: "application_id", value: "1", hasValue: true }),
  pragma("PRAGMA schema_version", true, { name: "schema_version", hasValue: false }),
  pragma("PRAGMA schema_version=9", false, { name: "schema_version", value: "9", hasValue: true }),
  pragma("PRAGMA table_info(t)", true, { name: "table_info", value: "t", hasValue: true }),
  pragma("PRAGMA table_info('t')", true, { name: "table_info", value: "t", hasValue: true }),
  pragma('PRAGMA table_info = "t"', true, { name: "table_info", value: "t", hasValue: true }),
  pragma("PRAGMA index_list(t)", true, { name: "index_list", value: "t", hasValue: true }),
  pragma("PRAGMA foreign_keys", true, { name: "foreign_keys", hasValue: false }),
  pragma("PRAGMA foreign_keys = ON", true, { name: "foreign_keys", value: "ON", hasValue: true }),
  pragma("PRAGMA foreign_key_check", true, { name: "foreign_key_check", hasValue: false }),
  pragma("PRAGMA integrity_check", true, { name: "integrity_check", hasValue: false }),
  pragma("PRAGMA journal_mode", false, { name: "journal_mode", hasValue: false }),
  pragma("PRAGMA journal_mode = wal", false, {
    name: "journal_mode",
    value: "wal",
    hasValue: true,
  }),
  pragma("PRAGMA wal_checkpoint(TRUNCATE)", false, {
    name: "wal_checkpoint",
    value: "TRUNCATE",
    hasValue: true,
  }),
  pragma("PRAGMA incremental_vacuum", false, { name: "incremental_vacuum", hasValue: false }),
  pragma("PRAGMA synchronous = FULL", true, { name: "synchronous", value: "FULL", hasValue: true }),
  pragma("PRAGMA cache_size = -2000", true, { name: "cache_size", value: "-2000", hasValue: true }),
  pragma("PRAGMA database_list", true, { name: "database_list", hasValue: false }),
  pragma("PRAGMA compile_options", true, { name: "compile_options", hasValue: false }),
  pragma("PRAGMA busy_timeout = 0", true, { name: "busy_timeout", value: "0", hasValue: true }),
  pragma("PRAGMA locking_mode = default", true, {
    name: "locking_mode",
    value: "default",
    hasValue: true,
  }),
  pragma("PRAGMA nothing_known", true, { name: "nothing_known", hasValue: false }),
  pragma(
    "PRAGMA temp.table_list",
    true,
    { schema: "temp", name: "table_list", hasValue: false },
    { temp: true },
  ),
];

export const OTHERS: readonly Expected[] = [
  ["VACUUM", "VACUUM", "maintenance", false],
  ["VACUUM INTO 'x'", "VACUUM", "maintenance", false],
  ["ANALYZE", "ANALYZE", "maintenance", false],
  ["ANALYZE t", "ANALYZE", "maintenance", false],
  ["REINDEX", "REINDEX", "maintenance", false],
  ["REINDEX t", "REINDEX", "maintenance", false],
  ["ATTACH 'x' AS y", "ATTACH", "attach", true],
  ["ATTACH DATABASE ':memory:' AS y", "ATTACH", "attach", true],
  ["DETACH y", "DETACH", "attach", true],
];

/** Statements that the oracle is not asked about: SQLite does not know them, or differs. */
export const UNKNOWN: readonly Expected[] = [
  ["", "", "empty", true],
  [" -- nothing", "", "empty", true],
  [";", "", "empty", true],
  ["/* open", "", "empty", true],
  ["; SELECT 1", "SELECT", "read", true],
  ["frobnicate the table", "FROBNICATE", "unknown", false],
  ["SET search_path = x", "SET", "unknown", false],
  ["show all", "SHOW", "unknown", false],
  ["COPY t FROM stdin", "COPY", "unknown", false],
  ["TRUNCATE t", "TRUNCATE", "unknown", false],
  ["12", "12", "unknown", false],
  ["'text'", "'TEXT'", "unknown", false],
  ["WITH", "WITH", "unknown", false],
  ["WITH c AS (DELETE FROM t)", "WITH", "unknown", false],
  ["WITH c AS (SELECT 1) TABLE c", "WITH", "unknown", false],
  ["EXPLAIN", "EXPLAIN", "read", true, { explain: true }],
  ["EXPLAIN QUERY", "EXPLAIN", "read", true, { explain: true }],
  ["CREATE", "CREATE", "ddl", false],
  ["CREATE OR REPLACE VIEW v AS SELECT 1", "CREATE OR", "ddl", false],
  ["DROP SCHEMA s", "DROP SCHEMA", "ddl", false],
  ["PRAGMA", "PRAGMA", "pragma", false],
  ["PRAGMA 5", "PRAGMA", "pragma", false],
  pragma("PRAGMA optimize", false, { name: "optimize", hasValue: false }),
  pragma("PRAGMA auto_vacuum = 1", false, { name: "auto_vacuum", value: "1", hasValue: true }),
  [
    "EXPLAIN PRAGMA foreign_keys = OFF",
    "EXPLAIN",
    "pragma",
    true,
    { explain: true, pragma: { name: "foreign_keys", value: "OFF", hasValue: true } },
  ],
  [
    "EXPLAIN PRAGMA user_version = 1",
    "EXPLAIN",
    "pragma",
    false,
    { explain: true, pragma: { name: "user_version", value: "1", hasValue: true } },
  ],
];
