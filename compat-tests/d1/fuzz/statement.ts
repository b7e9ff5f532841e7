import type { SeededRandom } from "../../../test/sql/seeded-random.ts";
import type { Plain } from "./call.ts";
import { Values, expression } from "./expression.ts";
import type { FuzzTable } from "./schema.ts";

/** A statement that reads or changes rows, or one with a mistake in it. */
export function statement(random: SeededRandom, tables: readonly FuzzTable[]): Plain {
  const values = new Values();
  const table = random.pick(tables);
  const sql = text(random, table, tables, values);
  return { sql, params: values.list };
}

function text(
  random: SeededRandom,
  table: FuzzTable,
  tables: readonly FuzzTable[],
  values: Values,
): string {
  switch (random.below(20)) {
    case 0:
    case 1:
    case 2:
    case 3:
    case 4:
      return insert(random, table, tables, values);
    case 5:
    case 6:
    case 7:
      return update(random, table, values);
    case 8:
      return remove(random, table, values);
    case 9:
      return mistake(random, table);
    case 10:
      return random.pick([
        `PRAGMA table_info(${table.name})`,
        `PRAGMA index_list(${table.name})`,
        "PRAGMA foreign_key_check",
        `EXPLAIN QUERY PLAN SELECT * FROM ${table.name} WHERE c0 = 1 ORDER BY c1`,
        "SELECT name, type, sql FROM sqlite_master WHERE name NOT LIKE '\\_cf%' ESCAPE '\\' ORDER BY name",
      ]);
    default:
      return select(random, table, tables, values);
  }
}

function insert(
  random: SeededRandom,
  { name, columns }: FuzzTable,
  tables: readonly FuzzTable[],
  values: Values,
): string {
  const head = random.pick([
    "INSERT INTO",
    "INSERT INTO",
    "INSERT INTO",
    "INSERT OR IGNORE INTO",
    "INSERT OR REPLACE INTO",
    "REPLACE INTO",
    "INSERT OR ABORT INTO",
    "INSERT OR FAIL INTO",
  ]);
  const some = columns.filter((_, i) => i < 2 || random.below(2) === 0);
  const row = (): string => {
    const cells = some.map((_, i) =>
      i === 0 && random.below(2) === 0
        ? String(random.below(40))
        : expression(random, [], values, 1),
    );
    return `(${cells.join(", ")})`;
  };
  if (random.below(12) === 0) return `${head} ${name} DEFAULT VALUES`;
  const source =
    random.below(8) === 0
      ? `SELECT ${some.map(() => expression(random, ["c0", "c1"], values, 1)).join(", ")} FROM ${random.pick(tables).name} WHERE 1 LIMIT 3`
      : `VALUES ${Array.from({ length: 1 + random.below(3) }, row).join(", ")}`;
  const upsert =
    random.below(6) === 0
      ? random.pick([
          " ON CONFLICT DO NOTHING",
          " ON CONFLICT (c0) DO UPDATE SET c1 = excluded.c1",
          " ON CONFLICT DO UPDATE SET c1 = c1",
        ])
      : "";
  return `${head} ${name} (${some.join(", ")}) ${source}${upsert}${returning(random, columns)}`;
}

function returning(random: SeededRandom, columns: readonly string[]): string {
  if (random.below(5) > 0) return "";
  return random.pick([
    " RETURNING *",
    ` RETURNING ${random.pick(columns)}`,
    " RETURNING c0 AS id, typeof(c1)",
  ]);
}

function update(random: SeededRandom, { name, columns }: FuzzTable, values: Values): string {
  const head = random.pick([
    "UPDATE",
    "UPDATE",
    "UPDATE",
    "UPDATE OR IGNORE",
    "UPDATE OR REPLACE",
    "UPDATE OR FAIL",
  ]);
  const column = random.pick(columns);
  const value = expression(random, columns, values, 1);
  return `${head} ${name} SET ${column} = ${value}${where(random, columns, values)}${returning(random, columns)}`;
}

function remove(random: SeededRandom, { name, columns }: FuzzTable, values: Values): string {
  const condition = random.below(15) === 0 ? "" : ` WHERE c0 = ${random.below(40)}`;
  const more =
    condition === "" || random.below(2) === 0
      ? ""
      : ` OR ${expression(random, columns, values, 1)} = 3`;
  return `DELETE FROM ${name}${condition}${more}${returning(random, columns)}`;
}

function where(random: SeededRandom, columns: readonly string[], values: Values): string {
  return random.below(4) === 0 ? "" : ` WHERE ${expression(random, columns, values)}`;
}

function select(
  random: SeededRandom,
  { name, columns }: FuzzTable,
  tables: readonly FuzzTable[],
  values: Values,
): string {
  const other = random.pick(tables);
  const pick = (depth = 2): string => expression(random, columns, values, depth);
  const which = (): string => where(random, columns, values);
  switch (random.below(9)) {
    case 0:
      return `SELECT * FROM ${name}${which()} ORDER BY 1, 2`;
    case 1:
      return `SELECT ${pick()}, ${pick()} AS x, ${pick(1)} FROM ${name}${which()}`;
    case 2:
      return `SELECT count(*), sum(c1), max(${pick(1)}), group_concat(c0) FROM ${name}${which()}`;
    case 3:
      return (
        `SELECT c1, count(*) AS n, min(c0) FROM ${name} ` + "GROUP BY c1 HAVING n > 0 ORDER BY 1, 3"
      );
    case 4:
      return `SELECT a.c0, b.c1 FROM ${name} a ${random.pick(["JOIN", "LEFT JOIN", "FULL JOIN"])} ${other.name} b ON a.c0 = b.c0 ORDER BY 1, 2`;
    case 5:
      return `SELECT c0 FROM ${name} ${random.pick(["UNION", "UNION ALL", "EXCEPT", "INTERSECT"])} SELECT c1 FROM ${other.name} ORDER BY 1`;
    case 6:
      return `SELECT c0, row_number() OVER (ORDER BY c1, c0), lag(c1) OVER (ORDER BY c0) FROM ${name} ORDER BY c0`;
    case 7:
      return `WITH w AS (SELECT c0 AS k, ${pick(1)} AS v FROM ${name}) SELECT * FROM w WHERE k IN (SELECT c0 FROM ${other.name}) ORDER BY k LIMIT 5`;
    default:
      return (
        `SELECT ${pick()} AS a, ${pick()} AS a, last_insert_rowid() AS id ` + `FROM ${name} LIMIT 3`
      );
  }
}

function mistake(random: SeededRandom, { name }: FuzzTable): string {
  return random.pick([
    `SELECT nope FROM ${name}`,
    "SELECT * FROM nope",
    `SELECT * FORM ${name}`,
    `INSERT INTO ${name} (c0, nope) VALUES (1, 2)`,
    `INSERT INTO ${name} (c0) VALUES (1, 2)`,
    "SELECT ?, ?",
    "SELECT abs(-9223372036854775808)",
    "SELECT json_extract('{', '$')",
    `SELECT 1; SELECT * FROM ${name}; `,
    `SELECT nofunc(1) FROM ${name}`,
    "BEGIN",
    "",
    "-- nothing",
    `CREATE TABLE ${name} (a)`,
    `DROP INDEX nope`,
  ]);
}
