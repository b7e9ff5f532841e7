import {
  type Attempt,
  blind,
  differs,
  type Face,
  type Names,
  type Outcome,
  refused,
} from "../attempt.ts";

/** What acts on the connection, on the file, or outside of it. */
export function connection(names: Names): Attempt[] {
  return [...files(names), ...code(), ...settings(), ...scripts(names)];
}

/** The program that embeds has the file anyway. */
const SHARED: Readonly<Record<Face, Outcome>> = {
  shard: "unsupported",
  embedded: "own",
  worker: "unsupported",
};

/** What SQLite refuses to the program. */
const OUTSIDE: Readonly<Record<Face, Outcome>> = { ...SHARED, embedded: "sqlite" };

function files({ meta }: Names): Attempt[] {
  return [
    differs("ATTACH", "ATTACH ':memory:' AS mine", SHARED),
    differs("ATTACH DATABASE", "ATTACH DATABASE '' AS \"mine\"", SHARED),
    differs(
      "ATTACH and the engine's name",
      ["ATTACH ':memory:' AS mine", `CREATE TABLE mine.${meta} (a)`],
      { ...SHARED, embedded: "hidden" },
    ),
    differs("ATTACH by a parameter", [["ATTACH ? AS mine", ":memory:"]], SHARED),
    differs("ATTACH with comments", "/**/ATTACH/**/':memory:'/**/AS mine", SHARED),
    differs("DETACH", "DETACH main", OUTSIDE),
    differs("VACUUM", "VACUUM", { shard: "blind", embedded: "own", worker: "sqlite" }),
    differs("VACUUM INTO a file", "VACUUM INTO '/nowhere/x.sqlite'", OUTSIDE),
    differs("VACUUM INTO", "VACUUM INTO ''", SHARED),
    differs("VACUUM main INTO", "VACUUM main/**/INTO/**/'/nowhere/' || 'x.sqlite'", OUTSIDE),
    differs("a temporary table", "CREATE TEMP TABLE mine (a)", SHARED),
    differs("a temporary view", "CREATE TEMPORARY VIEW mine AS SELECT 1", SHARED),
    differs(
      "a temporary trigger",
      "CREATE TEMP TRIGGER mine AFTER INSERT ON t BEGIN SELECT 1; END",
      SHARED,
    ),
    differs("a temporary table by its schema", "CREATE TABLE temp.mine (a)", SHARED),
  ];
}

function code(): Attempt[] {
  return [
    refused("load_extension", "SELECT load_extension('x')", "sqlite"),
    refused("load_extension in quotes", "SELECT \"load_extension\"('x', 'y')", "sqlite"),
    refused("load_extension in upper case", "SELECT LOAD_EXTENSION(b) FROM t", "sqlite"),
    refused(
      "load_extension in a view",
      ["CREATE VIEW mine AS SELECT load_extension('x')", "SELECT * FROM mine"],
      "sqlite",
    ),
    refused(
      "load_extension in a trigger",
      [
        "CREATE TRIGGER mine AFTER INSERT ON t BEGIN SELECT load_extension(NEW.b); END",
        "INSERT INTO t VALUES (9, 'x')",
      ],
      "sqlite",
    ),
    refused(
      "load_extension in a default",
      ["CREATE TABLE mine (a DEFAULT (load_extension('x')))", "INSERT INTO mine DEFAULT VALUES"],
      "sqlite",
    ),
    refused(
      "load_extension in a CHECK",
      "CREATE TABLE mine (a CHECK (load_extension(a)))",
      "sqlite",
    ),
    refused("readfile", "SELECT readfile('/etc/passwd')", "sqlite"),
    refused("writefile", "SELECT writefile('/nowhere/x', 'y')", "sqlite"),
    refused("edit", "SELECT edit('x')", "sqlite"),
    refused(
      "SQLite's inner functions",
      "SELECT sqlite_rename_table('a', 'b', 'c', 'd', 'e', 1, 2)",
      "sqlite",
    ),
  ];
}

