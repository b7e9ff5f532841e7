import { DosqlError } from "../../base/errors.ts";
import type { SqlClient } from "../../ports/sql-client.ts";
import { tokenAt, tokenize } from "../../sql/lex/lexer.ts";
import { quoteIdentifier } from "../../sql/quote.ts";
import { tableRows } from "./source-rows.ts";
import type { SourceSchema, SourceTable } from "./source-schema.ts";
import { isEngineName, readSchema, userTables } from "./source-schema.ts";
import { sealed } from "./statement-end.ts";

/** Rows of one INSERT: fewer statements, yet each short enough for any reader. */
const INSERT_ROWS = 50;
const INSERT_TEXT_LENGTH = 16_000;

/** One statement of a dump, without its semicolon. */
export interface DumpStatement {
  readonly sql: string;
  /** Rows that it inserts. */
  readonly rows: number;
}

/** What to leave out of a dump. */
export interface DumpOptions {
  /** Only this table, with its indexes and triggers. */
  readonly table?: string;
  /** As `table`, for several. */
  readonly tables?: readonly string[];
  /** Leave out what opens and closes the dump, for a caller that has a transaction of its own. */
  readonly bare?: boolean;
  /** False leaves out all but the rows. */
  readonly schema?: boolean;
  /** False leaves out the rows. */
  readonly data?: boolean;
  /** Leave out what D1 does not take: `user_version`, `application_id`, statistics. */
  readonly portable?: boolean;
}

/**
 * A database as the statements that make it again: schema, rows with their exact storage
 * classes, hidden rowids where they matter, AUTOINCREMENT marks, statistics, `user_version`.
 * Run it inside a read transaction of `client` for one consistent state.
 *
 * @throws DosqlError `not-found` for a table that does not exist, `unsupported` for one whose
 * rows cannot be read back
 */
export async function* dumpStatements(
  client: SqlClient,
  options: DumpOptions = {},
): AsyncGenerator<DumpStatement> {
  const schema = await readSchema(client);
  const names = options.table === undefined ? options.tables : [options.table];
  const tables = names === undefined ? schema.tables : names.flatMap((n) => chosen(schema, n));
  const whole = names === undefined && options.portable !== true && options.schema !== false;
  if (options.bare !== true) {
    // Off, and on again at the end: rows come before what they refer to.
    yield say("PRAGMA foreign_keys = OFF");
    yield say("BEGIN");
  }
  if (options.schema !== false) for (const table of tables) yield say(table.sql);
  if (options.data !== false) {
    for (const table of tables) yield* insertStatements(client, table);
    if (schema.hasSequences) yield* sequenceStatements(client, tables);
    if (schema.hasStatistics && whole) yield* statisticsStatements(client);
  }
  if (options.schema !== false) yield* laterStatements(schema, names === undefined ? null : tables);
  // When all that they read is there: tables that may have been made later, and views.
  if (options.data !== false) yield* rebuildStatements(tables);
  if (whole) {
    if (schema.userVersion !== 0n) yield say(`PRAGMA user_version = ${schema.userVersion}`);
    if (schema.applicationId !== 0n) yield say(`PRAGMA application_id = ${schema.applicationId}`);
  }
  if (options.bare !== true) {
    yield say("COMMIT");
    yield say("PRAGMA foreign_keys = ON");
  }
}

function say(sql: string): DumpStatement {
  return { sql: sealed(sql), rows: 0 };
}

/** Indexes, views and triggers; only those on `tables`, if any are chosen. */
function* laterStatements(
  schema: SourceSchema,
  tables: readonly SourceTable[] | null,
): Generator<DumpStatement> {
  const names = tables && new Set(tables.map((table) => table.name.toLowerCase()));
  for (const { table, sql } of schema.later) {
    if (names === null || names.has(table.toLowerCase())) yield say(sql);
  }
}

/** Rows that a dump will insert, for a progress bar. */
export async function countRows(client: SqlClient, table?: string): Promise<number> {
  let total = 0;
  for (const one of await tableCounts(client)) {
    if (table === undefined || one.name.toLowerCase() === table.toLowerCase()) total += one.rows;
  }
  return total;
}

