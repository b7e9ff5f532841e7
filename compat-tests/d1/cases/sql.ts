import type { AnyD1, Ask, Case } from "../contract.ts";

async function askErrors(db: AnyD1, ask: Ask): Promise<void> {
  await db.batch([
    db.prepare(
      "CREATE TABLE t (id INTEGER PRIMARY KEY, u TEXT UNIQUE, n INT NOT NULL DEFAULT 1, k CHECK (k > 0))",
    ),
    db.prepare("INSERT INTO t (u, k) VALUES ('x', 1)"),
    db.prepare("CREATE TABLE p (id INTEGER PRIMARY KEY)"),
    db.prepare("CREATE TABLE c (p REFERENCES p (id))"),
    db.prepare("CREATE TABLE w (a PRIMARY KEY, b) WITHOUT ROWID"),
    db.prepare("INSERT INTO w VALUES (1, 1)"),
    db.prepare("CREATE UNIQUE INDEX two ON w (b, a)"),
    db.prepare("CREATE TABLE strict (i INT) STRICT"),
    db.prepare("CREATE TRIGGER g BEFORE DELETE ON t BEGIN SELECT RAISE(ABORT, 'not allowed'); END"),
    db.prepare("CREATE TABLE two_ids (id)"),
  ]);
  const texts = [
    "nonsense",
    "SELECT",
    "SELECT 1 FROM",
    "SELECT (1",
    "SELECT 'open",
    "SELECT 1 1",
    "SELECT ,",
    "SELECT é FROM t WHERE",
    "SELECT 'é', nope",
    "SELECT 'é' x y",
    "SELECT 1 AS a b c",
    "SELECT * FROM nope",
    "SELECT nope FROM t",
    "SELECT t.nope FROM t",
    "SELECT nope.id FROM t",
    "SELECT nope(1)",
    "SELECT abs()",
    "SELECT abs(1, 2)",
    "SELECT id FROM t, two_ids",
    "SELECT #",
    "SELECT @",
    "SELECT ?0",
    "SELECT 1 LIMIT 'x'",
    "SELECT * FROM t ORDER BY 9",
    "SELECT 1 UNION SELECT 1, 2",
    "SELECT sum(sum(id)) FROM t",
    "SELECT id FROM t WHERE count(*) > 1",
    "SELECT max(id) OVER nope FROM t",
    "SELECT 1 COLLATE nope",
    "SELECT (SELECT 1, 2)",
    "SELECT CAST(1 AS)",
    "SELECT json('{')",
    "SELECT json_extract('{}', 'x')",
    "SELECT abs(-9223372036854775808)",
    "SELECT 'a' LIKE 'b' ESCAPE 'cc'",
    "INSERT INTO t (nope) VALUES (1)",
    "INSERT INTO t VALUES (1)",
    "INSERT INTO nope VALUES (1)",
    "INSERT INTO t (u, k) VALUES ('x', 1)",
    "INSERT INTO t (id) VALUES (1)",
    "INSERT INTO t (n) VALUES (NULL)",
    "INSERT INTO t (k) VALUES (-1)",
    "INSERT INTO t (id) VALUES ('x')",
    "INSERT INTO c VALUES (9)",
    "INSERT INTO w VALUES (1, 2)",
    "INSERT INTO w VALUES (NULL, 2)",
    "INSERT INTO strict VALUES ('x')",
    "UPDATE t SET nope = 1",
    "UPDATE t SET id = 'x'",
    "UPDATE nope SET a = 1",
    "DELETE FROM nope",
    "DELETE FROM t",
    "CREATE TABLE t (a)",
    "CREATE TABLE IF NOT EXISTS t (a)",
    "CREATE TABLE d (a, a)",
    "CREATE TABLE e ()",
    "CREATE TABLE sqlite_x (a)",
    "CREATE TABLE z (a) STRICT",
    "CREATE INDEX two ON t (u)",
    "CREATE INDEX x ON nope (a)",
    "CREATE INDEX x ON t (nope)",
    "CREATE VIEW t AS SELECT 1",
    "DROP TABLE nope",
    "DROP TABLE IF EXISTS nope",
    "DROP INDEX nope",
    "DROP VIEW t",
    "DROP TABLE w; DROP TABLE w",
    "ALTER TABLE nope ADD COLUMN a",
    "ALTER TABLE t ADD COLUMN u",
    "ALTER TABLE t DROP COLUMN nope",
    "ALTER TABLE t RENAME TO p",
    "INSERT INTO sqlite_master VALUES (1, 2, 3, 4, 5)",
    "SELECT 1; SELECT nope",
    "SELECT 1;\n  nonsense",
    "REINDEX nope",
    "VALUES (1), (2, 3)",
    "WITH q AS (SELECT 1) SELECT * FROM q, r",
    "SELECT * FROM t WHERE u MATCH 'x'",
    "CREATE VIRTUAL TABLE v USING nope(x)",
    "SELECT zeroblob(1e12)",
    "SELECT printf('%d')",
    "EXPLAIN nonsense",
    "  nonsense",
    "\n\n nonsense",
    " ; nonsense",
    "-- c\n nonsense",
    "SELECT 1;\n-- c\n nonsense",
    "SELECT 1 1; SELECT 2",
    "SELECT 'é'; SELECT 'é' x y",
    "SELECT * FROM t INDEXED BY nope",
    "SELECT RAISE(ABORT, 'x')",
  ];
  for (const sql of texts) await ask(sql, () => db.prepare(sql).all());
}

