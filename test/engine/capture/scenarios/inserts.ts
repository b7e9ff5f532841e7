import type { Scenario } from "../scenario.ts";

const USERS = "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT UNIQUE, score)";

/** INSERT in all its forms but those that replace. */
export const INSERTS: readonly Scenario[] = [
  { name: "insert one row", steps: [USERS, "INSERT INTO users VALUES (1, 'a', 1.5)"], records: 2 },
  {
    name: "insert several rows in one statement",
    steps: [USERS, "INSERT INTO users VALUES (1, 'a', 1), (2, 'b', 2), (3, 'c', NULL)"],
    records: 4,
  },
  {
    name: "insert from a query on the same table",
    steps: [
      USERS,
      "INSERT INTO users (name) VALUES ('a'), ('b')",
      "INSERT INTO users (name, score) SELECT name || '2', id FROM users",
    ],
  },
  {
    name: "insert from a query that SQLite would copy page by page",
    steps: [
      "CREATE TABLE a (x, y)",
      "CREATE TABLE b (x, y)",
      "INSERT INTO a VALUES (1, 2), (3, 4)",
      "DELETE FROM a WHERE x = 1",
      "INSERT INTO b SELECT * FROM a",
    ],
  },
  {
    name: "insert default values",
    steps: [
      "CREATE TABLE d (id INTEGER PRIMARY KEY, a DEFAULT 5, b TEXT DEFAULT (lower('X')))",
      "INSERT INTO d DEFAULT VALUES",
      "INSERT INTO d (a) VALUES (NULL)",
    ],
  },
  {
    name: "insert with RETURNING",
    steps: [
      USERS,
      "INSERT INTO users (name) VALUES ('a'), ('b') RETURNING name, score",
      "INSERT INTO users (name) SELECT 'c' RETURNING upper(name)",
    ],
  },
  {
    name: "insert with the rowid of the row before",
    steps: [
      USERS,
      "CREATE TABLE pets (owner, name)",
      "INSERT INTO users (name) VALUES ('a'), ('b')",
      "INSERT INTO pets VALUES (last_insert_rowid(), 'p')",
      "SELECT last_insert_rowid()",
    ],
  },
  {
    name: "upsert that inserts",
    steps: [USERS, "INSERT INTO users VALUES (1, 'a', 1) ON CONFLICT DO NOTHING"],
    records: 2,
  },
  {
    name: "upsert that does nothing",
    steps: [
      USERS,
      "INSERT INTO users VALUES (1, 'a', 1)",
      "INSERT INTO users VALUES (2, 'a', 2) ON CONFLICT DO NOTHING",
      "INSERT INTO users VALUES (1, 'b', 2) ON CONFLICT (id) DO NOTHING",
    ],
    records: 2,
  },
  {
    name: "upsert that updates",
    steps: [
      USERS,
      "INSERT INTO users VALUES (1, 'a', 1)",
      "INSERT INTO users VALUES (2, 'a', 2) ON CONFLICT (name) DO UPDATE SET " +
        "score = excluded.score",
      "INSERT INTO users VALUES (1, 'z', 3), (5, 'e', 5) ON CONFLICT (id) DO UPDATE SET name = 'q'",
    ],
  },
  {
    name: "upsert that updates only where a condition holds",
    steps: [
      USERS,
      "INSERT INTO users VALUES (1, 'a', 1), (2, 'b', 9)",
      "INSERT INTO users VALUES (3, 'a', 5), (4, 'b', 5) ON CONFLICT (name) " +
        "DO UPDATE SET score = excluded.score WHERE excluded.score > score",
    ],
  },
  {
    name: "upsert with several arms",
    steps: [
      USERS,
      "INSERT INTO users VALUES (1, 'a', 1), (2, 'b', 2)",
      "INSERT INTO users VALUES (1, 'x', 7), (9, 'b', 8), (3, 'c', 9) " +
        "ON CONFLICT (id) DO UPDATE SET score = 70 ON CONFLICT (name) DO UPDATE SET score = 80 " +
        "ON CONFLICT DO NOTHING",
    ],
  },
  {
    name: "upsert that moves the primary key",
    steps: [
      USERS,
      "INSERT INTO users VALUES (1, 'a', 1)",
      "INSERT INTO users VALUES (7, 'a', 2) ON CONFLICT (name) DO UPDATE SET id = excluded.id",
    ],
  },
  {
    name: "upsert in a table WITHOUT ROWID",
    steps: [
      "CREATE TABLE w (k TEXT PRIMARY KEY, n) WITHOUT ROWID",
      "INSERT INTO w VALUES ('a', 1)",
      "INSERT INTO w VALUES ('a', 1), ('b', 1) ON CONFLICT (k) DO UPDATE SET n = n + 1",
    ],
  },
  {
    name: "insert or ignore",
    steps: [
      USERS,
      "INSERT INTO users VALUES (1, 'a', 1)",
      "INSERT OR IGNORE INTO users VALUES (1, 'b', 2), (2, 'a', 2), (3, 'c', 3)",
    ],
    records: 3,
  },
  {
    name: "insert or fail keeps the rows before the conflict",
    steps: [
      USERS,
      "INSERT INTO users VALUES (5, 'a', 1)",
      "INSERT OR FAIL INTO users VALUES (6, 'b', 2), (7, 'c', 2), (5, 'd', 3), (8, 'e', 3)",
      "SELECT changes()",
    ],
    records: 4,
  },
  {
    name: "insert or abort loses the statement's rows",
    steps: [
      USERS,
      "INSERT INTO users VALUES (5, 'a', 1)",
      "INSERT OR ABORT INTO users VALUES (6, 'b', 2), (5, 'd', 3)",
      "INSERT INTO users VALUES (6, 'b', 2), (5, 'd', 3)",
      "INSERT INTO users VALUES (6, 'x', 2)",
    ],
    records: 3,
  },
  {
    name: "insert or rollback loses the whole transaction",
    needs: ["transactions"],
    steps: [
      USERS,
      "INSERT INTO users VALUES (5, 'a', 1)",
      "BEGIN",
      "INSERT INTO users VALUES (6, 'b', 2)",
      "INSERT OR ROLLBACK INTO users VALUES (7, 'c', 2), (5, 'd', 3)",
      "COMMIT",
      "ROLLBACK",
      "INSERT INTO users VALUES (6, 'x', 2)",
    ],
    records: 3,
  },
  {
    name: "insert or rollback outside of a transaction",
    needs: ["transactions"],
    steps: [
      USERS,
      "INSERT INTO users VALUES (5, 'a', 1)",
      "INSERT OR ROLLBACK INTO users VALUES (7, 'c', 2), (5, 'd', 3)",
      "INSERT INTO users VALUES (6, 'x', 2)",
    ],
    records: 3,
  },
  {
    name: "declared conflict actions of all kinds",
    steps: [
      "CREATE TABLE t (a UNIQUE ON CONFLICT IGNORE, b UNIQUE ON CONFLICT FAIL, " +
        "c NOT NULL ON CONFLICT IGNORE)",
      "INSERT INTO t VALUES (1, 1, 1)",
      "INSERT INTO t VALUES (1, 2, 2), (2, 2, NULL), (3, 3, 3), (4, 1, 4), (5, 5, 5)",
      "INSERT INTO t VALUES (6, 6, 6)",
    ],
  },
  {
    name: "AUTOINCREMENT never gives a number twice",
    steps: [
      "CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT, v)",
      "INSERT INTO a (v) VALUES ('x'), ('y')",
      "DELETE FROM a WHERE id = 2",
      "INSERT INTO a (v) VALUES ('z')",
      "REPLACE INTO a VALUES (3, 'zz'), (NULL, 'new')",
      "SELECT * FROM sqlite_sequence",
    ],
  },
  {
    name: "a rowid that SQLite must look for",
    steps: [
      "CREATE TABLE m (id INTEGER PRIMARY KEY, v)",
      "INSERT INTO m VALUES (9223372036854775806, 'a')",
      "INSERT INTO m (v) VALUES ('b')",
    ],
  },
  {
    name: "an insert that a CHECK refuses",
    steps: [
      "CREATE TABLE c (v CHECK (v > 0))",
      "INSERT INTO c VALUES (1), (0)",
      "INSERT OR IGNORE INTO c VALUES (1), (0), (2)",
      "INSERT OR FAIL INTO c VALUES (3), (0), (4)",
    ],
  },
  {
    name: "insert with values bound",
    steps: [
      USERS,
      { sql: "INSERT INTO users VALUES (?, ?, ?)", params: [1n, "a", 1.5] },
      { sql: "INSERT INTO users VALUES (:id, :name, :id)", params: [2n, "b"] },
    ],
  },
  {
    name: "insert from a recursive query",
    steps: [
      "CREATE TABLE n (v)",
      "WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 50) " +
        "INSERT INTO n SELECT x FROM c",
    ],
    records: 51,
  },
];