/** Every table of the user with its number of rows, by name. */
export async function tableCounts(client: SqlClient): Promise<{ name: string; rows: number }[]> {
  const counts: { name: string; rows: number }[] = [];
  for (const name of await userTables(client)) {
    const reply = await client.run(`SELECT count(*) FROM ${quoteIdentifier(name)}`);
    counts.push({ name, rows: Number(reply.rows[0]?.[0] ?? 0) });
  }
  return counts.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function chosen(schema: SourceSchema, name: string): readonly SourceTable[] {
  const found = schema.tables.filter((table) => table.name.toLowerCase() === name.toLowerCase());
  if (found.length === 0) throw new DosqlError("not-found", `no such table: ${name}`);
  return found;
}

async function* insertStatements(
  client: SqlClient,
  table: SourceTable,
): AsyncGenerator<DumpStatement> {
  const name = quoteIdentifier(table.name);
  if (table.kind === "virtual") {
    const content = ftsContent(table.sql);
    if (content === "") {
      throw new DosqlError("unsupported", `the rows of ${table.name} cannot be read back`, {
        hint: "it is a full-text index without content; drop it and make it again afterwards",
      });
    }
    for (const [setting, value] of await ftsSettings(client, table)) {
      yield { sql: `INSERT INTO ${name}(${name}, rank) VALUES(${setting}, ${value})`, rows: 0 };
    }
    if (content !== null || VIEWS.has(moduleOf(table.sql))) return;
  }
  const rowid = (await needsRowids(client, table)) ? [table.rowid ?? ""] : [];
  const columns = [...rowid, ...table.columns];
  const names = columns.map(quoteIdentifier).join(", ");
  const head = `INSERT INTO ${name} (${names}) VALUES`;
  let lines: string[] = [];
  let textLength = 0;
  for await (const row of tableRows(client, table, columns)) {
    const line = `(${row.join(", ")})`;
    if (lines.length === INSERT_ROWS || textLength + line.length > INSERT_TEXT_LENGTH) {
      if (lines.length > 0) yield insert(head, lines);
      lines = [];
      textLength = 0;
    }
    lines.push(line);
    textLength += line.length;
  }
  if (lines.length > 0) yield insert(head, lines);
}

function insert(head: string, lines: readonly string[]): DumpStatement {
  const sql =
    lines.length === 1 ? `${head} ${lines[0] ?? ""}` : `${head}\n  ${lines.join(",\n  ")}`;
  return { sql, rows: lines.length };
}

function* rebuildStatements(tables: readonly SourceTable[]): Generator<DumpStatement> {
  for (const table of tables) {
    if (table.kind !== "virtual" || ftsContent(table.sql) === null) continue;
    const name = quoteIdentifier(table.name);
    yield { sql: `INSERT INTO ${name}(${name}) VALUES('rebuild')`, rows: 0 };
  }
}

/** Virtual tables that only show what others hold. */
const VIEWS: ReadonlySet<string> = new Set(["fts5vocab", "fts4aux", "fts3tokenize", "dbstat"]);

/** Of `CREATE VIRTUAL TABLE name USING module`, which SQLite writes itself. */
function moduleOf(sql: string): string {
  const { start, end } = tokenAt(tokenize(sql), 5);
  return sql.slice(Math.max(0, start), end).replace(/\W/g, "").toLowerCase();
}

/** What was set in an FTS5 table, like how it ranks, as literals; empty for all others. */
export async function ftsSettings(
  client: SqlClient,
  { name, sql, kind }: SourceTable,
): Promise<readonly (readonly [setting: string, value: string])[]> {
  if (kind !== "virtual" || moduleOf(sql) !== "fts5") return [];
  const { rows } = await client.run(
    `SELECT quote(k), quote(v) FROM ${quoteIdentifier(`${name}_config`)} ` +
      "WHERE k <> 'version' ORDER BY k",
  );
  return rows.map(([setting, value]) => [String(setting), String(value)]);
}

/**
 * Where a full-text table keeps its text: `null` in tables of its own, `""` nowhere, else the
 * name of the table that has it.
 */
function ftsContent(sql: string): string | null {
  const match = /\bcontent\s*=\s*(?:'([^']*)'|"([^"]*)"|([^\s,)]+))/i.exec(sql);
  return match === null ? null : (match[1] ?? match[2] ?? match[3] ?? "");
}

/** Hidden rowids 1, 2, 3, … come back by themselves; others and those of virtual tables do not. */
async function needsRowids(client: SqlClient, table: SourceTable): Promise<boolean> {
  if (table.rowid === null || table.rowidIsColumn) return false;
  if (table.kind === "virtual") return !table.columns.includes(table.rowid);
  const name = quoteIdentifier(table.name);
  const { rows } = await client.run(
    `SELECT count(*), max(${table.rowid}), min(${table.rowid}) FROM ${name}`,
  );
  const [count, most, least] = (rows[0] ?? []).map(String);
  return count !== "0" && (most !== count || least !== "1");
}

async function* sequenceStatements(
  client: SqlClient,
  tables: readonly SourceTable[],
): AsyncGenerator<DumpStatement> {
  const { rows } = await client.run("SELECT quote(name), quote(seq), name FROM sqlite_sequence");
  for (const [name, mark, raw] of rows) {
    if (!tables.some((table) => table.name === raw)) continue;
    yield { sql: `DELETE FROM sqlite_sequence WHERE name = ${String(name)}`, rows: 0 };
    yield {
      sql: `INSERT INTO sqlite_sequence (name, seq) VALUES (${String(name)}, ${String(mark)})`,
      rows: 0,
    };
  }
}

async function* statisticsStatements(client: SqlClient): AsyncGenerator<DumpStatement> {
  const { rows } = await client.run(
    "SELECT quote(tbl), quote(idx), quote(stat), tbl FROM sqlite_stat1",
  );
  // This makes the empty table.
  yield { sql: "ANALYZE sqlite_schema", rows: 0 };
  for (const [table, index, stat, raw] of rows) {
    if (isEngineName(String(raw))) continue;
    const values = [table, index, stat].map(String).join(", ");
    yield { sql: `INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (${values})`, rows: 0 };
  }
}