async function askTransactions(db: AnyD1, ask: Ask): Promise<void> {
  const texts = [
    "BEGIN",
    "begin immediate",
    "BEGIN TRANSACTION",
    "COMMIT",
    "END",
    "ROLLBACK",
    "SAVEPOINT a",
    "RELEASE a",
    "ROLLBACK TO a",
    "/* x */ BEGIN",
    "-- x\nCOMMIT",
    "SELECT 1; BEGIN",
    "START TRANSACTION",
    "ABORT",
    "BEGINNING",
  ];
  for (const sql of texts) await ask(sql, () => db.prepare(sql).run());
}

async function askPragmas(db: AnyD1, ask: Ask): Promise<void> {
  await db.exec(
    "CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT DEFAULT 'x')\nCREATE INDEX i ON t (v)",
  );
  const texts = [
    "PRAGMA table_info(t)",
    "PRAGMA table_xinfo('t')",
    "PRAGMA table_info = t",
    "PRAGMA index_list(t)",
    "PRAGMA index_info(i)",
    "PRAGMA index_xinfo(i)",
    "PRAGMA foreign_key_list(t)",
    "PRAGMA foreign_key_check",
    "PRAGMA foreign_keys",
    "PRAGMA foreign_keys = ON",
    "PRAGMA defer_foreign_keys = ON",
    "PRAGMA quick_check",
    "PRAGMA optimize",
    "PRAGMA nope",
    "SELECT name, type FROM pragma_table_info('t')",
    "PRAGMA user_version",
    "PRAGMA journal_mode",
    "PRAGMA application_id",
    "PRAGMA database_list",
    "PRAGMA page_count",
    "PRAGMA integrity_check",
    "PRAGMA encoding",
    "PRAGMA synchronous",
    "PRAGMA compile_options",
    "PRAGMA cache_size = 10",
    "PRAGMA writable_schema = ON",
    "PRAGMA case_sensitive_like = ON",
    "PRAGMA legacy_alter_table",
    "PRAGMA recursive_triggers",
    "PRAGMA ignore_check_constraints",
    "PRAGMA case_sensitive_like = OFF",
    "PRAGMA ignore_check_constraints = 0",
    "PRAGMA legacy_alter_table = OFF",
    "PRAGMA recursive_triggers = false",
    "PRAGMA reverse_unordered_selects = no",
    "PRAGMA legacy_alter_table = ON",
  ];
  for (const sql of texts) await ask(sql, () => db.prepare(sql).raw({ columnNames: true }));
}

async function askLimits(db: AnyD1, ask: Ask): Promise<void> {
  await db.exec("CREATE TABLE t (a)");
  const texts = [
    "ATTACH 'x' AS y",
    "DETACH y",
    "VACUUM",
    "CREATE TEMP TABLE x (a)",
    "CREATE TEMPORARY VIEW x AS SELECT 1",
    "SELECT sqlite_version()",
    "SELECT load_extension('x')",
    "SELECT random() IS NOT NULL AS v",
    `SELECT 'a' LIKE '${"a".repeat(50)}' AS v`,
    `SELECT 'a' LIKE '${"a".repeat(51)}' AS v`,
    "SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5",
    "SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5 UNION SELECT 6",
    "SELECT date('2026-01-02', '+1 day') AS v",
    "SELECT sqrt(4) AS v",
    "SELECT regexp('a', 'a')",
    "CREATE TABLE _cf_x (a)",
    "SELECT * FROM _cf_METADATA",
    "SELECT * FROM _dosql_meta",
    "DELETE FROM _cf_dosql_meta",
    "UPDATE t SET a = 1 LIMIT 1",
    "DELETE FROM t ORDER BY a LIMIT 1",
  ];
  for (const sql of texts) await ask(sql, () => db.prepare(sql).all());
  const wide = Array.from({ length: 101 }, (_, i) => `${i} AS c${i}`);
  await ask("100 columns", async () => (await db.prepare(`SELECT ${wide.slice(1)}`).raw()).length);
  await ask("101 columns", async () => (await db.prepare(`SELECT ${wide}`).raw()).length);
}

