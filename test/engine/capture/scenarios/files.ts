import type { Scenario } from "../scenario.ts";

const T = "CREATE TABLE t (id INTEGER PRIMARY KEY, a UNIQUE, b)";
const ROWS = "INSERT INTO t VALUES (1, 'a', 10), (2, 'b', 20)";

/** Files that were there before capture, that close and open, and that others write into. */
export const FILES: readonly Scenario[] = [
  {
    name: "a file with rows in tables of every kind",
    given: [
      T,
      ROWS,
      "CREATE TABLE w (k PRIMARY KEY, v) WITHOUT ROWID",
      "INSERT INTO w VALUES ('x', 1)",
      "CREATE TABLE n (v)",
      "INSERT INTO n VALUES (1), (2), (3)",
      "DELETE FROM n WHERE v = 2",
      "CREATE VIEW s AS SELECT * FROM n",
    ],
    steps: ["UPDATE t SET b = 1", "DELETE FROM n WHERE v = 3", "REPLACE INTO w VALUES ('x', 2)"],
  },
  {
    name: "a file with a BEFORE trigger that ignores rows",
    given: [
      T,
      ROWS,
      "CREATE TRIGGER bi BEFORE INSERT ON t WHEN NEW.b = 0 BEGIN SELECT RAISE(IGNORE); END",
      "CREATE TRIGGER bu BEFORE UPDATE ON t WHEN NEW.b = 0 BEGIN SELECT RAISE(IGNORE); END",
    ],
    steps: [
      "REPLACE INTO t VALUES (1, 'b', 0)",
      "REPLACE INTO t VALUES (1, 'b', 1)",
      "UPDATE OR REPLACE t SET id = 2, b = 0",
      "UPDATE OR REPLACE t SET id = 2, b = 1",
    ],
  },
  {
    name: "a file with AFTER triggers that change the row",
    given: [
      T,
      ROWS,
      "CREATE TRIGGER ai AFTER INSERT ON t BEGIN UPDATE t SET b = b + 1 WHERE id = NEW.id; END",
      "CREATE TRIGGER au AFTER UPDATE OF a ON t BEGIN DELETE FROM t WHERE a = 'gone'; END",
      "CREATE TRIGGER ad AFTER DELETE ON t BEGIN INSERT INTO t VALUES (OLD.id * 10, NULL, 0); END",
    ],
    steps: [
      "INSERT INTO t VALUES (3, 'c', 1)",
      "UPDATE t SET a = 'gone' WHERE id = 3",
      "REPLACE INTO t VALUES (1, 'b', 1)",
    ],
  },
  {
    name: "a file with many triggers, whose order stays",
    given: [
      T,
      "CREATE TABLE told (what)",
      ...["b1", "a1", "b2", "a2", "b3"].map((name) => {
        const timing = name.startsWith("b") ? "BEFORE" : "AFTER";
        return `CREATE TRIGGER ${name} ${timing} INSERT ON t BEGIN INSERT INTO told VALUES ('${name}'); END`;
      }),
    ],
    steps: [
      "INSERT INTO t VALUES (1, 'a', 1)",
      "REPLACE INTO t VALUES (1, 'b', 1)",
      "CREATE TRIGGER b4 BEFORE INSERT ON t BEGIN INSERT INTO told VALUES ('b4'); END",
      "CREATE TRIGGER a4 AFTER INSERT ON t BEGIN INSERT INTO told VALUES ('a4'); END",
      "REPLACE INTO t VALUES (2, 'b', 1)",
      "SELECT rowid || what FROM told ORDER BY rowid",
    ],
  },
  {
    name: "a file with triggers that replace",
    given: [
      T,
      ROWS,
      "CREATE TABLE u (k PRIMARY KEY, v)",
      "INSERT INTO u VALUES ('c', 0)",
      "CREATE TRIGGER ai AFTER INSERT ON t BEGIN REPLACE INTO u VALUES (NEW.a, NEW.b); END",
    ],
    steps: ["INSERT INTO t VALUES (3, 'c', 1)", "REPLACE INTO t VALUES (1, 'c', 5)"],
  },
  {
    name: "a file that is closed and opened",
    needs: ["file"],
    given: [T, ROWS],
    steps: [
      "REPLACE INTO t VALUES (1, 'b', 1)",
      { reopen: true },
      "REPLACE INTO t VALUES (5, 'b', 2)",
      "ALTER TABLE t ADD COLUMN c",
      { reopen: true },
      "INSERT OR IGNORE INTO t VALUES (5, 'b', 2, 3)",
      { reopen: true },
      "UPDATE t SET c = 1",
    ],
  },
  {
    name: "another program inserts, updates and deletes",
    needs: ["file"],
    steps: [
      T,
      ROWS,
      {
        foreign: "INSERT INTO t VALUES (3, 'c', 3); UPDATE t SET b = 0; DELETE FROM t WHERE id = 1",
      },
      "UPDATE t SET b = 7",
    ],
  },
  {
    name: "another program replaces in a table that met REPLACE before",
    needs: ["file"],
    steps: [
      T,
      ROWS,
      "REPLACE INTO t VALUES (1, 'c', 3)",
      { foreign: "REPLACE INTO t VALUES (1, 'd', 4); INSERT OR IGNORE INTO t VALUES (2, 'd', 5)" },
      "UPDATE t SET b = 7",
    ],
  },
  {
    name: "another program replaces in a table that says so",
    needs: ["file"],
    steps: [
      "CREATE TABLE r (k UNIQUE ON CONFLICT REPLACE, v)",
      "INSERT INTO r VALUES (1, 1), (2, 2)",
      { foreign: "INSERT INTO r VALUES (1, 9); INSERT OR IGNORE INTO r VALUES (2, 9)" },
      "UPDATE r SET v = 0",
    ],
  },
  {
    name: "another program makes and drops tables",
    needs: ["file"],
    steps: [
      T,
      ROWS,
      { foreign: "CREATE TABLE n (a); INSERT INTO n VALUES (1), (2); CREATE INDEX na ON n (a)" },
      "UPDATE n SET a = a + 1",
    ],
  },
  {
    name: "another program makes triggers",
    needs: ["file"],
    steps: [
      T,
      ROWS,
      {
        foreign:
          "CREATE TRIGGER ai AFTER INSERT ON t BEGIN UPDATE t SET b = 0 WHERE id = NEW.id; END;" +
          "CREATE TRIGGER bi BEFORE INSERT ON t WHEN NEW.b = 1 BEGIN SELECT RAISE(IGNORE); END",
      },
      "INSERT INTO t VALUES (3, 'c', 3)",
      "REPLACE INTO t VALUES (3, 'b', 3)",
      "REPLACE INTO t VALUES (3, 'a', 1)",
    ],
  },
  {
    name: "another program alters, renames and drops what is captured",
    needs: ["file"],
    steps: [
      T,
      ROWS,
      "CREATE TABLE gone (v)",
      "CREATE TABLE w (k PRIMARY KEY, v) WITHOUT ROWID",
      "INSERT INTO gone VALUES (1)",
      "INSERT INTO w VALUES (1, 1)",
      "CREATE INDEX tb ON t (b)",
      "CREATE VIEW v AS SELECT a FROM t",
      "CREATE TRIGGER ai AFTER INSERT ON t BEGIN UPDATE t SET b = 0 WHERE id = NEW.id; END",
      {
        foreign:
          "UPDATE t SET b = 5; ALTER TABLE t ADD COLUMN c DEFAULT 7; UPDATE t SET c = 8, b = 9;" +
          "DROP TABLE gone; DROP VIEW v; ALTER TABLE w RENAME TO ww; UPDATE ww SET v = 2",
      },
      "INSERT INTO t VALUES (3, 'c', 3, 3)",
      { foreign: "DROP TRIGGER ai; DROP INDEX tb; CREATE INDEX tc ON t (c)" },
      "INSERT INTO t VALUES (4, 'd', 3, 3)",
      "REPLACE INTO ww VALUES (1, 3)",
    ],
  },
  {
    name: "capture that is turned off and on again",
    needs: ["setting"],
    steps: [
      T,
      ROWS,
      "CREATE TABLE u (v)",
      "CREATE TRIGGER ai AFTER INSERT ON t BEGIN INSERT INTO u VALUES (NEW.a); END",
      "INSERT INTO t VALUES (3, 'c', 3)",
      { capture: { mode: "off", except: [] } },
      "UPDATE t SET b = 0",
      "REPLACE INTO t VALUES (9, 'c', 9)",
      "DROP TABLE u",
      "CREATE TABLE u (v, w)",
      { capture: { mode: "on", except: [] } },
      "UPDATE t SET b = 1",
      { capture: { mode: "on", except: ["T"] } },
      "UPDATE t SET b = 2",
      "INSERT INTO u VALUES (1, 2)",
      { capture: { mode: "on", except: [] } },
      "REPLACE INTO t VALUES (8, 'c', 3)",
    ],
  },
];
