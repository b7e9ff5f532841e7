import type { Scenario } from "../scenario.ts";

const T = "CREATE TABLE t (id INTEGER PRIMARY KEY, a UNIQUE, b)";
const ROWS = "INSERT INTO t VALUES (1, 'a', 10), (2, 'b', 20), (3, 'c', 30)";

const WIDE = Array.from({ length: 40 }, (_, at) => `w${at}`);

/** Rows that REPLACE deletes: SQLite fires no trigger for them. */
export const REPLACES: readonly Scenario[] = [
  {
    name: "replace by primary key",
    steps: [T, ROWS, "REPLACE INTO t VALUES (1, 'z', 11)", "REPLACE INTO t VALUES (9, 'y', 11)"],
  },
  {
    name: "replace by a unique column",
    steps: [T, ROWS, "INSERT OR REPLACE INTO t VALUES (9, 'b', 99)"],
  },
  {
    name: "replace one row by two keys at once",
    steps: [T, ROWS, "INSERT OR REPLACE INTO t VALUES (2, 'b', 99)"],
  },
  {
    name: "replace several rows by one",
    steps: [T, ROWS, "INSERT OR REPLACE INTO t VALUES (1, 'b', 99) RETURNING a, b"],
  },
  {
    name: "replace rows that the statement itself made",
    steps: [T, "REPLACE INTO t VALUES (1, 'a', 1), (1, 'b', 2), (2, 'b', 3), (2, 'a', 4)"],
  },
  {
    name: "replace from a query",
    steps: [T, ROWS, "REPLACE INTO t SELECT id + 1, a, b FROM t", "SELECT changes()"],
  },
  {
    name: "replace with null in a unique column",
    steps: [
      T,
      "REPLACE INTO t VALUES (1, NULL, 1), (2, NULL, 2)",
      "REPLACE INTO t VALUES (1, NULL, 3)",
    ],
  },
  {
    name: "replace with an id that SQLite chooses",
    steps: [T, ROWS, "REPLACE INTO t (a, b) VALUES ('b', 1)", "SELECT last_insert_rowid()"],
  },
  {
    name: "replace with an id that SQLite chooses, while there is a row -1",
    steps: [
      T,
      "INSERT INTO t VALUES (-1, 'm', 1), (1, 'a', 1)",
      "REPLACE INTO t (a, b) VALUES ('x', 1)",
      "REPLACE INTO t (a, b) VALUES ('y', 1), ('a', 2)",
      "INSERT INTO t (a, b) VALUES ('w', 1)",
    ],
  },
  {
    name: "replace the row -1 by its id",
    steps: [
      T,
      "INSERT INTO t VALUES (-1, 'm', 1), (1, 'a', 1)",
      "REPLACE INTO t VALUES (-1, 'x', 1)",
      "REPLACE INTO t VALUES (-1, 'a', 2), (NULL, 'n', 3)",
    ],
  },
  {
    name: "replace the row -1 by another key",
    steps: [
      T,
      "INSERT INTO t VALUES (-1, 'm', 1), (1, 'a', 1)",
      "REPLACE INTO t (a, b) VALUES ('m', 5)",
    ],
  },
  {
    name: "replace the row -1 of a table without a key",
    steps: [
      "CREATE TABLE n (a UNIQUE)",
      "INSERT INTO n (rowid, a) VALUES (-1, 'm')",
      "REPLACE INTO n VALUES ('x'), ('y')",
      "REPLACE INTO n (rowid, a) VALUES (-1, 'z')",
    ],
  },
  {
    name: "replace in a table WITHOUT ROWID",
    steps: [
      "CREATE TABLE w (a TEXT, b INT, c UNIQUE, PRIMARY KEY (b, a)) WITHOUT ROWID",
      "INSERT INTO w VALUES ('x', 1, 1), ('y', 1, 2), ('x', 2, 3)",
      "REPLACE INTO w VALUES ('x', 1, 2)",
      "REPLACE INTO w VALUES ('q', 9, 3)",
    ],
  },
  {
    name: "replace by a key of several columns",
    steps: [
      "CREATE TABLE p (a, b, c, UNIQUE (a, b), UNIQUE (c, a))",
      "INSERT INTO p VALUES (1, 1, 1), (1, 2, 2), (2, 1, 1), (NULL, 1, 1)",
      "REPLACE INTO p VALUES (1, 1, 2)",
      "REPLACE INTO p VALUES (NULL, 1, 1)",
    ],
  },
  {
    name: "replace without regard to case",
    steps: [
      "CREATE TABLE n (k TEXT PRIMARY KEY COLLATE NOCASE, v) WITHOUT ROWID",
      "INSERT INTO n VALUES ('Anna', 1), ('Bert', 2)",
      "REPLACE INTO n VALUES ('ANNA', 3)",
      "REPLACE INTO n VALUES ('anna', 4), ('Anna', 5)",
      "CREATE TABLE m (k TEXT COLLATE NOCASE, v)",
      "CREATE UNIQUE INDEX mk ON m (k COLLATE RTRIM)",
      "INSERT INTO m VALUES ('a', 1), ('A', 2)",
      "REPLACE INTO m VALUES ('a   ', 3)",
      "UPDATE OR REPLACE m SET k = 'A' WHERE k = 'a   ' COLLATE BINARY",
    ],
  },
  {
    name: "replace by a partial unique index",
    steps: [
      "CREATE TABLE p (id INTEGER PRIMARY KEY, k, live)",
      "CREATE UNIQUE INDEX pk ON p (k) WHERE live = 1",
      "INSERT INTO p VALUES (1, 'a', 1), (2, 'a', 0), (3, 'a', 0)",
      "REPLACE INTO p VALUES (4, 'a', 0)",
      "REPLACE INTO p VALUES (5, 'a', 1)",
      "UPDATE OR REPLACE p SET live = 1 WHERE id = 2",
    ],
  },
  {
    name: "replace by a unique index on an expression",
    steps: [
      "CREATE TABLE e (id INTEGER PRIMARY KEY, a, b)",
      "CREATE UNIQUE INDEX el ON e (lower(a), b + 1)",
      "INSERT INTO e VALUES (1, 'X', 1), (2, 'Y', 1)",
      "REPLACE INTO e VALUES (3, 'x', 1)",
      "UPDATE OR REPLACE e SET a = 'y'",
    ],
  },
  {
    name: "replace by an index on an expression in quotes and brackets",
    steps: [
      'CREATE TABLE e (id INTEGER PRIMARY KEY, "a b", [c"d])',
      'CREATE UNIQUE INDEX el ON e ("a b" || [c"d], e."a b" COLLATE NOCASE) WHERE "a b" > 0',
      "INSERT INTO e VALUES (1, 'X', 1), (2, 'Y', 1)",
      "REPLACE INTO e VALUES (3, 'X', 1)",
    ],
  },
  {
    name: "replace by a generated column",
    steps: [
      "CREATE TABLE g (id INTEGER PRIMARY KEY, a, s AS (a % 3) STORED UNIQUE, v AS (a % 5))",
      "CREATE UNIQUE INDEX gv ON g (v)",
      "INSERT INTO g (id, a) VALUES (1, 0), (2, 1), (3, 2)",
      "REPLACE INTO g (id, a) VALUES (4, 3)",
      "REPLACE INTO g (id, a) VALUES (5, 6)",
      "UPDATE OR REPLACE g SET a = a + 3",
    ],
  },
  {
    name: "replace in a column that is not null, with its default in the key",
    steps: [
      "CREATE TABLE d (id INTEGER PRIMARY KEY, k NOT NULL DEFAULT 'dflt' UNIQUE, v)",
      "INSERT INTO d VALUES (1, 'dflt', 1), (2, 'x', 2)",
      "REPLACE INTO d VALUES (3, NULL, 3)",
      "INSERT INTO d VALUES (4, NULL, 3)",
    ],
  },
  {
    name: "NOT NULL ON CONFLICT REPLACE with its default in a key",
    steps: [
      "CREATE TABLE d (id INTEGER PRIMARY KEY, " +
        "k TEXT NOT NULL ON CONFLICT REPLACE DEFAULT 'dflt' UNIQUE ON CONFLICT REPLACE, v)",
      "INSERT INTO d VALUES (1, 'dflt', 1), (2, 'x', 2)",
      "INSERT INTO d VALUES (3, NULL, 3)",
      "UPDATE d SET k = NULL WHERE id = 2",
    ],
  },
  {
    name: "a default that a generated column and an index read",
    steps: [
      "CREATE TABLE d (id INTEGER PRIMARY KEY, k TEXT NOT NULL DEFAULT 'dflt', " +
        "g AS (upper(k)) UNIQUE, h)",
      "CREATE UNIQUE INDEX dh ON d (lower(k) || coalesce(h, ''))",
      "INSERT INTO d (id, k) VALUES (1, 'dflt'), (2, 'x')",
      "REPLACE INTO d (id, k) VALUES (3, NULL)",
      "REPLACE INTO d (id, k, h) VALUES (4, 'DFLT', '')",
    ],
  },
  {
    name: "a declared replacement of the primary key",
    steps: [
      "CREATE TABLE p (id INTEGER PRIMARY KEY ON CONFLICT REPLACE, a)",
      "INSERT INTO p VALUES (1, 'a'), (2, 'b')",
      "INSERT INTO p VALUES (1, 'c')",
      "UPDATE p SET id = 2 WHERE id = 1",
      "INSERT OR IGNORE INTO p VALUES (2, 'ignored')",
      "INSERT OR FAIL INTO p VALUES (3, 'd'), (2, 'fails')",
      "INSERT OR ABORT INTO p VALUES (4, 'd'), (2, 'aborts')",
      "INSERT INTO p (a) VALUES ('chosen')",
    ],
  },
  {
    name: "a declared replacement beside constraints that ignore and fail",
    steps: [
      "CREATE TABLE m (a UNIQUE ON CONFLICT REPLACE, b UNIQUE ON CONFLICT IGNORE, " +
        "c UNIQUE ON CONFLICT FAIL, d NOT NULL ON CONFLICT IGNORE, e UNIQUE)",
      "INSERT INTO m VALUES (1, 1, 1, 1, 1), (2, 2, 2, 2, 2)",
      "INSERT INTO m VALUES (1, 2, 3, 3, 3)",
      "INSERT INTO m VALUES (5, 5, 5, 5, 5), (1, 6, 2, 6, 6)",
      "INSERT INTO m VALUES (1, 7, 7, NULL, 7)",
      "INSERT INTO m VALUES (1, 8, 8, 8, 2)",
      "INSERT INTO m VALUES (1, 9, 9, 9, 9)",
      "UPDATE m SET a = 1, b = 2 WHERE a = 5",
    ],
  },
  {
    name: "a declared replacement of several columns, and of a table WITHOUT ROWID",
    steps: [
      "CREATE TABLE p (a, b, c, UNIQUE (a, b) ON CONFLICT REPLACE)",
      "INSERT INTO p VALUES (1, 1, 1), (1, 2, 2)",
      "INSERT INTO p VALUES (1, 1, 3)",
      "UPDATE p SET b = 2",
      "CREATE TABLE w (a, b, PRIMARY KEY (a) ON CONFLICT REPLACE) WITHOUT ROWID",
      "INSERT INTO w VALUES ('x', 1), ('y', 2)",
      "INSERT INTO w VALUES ('x', 3)",
      "UPDATE w SET a = 'y'",
    ],
  },
  {
    name: "update or replace",
    steps: [
      T,
      ROWS,
      "UPDATE OR REPLACE t SET a = 'c' WHERE id = 1",
      "UPDATE OR REPLACE t SET id = 3 WHERE id = 2",
      "UPDATE OR REPLACE t SET b = 5",
    ],
  },
  {
    name: "update or replace of all rows to one key",
    steps: [T, ROWS, "UPDATE OR REPLACE t SET a = 'same'", "SELECT changes()"],
  },
  {
    name: "update or replace that shifts keys",
    steps: [T, ROWS, "UPDATE OR REPLACE t SET id = id + 1"],
  },
  {
    name: "update or replace of the rowid",
    steps: [
      "CREATE TABLE r (a UNIQUE, b)",
      "INSERT INTO r VALUES ('a', 1), ('b', 2), ('c', 3)",
      "UPDATE OR REPLACE r SET rowid = 2 WHERE a = 'a'",
      "UPDATE OR REPLACE r SET oid = rowid + 1",
      "UPDATE OR REPLACE r SET _rowid_ = 1, a = 'z'",
    ],
  },
  {
    name: "update or replace in a table WITHOUT ROWID",
    steps: [
      "CREATE TABLE w (a PRIMARY KEY, b UNIQUE) WITHOUT ROWID",
      "INSERT INTO w VALUES (1, 1), (2, 2), (3, 3)",
      "UPDATE OR REPLACE w SET a = a + 1",
      "UPDATE OR REPLACE w SET b = 9",
    ],
  },
  {
    name: "or replace and an upsert in one statement",
    steps: [
      T,
      ROWS,
      "INSERT OR REPLACE INTO t VALUES (1, 'z', 0) ON CONFLICT (id) DO UPDATE SET b = 77",
      "INSERT OR REPLACE INTO t VALUES (9, 'b', 0) ON CONFLICT (id) DO UPDATE SET b = 77",
      "INSERT OR REPLACE INTO t VALUES (1, 'c', 0) ON CONFLICT (a) DO UPDATE SET b = 78",
      "INSERT OR REPLACE INTO t VALUES (1, 'c', 0) ON CONFLICT (id) DO NOTHING",
      "INSERT OR REPLACE INTO t VALUES (9, 'c', 0), (5, 'q', 5), (5, 'r', 6) " +
        "ON CONFLICT (a) DO NOTHING",
    ],
  },
  {
    name: "a declared replacement and an upsert in one statement",
    steps: [
      "CREATE TABLE u (id INTEGER PRIMARY KEY, a UNIQUE ON CONFLICT REPLACE, b UNIQUE)",
      "INSERT INTO u VALUES (1, 'a', 'a'), (2, 'b', 'b')",
      "INSERT INTO u VALUES (3, 'a', 'b') ON CONFLICT (b) DO UPDATE SET id = 20",
      "INSERT INTO u VALUES (4, 'a', 'q') ON CONFLICT (b) DO UPDATE SET id = 30",
      "INSERT INTO u VALUES (5, 'b', 'q') ON CONFLICT (b) DO UPDATE SET a = 'b'",
    ],
  },
  {
    name: "replace that a constraint stops",
    steps: [
      "CREATE TABLE c (id INTEGER PRIMARY KEY, a UNIQUE, b NOT NULL CHECK (b > 0))",
      "INSERT INTO c VALUES (1, 'a', 1), (2, 'b', 2)",
      "REPLACE INTO c VALUES (3, 'a', NULL)",
      "REPLACE INTO c VALUES (3, 'a', 0)",
      "REPLACE INTO c VALUES (4, 'd', 4), (3, 'a', 0)",
      "REPLACE INTO c VALUES (3, 'a', 3)",
    ],
  },
  {
    name: "a mode that one statement leaves does not reach the next",
    steps: [
      T,
      ROWS,
      "REPLACE INTO t VALUES (1, 'z', 11)",
      "INSERT OR IGNORE INTO t VALUES (1, 'b', 12)",
      "INSERT INTO t VALUES (1, 'b', 12)",
      "INSERT INTO t VALUES (1, 'b', 12) ON CONFLICT DO NOTHING",
      "INSERT OR FAIL INTO t VALUES (8, 'h', 1), (1, 'b', 12)",
      "REPLACE INTO t VALUES (2, 'c', 1)",
      "UPDATE OR IGNORE t SET a = 'c'",
      "UPDATE t SET a = 'c'",
    ],
  },
  {
    name: "replace in wide tables",
    needs: ["room"],
    steps: [16, 17, 40, 200].flatMap((count) => {
      const columns = Array.from({ length: count }, (_, at) => `c${at}`);
      const row = (first: number): string => columns.map((_, at) => (at < 2 ? first : at)).join();
      return [
        `CREATE TABLE w${count} (${columns.join()}, UNIQUE (c0), UNIQUE (c1, c2))`,
        `INSERT INTO w${count} VALUES (${row(1)}), (${row(2)})`,
        `REPLACE INTO w${count} VALUES (${row(1)})`,
        `UPDATE OR REPLACE w${count} SET c0 = 5, c1 = 5`,
      ];
    }),
  },
  {
    name: "replace by partial indexes that compare as the column does",
    steps: [
      "CREATE TABLE p (id INTEGER PRIMARY KEY, v VARCHAR(9), k, n INTEGER, live)",
      "CREATE UNIQUE INDEX p1 ON p (k) WHERE v > 1",
      "CREATE UNIQUE INDEX p2 ON p (n) WHERE live = TRUE OR live IS NULL",
      "CREATE UNIQUE INDEX p3 ON p (v || n) WHERE v <> 'x' COLLATE NOCASE",
      "INSERT INTO p VALUES (1, '-0.0', 'a', 1, 0), (2, '2', 'b', 2, 1), (3, 'X', 'c', 3, 0)",
      "REPLACE INTO p VALUES (4, '-0.0', 'b', 9, 0)",
      "REPLACE INTO p VALUES (5, 3, 'b', 8, 0)",
      "REPLACE INTO p VALUES (6, 'q', 'z', '2', TRUE), (7, 'q', 'y', 3, NULL)",
      "UPDATE OR REPLACE p SET k = 'b'",
      "UPDATE OR REPLACE p SET live = 1, n = 5",
    ],
  },
  {
    name: "replace by keys that are made of the id",
    steps: [
      "CREATE TABLE e (id INTEGER PRIMARY KEY, v, g AS (id / 3) UNIQUE)",
      "CREATE UNIQUE INDEX ei ON e (id % 10)",
      "INSERT INTO e (id, v) VALUES (1, 'a'), (3, 'b'), (9, 'c'), (-1, 'm')",
      "REPLACE INTO e (v) VALUES ('ten'), ('eleven')",
      "REPLACE INTO e (id, v) VALUES (-1, 'explicit'), (21, 'x')",
      "UPDATE OR REPLACE e SET id = 31 WHERE v = 'x'",
      "CREATE TABLE s (id INTEGER PRIMARY KEY AUTOINCREMENT, v)",
      "CREATE UNIQUE INDEX si ON s (id % 5)",
      "INSERT INTO s (v) VALUES ('a'), ('b'), ('c'), ('d'), ('e')",
      "DELETE FROM s WHERE v = 'e'",
      "REPLACE INTO s (v) VALUES ('six')",
      "REPLACE INTO s (id, v) VALUES (NULL, 'seven'), (20, 'twenty')",
    ],
  },
  {
    name: "two constraints over the same columns",
    steps: [
      "CREATE TABLE d (id BLOB PRIMARY KEY, v UNIQUE, UNIQUE (id) ON CONFLICT REPLACE)",
      "INSERT INTO d VALUES (5, 1), (5, 2), ('x', 3)",
      "UPDATE d SET id = 5 WHERE id = 'x'",
    ],
  },
  {
    name: "values of the wrong type in the middle",
    steps: [
      T,
      ROWS,
      "INSERT OR FAIL INTO t VALUES (4, 'd', 1), ('x', 'e', 1)",
      "REPLACE INTO t VALUES (1, 'c', 1), ('x', 'e', 1)",
      "REPLACE INTO t VALUES (1, 'c', 1)",
      "INSERT OR IGNORE INTO t VALUES (1, 'b', 1)",
    ],
    // Alone in an object, SQLite keeps the rows before.
    sees: "other-in-object",
  },
  {
    name: "update or replace that gives the rows of a list one key",
    steps: [
      "CREATE TABLE l (id INTEGER PRIMARY KEY, next UNIQUE REFERENCES l ON DELETE SET NULL, v)",
      "INSERT INTO l VALUES (1, NULL, 'same'), (6, NULL, 'same'), (7, 6, 'other')",
      "UPDATE OR REPLACE l SET id = 1, next = NULL",
    ],
  },
  {
    name: "update or replace in a BEFORE trigger that moves rows onto one rowid",
    steps: [
      "CREATE TABLE t (a, b)",
      "CREATE TRIGGER tu BEFORE UPDATE ON t WHEN NEW.b IS NOT 1 " +
        "BEGIN UPDATE OR REPLACE t SET rowid = 3 WHERE b = 2; END",
      "INSERT INTO t VALUES (2, 'x'), ('a', -9223372036854775808), (1, NULL)",
      "UPDATE OR REPLACE t SET b = 2 WHERE b IS NOT 4",
    ],
  },
  {
    name: "rows that go and come while a cascade over a list is busy with them",
    steps: [
      "CREATE TABLE l (id INTEGER PRIMARY KEY, u UNIQUE, next REFERENCES l (u) " +
        "ON UPDATE CASCADE ON DELETE CASCADE, v)",
      "CREATE TRIGGER lu AFTER UPDATE ON l WHEN OLD.next IS NOT NEW.next " +
        "BEGIN UPDATE l SET v = NEW.id WHERE u = NEW.next; END",
      "CREATE TRIGGER ld AFTER DELETE ON l WHEN OLD.id = 3 " +
        "BEGIN INSERT OR IGNORE INTO l VALUES (1, 1, NULL, 'again'); END",
      "INSERT INTO l VALUES (1, 1, NULL, 'a'), (2, 2, 1, 'b'), (3, 3, 2, 'c')",
      "UPDATE l SET u = u + 10 WHERE id < 3",
      "UPDATE l SET u = u + 10, id = id + 10 WHERE id = 1",
      "DELETE FROM l WHERE id = 11",
      "DELETE FROM l",
    ],
  },
  {
    name: "a BEFORE trigger that changes the row it fires for, in a table of many columns",
    steps: [
      `CREATE TABLE w (id PRIMARY KEY, n, ${WIDE.join()}) WITHOUT ROWID`,
      "CREATE TRIGGER wu BEFORE UPDATE ON w " +
        "BEGIN UPDATE w SET n = coalesce(n, 0) + 1, w39 = OLD.w0 WHERE id = OLD.id; END",
      "INSERT INTO w (id, w0, w39) VALUES ('a', 1.5, x'00'), ('b', 'x', NULL)",
      "UPDATE w SET w20 = id",
      "UPDATE w SET id = 'A' WHERE id = 'a'",
      "UPDATE OR REPLACE w SET id = 'A'",
    ],
  },
  {
    name: "a replace in a trigger that a deletion fires, in a statement that says OR IGNORE",
    steps: [
      "CREATE TABLE t (id INTEGER PRIMARY KEY, v)",
      "CREATE TABLE u (id INTEGER PRIMARY KEY, v)",
      "CREATE TABLE l (id INTEGER PRIMARY KEY, v UNIQUE)",
      "CREATE TRIGGER tu AFTER UPDATE ON t BEGIN DELETE FROM u WHERE id = NEW.id; END",
      "CREATE TRIGGER ud AFTER DELETE ON u BEGIN " +
        "INSERT OR REPLACE INTO l VALUES (1, OLD.v); " +
        "INSERT OR IGNORE INTO l VALUES (2, OLD.v); END",
      "INSERT INTO t VALUES (1, 1), (2, 2), (3, 3)",
      "INSERT INTO u VALUES (1, 'a'), (2, 'b'), (3, 'b'), (4, 'c')",
      "INSERT INTO l VALUES (1, 'x'), (5, 'c')",
      "UPDATE OR IGNORE t SET v = 0 WHERE id < 3",
      "UPDATE OR REPLACE t SET id = 4, v = 9 WHERE id = 3",
    ],
  },
];