async function askNames(db: AnyD1, ask: Ask): Promise<void> {
  await db.exec('CREATE TABLE t (id INTEGER PRIMARY KEY, "a b" TEXT)');
  await db.exec("INSERT INTO t VALUES (1, 'x')");
  await ask("a double-quoted string", () => db.prepare('SELECT "nope" AS v').first());
  await ask("a double-quoted column", () => db.prepare('SELECT "a b" FROM t').first());
  await ask("a double-quoted value", () =>
    db.prepare('SELECT id FROM t WHERE "a b" = "x"').first("id"),
  );
  await ask("insert of one", () =>
    db.prepare('INSERT INTO t ("a b") VALUES ("y") RETURNING *').first(),
  );
  await ask("backticks", () => db.prepare("SELECT `a b` FROM `t`").first());
  await ask("brackets", () => db.prepare("SELECT [a b] FROM [t]").first());
  await ask("a table named as a keyword", async () => {
    await db.exec('CREATE TABLE "order" ("group")');
    return db.prepare('SELECT * FROM "order"').all();
  });
  await ask("the schema", () =>
    db
      .prepare(
        "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE '\\_%' ESCAPE '\\' ORDER BY name",
      )
      .raw(),
  );
  await ask("sqlite_sequence", async () => {
    await db.exec(
      "CREATE TABLE s (id INTEGER PRIMARY KEY AUTOINCREMENT)\nINSERT INTO s VALUES (41)",
    );
    return db.prepare("SELECT name, seq FROM sqlite_sequence").raw();
  });
}

async function askForeignKeys(db: AnyD1, ask: Ask): Promise<void> {
  await db.batch([
    db.prepare("CREATE TABLE p (id INTEGER PRIMARY KEY)"),
    db.prepare("CREATE TABLE c (id INTEGER PRIMARY KEY, p REFERENCES p (id))"),
    db.prepare("INSERT INTO p VALUES (1)"),
    db.prepare("INSERT INTO c VALUES (1, 1)"),
  ]);
  await ask("a child without a parent", () => db.prepare("INSERT INTO c VALUES (2, 9)").run());
  await ask("a parent that is needed", () => db.prepare("DELETE FROM p").run());
  await ask("dropping the parent", () => db.prepare("DROP TABLE p").run());
  await ask("in a batch", () =>
    db.batch([db.prepare("DELETE FROM p"), db.prepare("DELETE FROM c")]),
  );
  await ask("deferred, and put right", () =>
    db.batch([
      db.prepare("PRAGMA defer_foreign_keys = ON"),
      db.prepare("DELETE FROM p"),
      db.prepare("DELETE FROM c"),
    ]),
  );
  await ask("what is left", () =>
    db.prepare("SELECT (SELECT count(*) FROM p), (SELECT count(*) FROM c)").raw(),
  );
}

async function askDeferred(db: AnyD1, ask: Ask): Promise<void> {
  await db.batch([
    db.prepare("CREATE TABLE p (id INTEGER PRIMARY KEY)"),
    db.prepare("CREATE TABLE c (p REFERENCES p (id) DEFERRABLE INITIALLY DEFERRED)"),
  ]);
  await ask("put right in the batch", () =>
    db.batch([db.prepare("INSERT INTO c VALUES (1)"), db.prepare("INSERT INTO p VALUES (1)")]),
  );
  await ask("left open", () => db.prepare("INSERT INTO c VALUES (2)").run());
  await ask("left open in a batch", () =>
    db.batch([db.prepare("INSERT INTO c VALUES (3)"), db.prepare("SELECT 1")]),
  );
  await ask("what is in", () => db.prepare("SELECT p FROM c").raw());
}

export const SQL_CASES: readonly Case[] = [
  { name: "error texts", run: askErrors },
  { name: "transaction statements", run: askTransactions },
  { name: "pragmas", run: askPragmas },
  { name: "what the home refuses", run: askLimits },
  { name: "names", run: askNames },
  { name: "foreign keys", run: askForeignKeys },
  { name: "deferred foreign keys", run: askDeferred },
];
