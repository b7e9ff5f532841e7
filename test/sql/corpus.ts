/** Tables for the statements below; `state` is named by a partial index. */
export const CORPUS_SCHEMA = `
  CREATE TABLE account(id INTEGER PRIMARY KEY, owner TEXT, balance NUMERIC, state TEXT, at REAL);
  CREATE INDEX account_owner ON account(owner);
  CREATE INDEX account_open ON account(balance) WHERE state = 'open';
  CREATE TABLE entry(account_id INT, n INT, amount REAL, note TEXT COLLATE NOCASE, raw BLOB,
    PRIMARY KEY (account_id, n)) WITHOUT ROWID;
  CREATE TABLE loose(a, b, c DEFAULT 7 CHECK (c <> 9), "d e", [end], "end2" AS (a + 1));
  CREATE INDEX loose_ab ON loose(a, b);
  CREATE TABLE flag(id INTEGER PRIMARY KEY, active INT, kind TEXT);
  CREATE INDEX flag_active ON flag(active);
  CREATE INDEX flag_kind ON flag(kind);
  CREATE UNIQUE INDEX loose_c ON loose(c) WHERE a IS NOT NULL;
  CREATE VIRTUAL TABLE doc USING fts5(title, body);
  INSERT INTO account SELECT value, 'owner ' || (value % 7), value * 10, 
    CASE value % 3 WHEN 0 THEN 'open' WHEN 1 THEN 'closed' ELSE '5' END, value / 4.0
    FROM generate_series_100;
  INSERT INTO entry SELECT value / 4, value % 4, value * 1.5, 'Note ' || value, x'0a0b'
    FROM generate_series_100;
  INSERT INTO loose(a, b, c, "d e", [end])
    SELECT value, CAST(value AS TEXT), value + 100, value * 1.0, x'05'
    FROM generate_series_100 WHERE value < 20;
  INSERT INTO loose(a, b, c) VALUES ('5', 5, 5), (5.0, '5.0', 6), (x'35', NULL, 7);
  INSERT INTO flag SELECT value, value % 2, 'k' || (value % 5) FROM generate_series_100;
  INSERT INTO doc VALUES ('one', 'body of one'), ('two', 'body of two');
`;

/** Stands in for the table function of that name, which not every SQLite has. */
export const SERIES = `
  CREATE TABLE generate_series_100 AS
  WITH RECURSIVE c(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM c WHERE value < 100)
  SELECT value FROM c;
`;

/** Columns that the partial indexes above name. */
export const CORPUS_EXCLUDED: readonly string[] = ["state", "a"];

