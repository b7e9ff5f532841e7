import type { Scenario } from "../scenario.ts";

const T = "CREATE TABLE t (id INTEGER PRIMARY KEY, a UNIQUE, b)";
const U = "CREATE TABLE u (id INTEGER PRIMARY KEY, k UNIQUE, n DEFAULT 0)";

/** What triggers of the user's do, and what they must not notice. */
export const TRIGGERS: readonly Scenario[] = [
  {
    name: "an AFTER trigger that writes into another table",
    steps: [
      T,
      U,
      "CREATE TRIGGER ti AFTER INSERT ON t BEGIN INSERT INTO u (k) VALUES (NEW.a); END",
      "CREATE TRIGGER tu AFTER UPDATE ON t BEGIN UPDATE u SET n = n + 1 WHERE k = OLD.a; END",
      "CREATE TRIGGER td AFTER DELETE ON t BEGIN DELETE FROM u WHERE k = OLD.a; END",
      "INSERT INTO t VALUES (1, 'a', 1), (2, 'b', 2)",
      "SELECT last_insert_rowid(), changes()",
      "UPDATE t SET b = 0",
      "DELETE FROM t WHERE id = 1",
    ],
  },
  {
    name: "the updated_at trigger that updates its own row",
    steps: [
      "CREATE TABLE d (id INTEGER PRIMARY KEY, v, at DEFAULT 0)",
      "CREATE TRIGGER touch AFTER UPDATE ON d BEGIN UPDATE d SET at = at + 1 " +
        "WHERE id = NEW.id; END",
      "CREATE TRIGGER first AFTER INSERT ON d BEGIN UPDATE d SET at = 100 WHERE id = NEW.id; END",
      "INSERT INTO d (v) VALUES ('x'), ('y')",
      "UPDATE d SET v = 'z'",
    ],
  },
  {
    name: "a trigger that deletes the row it is fired for",
    steps: [
      T,
      "CREATE TRIGGER ti AFTER INSERT ON t WHEN NEW.b < 0 BEGIN DELETE FROM t " +
        "WHERE id = NEW.id; END",
      "INSERT INTO t VALUES (1, 'a', 1), (2, 'b', -2), (3, 'c', 3)",
      "REPLACE INTO t VALUES (1, 'z', -1)",
    ],
  },
  {
    name: "a trigger made after rows and before others",
    steps: [
      T,
      U,
      "INSERT INTO t VALUES (1, 'a', 1)",
      "CREATE TRIGGER b1 BEFORE INSERT ON t BEGIN INSERT INTO u (k) VALUES ('b1' || NEW.a); END",
      "REPLACE INTO t VALUES (1, 'b', 1)",
      "CREATE TRIGGER b2 BEFORE INSERT ON t BEGIN INSERT INTO u (k) VALUES ('b2' || NEW.a); END",
      "CREATE TRIGGER a1 AFTER INSERT ON t BEGIN UPDATE t SET b = b + 1 WHERE id = NEW.id; END",
      "REPLACE INTO t VALUES (1, 'c', 1)",
      "DROP TRIGGER b1",
      "REPLACE INTO t VALUES (2, 'c', 1)",
    ],
  },
  {
    name: "RAISE in triggers of all kinds",
    steps: [
      T,
      "CREATE TRIGGER bi BEFORE INSERT ON t BEGIN SELECT CASE NEW.b WHEN 0 THEN RAISE(IGNORE) " +
        "WHEN -1 THEN RAISE(ABORT, 'no') WHEN -2 THEN RAISE(FAIL, 'stop') END; END",
      "INSERT INTO t VALUES (1, 'a', 1), (2, 'b', 0), (3, 'c', 3)",
      "INSERT INTO t VALUES (4, 'd', 1), (5, 'e', -1)",
      "INSERT INTO t VALUES (6, 'f', 1), (7, 'g', -2), (8, 'h', 1)",
      "REPLACE INTO t VALUES (1, 'z', 0)",
      "REPLACE INTO t VALUES (1, 'z', 5), (9, 'c', 0), (3, 'y', 6)",
      "REPLACE INTO t VALUES (1, 'y', 5), (3, 'z', -2)",
      "REPLACE INTO t VALUES (1, 'x', 5), (3, 'w', -1)",
    ],
  },
  {
    name: "RAISE(ROLLBACK) in a transaction of its own",
    needs: ["transactions"],
    steps: [
      T,
      "CREATE TRIGGER ai AFTER INSERT ON t WHEN NEW.b < 0 " +
        "BEGIN SELECT RAISE(ROLLBACK, 'all is lost'); END",
      "INSERT INTO t VALUES (1, 'a', 1)",
      "REPLACE INTO t VALUES (1, 'b', -1)",
      "REPLACE INTO t VALUES (1, 'c', 1)",
      "INSERT OR IGNORE INTO t VALUES (1, 'd', 1)",
      "REPLACE INTO t VALUES (1, 'e', 1)",
      "INSERT OR IGNORE INTO t VALUES (9, 'f', -1)",
      "REPLACE INTO t VALUES (1, 'g', 1)",
    ],
  },
  {
    name: "RAISE(ROLLBACK) in the middle of a transaction",
    needs: ["transactions"],
    steps: [
      T,
      "CREATE TRIGGER ai AFTER INSERT ON t WHEN NEW.b < 0 " +
        "BEGIN SELECT RAISE(ROLLBACK, 'all is lost'); END",
      "INSERT INTO t VALUES (1, 'a', 1)",
      "BEGIN",
      "INSERT INTO t VALUES (2, 'q', 1)",
      "REPLACE INTO t VALUES (1, 'b', -1)",
      "ROLLBACK",
      "BEGIN",
      "REPLACE INTO t VALUES (1, 'c', 1)",
      "COMMIT",
    ],
  },
  {
    name: "RAISE(IGNORE) in AFTER triggers, UPDATE and DELETE",
    steps: [
      T,
      "CREATE TRIGGER au AFTER UPDATE ON t WHEN NEW.b = 0 BEGIN SELECT RAISE(IGNORE); END",
      "CREATE TRIGGER bu BEFORE UPDATE ON t WHEN NEW.b = 7 BEGIN SELECT RAISE(IGNORE); END",
      "CREATE TRIGGER bd BEFORE DELETE ON t WHEN OLD.b = 9 BEGIN SELECT RAISE(IGNORE); END",
      "CREATE TRIGGER ad AFTER DELETE ON t WHEN OLD.b = 1 BEGIN SELECT RAISE(IGNORE); END",
      "INSERT INTO t VALUES (1, 'a', 1), (2, 'b', 2), (3, 'c', 9)",
      "UPDATE t SET b = 0 WHERE id = 2",
      "UPDATE t SET b = 7 WHERE id = 1",
      "UPDATE OR REPLACE t SET b = 7, a = 'c' WHERE id = 1",
      "UPDATE OR REPLACE t SET b = 0, a = 'c' WHERE id = 1",
      "DELETE FROM t",
    ],
  },
  {
    name: "nested triggers, three deep",
    steps: [
      "CREATE TABLE a (v)",
      "CREATE TABLE b (v)",
      "CREATE TABLE c (v)",
      "CREATE TRIGGER ab AFTER INSERT ON a BEGIN INSERT INTO b VALUES (NEW.v * 2); END",
      "CREATE TRIGGER bc AFTER INSERT ON b BEGIN INSERT INTO c VALUES (NEW.v + 1); " +
        "DELETE FROM a WHERE v < 0; END",
      "CREATE TRIGGER cc AFTER INSERT ON c BEGIN UPDATE b SET v = v + 100; END",
      "INSERT INTO a VALUES (1), (-2), (3)",
      "SELECT changes(), last_insert_rowid()",
    ],
  },
  {
    name: "INSTEAD OF triggers of a view",
    steps: [
      T,
      "CREATE VIEW v AS SELECT id, a, b FROM t",
      "CREATE TRIGGER vi INSTEAD OF INSERT ON v BEGIN INSERT INTO t VALUES (NEW.id, NEW.a, 0); END",
      "CREATE TRIGGER vu INSTEAD OF UPDATE ON v BEGIN UPDATE t SET a = NEW.a " +
        "WHERE id = OLD.id; END",
      "CREATE TRIGGER vd INSTEAD OF DELETE ON v BEGIN DELETE FROM t WHERE id = OLD.id; END",
      "INSERT INTO v VALUES (1, 'a', 5), (2, 'b', 5)",
      "UPDATE v SET a = a || 'x'",
      "DELETE FROM v WHERE id = 1",
      "SELECT changes()",
    ],
  },
  {
    name: "INSTEAD OF triggers under OR REPLACE",
    steps: [
      T,
      "CREATE VIEW v AS SELECT id, a, b FROM t",
      "CREATE TRIGGER vi INSTEAD OF INSERT ON v BEGIN INSERT INTO t VALUES (NEW.id, NEW.a, 0); END",
      "CREATE TRIGGER vu INSTEAD OF UPDATE ON v BEGIN UPDATE t SET a = NEW.a " +
        "WHERE id = OLD.id; END",
      "INSERT INTO v VALUES (1, 'a', 5), (2, 'b', 5)",
      "INSERT OR REPLACE INTO v VALUES (1, 'c', 5)",
      "INSERT OR REPLACE INTO v VALUES (3, 'c', 5)",
      "UPDATE OR REPLACE v SET a = 'b'",
      "INSERT OR IGNORE INTO v VALUES (3, 'c', 6)",
      "INSERT INTO v VALUES (3, 'c', 6)",
    ],
  },
  {
    name: "replace inside a trigger",
    steps: [
      T,
      U,
      "CREATE TRIGGER ti AFTER INSERT ON t BEGIN INSERT OR REPLACE INTO u VALUES " +
        "(NEW.b, NEW.a, 1); END",
      "INSERT INTO t VALUES (1, 'a', 1), (2, 'b', 1), (3, 'c', 2)",
      "INSERT OR IGNORE INTO t VALUES (4, 'd', 2)",
      "INSERT OR FAIL INTO t VALUES (5, 'e', 5), (6, 'f', 5), (7, 'g', 6)",
      "REPLACE INTO t VALUES (1, 'd', 2)",
      "INSERT INTO t VALUES (8, 'h', 9) ON CONFLICT DO NOTHING",
      "INSERT INTO t VALUES (8, 'h', 9) ON CONFLICT DO NOTHING",
    ],
  },
  {
    name: "replace inside a trigger, in a table that exists later",
    steps: [
      T,
      "CREATE TRIGGER ti AFTER INSERT ON t BEGIN REPLACE INTO u VALUES (NEW.b, NEW.a, 1); END",
      U,
      "INSERT INTO u VALUES (5, 'x', 0)",
      "INSERT INTO t VALUES (1, 'x', 1), (2, 'b', 1)",
    ],
  },
  {
    name: "update or replace inside a trigger on DELETE",
    steps: [
      T,
      U,
      "CREATE TRIGGER td AFTER DELETE ON t BEGIN UPDATE OR REPLACE u SET k = " +
        "OLD.a WHERE id = OLD.b; END",
      "INSERT INTO u VALUES (1, 'p', 0), (2, 'q', 0), (3, 'r', 0)",
      "INSERT INTO t VALUES (1, 'q', 1), (2, 'r', 1), (3, 'z', 7)",
      "DELETE FROM t",
    ],
  },
  {
    name: "OR REPLACE reaches what its triggers do",
    steps: [
      T,
      U,
      "CREATE TRIGGER ti AFTER INSERT ON t BEGIN INSERT INTO u VALUES (NEW.b, NEW.a, 1); END",
      "INSERT INTO u VALUES (1, 'p', 0), (2, 'q', 0), (3, 'r', 0)",
      "REPLACE INTO t VALUES (1, 'q', 1)",
      "REPLACE INTO t VALUES (1, 'r', 7), (2, 'p', 7)",
      "INSERT INTO t VALUES (5, 'r', 7)",
    ],
  },
  {
    name: "OR REPLACE reaches an upsert in its trigger",
    steps: [
      T,
      U,
      "CREATE TRIGGER ti AFTER INSERT ON t BEGIN INSERT INTO u VALUES (NEW.b, NEW.a, 1) " +
        "ON CONFLICT (k) DO UPDATE SET n = n + 1; END",
      "INSERT INTO u VALUES (1, 'p', 0), (2, 'q', 0), (3, 'r', 0)",
      "REPLACE INTO t VALUES (1, 'q', 1)",
      "REPLACE INTO t VALUES (1, 'r', 1), (2, 'x', 3)",
      "INSERT INTO t VALUES (7, 's', 70), (8, 'p', 8)",
    ],
  },
  {
    name: "OR IGNORE reaches what its triggers do",
    steps: [
      T,
      U,
      "CREATE TRIGGER ti AFTER INSERT ON t BEGIN INSERT OR REPLACE INTO u VALUES " +
        "(NEW.b, NEW.a, 1); END",
      "INSERT INTO u VALUES (1, 'p', 0), (2, 'q', 0)",
      "INSERT OR IGNORE INTO t VALUES (1, 'a', 1), (2, 'p', 9), (3, 'c', 3)",
      "INSERT OR ABORT INTO t VALUES (4, 'd', 1)",
    ],
  },
  {
    name: "OR IGNORE inside a trigger, in a table that replaces",
    steps: [
      T,
      "CREATE TABLE r (id INTEGER PRIMARY KEY ON CONFLICT REPLACE, v UNIQUE ON CONFLICT REPLACE)",
      "CREATE TRIGGER ti AFTER INSERT ON t BEGIN INSERT OR IGNORE INTO r VALUES " +
        "(NEW.b, NEW.a); END",
      "CREATE TRIGGER td AFTER DELETE ON t BEGIN INSERT INTO r VALUES (OLD.b, 'old'); END",
      "INSERT INTO r VALUES (1, 'x'), (2, 'y')",
      "INSERT INTO t VALUES (1, 'a', 1), (2, 'y', 5), (3, 'c', 3)",
      "DELETE FROM t",
    ],
  },
  {
    name: "a BEFORE trigger that changes the row about to be replaced",
    steps: [
      T,
      "CREATE TRIGGER bi BEFORE INSERT ON t BEGIN UPDATE t SET b = b + 100 WHERE a = NEW.a; END",
      "INSERT INTO t VALUES (1, 'a', 1)",
      "REPLACE INTO t VALUES (2, 'a', 2)",
      "REPLACE INTO t VALUES (2, 'a', 3), (3, 'a', 4)",
    ],
  },
  {
    name: "a BEFORE trigger that deletes the row about to be replaced",
    steps: [
      T,
      "CREATE TRIGGER bi BEFORE INSERT ON t BEGIN DELETE FROM t WHERE a = NEW.a; END",
      "CREATE TRIGGER bu BEFORE UPDATE ON t WHEN NEW.b = 'd' " +
        "BEGIN DELETE FROM t WHERE a = NEW.a AND id <> NEW.id; END",
      "INSERT INTO t VALUES (1, 'a', 1), (2, 'b', 2)",
      "REPLACE INTO t VALUES (2, 'a', 2)",
      "INSERT INTO t VALUES (5, 'a', 5), (6, 'z', 6)",
      "UPDATE OR REPLACE t SET a = 'a', b = 'd' WHERE id = 6",
    ],
  },
  {
    name: "a BEFORE UPDATE trigger that deletes the row being updated",
    steps: [
      T,
      "CREATE TRIGGER bu BEFORE UPDATE ON t WHEN NEW.b = 'd' BEGIN DELETE FROM t " +
        "WHERE id = OLD.id; END",
      "INSERT INTO t VALUES (1, 'a', 1), (2, 'b', 2)",
      "UPDATE t SET b = 'd' WHERE id = 1",
    ],
  },
  {
    name: "a BEFORE UPDATE trigger that deletes the row being updated under OR REPLACE",
    steps: [
      T,
      "CREATE TRIGGER bu BEFORE UPDATE ON t WHEN NEW.b = 'd' BEGIN DELETE FROM t " +
        "WHERE id = OLD.id; END",
      "INSERT INTO t VALUES (1, 'a', 1), (2, 'b', 2)",
      "UPDATE OR REPLACE t SET b = 'd', a = 'b' WHERE id = 1",
      "REPLACE INTO t VALUES (2, 'c', 3)",
    ],
  },
  {
    name: "a cascade that a trigger answers by replacing",
    steps: [
      "CREATE TABLE p (id INTEGER PRIMARY KEY, u UNIQUE)",
      "CREATE TABLE c (id INTEGER PRIMARY KEY, p REFERENCES p ON DELETE CASCADE)",
      "CREATE TABLE gone (k PRIMARY KEY, v)",
      "CREATE TRIGGER cd AFTER DELETE ON c BEGIN INSERT OR REPLACE INTO gone " +
        "VALUES (OLD.id, OLD.p); END",
      "INSERT INTO p VALUES (1, 1), (2, 2)",
      "INSERT INTO c VALUES (1, 1), (2, 1), (3, 2)",
      "DELETE FROM p WHERE id = 1",
      "INSERT INTO c VALUES (1, 2)",
      "DELETE FROM c WHERE id = 3",
      "INSERT INTO c VALUES (3, 2)",
      "DELETE FROM c WHERE id = 3",
      "DELETE FROM p WHERE id = 2",
      "REPLACE INTO p VALUES (2, 2)",
    ],
  },
  {
    name: "a replacement whose cascade writes into the same table",
    steps: [
      "CREATE TABLE p (id INTEGER PRIMARY KEY, u UNIQUE)",
      "CREATE TABLE c (id INTEGER PRIMARY KEY, p REFERENCES p ON DELETE CASCADE)",
      "CREATE TRIGGER cd AFTER DELETE ON c BEGIN UPDATE p SET u = u || '*'; END",
      "INSERT INTO p VALUES (1, 'a'), (2, 'b'), (3, 'c')",
      "INSERT INTO c VALUES (1, 1), (2, 2)",
      "REPLACE INTO p VALUES (1, 'b')",
      "REPLACE INTO p VALUES (9, 'c')",
    ],
  },
  {
    name: "triggers that tell what they see of changes() and last_insert_rowid()",
    // The one connection of a Durable Object cannot be given a count back.
    needs: ["transactions"],
    steps: [
      T,
      "CREATE TABLE told (what, c, r)",
      "CREATE TRIGGER ti AFTER INSERT ON t BEGIN " +
        "INSERT INTO told VALUES ('i', changes(), last_insert_rowid()); END",
      "CREATE TRIGGER tu AFTER UPDATE ON t BEGIN UPDATE t SET b = changes() WHERE id = 1; " +
        "INSERT INTO told VALUES ('u', changes(), last_insert_rowid()); END",
      "CREATE TRIGGER tb BEFORE DELETE ON t BEGIN " +
        "INSERT INTO told VALUES ('d', changes(), last_insert_rowid()); END",
      "INSERT INTO t VALUES (1, 'a', 1), (2, 'b', 2)",
      "UPDATE t SET a = a || 'x'",
      "REPLACE INTO t VALUES (2, 'q', 2)",
      "DELETE FROM t",
      "SELECT changes(), last_insert_rowid()",
    ],
  },
  {
    name: "triggers on UPDATE OF some columns, with WHEN",
    steps: [
      T,
      U,
      "CREATE TRIGGER tu AFTER UPDATE OF b ON t WHEN NEW.b IS NOT OLD.b " +
        "BEGIN INSERT INTO u (k) VALUES (OLD.b || NEW.b); END",
      "INSERT INTO t VALUES (1, 'a', 1), (2, 'b', 2)",
      "UPDATE t SET a = a || 'x'",
      "UPDATE t SET b = 2",
      "UPDATE OR REPLACE t SET a = 'bx', b = 3 WHERE id = 1",
    ],
  },
  {
    name: "recursive triggers, which fire on REPLACE",
    needs: ["transactions"],
    steps: [
      { recursive: true },
      T,
      U,
      "CREATE TRIGGER td AFTER DELETE ON t BEGIN INSERT INTO u (k) VALUES (OLD.a || OLD.b); END",
      "INSERT INTO t VALUES (1, 'a', 1), (2, 'b', 2), (-1, 'm', 3)",
      "REPLACE INTO t VALUES (1, 'b', 3)",
      "REPLACE INTO t (a) VALUES ('q')",
      "UPDATE OR REPLACE t SET a = 'q'",
      "CREATE TABLE r (k UNIQUE ON CONFLICT REPLACE)",
      "INSERT INTO r VALUES (1), (2), (1)",
    ],
  },
  {
    name: "recursive triggers turned on after REPLACE was met",
    needs: ["transactions"],
    steps: [
      T,
      "INSERT INTO t VALUES (1, 'a', 1), (2, 'b', 2)",
      "REPLACE INTO t VALUES (1, 'b', 3)",
      { recursive: true },
      "REPLACE INTO t VALUES (1, 'c', 4)",
      { recursive: false },
      "REPLACE INTO t VALUES (1, 'd', 5)",
    ],
  },
  {
    name: "BEFORE triggers that change the very row",
    steps: [
      T,
      "CREATE TRIGGER bu BEFORE UPDATE ON t BEGIN UPDATE t SET b = b + 1 WHERE id = OLD.id; END",
      "CREATE TRIGGER bd BEFORE DELETE ON t BEGIN UPDATE t SET b = 'bye' WHERE id = OLD.id; END",
      "INSERT INTO t VALUES (1, 'a', 1), (2, 'b', 2), (3, 'c', 3)",
      "UPDATE t SET a = a || 'x'",
      "UPDATE t SET b = 100 WHERE id = 1",
      "UPDATE OR REPLACE t SET a = 'bx' WHERE id = 1",
      "DELETE FROM t WHERE id = 3",
      "DELETE FROM t",
    ],
  },
  {
    name: "BEFORE triggers that change the very row, in a transaction with savepoints",
    needs: ["transactions"],
    steps: [
      T,
      "CREATE TRIGGER bu BEFORE UPDATE ON t BEGIN UPDATE t SET b = b + 1 WHERE id = OLD.id; END",
      "INSERT INTO t VALUES (1, 'a', 1), (2, 'b', 2)",
      "BEGIN",
      "UPDATE t SET a = a || 'x'",
      "SAVEPOINT s",
      "UPDATE t SET a = a || 'y'",
      "ROLLBACK TO s",
      "UPDATE OR REPLACE t SET a = 'z'",
      "ALTER TABLE t ADD COLUMN c",
      "UPDATE t SET c = a",
      "ROLLBACK TO s",
      "UPDATE t SET a = 'w' || id",
      "COMMIT",
      "UPDATE t SET a = id",
    ],
  },
];
