/** Statements and what they become when the first free parameter is `?3`. */
export const REPLACED: readonly (readonly [sql: string, text: string, values: string])[] = [
  ["SELECT changes()", 'SELECT ?3 AS "changes()"', "changes"],
  ["SELECT Total_Changes( )", 'SELECT ?3 AS "Total_Changes( )"', "totalChanges"],
  ["SELECT changes() AS n, 1", "SELECT ?3 AS n, 1", "changes"],
  [
    "SELECT total_changes(), changes(), total_changes()",
    'SELECT ?3 AS "total_changes()", ?4 AS "changes()", ?3 AS "total_changes()"',
    "totalChanges changes",
  ],
  [
    'SELECT "changes"(), [changes]()',
    'SELECT ?3 AS """changes""()", ?3 AS "[changes]()"',
    "changes",
  ],
  [
    "SELECT changes(*), changes(DISTINCT)",
    'SELECT ?3 AS "changes(*)", ?3 AS "changes(DISTINCT)"',
    "changes",
  ],
  ["SELECT changes() /*c*/ FROM t", 'SELECT ?3 AS "changes() /*c*/" /*c*/ FROM t', "changes"],
  ["SELECT changes()--x\n, a FROM t", 'SELECT ?3 AS "changes()--x"--x\n, a FROM t', "changes"],
  ["SELECT changes() -- end", 'SELECT ?3 AS "changes() -- end" -- end', "changes"],
  ["SELECT*,changes()FROM t", 'SELECT*,?3 AS "changes()"FROM t', "changes"],
  ["SELECT (changes()) + a FROM t", 'SELECT (?3) + a AS "(changes()) + a" FROM t', "changes"],
  [
    "SELECT 1 UNION SELECT changes() ORDER BY changes()",
    'SELECT 1 UNION SELECT ?3 AS "changes()" ORDER BY ?3',
    "changes",
  ],
  [
    "SELECT changes() UNION SELECT 5 ORDER BY changes()",
    'SELECT ?3 AS "changes()" UNION SELECT 5 ORDER BY ?3',
    "changes",
  ],
  ["VALUES (changes()), (7)", "VALUES (?3), (7)", "changes"],
  [
    "SELECT a FROM t WHERE a > changes() ORDER BY a LIMIT changes() + 1 OFFSET total_changes() - total_changes()",
    "SELECT a FROM t WHERE a > ?3 ORDER BY a LIMIT ?3 + 1 OFFSET ?4 - ?4",
    "changes totalChanges",
  ],
  [
    "SELECT count(*) FROM t GROUP BY changes() HAVING total_changes() > 0",
    "SELECT count(*) FROM t GROUP BY ?3 HAVING ?4 > 0",
    "changes totalChanges",
  ],
  [
    "SELECT sum(a) FILTER (WHERE a > changes()) FROM t",
    'SELECT sum(a) FILTER (WHERE a > ?3) AS "sum(a) FILTER (WHERE a > changes())" FROM t',
    "changes",
  ],
  [
    "SELECT sum(a) OVER (ORDER BY a + changes()) AS s FROM t",
    "SELECT sum(a) OVER (ORDER BY a + ?3) AS s FROM t",
    "changes",
  ],
  [
    "WITH c AS (SELECT changes()) SELECT * FROM c",
    'WITH c AS (SELECT ?3 AS "changes()") SELECT * FROM c',
    "changes",
  ],
  [
    "WITH RECURSIVE c(x) AS (SELECT changes() UNION ALL SELECT x + 1 FROM c WHERE x < 5) SELECT x FROM c",
    'WITH RECURSIVE c(x) AS (SELECT ?3 AS "changes()" UNION ALL SELECT x + 1 FROM c WHERE x < 5) SELECT x FROM c',
    "changes",
  ],
  [
    'SELECT q."changes()" FROM (SELECT changes()) AS q',
    'SELECT q."changes()" FROM (SELECT ?3 AS "changes()") AS q',
    "changes",
  ],
  [
    "SELECT a IN (changes(), 2), EXISTS (SELECT changes()) FROM t",
    'SELECT a IN (?3, 2) AS "a IN (changes(), 2)", EXISTS (SELECT ?3) AS "EXISTS (SELECT changes())" FROM t',
    "changes",
  ],
  [
    "SELECT CASE changes() WHEN 0 THEN 'a' ELSE total_changes() END AS x",
    "SELECT CASE ?3 WHEN 0 THEN 'a' ELSE ?4 END AS x",
    "changes totalChanges",
  ],
  [
    "SELECT t.a FROM t JOIN u ON u.b = changes()",
    "SELECT t.a FROM t JOIN u ON u.b = ?3",
    "changes",
  ],
  [
    "SELECT value FROM json_each(json_array(changes()))",
    "SELECT value FROM json_each(json_array(?3))",
    "changes",
  ],
  ["INSERT INTO t VALUES (changes())", "INSERT INTO t VALUES (?3)", "changes"],
  [
    "INSERT INTO t SELECT changes() FROM u",
    'INSERT INTO t SELECT ?3 AS "changes()" FROM u',
    "changes",
  ],
  [
    "INSERT INTO t(a) VALUES (1) ON CONFLICT (a) DO UPDATE SET a = changes() WHERE changes() > 1 RETURNING changes(), a",
    'INSERT INTO t(a) VALUES (1) ON CONFLICT (a) DO UPDATE SET a = ?3 WHERE ?3 > 1 RETURNING ?3 AS "changes()", a',
    "changes",
  ],
  ["REPLACE INTO t VALUES (changes())", "REPLACE INTO t VALUES (?3)", "changes"],
  [
    "UPDATE t SET b = changes(), a = total_changes() WHERE a = changes() - 2",
    "UPDATE t SET b = ?3, a = ?4 WHERE a = ?3 - 2",
    "changes totalChanges",
  ],
  [
    "DELETE FROM t WHERE a < changes() RETURNING changes() + 1",
    'DELETE FROM t WHERE a < ?3 RETURNING ?3 + 1 AS "changes() + 1"',
    "changes",
  ],
  [
    "SELECT ?, changes(), ? + changes()",
    'SELECT ?1 AS "?", ?3 AS "changes()", ?2 + ?3 AS "? + changes()"',
    "changes",
  ],
  ["SELECT ?1, changes(), ?", 'SELECT ?1, ?3 AS "changes()", ?2 AS "?"', "changes"],
  [
    "SELECT :a, changes(), ?, :a, @b",
    'SELECT ?1 AS ":a", ?4 AS "changes()", ?2 AS "?", ?1 AS ":a", ?3 AS "@b"',
    "changes",
  ],
  [
    "SELECT changes() + last_insert_rowid() AS x",
    "SELECT ?3 + last_insert_rowid() AS x",
    "changes",
  ],
];

