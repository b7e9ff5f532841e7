import type { Scenario } from "../scenario.ts";

const FT = "CREATE VIRTUAL TABLE ft USING fts5(title, body, mark UNINDEXED)";
const RT = "CREATE VIRTUAL TABLE rt USING rtree(id, x0, x1, +label TEXT)";
const DOCS =
  "INSERT INTO ft VALUES ('a', 'one two', 1), ('b', 'two three', NULL), ('c', 'four', 2.5)";

/** Virtual tables, which can have no triggers. */
export const VIRTUALS: readonly Scenario[] = [
  {
    name: "FTS5: rows inserted one by one, several at once, and from a query",
    steps: [
      FT,
      "INSERT INTO ft VALUES ('a', 'one', 1)",
      { sql: "INSERT INTO ft (body, title) VALUES (?, ?)", params: ["two", "b"] },
      { sql: "INSERT INTO ft (rowid, body) VALUES (:id, :b), (-5, :b)", params: [50n, "x"] },
      "INSERT INTO ft (body) VALUES ('y'), ('z')",
      "INSERT INTO ft (body, rowid) SELECT body || '!', rowid + 100 FROM ft",
      "INSERT INTO ft (body) SELECT title FROM ft WHERE title IS NOT NULL",
      "INSERT INTO ft DEFAULT VALUES",
      "SELECT rowid || '', title FROM ft('two OR one') ORDER BY rowid",
      "SELECT last_insert_rowid(), changes()",
    ],
  },
  {
    name: "FTS5: rows updated and deleted",
    steps: [
      FT,
      DOCS,
      "UPDATE ft SET body = 'five six' WHERE title = 'a'",
      "UPDATE ft AS f SET mark = f.rowid WHERE f.body MATCH 'two'",
      { sql: "UPDATE ft SET title = ?1, body = ?2 WHERE rowid = ?3", params: ["t", "b", 2n] },
      { sql: "DELETE FROM ft WHERE title = ? AND rowid > ?", params: ["c", 0n] },
      "DELETE FROM ft WHERE ft MATCH 'nothing'",
      "UPDATE ft SET body = body",
      "DELETE FROM ft",
      DOCS,
    ],
  },
  {
    name: "FTS5: rowids that change, and rows found by way of others",
    steps: [
      FT,
      DOCS,
      "UPDATE ft SET rowid = rowid + 10",
      "CREATE TABLE s (id, v)",
      "INSERT INTO s VALUES (11, 'from s')",
      "UPDATE ft SET body = s.v FROM s WHERE s.id = ft.rowid",
      "WITH w AS (SELECT 12 AS id) DELETE FROM ft WHERE rowid IN (SELECT id FROM w)",
      "WITH w (a) AS (SELECT 'with') INSERT INTO ft (title, rowid) SELECT a, 77 FROM w",
    ],
  },
  {
    name: "FTS5: replace, ignore and what fails",
    steps: [
      FT,
      DOCS,
      "REPLACE INTO ft (rowid, body) VALUES (1, 'new'), (9, 'nine'), (NULL, 'chosen')",
      "INSERT OR REPLACE INTO ft (rowid, body) SELECT rowid, 'again' FROM ft WHERE rowid < 3",
      "INSERT OR IGNORE INTO ft (rowid, body) VALUES (1, 'ignored'), (10, 'ten'), (10, 'twice')",
      "INSERT INTO ft (rowid, body) VALUES (20, 'x'), (1, 'conflict')",
      "INSERT OR FAIL INTO ft (rowid, body) VALUES (21, 'x'), (1, 'conflict'), (22, 'y')",
      "INSERT INTO ft (rowid, body) VALUES ('x', 'no integer')",
      "UPDATE OR REPLACE ft SET rowid = 2 WHERE rowid = 3",
      "INSERT INTO ft (nothing) VALUES (1)",
    ],
  },
  {
    name: "FTS5: commands are no rows",
    steps: [
      FT,
      DOCS,
      "INSERT INTO ft (ft) VALUES ('rebuild')",
      "INSERT INTO ft (ft, rank) VALUES ('merge', 16)",
      "INSERT INTO ft (ft) VALUES ('optimize')",
      "INSERT INTO ft (ft) VALUES ('integrity-check')",
    ],
    records: 4,
  },
  {
    name: "FTS5: transactions and savepoints",
    needs: ["transactions"],
    steps: [
      FT,
      "BEGIN",
      DOCS,
      "SAVEPOINT s",
      "DELETE FROM ft",
      "ROLLBACK TO s",
      "UPDATE ft SET mark = 0",
      "COMMIT",
      "BEGIN",
      "DELETE FROM ft WHERE rowid = 1",
      "ROLLBACK",
      "DELETE FROM ft WHERE rowid = 2",
    ],
  },
  {
    name: "FTS5: a batch, and one that fails",
    steps: [
      FT,
      { batch: [DOCS, "UPDATE ft SET mark = 7 WHERE rowid = 2", "DELETE FROM ft WHERE rowid = 1"] },
      { batch: ["DELETE FROM ft", "oops"] },
    ],
    // FTS5 moves last_insert_rowid() whenever it writes its index, which a savepoint makes it do.
    sees: "other",
  },
  {
    name: "FTS5: many columns",
    steps: [
      `CREATE VIRTUAL TABLE wide USING fts5(${Array.from({ length: 40 }, (_, at) => `c${at}`).join()})`,
      `INSERT INTO wide VALUES (${Array.from({ length: 40 }, (_, at) => `'v${at}'`).join()})`,
      "INSERT INTO wide (c0, c39) VALUES ('a', 'z'), ('b', 'y')",
      "UPDATE wide SET c38 = 'new' WHERE c0 = 'a'",
      "DELETE FROM wide WHERE c0 = 'v0'",
      "SELECT last_insert_rowid()",
    ],
  },
  {
    name: "FTS5: values of every kind",
    steps: [
      "CREATE VIRTUAL TABLE fv USING fts5(a)",
      ...[9_007_199_254_740_993n, 1.5, "a\0b", new Uint8Array([0, 255]), null, ""].map((value) => ({
        sql: "INSERT INTO fv VALUES (?)",
        params: [value],
      })),
      "DELETE FROM fv WHERE rowid % 2 = 0",
    ],
  },
  {
    name: "FTS5: renamed, dropped and made again",
    steps: [
      FT,
      DOCS,
      "ALTER TABLE ft RENAME TO other",
      "UPDATE other SET mark = 1",
      "DROP TABLE other",
      FT,
      DOCS,
    ],
  },
  {
    name: "FTS5 fed by triggers is derived",
    derived: ["ft"],
    steps: [
      "CREATE TABLE t (id INTEGER PRIMARY KEY, body)",
      "CREATE VIRTUAL TABLE ft USING fts5(body, content='t', content_rowid='id')",
      "CREATE TRIGGER ti AFTER INSERT ON t BEGIN INSERT INTO ft (rowid, body) " +
        "VALUES (NEW.id, NEW.body); END",
      "CREATE TRIGGER td AFTER DELETE ON t BEGIN INSERT INTO ft (ft, rowid, body) " +
        "VALUES ('delete', OLD.id, OLD.body); END",
      "INSERT INTO t VALUES (1, 'one'), (2, 'two')",
      "DELETE FROM t WHERE id = 1",
      "REPLACE INTO t VALUES (2, 'three')",
      "SELECT rowid || '' FROM ft('three')",
    ],
    records: 9,
  },
  {
    name: "FTS5 without content is derived",
    derived: ["nc"],
    steps: ["CREATE VIRTUAL TABLE nc USING fts5(a, content='')", "INSERT INTO nc VALUES ('x')"],
    records: 1,
  },
  {
    name: "R*Tree: rows of all kinds of change",
    steps: [
      RT,
      "INSERT INTO rt VALUES (1, 0.1, 1, 'a'), (NULL, 2, 3, 'b'), ('7', 4, 5.5, NULL)",
      { sql: "INSERT INTO rt (x0, x1, id) VALUES (?, ?, ?)", params: [1.25, 9, 20n] },
      "INSERT INTO rt (x0, x1) VALUES (1, 2), (3, 4)",
      "UPDATE rt SET x1 = x1 + 1, label = 'moved' WHERE x0 > 1.5",
      "UPDATE rt SET id = id + 100 WHERE label IS NULL",
      "DELETE FROM rt WHERE x0 < 1",
      "REPLACE INTO rt VALUES (20, 0, 1, 'new'), (120, 0, 1, 'new too')",
      "INSERT OR IGNORE INTO rt VALUES (20, 5, 6, 'no'), (30, 5, 6, 'yes')",
      "INSERT INTO rt VALUES (40, 9, 1, 'wrong way')",
      "SELECT id || '', x0, x1 FROM rt WHERE x0 < 2",
    ],
  },
  {
    name: "R*Tree of integers",
    steps: [
      "CREATE VIRTUAL TABLE ri USING rtree_i32(id, x0, x1, y0, y1)",
      "INSERT INTO ri VALUES (1, -2147483648, 2147483647, 0, 1), (2, 1, 2, 3, 4)",
      "UPDATE ri SET y1 = 9",
      "DELETE FROM ri WHERE id = 2",
    ],
  },
  {
    name: "virtual tables in a file before capture",
    given: [FT, DOCS, RT, "INSERT INTO rt VALUES (5, 1, 2, 'five')"],
    steps: [
      "UPDATE ft SET mark = 3 WHERE rowid = 2",
      "DELETE FROM rt",
      "REPLACE INTO ft (rowid) VALUES (1)",
    ],
  },
  {
    name: "a virtual table that is left out",
    setting: { mode: "on", except: ["ft"] },
    steps: [FT, DOCS, RT, "INSERT INTO rt VALUES (5, 1, 2, 'five')", "DELETE FROM ft"],
    derived: ["ft"],
    records: 3,
  },
  {
    name: "virtual tables in a file that is closed, opened and written by another program",
    needs: ["file"],
    steps: [
      FT,
      DOCS,
      { reopen: true },
      "UPDATE ft SET mark = 9",
      { reopen: true },
      "DELETE FROM ft",
    ],
  },
];