/** Statements, and how many of their literals are lifted. */
export const CORPUS: readonly (readonly [lifted: number, sql: string])[] = [
  // Comparisons with a plain column.
  [1, "SELECT * FROM account WHERE id = 42"],
  [1, "SELECT * FROM account WHERE id == 42;"],
  [1, "SELECT * FROM account WHERE 42 = id"],
  [1, "SELECT owner FROM account WHERE account.id = 42"],
  [1, "SELECT owner FROM account AS x WHERE x.id = 42 ORDER BY 1"],
  [1, "SELECT owner FROM main.account WHERE main.account.id = 42"],
  [1, 'SELECT "owner" FROM "account" WHERE "id" = 42'],
  [1, "SELECT [owner] FROM account WHERE [account].[id] = 42"],
  [1, "SELECT * FROM account WHERE id = -42"],
  [1, "SELECT * FROM account WHERE id = - 42"],
  [2, "SELECT * FROM account WHERE id > 10 AND id <= 20"],
  [2, "SELECT * FROM account WHERE id <> 10 AND owner != 'owner 3' ORDER BY id DESC"],
  [3, "SELECT * FROM account WHERE id = 10 OR owner = 'owner 2' OR balance = 70"],
  [2, "SELECT * FROM account WHERE (id = 10 OR (owner = 'owner 2'))"],
  [2, "SELECT * FROM account WHERE id BETWEEN 10 AND 20"],
  [3, "SELECT * FROM account WHERE id NOT BETWEEN 10 AND 20 AND balance < 500"],
  [3, "SELECT * FROM account WHERE id IN (3, 4, 5)"],
  [2, "SELECT * FROM account WHERE owner NOT IN ('owner 1', 'it''s')"],
  [1, "SELECT * FROM account WHERE id IN (3)"],
  [1, "SELECT count(*) FROM entry WHERE note = 'note 7'"],
  [1, "SELECT * FROM entry WHERE raw = x'0a0b' LIMIT 3"],
  [2, "SELECT * FROM entry WHERE account_id = 5 AND n = 2"],
  [1, "SELECT * FROM entry WHERE amount = 4.5"],
  [1, "SELECT * FROM entry WHERE amount = 45e-1"],
  [2, "SELECT b, typeof(b) FROM loose WHERE b = 5 OR b = '5'"],
  [2, "SELECT b FROM loose WHERE b >= '5' AND b < x'00'"],
  [1, "SELECT 7, 'seven' AS seven, a FROM loose WHERE c = 105"],
  [1, "SELECT key.b FROM loose AS key WHERE key.c = 105"],
  [2, 'SELECT "end" FROM loose WHERE "d e" = 5.0 AND "end" = x\'05\''],
  [1, "SELECT * FROM loose WHERE end = x'05'"],
  [1, "SELECT * FROM loose WHERE end2 = 6"],
  [1, "SELECT * FROM account WHERE rowid = 5"],
  [1, "SELECT * FROM account a JOIN entry e ON e.account_id = a.id AND e.n = 2"],
  [
    2,
    "SELECT * FROM account a LEFT JOIN entry e ON e.account_id = a.id AND e.n = 2 WHERE a.id < 5",
  ],
  [2, "SELECT * FROM account a, entry e WHERE e.account_id = a.id AND e.n = 3 AND a.id = 7"],
  [2, "SELECT * FROM account JOIN entry USING (rowid) WHERE id = 5 AND n = 2"],
  [2, "SELECT id FROM account WHERE id = 5 UNION SELECT n FROM entry WHERE account_id = 7"],
  [2, "SELECT id FROM account WHERE id = 5 UNION ALL SELECT n FROM entry WHERE n = 2 ORDER BY 1"],
  [1, "SELECT owner, count(*) FROM account WHERE balance > 100 GROUP BY owner HAVING count(*) > 2"],
  [1, "SELECT owner, sum(balance) OVER (ORDER BY id ROWS 2 PRECEDING) FROM account WHERE id < 9"],
  [1, "SELECT sum(id) FILTER (WHERE id = 5) FROM account WHERE owner = 'owner 1'"],
  [1, "SELECT * FROM account WHERE id = /* hint */ 5 -- last"],
  [1, "SELECT title FROM doc WHERE doc = 'one'"],
  [1, "SELECT * FROM account WHERE id = 5 AND state = 'open'"],
  [1, "SELECT * FROM account WHERE balance > 100 AND state = 'open'"],
  [1, "SELECT * FROM account WHERE 'owner 1' = owner AND balance + 1 > 100"],
  [1, "SELECT * FROM account WHERE id = 7 OR 7 = id"],
  // Terms beside those that are lifted.
  [1, "SELECT * FROM account WHERE owner LIKE 'owner%' AND id = 7"],
  [1, "SELECT * FROM account WHERE CASE WHEN id AND id = 8 AND at THEN 1 END AND id = 7"],
  [1, "SELECT * FROM account WHERE id = 7 AND balance IN (SELECT n * 10 FROM entry WHERE n = 3)"],
  [1, "SELECT * FROM account WHERE EXISTS (SELECT 1 FROM entry WHERE n = 3) AND id = 7"],
  [1, "SELECT * FROM account WHERE coalesce(id = 7 AND id = 8, 0) = 0 AND balance = 70"],
  [1, "SELECT * FROM account WHERE (balance, id) = (70, 7) AND owner = 'owner 0'"],
  [1, "SELECT * FROM account WHERE id = 7 AND balance BETWEEN id AND owner = 5"],
  // Not lifted.
  [0, "SELECT 42"],
  [0, "SELECT * FROM account"],
  [0, "SELECT id + 1, 'x' FROM account ORDER BY 1 LIMIT 5"],
  [0, "SELECT * FROM account WHERE id + 1 = 42"],
  [0, "SELECT * FROM account WHERE id = 42 + 1"],
  [0, "SELECT * FROM account WHERE id = 42 * 1 AND -id = 5"],
  [0, "SELECT * FROM account WHERE owner = 'OWNER 1' COLLATE NOCASE"],
  [0, "SELECT * FROM account WHERE owner COLLATE NOCASE = 'OWNER 1'"],
  [0, "SELECT * FROM account WHERE NOT id = 42"],
  [0, "SELECT * FROM account WHERE id = 42 = 1"],
  [0, "SELECT * FROM account WHERE id IS 42"],
  [0, "SELECT * FROM account WHERE id IS NOT 42 LIMIT 2"],
  [0, "SELECT * FROM account WHERE owner LIKE 'owner 1'"],
  [0, "SELECT * FROM account WHERE owner GLOB 'owner 1*'"],
  [0, "SELECT title FROM doc WHERE doc MATCH 'one'"],
  [0, "SELECT * FROM account WHERE abs(id) = 42"],
  [0, "SELECT * FROM account WHERE id = abs(-42)"],
  [0, "SELECT * FROM account WHERE state = 'open'"],
  [0, "SELECT * FROM account WHERE STATE = 'open' AND \"State\" <> 'x'"],
  [0, "SELECT s FROM (SELECT state AS s FROM account) WHERE s = 'open'"],
  [0, "SELECT state AS s FROM account WHERE s = 'open'"],
  [0, "SELECT state s, id FROM account WHERE s = 'open'"],
  [0, "WITH x AS (SELECT * FROM account) SELECT * FROM x WHERE id = 42"],
  [0, "SELECT * FROM account INDEXED BY account_owner WHERE owner = 'owner 1'"],
  [0, "SELECT * FROM account WHERE id = NULL OR id = TRUE"],
  [0, "SELECT * FROM account WHERE TRUE = 5"],
  [0, "SELECT * FROM account WHERE id = 0x2A"],
  [0, "SELECT * FROM account WHERE id = 9223372036854775808"],
  [0, "SELECT * FROM account WHERE at < 9e999"],
  [0, "SELECT * FROM account WHERE at = 0.1000000000000000055511151231257827"],
  [0, "SELECT * FROM account WHERE id = +42"],
  [1, "SELECT * FROM account WHERE id = (42)"],
  [1, "SELECT * FROM account WHERE (id) = 42"],
  [0, "SELECT * FROM account WHERE 'a' = 'a' AND 5 = 5"],
  [0, "SELECT * FROM flag JOIN account USING (id) WHERE active = 1 AND kind = 'k' || 3"],
  [0, "SELECT * FROM flag WHERE active = 0 OR 1 = active OR active = -1 OR active IN (1)"],
  [0, "SELECT * FROM account WHERE id IN (3, 4 + 1)"],
  [0, "SELECT * FROM account WHERE id IN (SELECT 5)"],
  [0, "SELECT * FROM account WHERE id IN ()"],
  [0, `SELECT * FROM account WHERE id IN (${Array.from({ length: 40 }, (_, i) => i).join(",")})`],
  [0, "SELECT * FROM account ORDER BY id LIMIT 5"],
  [0, "SELECT * FROM account ORDER BY id = 5, id LIMIT 5"],
  [0, "SELECT owner FROM account GROUP BY owner = 'owner 1' HAVING owner = 'owner 1'"],
  [0, "SELECT id ->> 5 FROM account WHERE owner ->> 'a' = 5 LIMIT 1"],
  [0, "VALUES (1, 2)"],
  [0, "EXPLAIN QUERY PLAN SELECT * FROM account WHERE id = 42"],
  [0, "CREATE TABLE made(a DEFAULT 5 CHECK (a = 5), b AS (a = 6))"],
  [0, "CREATE VIEW seen AS SELECT * FROM account WHERE id = 42"],
  [0, "CREATE INDEX some ON account(at) WHERE id = 42"],
  [0, "PRAGMA table_info = 'account'"],
  // OFFSET.
  [1, "SELECT * FROM account ORDER BY id LIMIT 5 OFFSET 10"],
  [1, "SELECT * FROM account ORDER BY id LIMIT 10, 5"],
  [2, "SELECT * FROM account WHERE id > 3 ORDER BY owner LIMIT 5 OFFSET 2;"],
  [0, "SELECT * FROM account LIMIT 5 OFFSET 10 - 1"],
  [0, "SELECT * FROM account LIMIT -1 OFFSET -1"],
  // Changes.
  [3, "INSERT INTO account(id, owner, balance) VALUES (500, 'new', 12.5)"],
  [5, "INSERT INTO account VALUES (501, 'it''s', -5, 'open', -0.5)"],
  [8, "INSERT INTO entry VALUES (500, 1, 2, '3', x''), (500, 2, NULL, 4, abs(-5))"],
  [2, "INSERT INTO loose(a, b, c) VALUES (1, 2 + 3, 1000)"],
  [4, "INSERT INTO loose(a, b, \"d e\", end) VALUES ('1', 1, 1.0, x'01')"],
  [1, "INSERT INTO loose(c) VALUES (9)"],
  [1, "INSERT INTO loose(a, b, c) VALUES (CURRENT_DATE IS NULL, (SELECT 5), 77)"],
  [0, "INSERT INTO loose(a) VALUES (0x10), (+5), (9e999), (NULL), (TRUE), ('a' || 'b')"],
  [0, "INSERT INTO loose DEFAULT VALUES"],
  [2, "REPLACE INTO account(id, owner) VALUES (500, 'replaced')"],
  [2, "INSERT OR IGNORE INTO account(id, owner) VALUES (500, 'ignored')"],
  [
    2,
    "INSERT INTO account(id, owner) VALUES (500, 'x') ON CONFLICT (id) DO UPDATE SET " +
      "owner = 'conflict', balance = 5 WHERE id = 500",
  ],
  [2, "INSERT INTO account(id, owner) VALUES (502, 'r') RETURNING id + 1, 'lit'"],
  [1, "INSERT INTO loose(a, b) SELECT id, 'lit' FROM account WHERE id = 42"],
  [
    1,
    "INSERT INTO account(id) SELECT id FROM account WHERE id = 42 " +
      "ON CONFLICT (id) DO UPDATE SET owner = 'upsert' WHERE id <> 43",
  ],
  [0, "WITH x(i) AS (VALUES (600)) INSERT INTO account(id) SELECT i FROM x WHERE i = 600"],
  [2, "UPDATE account SET owner = 'changed' WHERE id = 7"],
  [3, "UPDATE account SET owner = 'changed', balance = -12 WHERE id = 8"],
  [2, "UPDATE account SET balance = balance + 5 WHERE id = 9"],
  [2, "UPDATE account SET balance = balance - -5 WHERE id = 9"],
  [1, "UPDATE account SET balance = balance * 2 WHERE id = 9"],
  [1, "UPDATE account SET balance = 5 + balance, at = balance + 1 + 2 WHERE id = 9"],
  [1, "UPDATE account SET state = 'open' WHERE id = 10"],
  [1, "UPDATE account SET (owner, balance) = ('pair', 3) WHERE id = 11"],
  [1, "UPDATE account SET owner = (SELECT note FROM entry WHERE n = 2 LIMIT 1) WHERE id = 12"],
  [1, "UPDATE account SET owner = owner || 'x' WHERE id = 12"],
  [3, "UPDATE OR REPLACE account SET id = 13, owner = 'moved' WHERE id = 14"],
  [3, "UPDATE account SET owner = 'from' FROM entry WHERE account_id = 5 AND id = 15"],
  [2, "UPDATE account SET at = 1 WHERE id = 16 RETURNING id = 16, 'x'"],
  [1, "UPDATE account SET at = 2"],
  [0, "UPDATE account SET at = id + owner"],
  [1, "DELETE FROM account WHERE id = 17"],
  [2, "DELETE FROM account WHERE owner = 'owner 3' AND id > 50 RETURNING *"],
  [0, "DELETE FROM account WHERE state = 'closed' AND id % 2 = 1"],
  [0, "DELETE FROM flag"],
  // Statements that are wrong stay wrong.
  [1, "SELECT missing FROM account WHERE id = 42"],
  [1, "SELECT * FROM nowhere WHERE id = 42"],
  [0, "SELECT * FROM account WHERE id = 42 )"],
  [0, "SELECT * FROM account WHERE id = 'open"],
  [0, "SELECT * FROM account WHERE id = 42; SELECT 2"],
  [0, "SELECT * FROM account WHERE id = 42 AND id = 4__2"],
];
