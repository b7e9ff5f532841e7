/** A schema, and INSERTs into it that a foreign key refuses. */
export interface StoppedInserts {
  readonly name: string;
  readonly schema: readonly string[];
  readonly inserts: readonly string[];
}

const PARENT = "CREATE TABLE p (id INTEGER PRIMARY KEY, u UNIQUE)";

/**
 * Whether `last_insert_rowid()` moves in them differs: SQLite stops some before they store their
 * row. Row 1 is in `c` already, and in `p`.
 */
export const STOPPED_INSERTS: readonly StoppedInserts[] = [
  {
    name: "a rowid table",
    schema: [PARENT, "CREATE TABLE c (id INTEGER PRIMARY KEY, p REFERENCES p, u UNIQUE)"],
    inserts: [
      "INSERT INTO c (p) VALUES (9)",
      "INSERT INTO c VALUES (70, 9, 8)",
      "INSERT INTO c (p) VALUES (9), (1)",
      "INSERT INTO c (p) VALUES (1), (9)",
      "INSERT INTO c (p) SELECT 9",
      "INSERT INTO c (p) VALUES (9) RETURNING id",
      "WITH x AS (SELECT 9 AS n) INSERT INTO c (p) VALUES ((SELECT n FROM x))",
      "INSERT OR IGNORE INTO c (p) VALUES (9)",
      "INSERT OR FAIL INTO c (id, p) VALUES (71, 9)",
      "INSERT OR REPLACE INTO c (p) VALUES (9)",
      "INSERT OR REPLACE INTO c (id, p) VALUES (1, 9)",
      "REPLACE INTO c (rowid, p) VALUES (72, 9)",
      "INSERT INTO c (p) VALUES (9) ON CONFLICT DO NOTHING",
      "INSERT INTO c (p, u) VALUES (9, 7) ON CONFLICT (u) DO UPDATE SET u = 6",
      "INSERT INTO c (p, u) VALUES (9, 7) ON CONFLICT (u) DO UPDATE SET p = 1",
      "INSERT INTO c (p, u) VALUES (9, 7) ON CONFLICT (u) DO UPDATE SET id = 90",
    ],
  },
  {
    name: "defaults, and no key that could conflict",
    schema: [PARENT, "CREATE TABLE c (p DEFAULT 9 REFERENCES p)"],
    inserts: [
      "INSERT INTO c DEFAULT VALUES",
      "REPLACE INTO c (p) VALUES (9)",
      "REPLACE INTO c (_rowid_, p) VALUES (50, 9)",
      "REPLACE INTO c VALUES (9)",
    ],
  },
  {
    name: "keys that say REPLACE",
    schema: [
      PARENT,
      "CREATE TABLE c (id INTEGER PRIMARY KEY ON CONFLICT REPLACE, p REFERENCES p)",
      "CREATE TABLE d (p REFERENCES p, u UNIQUE ON CONFLICT REPLACE)",
    ],
    inserts: [
      "INSERT INTO c (p) VALUES (9)",
      "INSERT INTO c (id, p) VALUES (80, 9)",
      "INSERT OR ABORT INTO c (id, p) VALUES (81, 9)",
      "INSERT INTO d (p) VALUES (9)",
      "INSERT OR IGNORE INTO d (p) VALUES (9)",
    ],
  },
  {
    name: "a trigger on INSERT",
    schema: [
      PARENT,
      "CREATE TABLE c (p REFERENCES p)",
      "CREATE TRIGGER r AFTER INSERT ON c WHEN NEW.p IS NULL BEGIN DELETE FROM p; END",
    ],
    inserts: ["INSERT INTO c (p) VALUES (9)"],
  },
  {
    name: "triggers on UPDATE and DELETE",
    schema: [
      PARENT,
      "CREATE TABLE c (p REFERENCES p, u UNIQUE, v)",
      "CREATE TRIGGER r AFTER UPDATE OF v ON c BEGIN DELETE FROM p WHERE id = 5; END",
      "CREATE TRIGGER s AFTER DELETE ON c BEGIN DELETE FROM p WHERE id = 5; END",
    ],
    inserts: [
      "INSERT INTO c (p) VALUES (9)",
      "INSERT INTO c (p, u) VALUES (9, 3) ON CONFLICT (u) DO UPDATE SET v = 1",
      "INSERT INTO c (p, u) VALUES (9, 3) ON CONFLICT (u) DO UPDATE SET u = 4",
    ],
  },
  {
    name: "a table that refers to itself, and is referred to",
    schema: [
      PARENT,
      "CREATE TABLE c (id INTEGER PRIMARY KEY, p REFERENCES p, own REFERENCES c, k UNIQUE)",
      "CREATE TABLE e (k REFERENCES c (k))",
    ],
    inserts: [
      "INSERT INTO c (p) VALUES (9)",
      "INSERT INTO c (p, own) VALUES (1, 66)",
      "INSERT INTO c (p, k) VALUES (9, 3) ON CONFLICT (k) DO UPDATE SET k = 4",
      "INSERT INTO c (p, k) VALUES (9, 3) ON CONFLICT (k) DO UPDATE SET p = 1 WHERE FALSE",
      "INSERT INTO c (p, k) VALUES (9, 3) ON CONFLICT (id) DO UPDATE SET id = 4",
    ],
  },
  {
    name: "a deferred key",
    schema: [
      PARENT,
      "CREATE TABLE c (p REFERENCES p DEFERRABLE INITIALLY DEFERRED, q REFERENCES p)",
    ],
    inserts: ["INSERT INTO c (q) VALUES (9)", "INSERT INTO c (p, q) VALUES (9, 9)"],
  },
  {
    name: "several keys, of which each has its own way out",
    schema: [
      PARENT,
      "CREATE TABLE c (id INTEGER PRIMARY KEY, p REFERENCES p, u UNIQUE, v, k, UNIQUE (v, k))",
      "CREATE UNIQUE INDEX i ON c (u + v)",
      "CREATE TABLE e (x REFERENCES c (id))",
    ],
    inserts: [
      "INSERT INTO c (p, u) VALUES (9, 7) ON CONFLICT (u) DO NOTHING ON CONFLICT (U) DO UPDATE SET p = 1",
      "REPLACE INTO c (id, p) VALUES (7, 9) ON CONFLICT DO NOTHING",
      "REPLACE INTO c (id, p) VALUES (7, 9) ON CONFLICT DO UPDATE SET v = 1",
      "REPLACE INTO c (id, p) VALUES (7, 9) ON CONFLICT (id) DO NOTHING",
      "REPLACE INTO c (p) VALUES (9) ON CONFLICT (u) DO NOTHING ON CONFLICT (k, v) DO NOTHING " +
        "ON CONFLICT (u+v) DO UPDATE SET k = 1",
      "REPLACE INTO c (p) VALUES (9) ON CONFLICT (u) DO NOTHING ON CONFLICT (v, k) DO NOTHING",
      "INSERT INTO c (p) VALUES (9) ON CONFLICT (u) DO NOTHING ON CONFLICT (v, k) DO NOTHING " +
        "ON CONFLICT (u + v) DO NOTHING ON CONFLICT DO UPDATE SET p = 1",
      "INSERT INTO c (p) VALUES (9) ON CONFLICT (u) DO NOTHING ON CONFLICT (v, k) DO NOTHING " +
        "ON CONFLICT DO UPDATE SET p = 1",
      "INSERT INTO c (p, u) VALUES (9, 7) ON CONFLICT (u) DO UPDATE SET rowid = 4",
    ],
  },
  {
    name: "keys of which one says REPLACE",
    schema: [
      PARENT,
      "CREATE TABLE c (id INTEGER PRIMARY KEY ON CONFLICT REPLACE, p REFERENCES p, u UNIQUE)",
      "CREATE TABLE d (p REFERENCES p, u, v, UNIQUE (u), UNIQUE (v, u) ON CONFLICT REPLACE)",
    ],
    inserts: [
      "INSERT INTO c (p, u) VALUES (9, 5)",
      "INSERT INTO c (id, p, u) VALUES (7, 9, 5) ON CONFLICT DO NOTHING",
      "INSERT INTO c (id, p, u) VALUES (8, 9, 5) ON CONFLICT (u) DO NOTHING",
      "INSERT INTO d (p) VALUES (9) ON CONFLICT (u) DO NOTHING",
      "INSERT INTO d (p) VALUES (9) ON CONFLICT (u, v) DO NOTHING",
    ],
  },
  {
    name: "keys of generated columns, and columns called as a rowid is",
    schema: [
      PARENT,
      "CREATE TABLE c (k UNIQUE, v, g AS (v) REFERENCES p, h AS (g + 1), x)",
      "CREATE TABLE d (rowid, p REFERENCES p)",
      "CREATE TABLE e (id INTEGER PRIMARY KEY DESC, p REFERENCES p)",
    ],
    inserts: [
      "INSERT INTO c (k, v) VALUES (6, 9) ON CONFLICT (k) DO UPDATE SET v = 1",
      "INSERT INTO c (k, v) VALUES (6, 9) ON CONFLICT (k) DO UPDATE SET x = 1",
      "REPLACE INTO d (rowid, p) VALUES (5, 9)",
      "REPLACE INTO d (oid, p) VALUES (5, 9)",
      "INSERT INTO e (id, p) VALUES (5, 9) ON CONFLICT (id) DO UPDATE SET p = 1",
    ],
  },
  {
    name: "a view and a table without a rowid",
    schema: [
      PARENT,
      "CREATE TABLE c (p REFERENCES p)",
      "CREATE TABLE w (k PRIMARY KEY, p REFERENCES p) WITHOUT ROWID",
      "CREATE VIEW v AS SELECT p FROM c",
      "CREATE TRIGGER i INSTEAD OF INSERT ON v BEGIN INSERT INTO c VALUES (NEW.p); END",
    ],
    inserts: [
      "INSERT INTO v VALUES (9)",
      "INSERT INTO w VALUES (1, 9)",
      "INSERT INTO c VALUES (9)",
    ],
  },
];

/**
 * Those that COMMIT refuses. Not for a Durable Object: without capture its `changes()` keeps what
 * the statement had counted.
 */
export const REFUSED_BY_COMMIT: StoppedInserts = {
  name: "a deferred key that COMMIT finds violated, after rows that OR FAIL keeps",
  schema: [
    PARENT,
    "CREATE TABLE c (id INTEGER PRIMARY KEY, p REFERENCES p DEFERRABLE INITIALLY DEFERRED)",
  ],
  inserts: [
    "INSERT OR FAIL INTO c VALUES (5, 9), (5, 1)",
    "INSERT OR FAIL INTO c VALUES (6, 1), (6, 1)",
    "INSERT INTO c VALUES (7, 9)",
  ],
};

/** Before each of them: rows, and a rowid that nothing else leaves. */
export const BEFORE_STOPPED: readonly string[] = [
  "INSERT OR IGNORE INTO p (id) VALUES (1)",
  "DELETE FROM p WHERE id = 1000",
  "INSERT INTO p (id) VALUES (1000)",
];
