import type { SqlValue } from "../../base/value.ts";
import type { TableDefinition, TableFactory } from "../../engine/virtual-table.ts";
import { quoteIdentifier } from "../../sql/quote.ts";
import type { Connection } from "./connection.ts";
import { SqliteError, translated } from "./errors.ts";
import { stringArgument } from "./options.ts";
import { showValue } from "./row-shape.ts";
import { styleOf } from "./row-shaper.ts";
import { DefinitionReader } from "./table-definition.ts";
import { rowOf } from "./table-row.ts";
import { returned } from "./user-functions.ts";

const NEXT = "_dosql_table_next";
const CELL = "_dosql_table_cell";

/**
 * `db.table(name, definition)`. Without virtual tables in JavaScript a table without parameters
 * is a TEMP view over functions that pull its generator, row by row as SQLite asks for them. It
 * has no rowid then; what takes parameters, and modules for CREATE VIRTUAL TABLE, are refused by
 * name.
 */
export function defineTable(connection: Connection, given: readonly unknown[]): void {
  const [first, second] = given;
  const name = stringArgument(first);
  if (name === "") throw new TypeError("Virtual table module name cannot be an empty string");
  const { database } = connection;
  if (typeof second === "function") {
    connection.requireIdle();
    if (database.defineTable !== undefined) {
      return attempt(() => database.defineTable?.(name, factoryOf(connection, name, second)));
    }
    throw unsupported(`the module "${name}" for CREATE VIRTUAL TABLE`);
  }
  if (typeof second !== "object" || second === null) {
    throw new TypeError("Expected second argument to be a function or a table definition object");
  }
  const definition = new DefinitionReader(second, "used", name).read();
  connection.requireIdle();
  if (database.defineTable !== undefined) {
    return attempt(() => database.defineTable?.(name, rowsFor(connection, definition)));
  }
  if (definition.parameters.length > 0) {
    throw unsupported(`the virtual table "${name}", which takes parameters`);
  }
  connection.tables ??= new GeneratedRows(connection);
  const id = connection.tables.add(name, definition);
  attempt(() => database.exec(viewOf(name, id, definition), null));
}

function attempt(define: () => void): void {
  try {
    define();
  } catch (error) {
    throw translated(error);
  }
}

/** A module whose tables are defined by what a function of the program returns. */
function factoryOf(connection: Connection, name: string, factory: object): TableFactory {
  return ([module, database, table], args) => {
    const names = { module, database, table };
    const given: unknown = Reflect.apply(factory as () => unknown, names, args);
    if (typeof given !== "object" || given === null) {
      throw new TypeError(
        `Virtual table module "${name}" did not return a table definition object`,
      );
    }
    return rowsFor(connection, new DefinitionReader(given, "returned", name).read());
  };
}

/** The definition, whose rows get their arguments as the connection shows values. */
function rowsFor(connection: Connection, definition: TableDefinition): TableDefinition {
  const style = styleOf(connection, definition.safeIntegers ?? connection.safeIntegers);
  const { rows } = definition;
  return {
    ...definition,
    rows: (...args) => rows(...args.map((value) => showValue(value as SqlValue, style))),
  };
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
    const values = rowOf(step.value, table.name, table.definition);
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