/** Statements that stay as they are, and what they ask their connection for. */
export const KEPT: readonly (readonly [sql: string, asks: string])[] = [
  ["SELECT 'changes()'", ""],
  ["SELECT changes FROM t", ""],
  ["SELECT last_insert_rowid()", "rowid"],
  ["INSERT INTO t VALUES (last_insert_rowid())", "rowid"],
  ["SELECT changes(1)", "counts"],
  ["SELECT changes() OVER ()", "counts"],
  ["SELECT changes() FILTER (WHERE 1)", "counts"],
  ["SELECT changes(ORDER BY 1)", "counts"],
  ["SELECT * FROM changes()", "counts"],
  ["SELECT 1 IN changes()", "counts"],
  ["EXPLAIN SELECT changes()", "counts"],
  ["CREATE TABLE n AS SELECT changes()", "counts"],
  ["CREATE TABLE n (a DEFAULT (changes()), CHECK (changes() > 0))", "counts"],
  ["CREATE INDEX n ON t (a + changes())", "counts"],
  ["CREATE VIEW n AS SELECT changes()", "counts"],
  ["CREATE TRIGGER n AFTER INSERT ON t BEGIN INSERT INTO u VALUES (changes()); END", "counts"],
  ["ALTER TABLE t ADD COLUMN n DEFAULT (changes())", "counts"],
];
