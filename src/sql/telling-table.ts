import { type Token, tokenAt } from "./lexer.ts";
import type { TableReference } from "./outline.ts";
import { quoteIdentifier, quoteText } from "./quote.ts";

/** Tables of SQLite that tell of the engine's objects: their columns and those with names. */
export interface TellingTable {
  readonly columns: string;
  readonly names: readonly string[];
}

const SCHEMA_TABLE: TellingTable = {
  columns: "type, name, tbl_name, rootpage, sql",
  // An automatic index of an engine's table has only its table's name.
  names: ["name", "tbl_name"],
};

export const TELLING_TABLES: ReadonlyMap<string, TellingTable> = new Map([
  ["sqlite_master", SCHEMA_TABLE],
  ["sqlite_schema", SCHEMA_TABLE],
  ["sqlite_temp_master", SCHEMA_TABLE],
  ["sqlite_temp_schema", SCHEMA_TABLE],
  ["sqlite_stat1", { columns: "tbl, idx, stat", names: ["tbl"] }],
  ["sqlite_stat4", { columns: "tbl, idx, neq, nlt, ndlt, sample", names: ["tbl"] }],
  ["pragma_table_list", { columns: "schema, name, type, ncol, wr, strict", names: ["name"] }],
]);

/** The two texts that can stand for one reference to a telling table. */
export class VisibleRows {
  private readonly telling: TellingTable;
  /** The table as written, with its schema. */
  private readonly table: string;
  /** The alias as written, with AS; empty when there is none. */
  private readonly alias: string;
  private readonly name: string;
  private readonly condition: string;

  constructor(
    sql: string,
    tokens: readonly Token[],
    reference: TableReference,
    telling: TellingTable,
    prefix: string,
  ) {
    const { first, behindName, name, alias } = reference;
    this.telling = telling;
    this.table = sql.slice(tokenAt(tokens, first).start, tokenAt(tokens, behindName - 1).end);
    this.alias = alias === null ? "" : ` AS ${quoteIdentifier(alias)}`;
    this.name = quoteIdentifier(name);
    // Not LIKE: `_` is its wildcard.
    this.condition = telling.names
      .map((column) => {
        return `substr(lower(${column}), 1, ${prefix.length}) IS NOT ${quoteText(prefix)}`;
      })
      .join(" AND ");
  }

  /** Cheap, and flattened by SQLite; has no rowid. */
  subquery(): string {
    const { table, alias, name, telling, condition } = this;
    return `(SELECT ${telling.columns} FROM ${table} WHERE ${condition})${alias || ` AS ${name}`}`;
  }

  /**
   * A nested join, whose tables SQLite still answers for: `rowid` and all qualified names work,
   * and `*` gives the columns of the table alone, because USING merges the one of the other side.
   */
  join(): string {
    const { table, alias, telling, condition } = this;
    const [name] = telling.names;
    const shown = `SELECT DISTINCT ${name} FROM ${table} WHERE ${condition}`;
    return `(${table}${alias} CROSS JOIN (${shown}) USING (${name}))`;
  }
}