/** Settings of a connection that many sessions share. */
const PROTECTIVE = [
  "writable_schema = 1",
  "writable_schema(1)",
  "main.writable_schema = ON",
  "'writable_schema' = 1",
  "[Writable_Schema] = RESET",
  "recursive_triggers = 1",
  "legacy_alter_table = ON",
  "legacy_file_format = 1",
  "ignore_check_constraints = 1",
  "schema_version = 7",
  "reverse_unordered_selects = 1",
  "case_sensitive_like = 1",
  "max_page_count = 1000000",
  "short_column_names = 0",
  "full_column_names = 1",
  "count_changes = 1",
  "empty_result_callbacks = 1",
] as const;

/** Those that a session on a file remembers, and its connection never hears. */
const REMEMBERED = [
  "trusted_schema = 0",
  "journal_mode = DELETE",
  "main.journal_mode(TRUNCATE)",
  "journal_size_limit = 0",
  "query_only = 1",
  "cell_size_check = 0",
  "synchronous = OFF",
  "wal_autocheckpoint = 0",
  "temp_store = 2",
  "mmap_size = 0",
  "automatic_index = 0",
  "auto_vacuum = FULL",
  "secure_delete = 0",
  "cache_size = 10",
  "busy_timeout = 1",
  "read_uncommitted = 1",
  "checkpoint_fullfsync = 1",
] as const;

function settings(): Attempt[] {
  const remembered = { ...SHARED, shard: "blind" } as const;
  return [
    ...REMEMBERED.map((text) => differs(`PRAGMA ${text}`, `PRAGMA ${text}`, remembered)),
    ...PROTECTIVE.map((text) => differs(`PRAGMA ${text}`, `PRAGMA ${text}`, SHARED)),
    differs("PRAGMA locking_mode", ["PRAGMA locking_mode = EXCLUSIVE"], SHARED),
    differs("EXPLAIN PRAGMA", "EXPLAIN PRAGMA writable_schema = 1", SHARED),
    differs("EXPLAIN QUERY PLAN PRAGMA", "EXPLAIN QUERY PLAN PRAGMA query_only = 1", SHARED),
    differs("a comment before", "/* x */ PRAGMA/**/writable_schema/**/=/**/1", SHARED),
    refused("a setting as a table", "SELECT * FROM pragma_writable_schema(1)", "sqlite"),
    refused("a mode as a table", "SELECT * FROM pragma_journal_mode('delete')", "sqlite"),
  ];
}

/** Several statements in one text. */
function scripts({ meta, watch, vault }: Names): Attempt[] {
  const script = (name: string, text: string, outcome: Attempt["outcome"]): Attempt => ({
    name: `a script with ${name}`,
    steps: [text],
    outcome,
    script: true,
  });
  return [
    script("a read at its end", `SELECT 1; SELECT * FROM ${meta}`, "hidden"),
    script("a DROP TRIGGER", `INSERT INTO t VALUES (7, 'x'); DROP TRIGGER ${watch};`, "hidden"),
    script(
      "a change between comments",
      `/* ; */ SELECT ';'; /* ; */ DELETE FROM "${vault}"`,
      "hidden",
    ),
    script(
      "a trigger's body",
      `CREATE TRIGGER mine AFTER INSERT ON t BEGIN SELECT 1; DELETE FROM ${meta}; END; INSERT INTO t VALUES (6, 'x')`,
      "hidden",
    ),
    script(
      "a string with a semicolon",
      `SELECT 'x; SELECT * FROM y'; UPDATE '${meta}' SET value = 1`,
      "hidden",
    ),
    script("a schema table", `SELECT 1; DELETE FROM sqlite_master`, "sqlite"),
    script(
      "a harmless end",
      `INSERT INTO t VALUES (8, 'x'); UPDATE sqlite_stat1 SET tbl = 'x' || tbl`,
      "blind",
    ),
    blind(
      "then statistics",
      [
        "UPDATE sqlite_stat1 SET tbl = 'x' || tbl",
        "SELECT tbl FROM sqlite_stat1 WHERE tbl LIKE 'x_%dosql%'",
      ],
      { rows: [] },
    ),
  ];
}
