import { DatabaseSync } from "node:sqlite";

/** A database with what copies tend to lose. */
export function makeOddDatabase(path: string): void {
  const database = new DatabaseSync(path);
  database.exec(SCHEMA);
  database.exec("PRAGMA foreign_keys = OFF");
  const insert = database.prepare("INSERT INTO every (k, a, b, c) VALUES (?, ?, ?, ?)");
  const values = [
    ...[0n, 1n, -1n, 2n ** 53n + 1n, 2n ** 63n - 1n, -(2n ** 63n)],
    ...[0.1, -1.5, 1e300, 5e-324, Infinity, -Infinity, 1 / 3, 123456789.123456789, 1.0],
    ...["", "it's", 'say "x"', "line\nbreak", "nul\0inside\0", "日本 🙂", "12", "-- no", "semi;"],
    ...[new Uint8Array(0), new Uint8Array([0, 1, 255]), new Uint8Array(70_000).fill(7), null],
  ];
  for (const [i, value] of values.entries()) insert.run(i, value, value, value);
  const invalid = database.prepare("INSERT INTO every (k, a) VALUES (?, CAST(? AS TEXT))");
  invalid.run(1000, new Uint8Array([0x61, 0xff, 0xc3, 0x28, 0xed, 0xa0, 0x80]));
  const big = database.prepare("INSERT INTO big (v) VALUES (?)");
  database.exec("BEGIN");
  for (let i = 0; i < 5_000; i++) big.run(`row ${i}`);
  database.exec("COMMIT; DELETE FROM big WHERE rowid % 7 = 0");
  const keys = database.prepare("INSERT INTO keys VALUES (?, ?, ?)");
  // An odd one in front, so that the first page ends between two keys that NOCASE calls equal.
  keys.run("a", 0, null);
  for (let i = 0; i < 200; i++) {
    keys.run(`key ${i}`, i % 3, i);
    keys.run(`KEY ${i}`, i % 3, -i);
  }
  database.prepare("INSERT INTO nuls VALUES (?)").run("nul\0inside");
  database.exec(ROWS);
  database.close();
}

const SCHEMA = `
CREATE TABLE every (k INTEGER PRIMARY KEY, a, b TEXT, c REAL, "odd ""name""" DEFAULT 'x');
CREATE TABLE big (v TEXT) -- no key of its own
;
CREATE TABLE "shadows" (rowid TEXT, _rowid_ INTEGER, oid REAL);
CREATE TABLE half ("RowID" TEXT, v);
CREATE TABLE keys (a TEXT COLLATE NOCASE, b, v, PRIMARY KEY (b, a COLLATE BINARY)) WITHOUT ROWID;
CREATE TABLE strict_one (id INTEGER PRIMARY KEY DESC, v ANY) STRICT;
CREATE TABLE generated (
  a INTEGER, b AS (a * 2), c TEXT GENERATED ALWAYS AS ('v' || a) STORED, d TEXT
);
CREATE TABLE auto (id INTEGER PRIMARY KEY AUTOINCREMENT, v);
CREATE TABLE emptied (id INTEGER PRIMARY KEY AUTOINCREMENT, v);
CREATE TABLE never (a);
CREATE TABLE nuls (a);
CREATE TABLE child (id INTEGER PRIMARY KEY, parent REFERENCES zparent (id));
CREATE TABLE zparent (
  id INTEGER PRIMARY KEY, me REFERENCES zparent (id), kid REFERENCES child (id)
);
CREATE TABLE log (at INTEGER PRIMARY KEY, what TEXT);
CREATE UNIQUE INDEX auto_v ON auto (v) WHERE v IS NOT NULL;
CREATE INDEX "odd index" ON every (b COLLATE NOCASE, lower(b));
CREATE VIEW seen AS SELECT k, a FROM every;
CREATE VIEW broken AS SELECT missing FROM nowhere -- a comment up to the end
;
CREATE TRIGGER z_first AFTER INSERT ON auto BEGIN INSERT INTO log (what) VALUES ('first'); END;
CREATE TRIGGER a_second AFTER INSERT ON auto BEGIN INSERT INTO log (what) VALUES ('second'); END;
CREATE TRIGGER seen_insert INSTEAD OF INSERT ON seen
BEGIN
  INSERT INTO every (k, a) VALUES (NEW.k, NEW.a);
  SELECT CASE WHEN NEW.k < 0 THEN RAISE(ABORT, 'negative; no') END;
END;
CREATE VIRTUAL TABLE words USING fts5 (title, body);
CREATE VIRTUAL TABLE outside USING fts5 (v, content = 'big', content_rowid = 'rowid');
CREATE VIRTUAL TABLE boxes USING rtree (id, x0, x1, +label);
PRAGMA user_version = -7;
PRAGMA application_id = 1234567;
`;

const ROWS = `
INSERT INTO shadows VALUES ('a', 1, 2.5), ('b', 2, NULL), ('a', 1, 2.5);
INSERT INTO half VALUES ('x', 1), ('y', 2);
DELETE FROM half WHERE v = 1;
INSERT INTO keys VALUES ('x', 1, 'lower'), ('X', 1, 'upper'), ('y', 'text', 'z'), ('', x'00', NULL);
INSERT INTO strict_one VALUES (5, 1), (2, 'two'), (9, x'09'), (1, 1.0);
DELETE FROM strict_one WHERE id = 5;
INSERT INTO generated (a, d) VALUES (1, 'x'), (NULL, 'y'), (9007199254740993, 'z');
INSERT INTO auto (v) VALUES ('one'), ('two'), (NULL), (NULL);
DELETE FROM auto WHERE id = 4;
INSERT INTO emptied (v) VALUES (1), (2);
DELETE FROM emptied;
INSERT INTO child VALUES (1, 10), (2, 99);
INSERT INTO zparent VALUES (10, 11, 2), (11, 10, 1);
INSERT INTO words (rowid, title, body) VALUES (7, 'grass', 'is green'), (3, 'sky', 'is blue');
INSERT INTO outside (outside) VALUES ('rebuild');
INSERT INTO boxes VALUES (4, 0.1, 2.5, 'a label'), (2, -1, 1, NULL);
ANALYZE;
`;
