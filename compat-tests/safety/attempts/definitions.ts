import { type Attempt, blind, differs, type Names, refused } from "../attempt.ts";

/** What would bring out a secret, had the step before it passed. */
const SEE = "SELECT * FROM mine";
const FIRE = "INSERT INTO t VALUES (9, 'x')";
const FILL = "INSERT INTO mine VALUES ('canary')";

/** CREATE, ALTER and DROP: of the engine's objects, under its names, and over its tables. */
export function definitions(names: Names): Attempt[] {
  return [...drops(names), ...alterations(names), ...creations(names), ...constraints(names)];
}

function drops({ meta, vault, peek, watch, byId, automatic }: Names): Attempt[] {
  return [
    refused("DROP TABLE", `DROP TABLE ${meta}`),
    refused("DROP TABLE IF EXISTS", `DROP TABLE IF EXISTS main."${meta}"`),
    refused("DROP TABLE by string", `DROP TABLE '${vault}'`),
    refused("DROP VIEW", `DROP VIEW ${peek}`),
    refused("DROP INDEX", `DROP INDEX ${byId}`),
    refused("DROP INDEX of SQLite's own", `DROP INDEX ${automatic}`),
    refused("DROP TRIGGER on a user's table", `DROP TRIGGER ${watch}`),
    refused("DROP TRIGGER IF EXISTS", `DROP TRIGGER IF EXISTS [${watch}]`),
    refused("DROP TRIGGER by string", `DROP TRIGGER 'main'.'${watch}'`),
    refused("EXPLAIN DROP", `EXPLAIN DROP TABLE ${meta}`),
    blind(
      "DROP of a user's table with a trigger of the engine's",
      ["DROP TABLE t", "SELECT count(*) FROM sqlite_master WHERE tbl_name = 't'"],
      { rows: [[0]] },
    ),
  ];
}

function alterations({ meta, vault, prefix, root, watch }: Names): Attempt[] {
  return [
    refused("RENAME of the engine's", `ALTER TABLE ${meta} RENAME TO mine`),
    refused("RENAME of the engine's by string", `ALTER TABLE '${meta}' RENAME TO mine`),
    refused("RENAME to the engine's", `ALTER TABLE t RENAME TO ${prefix}mine`),
    refused("RENAME to the engine's by string", `ALTER TABLE t RENAME TO '${prefix}mine'`),
    refused("RENAME to its prefix alone", `ALTER TABLE t RENAME TO "${prefix}"`),
    refused("RENAME to what a shadow table completes", `ALTER TABLE t RENAME TO ${root}`),
    refused("RENAME COLUMN", `ALTER TABLE ${meta} RENAME COLUMN value TO v`),
    refused("RENAME COLUMN to the engine's", `ALTER TABLE t RENAME COLUMN b TO ${watch}`),
    refused("ADD COLUMN", `ALTER TABLE ${vault} ADD COLUMN mine`),
    refused("ADD COLUMN with REFERENCES", [
      `ALTER TABLE t ADD COLUMN c REFERENCES ${meta}`,
      "UPDATE t SET c = 'canary'",
    ]),
    refused("DROP COLUMN", `ALTER TABLE ${vault} DROP COLUMN secret`),
    refused("EXPLAIN ALTER", `EXPLAIN ALTER TABLE ${meta} RENAME TO mine`),
  ];
}

