import { CANARY, type Names } from "./attempt.ts";

/**
 * What a database holds before an attempt: two tables of a user's, and objects of the engine's with
 * a secret in each. The statements run one by one on an inner connection.
 */
export function plantedSchema(names: Names): string[] {
  const { meta, vault, notes, peek, watch, byId } = names;
  return [
    "CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT)",
    "CREATE TABLE u (x, y)",
    "INSERT INTO t VALUES (1, 'one'), (2, 'two')",
    "CREATE VIEW old AS SELECT name, sql FROM sqlite_master",
    `INSERT INTO ${meta} (key, value) VALUES ('canary', '${CANARY}')`,
    `CREATE TABLE ${vault} (id INTEGER PRIMARY KEY, secret UNIQUE)`,
    `INSERT INTO ${vault} VALUES (1, '${CANARY}')`,
    `CREATE INDEX ${byId} ON ${vault} (secret, id)`,
    `CREATE TABLE ${notes} (id INTEGER PRIMARY KEY, secret)`,
    `CREATE VIEW ${peek} AS SELECT id, secret FROM ${vault}`,
    `CREATE TRIGGER ${watch} AFTER INSERT ON t BEGIN INSERT INTO ${notes} (secret) ` +
      `SELECT value FROM ${meta} WHERE key = 'canary'; END`,
    "ANALYZE",
  ];
}

/** What an inner connection reads to see whether anything happened to the engine's objects. */
export function inspections(names: Names): string[] {
  const { meta, vault, prefix } = names;
  const engines = (column: string): string =>
    `substr(${column}, 1, ${prefix.length}) = '${prefix}'`;
  const triggers = `SELECT 1 FROM sqlite_schema WHERE type = 'trigger' AND ${engines("name")}`;
  return [
    `SELECT key, CAST(value AS TEXT) FROM ${meta} WHERE key IN ('canary', 'format')`,
    `SELECT id, secret FROM ${vault}`,
    "SELECT type, name, tbl_name, sql FROM sqlite_schema " +
      `WHERE ${engines("tbl_name")} OR (${engines("name")} AND type <> 'trigger') ORDER BY name`,
    // Which ones a user's table carries is the engine's business, as long as it is there.
    `SELECT 'a trigger on t' WHERE EXISTS (${triggers} AND tbl_name = 't') ` +
      "OR NOT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 't')",
  ];
}
