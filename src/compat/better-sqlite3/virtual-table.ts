import { quoteIdentifier } from "../../sql/quote.ts";
import type { Connection } from "./connection.ts";
import { SqliteError, translated } from "./errors.ts";
import { stringArgument } from "./options.ts";
import { DefinitionReader } from "./table-definition.ts";
import type { TableDefinition } from "./table-definition.ts";
import { returned } from "./user-functions.ts";

const NEXT = "_dosql_table_next";
const CELL = "_dosql_table_cell";

/**
 * `db.table(name, definition)` without virtual tables in JavaScript: a table without parameters
 * is a TEMP view over functions that pull its generator, row by row as SQLite asks for them. It
 * has no rowid. What takes parameters, and modules for CREATE VIRTUAL TABLE, are refused by name.
 */
export function defineTable(connection: Connection, given: readonly unknown[]): void {
  const [first, second] = given;
  const name = stringArgument(first);
  if (name === "") throw new TypeError("Virtual table module name cannot be an empty string");
  if (typeof second === "function") {
    connection.requireIdle();
    throw unsupported(`the module "${name}" for CREATE VIRTUAL TABLE`);
  }
  if (typeof second !== "object" || second === null) {
    throw new TypeError("Expected second argument to be a function or a table definition object");
  }
  const definition = new DefinitionReader(second, "used", name).read();
  connection.requireIdle();
  if (definition.parameters.length > 0) {
    throw unsupported(`the virtual table "${name}", which takes parameters`);
  }
  connection.tables ??= new GeneratedRows(connection);
  const id = connection.tables.add(name, definition);
  try {
    connection.database.exec(viewOf(name, id, definition), null);
  } catch (error) {
    throw translated(error);
  }
}

function unsupported(what: string): SqliteError {
  return new SqliteError(
    `cannot define ${what}: node:sqlite has no virtual tables in JavaScript (install ` +
      "better-sqlite3, or use db.function() with json_each())",
    "DOSQL_UNSUPPORTED",
  );
}

/** A recursive query is read row by row: the generator is asked when the next row is needed. */
function viewOf(name: string, id: number, { columns }: TableDefinition): string {
  const cells = columns.map((column, at) => `${CELL}(r, ${at}) AS ${quoteIdentifier(column)}`);
  return (
    `DROP VIEW IF EXISTS temp.${quoteIdentifier(name)};` +
    `CREATE TEMP VIEW ${quoteIdentifier(name)} AS WITH RECURSIVE _dosql_rows (r) AS ` +
    `(SELECT ${NEXT}(${id}, NULL) UNION ALL SELECT ${NEXT}(${id}, r) FROM _dosql_rows ` +
    `WHERE r IS NOT NULL) SELECT ${cells.join(", ")} FROM _dosql_rows WHERE r IS NOT NULL`
  );
}

interface NamedTable {
  readonly name: string;
  readonly definition: TableDefinition;
}

/** A row that was pulled, with the generator it came from. */
interface PulledRow {
  readonly module: string;
  readonly source: Iterator<unknown>;
  readonly values: readonly unknown[];
}

/** The rows that running statements have pulled out of generators, by number. */
class GeneratedRows {
  readonly #connection: Connection;
  readonly #tables: NamedTable[] = [];
  #rows: PulledRow[] = [];
  /** Which execution of the connection's they belong to. */
  #running = -1;

  constructor(connection: Connection) {
    this.#connection = connection;
    const options = { deterministic: false, directOnly: false };
    const { database } = connection;
    database.defineFunction({ name: NEXT, arity: 2, ...options }, ([id, row]) =>
      this.#next(Number(id), row === null ? null : Number(row)),
    );
    database.defineFunction({ name: CELL, arity: 2, ...options }, ([row, column]) =>
      this.#cell(Number(row), Number(column)),
    );
  }

  add(name: string, definition: TableDefinition): number {
    return this.#tables.push({ name, definition }) - 1;
  }

  #next(id: number, before: number | null): bigint | null {
    const table = this.#tables[id] as NamedTable;
    const source = before === null ? this.#open(table) : this.#rows[before]?.source;
    const step = source?.next();
    if (source === undefined || step === undefined || step.done === true) return null;
    const values = valuesOf(step.value, table);
    return BigInt(this.#rows.push({ module: table.name, source, values }) - 1);
  }

  #open({ definition }: NamedTable): Iterator<unknown> {
    // Nothing else runs on the connection while a statement does, but for open iterators.
    if (this.#connection.iterators === 0 && this.#running !== this.#connection.executions) {
      this.#rows = [];
    }
    this.#running = this.#connection.executions;
    return definition.rows()[Symbol.iterator]();
  }

  #cell(row: number, column: number): unknown {
    const pulled = this.#rows[row];
    if (pulled === undefined) return null;
    return returned(pulled.values[column], `Virtual table module "${pulled.module}" yielded`);
  }
}

function valuesOf(row: unknown, { name, definition }: NamedTable): unknown[] {
  const { columns } = definition;
  const said = `Virtual table module "${name}" yielded`;
  if (typeof row !== "object" || row === null) {
    throw new TypeError(`${said} something that isn't a valid row object`);
  }
  if (Array.isArray(row)) {
    if (row.length !== columns.length) {
      throw new TypeError(`${said} a row with an incorrect number of columns`);
    }
    return row;
  }
  const keys = Object.keys(row);
  const unknown = keys.find((key) => !columns.includes(key));
  if (unknown !== undefined) {
    throw new TypeError(`${said} a row with an undeclared column "${unknown}"`);
  }
  if (keys.length !== columns.length) throw new TypeError(`${said} a row with missing columns`);
  const values = row as Readonly<Record<string, unknown>>;
  return columns.map((column) => values[column]);
}