function creations({ meta, vault, peek, prefix, watch, root }: Names): Attempt[] {
  return [
    refused("CREATE TABLE", `CREATE TABLE ${prefix}mine (a)`),
    refused("CREATE TABLE IF NOT EXISTS", `CREATE TABLE IF NOT EXISTS "${meta}" (a)`),
    refused("CREATE TABLE by string", `CREATE TABLE '${prefix}mine' (a)`),
    refused("CREATE TABLE with its schema", `CREATE TABLE main.[${prefix}mine] (a)`),
    refused("CREATE TABLE AS", `CREATE TABLE mine AS SELECT * FROM ${meta}`),
    refused("CREATE TABLE of the engine's AS", `CREATE TABLE ${prefix}mine AS SELECT 1`),
    refused("CREATE TEMP TABLE in its place", `CREATE TEMP TABLE ${meta} (key, value)`),
    refused("CREATE VIEW of it", [`CREATE VIEW mine AS SELECT * FROM ${meta}`, SEE]),
    refused("CREATE VIEW by string", [`CREATE VIEW mine AS SELECT * FROM '${vault}'`, SEE]),
    refused("CREATE VIEW with a WITH", [
      `CREATE VIEW mine AS WITH c AS (SELECT * FROM ${meta}) SELECT * FROM c`,
      SEE,
    ]),
    refused("CREATE VIEW pretending to be a trigger", [
      `CREATE VIEW mine AS WITH ${watch} AS (SELECT * FROM ${meta}) SELECT * FROM ${watch}`,
      SEE,
    ]),
    refused("CREATE VIEW under its name", `CREATE VIEW ${prefix}mine AS SELECT 1`),
    refused("CREATE TEMP VIEW", [`CREATE TEMP VIEW mine AS SELECT * FROM ${meta}`, SEE]),
    refused("CREATE INDEX on it", `CREATE INDEX mine ON ${vault} (id)`),
    refused("CREATE UNIQUE INDEX on it", `CREATE UNIQUE INDEX mine ON '${meta}' (value)`),
    refused("CREATE INDEX under its name", `CREATE INDEX ${prefix}mine ON t (b)`),
    refused(
      "CREATE TRIGGER on it",
      `CREATE TRIGGER mine AFTER INSERT ON ${vault} BEGIN SELECT 1; END`,
    ),
    refused(
      "CREATE TRIGGER on its view",
      `CREATE TRIGGER mine INSTEAD OF INSERT ON ${peek} BEGIN SELECT 1; END`,
    ),
    refused(
      "CREATE TRIGGER under its name",
      `CREATE TRIGGER ${prefix}mine AFTER INSERT ON t BEGIN SELECT 1; END`,
    ),
    refused(
      "CREATE TRIGGER by string",
      `CREATE TRIGGER '${prefix}mine' AFTER INSERT ON t BEGIN SELECT 1; END`,
    ),
    refused("a trigger that reads", [
      `CREATE TRIGGER mine AFTER INSERT ON t BEGIN INSERT INTO u SELECT key, value FROM ${meta}; END`,
      FIRE,
      "SELECT * FROM u",
    ]),
    refused("a trigger that writes", [
      `CREATE TRIGGER mine AFTER INSERT ON t BEGIN UPDATE ${meta} SET value = 0; END`,
      FIRE,
      "SELECT * FROM u",
    ]),
    refused("a trigger that deletes", [
      `CREATE TRIGGER mine AFTER INSERT ON t BEGIN DELETE FROM '${vault}'; END`,
      FIRE,
      "SELECT * FROM u",
    ]),
    refused("a trigger's WHEN", [
      `CREATE TRIGGER mine AFTER INSERT ON t WHEN (SELECT 1 FROM ${meta}) BEGIN SELECT 1; END`,
      FIRE,
      "SELECT * FROM u",
    ]),
    refused("a trigger's RAISE", [
      `CREATE TRIGGER mine BEFORE INSERT ON t BEGIN SELECT RAISE(ABORT, (SELECT value FROM ${meta})); END`,
      FIRE,
      "SELECT * FROM u",
    ]),
    refused(
      "CREATE TEMP TRIGGER",
      `CREATE TEMP TRIGGER mine AFTER INSERT ON ${vault} BEGIN SELECT 1; END`,
    ),
    refused("the root as a table", `CREATE TABLE ${root} (a)`),
  ];
}

function constraints({ meta, vault, prefix }: Names): Attempt[] {
  return [
    refused("REFERENCES of a column", [`CREATE TABLE mine (a REFERENCES ${meta} (key))`, FILL]),
    refused("REFERENCES by string", [`CREATE TABLE mine (a REFERENCES '${meta}')`, FILL]),
    refused("FOREIGN KEY", [
      `CREATE TABLE mine (a, FOREIGN KEY (a) REFERENCES "${vault}" ON DELETE CASCADE)`,
      FILL,
    ]),
    refused("CHECK with a query", `CREATE TABLE mine (a CHECK (a IN (SELECT key FROM ${meta})))`),
    refused("DEFAULT with a query", `CREATE TABLE mine (a DEFAULT ((SELECT value FROM ${meta})))`),
    refused("a generated column", `CREATE TABLE mine (a, b AS ((SELECT value FROM ${meta})))`),
    refused("an index on an expression", `CREATE INDEX mine ON t ((SELECT value FROM ${meta}))`),
    refused("a partial index", `CREATE INDEX mine ON t (a) WHERE a IN (SELECT key FROM ${meta})`),
    refused("a collation of its name", `CREATE TABLE mine (a COLLATE ${prefix}x)`),
    refused("a constraint of its name", `CREATE TABLE mine (a CONSTRAINT ${prefix}x NOT NULL)`),
    refused("a column of its name", `CREATE TABLE mine (${prefix}x)`),
    differs(
      "a string that is no name",
      ["CREATE TABLE mine (a)", `INSERT INTO mine VALUES ('${meta}')`, "SELECT a FROM mine"],
      { shard: "blind", embedded: "blind", worker: "blind" },
      { rows: [[meta]] },
    ),
  ];
}
