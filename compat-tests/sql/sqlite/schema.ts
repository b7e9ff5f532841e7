/**
 * What the statements of the committed corpus speak about. Names that are not here (a keyword as
 * a table, say) are made on the way, from SQLite's own complaints.
 */
export const CORPUS_SCHEMA = `
  ATTACH ':memory:' AS aux;
  CREATE TABLE t1(a INT, b INT, c TEXT, d REAL, e BLOB);
  CREATE INDEX t1_a ON t1(a);
  CREATE INDEX t1_bc ON t1(b, c DESC);
  CREATE INDEX t1_expression ON t1(abs(a) + b) WHERE c IS NOT NULL;
  CREATE TABLE t2(a INT, b INT, x TEXT, y REAL);
  CREATE UNIQUE INDEX t2_a ON t2(a);
  CREATE TABLE t3(x INT, y INT, z INT, PRIMARY KEY (x, y)) WITHOUT ROWID;
  CREATE TABLE employee(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    email TEXT COLLATE NOCASE UNIQUE,
    department_id INT REFERENCES department(id),
    manager_id INT REFERENCES employee(id),
    salary REAL DEFAULT 0.0 CHECK (salary >= 0),
    hired TEXT DEFAULT CURRENT_DATE,
    photo BLOB,
    active INT DEFAULT 1
  );
  CREATE INDEX employee_department ON employee(department_id, salary DESC);
  CREATE INDEX employee_active ON employee(name) WHERE active;
  CREATE TABLE department(id INTEGER PRIMARY KEY, name TEXT UNIQUE, budget NUMERIC, parent_id INT);
  CREATE TABLE sale(id INTEGER PRIMARY KEY, employee_id INT, amount REAL, sold_at TEXT, note TEXT);
  CREATE TABLE setting(key TEXT PRIMARY KEY, value ANY, seen INT DEFAULT 0) STRICT, WITHOUT ROWID;
  CREATE TABLE measured(at INT, value REAL, doubled REAL AS (value * 2) STORED,
    tripled AS (value * 3));
  CREATE TABLE "odd name"("a b" INT, "select" INT, [order] INT, \`from\` INT, "q""q" INT,
    'str' INT);
  CREATE TABLE tree(id INTEGER PRIMARY KEY, parent INT, label TEXT);
  CREATE TABLE many(k INTEGER PRIMARY KEY, u INT UNIQUE, v INT, w INT, UNIQUE (v, w));
  CREATE VIEW paid AS SELECT id, name, salary FROM employee WHERE salary > 0;
  CREATE VIEW counted(department, people) AS
    SELECT department_id, count(*) FROM employee GROUP BY department_id;
  CREATE TRIGGER sale_made AFTER INSERT ON sale BEGIN SELECT 1; END;
  CREATE VIRTUAL TABLE doc USING fts5(title, body);
  CREATE VIRTUAL TABLE box USING rtree(id, x0, x1, y0, y1);
  CREATE TABLE aux.t1(a INT, b INT, c TEXT);
  CREATE TABLE aux.remote(id INTEGER PRIMARY KEY, a, b);
  CREATE INDEX aux.remote_a ON remote(a);
  CREATE TEMP TABLE scratch(a, b, c);
  CREATE TEMP VIEW scratch_view AS SELECT a FROM scratch;
`;
