/** Tables whose statements change no further rows. */
export const PLAIN: readonly string[] = [
  "CREATE TABLE t (id INTEGER PRIMARY KEY, a, u UNIQUE)",
  "CREATE TABLE w (k PRIMARY KEY, v) WITHOUT ROWID",
  "CREATE TABLE wide (id INTEGER PRIMARY KEY, " +
    `${Array.from({ length: 40 }, (_, i) => `c${i}`).join()})`,
];

/** Tables whose statements do, and objects that ask for the counts themselves. */
export const SPREAD: readonly string[] = [
  ...PLAIN,
  "CREATE TABLE heard (what, n)",
  "CREATE TRIGGER t_insert AFTER INSERT ON t BEGIN " +
    "INSERT INTO heard VALUES ('t', NEW.id); INSERT INTO heard VALUES ('r', last_insert_rowid()); END",
  "CREATE TRIGGER t_update BEFORE UPDATE ON t BEGIN INSERT INTO heard VALUES ('c', changes()); END",
  "CREATE TABLE parent (id INTEGER PRIMARY KEY, a)",
  "CREATE TABLE child (p REFERENCES parent ON DELETE CASCADE ON UPDATE SET NULL)",
  "CREATE TABLE deferred (p REFERENCES parent DEFERRABLE INITIALLY DEFERRED)",
  "CREATE VIEW asks AS SELECT changes() AS c, last_insert_rowid() AS r",
  "CREATE VIEW Asks2 AS SELECT c + 0 AS c, r FROM asks",
  "CREATE VIEW door AS SELECT id, a FROM t",
  "CREATE TRIGGER door_insert INSTEAD OF INSERT ON door BEGIN " +
    "INSERT INTO t (a) VALUES (NEW.a); UPDATE w SET v = NEW.a; END",
];

/** They ask for the counts, and some change rows. */
export const QUESTIONS: readonly string[] = [
  "SELECT changes()",
  "SELECT total_changes()",
  "SELECT changes() AS c, total_changes() AS t, typeof(changes()), last_insert_rowid()",
  "SELECT changes() /* n */, total_changes() - changes() ORDER BY changes()",
  "VALUES (changes(), total_changes())",
  "INSERT INTO w VALUES (hex(randomblob(9)), changes()) RETURNING v, changes(), total_changes()",
  "INSERT INTO t (a) VALUES (last_insert_rowid())",
  "INSERT INTO t (a) SELECT total_changes() UNION ALL SELECT changes()",
  "UPDATE t SET a = changes() WHERE id <= total_changes() AND id % 2 = 0 RETURNING id, a",
  "DELETE FROM w WHERE v = changes()",
  "SELECT changes() + ? AS x, ?, ?1",
  "SELECT ?, changes() WHERE ? >= changes() - ?",
  "INSERT INTO w VALUES (hex(randomblob(9)) || changes(), ?) RETURNING v, ?1 + total_changes()",
  "UPDATE t SET a = changes() + ? WHERE id = ? RETURNING a",
];

/** They change the counts, or might. */
export const CHANGES: readonly string[] = [
  "INSERT INTO t (a) VALUES (1), (2), (3)",
  "INSERT INTO t VALUES (?, 0, NULL)",
  "INSERT OR IGNORE INTO t (id, a) VALUES (1, 1), (2, 2), (10, 10)",
  "INSERT OR REPLACE INTO t (id, a, u) VALUES (3, 'r', 'x')",
  "REPLACE INTO t (a, u) VALUES ('s', 'x')",
  "INSERT INTO t (id, a) VALUES (1, 2) ON CONFLICT DO UPDATE SET a = 9",
  "INSERT INTO t (id, a) VALUES (1, 2) ON CONFLICT DO NOTHING",
  "INSERT INTO w VALUES (hex(randomblob(9)), 1), (hex(randomblob(9)), 2)",
  "INSERT INTO wide (c0, c39) VALUES (1, 2), (3, 4)",
  "UPDATE wide SET c1 = 5",
  "UPDATE t SET a = 0",
  "UPDATE t SET a = 1 WHERE id < 4",
  "UPDATE t SET a = 1 WHERE id < 0",
  "DELETE FROM t WHERE id % 3 = 0",
  "DELETE FROM t",
  "DELETE FROM w WHERE v = 1",
  "SELECT count(*) FROM t",
  "CREATE TABLE IF NOT EXISTS later (a)",
  "DROP TABLE IF EXISTS later",
  "INSERT INTO nowhere VALUES (1)",
  "CREATE TRIGGER IF NOT EXISTS late AFTER UPDATE OF c1 ON wide BEGIN " +
    "INSERT INTO w VALUES (hex(randomblob(9)), NEW.id); END",
  "DROP TRIGGER IF EXISTS late",
];

/** They fail after some of their rows. */
export const FAILING: readonly string[] = [
  "INSERT INTO w VALUES ('one', 1), ('two', 2), ('one', 3)",
  "INSERT OR FAIL INTO w VALUES ('f' || hex(randomblob(4)), 1), ('same', 2), ('same', 3)",
  "UPDATE wide SET id = 1",
  "INSERT INTO w VALUES ('a', abs(-9223372036854775807 - 1))",
];

/** They go with the tables of `SPREAD`. */
export const SPREADING: readonly string[] = [
  "INSERT INTO parent (a) VALUES (1), (2), (3)",
  "INSERT INTO child SELECT id FROM parent",
  "DELETE FROM parent WHERE id % 2 = 0",
  "UPDATE parent SET id = id + 100 WHERE id % 3 = 0",
  // With triggers SQLite looks for the parent of a single row later: after it has its rowid.
  "INSERT INTO child VALUES (NULL), (-1)",
  "INSERT INTO door (a) VALUES (5), (6)",
  "SELECT * FROM asks",
  "SELECT c, r FROM main.ASKS2",
  "INSERT INTO t (a) SELECT c FROM asks",
  "SELECT what, n FROM heard ORDER BY rowid DESC LIMIT 5",
  "DELETE FROM heard",
  "CREATE TABLE IF NOT EXISTS dropped (id INTEGER PRIMARY KEY)",
  "INSERT INTO dropped VALUES (NULL), (NULL), (NULL)",
  "CREATE TABLE IF NOT EXISTS referring (d REFERENCES dropped ON DELETE CASCADE)",
  "INSERT INTO referring SELECT id FROM dropped",
  "DROP TABLE dropped",
];

/** It fails when it is committed, which is at once outside of a transaction. */
export const DEFERRED = "INSERT INTO deferred VALUES (NULL), (-1)";
