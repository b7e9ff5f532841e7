import type { RealSqlite } from "./database.ts";

function quoted(name: unknown): string {
  return `"${String(name).replaceAll('"', '""')}"`;
}

/**
 * Source text that SQLite keeps (a default, a type, a column of a view without AS): without what
 * a printer may change.
 */
function plainText(text: string): string {
  return (
    text
      .replace(/(\d)_(?=\d)/g, "$1")
      .replace(/[\s"`[\]()]+/g, "")
      .replaceAll("==", "=")
      .replaceAll("!=", "<>")
      // The random number that tells two columns of one name apart.
      .replace(/:\d{6,}$/, ":")
      .toLowerCase()
  );
}

/** What a statement answers, one text for each row, or how it fails. */
function rowsOf(database: RealSqlite, sql: string): string[] {
  const head = plainText(sql).slice(0, 40);
  try {
    const plain = (cell: unknown): unknown => (typeof cell === "string" ? plainText(cell) : cell);
    return database.rows(sql).map((row) => `${head}: ${JSON.stringify(row.map(plain))}`);
  } catch (error) {
    return [`${head}: ${plainText(String(error))}`];
  }
}

/** A program without what does not come from the meaning of a statement. */
function programRows(database: RealSqlite, sql: string): string[] {
  return rowsOf(database, `EXPLAIN ${sql}`).map((row) =>
    row
      // The version of the schema grows with every change, also with those that are taken back.
      .replace(/"transaction",.*/, "transaction")
      // A trigger's own text.
      .replace(/"trace",.*/, "trace")
      // The message of a failed CHECK is the text of its expression.
      .replace(/("halt",275,\d+,\d+),.*/, "$1")
      .replace(/(vtab:|0x)[0-9a-f]*/g, "address"),
  );
}

/** What one table or view is, and what reading and changing it does: its programs. */
function describeTable(database: RealSqlite, schema: string, table: string): string[] {
  const name = `${schema}.${quoted(table)}`;
  const about = (pragma: string, of: string): string[] =>
    rowsOf(database, `PRAGMA ${schema}.${pragma}(${quoted(of)})`);
  const columns = database.rows(`PRAGMA ${schema}.table_xinfo(${quoted(table)})`);
  const plain = columns.filter((column) => column[6] === 0).map((column) => quoted(column[1]));
  const indexes = database.rows(`PRAGMA ${schema}.index_list(${quoted(table)})`);
  const statements = [
    `SELECT * FROM ${name}`,
    `INSERT INTO ${name} DEFAULT VALUES`,
    `UPDATE ${name} SET ${plain.map((column) => `${column} = 1`).join(", ")}`,
    `DELETE FROM ${name} WHERE 1 = 2`,
  ];
  return [
    ...about("table_xinfo", table),
    ...about("foreign_key_list", table),
    ...about("index_list", table),
    ...indexes.flatMap((index) => about("index_xinfo", String(index[1]))),
    ...statements.flatMap((sql) => programRows(database, sql)),
  ];
}

const SCHEMAS = ["main", "temp"];

function objectsOf(database: RealSqlite, schema: string): readonly (readonly unknown[])[] {
  return database.rows(`SELECT type, name, tbl_name, sql FROM ${schema}.sqlite_schema`);
}

/** The tables and views that were made or changed, described; the statement's text left out. */
function describeNew(database: RealSqlite, schema: string, before: ReadonlySet<string>): string[] {
  const changed = objectsOf(database, schema).filter((row) => !before.has(JSON.stringify(row)));
  const tables = new Set(changed.map((row) => String(row[2])));
  return [
    ...changed.map((row) => row.slice(0, 3).join(" ")),
    ...[...tables].flatMap((table) => describeTable(database, schema, table)),
  ];
}

/** What a statement makes of the schemas, and is taken back. */
function effectOf(database: RealSqlite, sql: string): string[] {
  database.exec("SAVEPOINT effect");
  try {
    const before = SCHEMAS.map(
      (schema) => new Set(objectsOf(database, schema).map((row) => JSON.stringify(row))),
    );
    database.exec(sql);
    return SCHEMAS.flatMap((schema, place) =>
      describeNew(database, schema, before[place] ?? new Set()),
    );
  } finally {
    database.exec("ROLLBACK TO effect; RELEASE effect");
  }
}

/** Statements whose effect on the schema can be looked at and taken back. */
const HAS_EFFECT = /^\s*(CREATE\s+(?!VIRTUAL)|ALTER\s)/i;
/** CREATE TABLE … AS WITH: a query that may never end. */
const MAY_NOT_END = /\bTABLE\b[^(]*\bAS\s+WITH\b/i;

/**
 * The first difference between what two statements make of the schema; null when there is none,
 * undefined when the original makes nothing or fails. The program of a CREATE says nothing of
 * what is created: this does.
 */
export function effectDifference(
  database: RealSqlite,
  original: string,
  printed: string,
): string | null | undefined {
  if (!HAS_EFFECT.test(original) || MAY_NOT_END.test(original)) return undefined;
  let first: string[];
  try {
    first = effectOf(database, original);
  } catch {
    return undefined;
  }
  if (first.length === 0) return undefined;
  try {
    const second = effectOf(database, printed);
    for (let place = 0; place < Math.max(first.length, second.length); place++) {
      if (first[place] !== second[place]) return `${first[place]} ≠ ${second[place]}`;
    }
    return null;
  } catch (error) {
    return `the printed text fails: ${error instanceof Error ? error.message : String(error)}`;
  }
}
