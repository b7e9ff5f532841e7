import type { Case } from "../contract.ts";
import { sqlCase } from "./sql-case.ts";

const T = "CREATE TABLE t (id INTEGER PRIMARY KEY, v, UNIQUE (v))";
const L = "CREATE TABLE l (x)";

/** `meta.changes`, `last_row_id` and `changed_db`, by what a statement may set in motion. */
export const CHANGE_CASES: readonly Case[] = [
  sqlCase(
    "meta of inserts",
    [T],
    [
      "INSERT INTO t (v) VALUES ('a')",
      "INSERT INTO t (v) VALUES ('b'), ('c')",
      "INSERT INTO t SELECT NULL, v || '!' FROM t",
      "INSERT INTO t DEFAULT VALUES",
      "INSERT INTO t (id) VALUES (-5)",
      "INSERT OR IGNORE INTO t (id) VALUES (1)",
      "INSERT INTO t SELECT * FROM t WHERE 0",
      "SELECT 1 AS v",
    ],
  ),
  sqlCase(
    "meta of replaces",
    [T, "INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, 'c')"],
    [
      "REPLACE INTO t VALUES (1, 'x')",
      "REPLACE INTO t VALUES (1, 'b')",
      "INSERT OR REPLACE INTO t VALUES (9, 'c')",
      "UPDATE OR REPLACE t SET v = 'b' WHERE id = 9",
      "SELECT * FROM t",
    ],
  ),
  sqlCase(
    "meta of updates and deletes",
    [T, "INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, 'c')"],
    [
      "UPDATE t SET v = v",
      "UPDATE t SET id = id + 10",
      "UPDATE t SET v = 'z' WHERE id = 99",
      "DELETE FROM t WHERE id = 11",
      "DELETE FROM t",
      "DELETE FROM t",
      "INSERT INTO t (v) VALUES ('n')",
    ],
  ),
  sqlCase(
    "meta with one trigger",
    [
      T,
      L,
      "CREATE TRIGGER g AFTER INSERT ON t BEGIN INSERT INTO l VALUES (new.id); INSERT INTO l VALUES (0); END",
    ],
    [
      "INSERT INTO t (v) VALUES ('a'), ('b')",
      "INSERT OR IGNORE INTO t (v) VALUES ('a')",
      "DELETE FROM t",
      "DELETE FROM l",
    ],
  ),
  sqlCase(
    "meta with triggers on triggers",
    [
      T,
      L,
      "CREATE TABLE m (y)",
      "CREATE TRIGGER g AFTER INSERT ON t BEGIN INSERT INTO l VALUES (1); END",
      "CREATE TRIGGER h AFTER INSERT ON l BEGIN INSERT INTO m VALUES (1); UPDATE m SET y = 2; END",
    ],
    [
      "INSERT INTO t (v) VALUES ('a')",
      "INSERT INTO t (v) VALUES ('b')",
      "INSERT INTO l VALUES (5)",
      "INSERT INTO t (v) VALUES ('c') RETURNING id",
    ],
  ),
  sqlCase(
    "meta with a trigger that fails",
    [
      T,
      L,
      "CREATE TRIGGER g AFTER INSERT ON t BEGIN INSERT INTO l VALUES (1); SELECT RAISE(ABORT, 'no') WHERE new.v = 'bad'; END",
    ],
    [
      "INSERT INTO t (v) VALUES ('a'), ('bad')",
      "SELECT count(*) AS n FROM l",
      "INSERT INTO t (v) VALUES ('c')",
    ],
  ),
  sqlCase(
    "meta with cascades",
    [
      "CREATE TABLE p (id INTEGER PRIMARY KEY)",
      "CREATE TABLE c (p REFERENCES p ON DELETE CASCADE ON UPDATE SET NULL)",
      "INSERT INTO p VALUES (1), (2), (3)",
      "INSERT INTO c VALUES (1), (1), (2), (3)",
    ],
    [
      "DELETE FROM p WHERE id = 1",
      "UPDATE p SET id = 20 WHERE id = 2",
      "DELETE FROM p",
      "DELETE FROM c",
    ],
  ),
  sqlCase(
    "meta of views",
    [
      "CREATE TABLE t (a)",
      "CREATE VIEW v AS SELECT a FROM t",
      "CREATE TRIGGER g INSTEAD OF INSERT ON v BEGIN INSERT INTO t VALUES (new.a), (new.a); END",
    ],
    [
      "INSERT INTO v VALUES (1)",
      "INSERT INTO v SELECT 1 UNION ALL SELECT 2",
      "SELECT count(*) AS n FROM t",
    ],
  ),
  sqlCase(
    "meta without rowids",
    ["CREATE TABLE w (a PRIMARY KEY) WITHOUT ROWID", T],
    ["INSERT INTO t (id) VALUES (42)", "INSERT INTO w VALUES ('x'), ('y')", "DELETE FROM w"],
  ),
  sqlCase(
    "meta of several statements",
    [T],
    [
      "INSERT INTO t (v) VALUES ('a'); INSERT INTO t (v) VALUES ('b'); UPDATE t SET id = id + 5",
      "SELECT 1 AS x; DELETE FROM t",
      "DELETE FROM t; SELECT 1 AS x",
    ],
  ),
  sqlCase(
    "meta of counts asked in SQL",
    [T],
    [
      "INSERT INTO t (v) VALUES ('a'), ('b')",
      "SELECT last_insert_rowid() AS id",
      "UPDATE t SET v = 'x' || v",
      "SELECT last_insert_rowid() AS id",
      "INSERT INTO t (v) VALUES ('c'); SELECT last_insert_rowid() AS id, changes() AS n",
    ],
  ),
  sqlCase(
    "meta of errors leaves none",
    [T, "INSERT INTO t VALUES (1, 'a')"],
    [
      "INSERT INTO t VALUES (2, 'b'), (3, 'a')",
      "SELECT last_insert_rowid() AS id",
      "INSERT INTO t (v) VALUES ('z')",
    ],
  ),
];
