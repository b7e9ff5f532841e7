import type { Scenario } from "../scenario.ts";

const parents = (action: string): string[] => [
  "CREATE TABLE p (id INTEGER PRIMARY KEY, u UNIQUE)",
  `CREATE TABLE c (id INTEGER PRIMARY KEY, p DEFAULT 3 REFERENCES p (id) ${action}, v)`,
  "INSERT INTO p VALUES (1, 'a'), (2, 'b'), (3, 'c')",
  "INSERT INTO c VALUES (1, 1, 'x'), (2, 1, 'y'), (3, 2, 'z'), (4, NULL, 'n')",
];

/** Rows that change because their parents do. */
export const FOREIGN_KEYS: readonly Scenario[] = [
  {
    name: "delete that cascades",
    steps: [...parents("ON DELETE CASCADE"), "DELETE FROM p WHERE id = 1", "DELETE FROM p"],
  },
  {
    name: "delete that sets null",
    steps: [...parents("ON DELETE SET NULL"), "DELETE FROM p WHERE id = 1"],
  },
  {
    name: "delete that sets the default",
    steps: [
      ...parents("ON DELETE SET DEFAULT"),
      "DELETE FROM p WHERE id = 1",
      "DELETE FROM p WHERE id = 3",
    ],
  },
  {
    name: "update that cascades",
    steps: [...parents("ON UPDATE CASCADE"), "UPDATE p SET id = id + 10", "SELECT changes()"],
  },
  {
    name: "update that sets null and the default",
    steps: [
      ...parents("ON UPDATE SET NULL"),
      "UPDATE p SET id = 9 WHERE id = 1",
      "CREATE TABLE d (p DEFAULT 3 REFERENCES p ON UPDATE SET DEFAULT)",
      "INSERT INTO d VALUES (9)",
      "UPDATE p SET id = 8 WHERE id = 9",
    ],
  },
  {
    name: "delete that is refused",
    steps: [...parents("ON DELETE RESTRICT"), "DELETE FROM p WHERE id = 1", "DELETE FROM p"],
  },
  {
    name: "cascades through three tables and back into one",
    steps: [
      "CREATE TABLE a (id INTEGER PRIMARY KEY)",
      "CREATE TABLE b (id INTEGER PRIMARY KEY, a REFERENCES a ON DELETE CASCADE ON UPDATE CASCADE)",
      "CREATE TABLE c (k TEXT PRIMARY KEY, b REFERENCES b ON DELETE CASCADE) WITHOUT ROWID",
      "CREATE TABLE tree (id INTEGER PRIMARY KEY, up REFERENCES tree ON DELETE CASCADE)",
      "INSERT INTO a VALUES (1), (2)",
      "INSERT INTO b VALUES (1, 1), (2, 1), (3, 2)",
      "INSERT INTO c VALUES ('x', 1), ('y', 2), ('z', 3)",
      "INSERT INTO tree VALUES (1, NULL), (2, 1), (3, 2), (4, 3), (5, NULL)",
      "UPDATE a SET id = 11 WHERE id = 1",
      "DELETE FROM a WHERE id = 11",
      "DELETE FROM tree WHERE id = 1",
    ],
  },
  {
    name: "replace of a parent that cascades",
    steps: [
      ...parents("ON DELETE CASCADE"),
      "REPLACE INTO p VALUES (1, 'new')",
      "REPLACE INTO p VALUES (9, 'b')",
      "UPDATE OR REPLACE p SET u = 'c' WHERE id = 1",
    ],
  },
  {
    name: "replace of a parent that sets null",
    steps: [...parents("ON DELETE SET NULL"), "REPLACE INTO p VALUES (1, 'b')"],
  },
  {
    name: "replace of two rows of a tree, one above the other",
    steps: [
      "CREATE TABLE tree (id INTEGER PRIMARY KEY, k UNIQUE, up REFERENCES tree ON DELETE CASCADE)",
      "INSERT INTO tree VALUES (1, 'a', NULL), (2, 'b', 1), (3, 'c', 2), (4, 'd', NULL)",
      "REPLACE INTO tree VALUES (1, 'b', NULL)",
      "INSERT INTO tree VALUES (5, 'e', 4), (6, 'f', 5)",
      "REPLACE INTO tree VALUES (5, 'd', NULL)",
    ],
  },
  {
    name: "replace of two rows of a list, one of which points to the other",
    steps: [
      "CREATE TABLE l (id INTEGER PRIMARY KEY, k UNIQUE, next REFERENCES l ON DELETE SET NULL)",
      "INSERT INTO l VALUES (1, 'a', NULL), (2, 'b', 1), (3, 'c', 2)",
      "REPLACE INTO l VALUES (1, 'b', NULL)",
      "REPLACE INTO l VALUES (7, 'c', NULL)",
    ],
  },
  {
    name: "a deferred key that is broken and mended",
    needs: ["transactions"],
    steps: [
      "CREATE TABLE p (id INTEGER PRIMARY KEY)",
      "CREATE TABLE c (p REFERENCES p DEFERRABLE INITIALLY DEFERRED)",
      "BEGIN",
      "INSERT INTO c VALUES (1)",
      "INSERT INTO p VALUES (1)",
      "COMMIT",
      "BEGIN",
      "DELETE FROM p",
      "COMMIT",
      "INSERT INTO c VALUES (2)",
      "INSERT INTO p VALUES (7)",
    ],
  },
  {
    name: "cascades into a table that replaces",
    steps: [
      "CREATE TABLE p (id INTEGER PRIMARY KEY)",
      "CREATE TABLE c (id INTEGER PRIMARY KEY, p UNIQUE ON CONFLICT REPLACE " +
        "REFERENCES p ON UPDATE CASCADE ON DELETE SET NULL)",
      "INSERT INTO p VALUES (1), (2), (3)",
      "INSERT INTO c VALUES (1, 1), (2, 2)",
      "UPDATE p SET id = 9 WHERE id = 1",
      "DELETE FROM p WHERE id = 9",
      "INSERT INTO c VALUES (5, 2)",
    ],
  },
  {
    name: "foreign keys turned off",
    needs: ["transactions"],
    steps: [
      ...parents("ON DELETE CASCADE"),
      "PRAGMA foreign_keys = OFF",
      "DELETE FROM p WHERE id = 1",
      "REPLACE INTO p VALUES (2, 'new')",
      "PRAGMA foreign_keys = ON",
      "DELETE FROM p WHERE id = 2",
    ],
  },
  {
    name: "a cascade that a trigger fails in the middle",
    steps: [
      "CREATE TABLE p (id INTEGER PRIMARY KEY, v)",
      "CREATE TABLE c (p REFERENCES p ON UPDATE CASCADE ON DELETE CASCADE)",
      "CREATE TRIGGER cu AFTER UPDATE ON c WHEN NEW.p = 9 BEGIN SELECT RAISE(FAIL, 'stop'); END",
      "CREATE TRIGGER cd AFTER DELETE ON c WHEN OLD.p = 2 BEGIN SELECT RAISE(FAIL, 'stop'); END",
      "INSERT INTO p VALUES (1, 1), (2, 2), (3, 3)",
      "INSERT INTO c VALUES (1), (2)",
      "UPDATE p SET id = 9 WHERE id = 1",
      "DELETE FROM p WHERE id = 2",
      "REPLACE INTO p VALUES (2, 'new')",
      "UPDATE p SET id = 8 WHERE id = 1",
    ],
  },
  {
    name: "a statement that a trigger below a cascade stops after other rows",
    steps: [
      "CREATE TABLE p (id INTEGER PRIMARY KEY, k UNIQUE, v)",
      "CREATE TABLE c (p REFERENCES p (k) ON UPDATE CASCADE ON DELETE SET NULL, v)",
      "CREATE TRIGGER cu BEFORE UPDATE ON c WHEN NEW.v = 'stop' " +
        "BEGIN SELECT RAISE(FAIL, 'stop'); END",
      "INSERT INTO p VALUES (1, 'a', 1), (2, 'b', 2), (3, 'c', 3), (4, 'd', 4)",
      "INSERT INTO c VALUES ('a', 0), ('b', 0), ('c', 'stop'), ('d', 'stop')",
      "UPDATE p SET k = k || '!', id = id + 10, v = 0",
      "UPDATE p SET v = 9",
      "REPLACE INTO p VALUES (4, 'x', 1), (9, 'y', 1)",
      "INSERT OR REPLACE INTO p VALUES (20, 'z', 1), (21, 'd', 1), (22, 'w', 1)",
      "DELETE FROM p",
      { batch: ["INSERT INTO p VALUES (30, 'new', 1)", "DELETE FROM p WHERE k >= 'c'"] },
    ],
  },
  {
    name: "a statement that a trigger below a cascade stops, in a transaction",
    needs: ["transactions"],
    steps: [
      "CREATE TABLE p (id INTEGER PRIMARY KEY, v)",
      "CREATE TABLE c (p REFERENCES p ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED)",
      "CREATE TRIGGER cd AFTER DELETE ON c WHEN OLD.p = 2 BEGIN SELECT RAISE(FAIL, 'stop'); END",
      "INSERT INTO p VALUES (1, 1), (2, 2), (3, 3)",
      "INSERT INTO c VALUES (1), (2), (3)",
      "BEGIN",
      "DELETE FROM p",
      "UPDATE p SET v = 5",
      "SAVEPOINT s",
      "INSERT INTO p VALUES (2, 'back')",
      "INSERT INTO c VALUES (2)",
      "DELETE FROM p WHERE id = 2",
      "ROLLBACK TO s",
      "COMMIT",
    ],
  },
  {
    name: "cascades that come back to the row that is being changed",
    steps: [
      "CREATE TABLE n (id INTEGER PRIMARY KEY, up REFERENCES n ON UPDATE CASCADE, v)",
      "INSERT INTO n VALUES (1, 1, 'self'), (2, 1, 'child'), (3, 4, 'a'), (4, 3, 'b')",
      "UPDATE n SET id = 10 WHERE id = 1",
      "UPDATE n SET id = id + 100, v = v || '!'",
      "CREATE TABLE u (id INTEGER PRIMARY KEY, k UNIQUE, up REFERENCES u (k) ON UPDATE SET NULL)",
      "INSERT INTO u VALUES (1, 'a', 'a'), (2, 'b', 'a')",
      "UPDATE u SET k = 'z' WHERE id = 1",
      "UPDATE u SET k = k || '2'",
    ],
  },
  {
    name: "cascades that come back to a wide row",
    steps: (() => {
      const columns = Array.from({ length: 40 }, (_, at) => `c${at}`);
      const values = columns.map((_, at) => `'v${at}'`).join();
      return [
        "CREATE TABLE w (id INTEGER PRIMARY KEY, up REFERENCES w ON UPDATE CASCADE, " +
          `${columns.join()})`,
        `INSERT INTO w VALUES (1, 1, ${values}), (2, 1, ${values}), (3, 2, ${values})`,
        "UPDATE w SET id = id + 100, c39 = 'moved'",
        "UPDATE w SET c0 = id",
      ];
    })(),
  },
  {
    name: "counters that children's triggers keep in their parents",
    steps: [
      "CREATE TABLE p (id INTEGER PRIMARY KEY, n DEFAULT 0)",
      "CREATE TABLE c (id INTEGER PRIMARY KEY, p REFERENCES p ON UPDATE CASCADE ON DELETE CASCADE)",
      "CREATE TRIGGER ci AFTER INSERT ON c BEGIN UPDATE p SET n = n + 1 WHERE id = NEW.p; END",
      "CREATE TRIGGER cu AFTER UPDATE ON c BEGIN UPDATE p SET n = n + 10 WHERE id = NEW.p; END",
      "CREATE TRIGGER cd AFTER DELETE ON c BEGIN UPDATE p SET n = n - 1 WHERE id = OLD.p; END",
      "INSERT INTO p (id) VALUES (1), (2)",
      "INSERT INTO c VALUES (1, 1), (2, 1), (3, 2)",
      "UPDATE p SET id = id + 10",
      "DELETE FROM c WHERE id = 1",
      "REPLACE INTO p VALUES (11, 'new')",
      "DELETE FROM p",
    ],
  },
  {
    name: "an update whose replacement cascades into the row that is being updated",
    steps: [
      "CREATE TABLE q (id INTEGER PRIMARY KEY, u UNIQUE REFERENCES q ON DELETE SET DEFAULT, v)",
      "INSERT INTO q VALUES (1, NULL, 'a')",
      "INSERT INTO q VALUES (3, 1, 'c')",
      "INSERT INTO q VALUES (2, 3, 'b')",
      "UPDATE OR REPLACE q SET id = 1, v = 'x' WHERE id = 3",
      "UPDATE OR REPLACE q SET u = 1, v = 'y'",
    ],
  },
];
