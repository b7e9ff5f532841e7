import type { SeededRandom } from "../../../test/sql/seeded-random.ts";

/** A table or view as the generator knows it; what it knows may be out of date. */
export interface FuzzTable {
  readonly name: string;
  columns: string[];
  /** Whether rows can be changed. */
  readonly writable: boolean;
}

const TYPES = ["INTEGER", "INT", "TEXT", "REAL", "BLOB", "NUMERIC", "", "VARCHAR(9)", "BOOLEAN"];
const STRICT_TYPES = ["INT", "INTEGER", "TEXT", "REAL", "BLOB", "ANY"];
const COLLATIONS = ["", "", "", " COLLATE NOCASE", " COLLATE RTRIM"];
const DEFAULTS = ["", "", " DEFAULT 7", " DEFAULT 'x'", " DEFAULT (1 + 1)", " DEFAULT NULL"];

/** CREATE TABLE with whatever a table may have. */
export function createTable(
  random: SeededRandom,
  name: string,
  others: readonly FuzzTable[],
): { sql: string; table: FuzzTable } {
  const count = 2 + random.below(4);
  const columns = Array.from({ length: count }, (_, i) => `c${i}`);
  const strict = random.below(5) === 0;
  const definitions = columns.map((column, i) => {
    const type = random.pick(strict ? STRICT_TYPES : TYPES);
    if (i === 0) return `${column} ${key(random)}`;
    let text = `${column} ${type}${random.pick(COLLATIONS)}${random.pick(DEFAULTS)}`;
    if (random.below(8) === 0) text += " NOT NULL";
    if (random.below(7) === 0) text += " UNIQUE";
    if (random.below(9) === 0) text += ` CHECK (${column} IS NULL OR length(${column}) < 9)`;
    const parent = others.filter(({ writable }) => writable)[0];
    if (parent !== undefined && random.below(4) === 0) {
      const action = random.pick(["CASCADE", "SET NULL", "RESTRICT", "NO ACTION"]);
      text += ` REFERENCES ${parent.name} (c0) ON DELETE ${action}`;
    }
    return text;
  });
  if (random.below(6) === 0 && !strict) {
    definitions.push(`g AS (c0 || '!') ${random.pick(["VIRTUAL", "STORED"])}`);
  }
  if (random.below(6) === 0) definitions.push("UNIQUE (c0, c1)");
  const sql = `CREATE TABLE ${name} (${definitions.join(", ")})${strict ? " STRICT" : ""}`;
  return { sql, table: { name, columns, writable: true } };
}

function key(random: SeededRandom): string {
  return random
    .pick([
      "INTEGER PRIMARY KEY",
      "INTEGER PRIMARY KEY",
      "INTEGER PRIMARY KEY AUTOINCREMENT",
      "INT PRIMARY KEY",
      "TEXT PRIMARY KEY",
      "ANY UNIQUE",
    ])
    .replace("ANY UNIQUE", "TEXT UNIQUE");
}

/** A definition other than a table. */
export function otherDefinition(random: SeededRandom, tables: FuzzTable[], number: number): string {
  const writable = tables.filter((table) => table.writable);
  const table = random.pick(writable);
  const column = random.pick(table.columns);
  switch (random.below(9)) {
    case 0:
    case 1:
      return `CREATE INDEX i${number} ON ${table.name} (${column}${random.pick(["", " DESC", ", c0"])})`;
    case 2:
      return `CREATE INDEX i${number} ON ${table.name} (${column}) WHERE ${column} IS NOT NULL`;
    case 3: {
      const view = `v${number}`;
      tables.push({ name: view, columns: ["c0", "c1"], writable: false });
      return `CREATE VIEW ${view} AS SELECT c0, ${column} AS c1 FROM ${table.name}`;
    }
    case 4: {
      const other = random.pick(writable);
      const event = random.pick(["INSERT", "DELETE", "UPDATE"]);
      const row = event === "DELETE" ? "old" : "new";
      const time = random.pick(["BEFORE", "AFTER"]);
      const what = random.pick([
        `UPDATE ${other.name} SET c1 = ${row}.c1 WHERE c0 = ${row}.c0`,
        `DELETE FROM ${other.name} WHERE c1 = ${row}.${column}`,
        `SELECT RAISE(ABORT, 'refused') WHERE ${row}.c1 = 'bad'`,
        `SELECT RAISE(IGNORE) WHERE ${row}.c1 = 'skip'`,
        `INSERT OR IGNORE INTO ${other.name} (c0) VALUES (${row}.c1)`,
      ]);
      return `CREATE TRIGGER g${number} ${time} ${event} ON ${table.name} BEGIN ${what}; END`;
    }
    case 5: {
      const added = `a${number}`;
      table.columns.push(added);
      return `ALTER TABLE ${table.name} ADD COLUMN ${added} ${random.pick(TYPES)}${random.pick(DEFAULTS)}`;
    }
    case 6: {
      const last = table.columns.at(-1) ?? "c0";
      if (table.columns.length > 2) table.columns.pop();
      return `ALTER TABLE ${table.name} DROP COLUMN ${last}`;
    }
    case 7: {
      const at = 1 + random.below(table.columns.length - 1);
      const before = table.columns[at] ?? "c1";
      // The generator counts on c1.
      if (before === "c1") return `DROP INDEX IF EXISTS i${number - 1}`;
      table.columns[at] = `r${number}`;
      return `ALTER TABLE ${table.name} RENAME COLUMN ${before} TO r${number}`;
    }
    default:
      return random.pick([
        `DROP TRIGGER IF EXISTS g${number - 3}`,
        `DROP VIEW IF EXISTS nope`,
        "ANALYZE",
      ]);
  }
}
