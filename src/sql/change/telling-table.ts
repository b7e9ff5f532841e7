import type { Name, ObjectName, Span } from "../ast/name.ts";
import type { FromItem, TableRef } from "../ast/query.ts";
import { quoteIdentifier } from "../quote.ts";
import { isCommonTable, type Scope } from "../read/scope.ts";
import { walk } from "../tree/walk.ts";
import { applyEdits, type Edit } from "./edit.ts";
import type { HiddenNames } from "./hidden-name.ts";
import { checkedArgument } from "./naming-argument.ts";

/** A table of SQLite that tells of the engine's objects: its columns and those with names. */
interface TellingTable {
  readonly columns: string;
  readonly names: readonly string[];
  /** Whether the names are also of automatic indexes. */
  readonly indexes: boolean;
  /** Columns that `*` does not show, in lower case: a subquery has none. */
  readonly unshown: readonly string[];
}

const ROWID = ["rowid", "oid", "_rowid_"];

const SCHEMA_TABLE: TellingTable = {
  columns: "type, name, tbl_name, rootpage, sql",
  // An automatic index of an engine's table also has its table's name.
  names: ["name", "tbl_name"],
  indexes: false,
  unshown: ROWID,
};

const STATISTICS: Omit<TellingTable, "columns"> = {
  names: ["tbl"],
  indexes: false,
  unshown: ROWID,
};

const TABLE_LIST = "pragma_table_list";

const TELLING_TABLES: ReadonlyMap<string, TellingTable> = new Map([
  ["sqlite_master", SCHEMA_TABLE],
  ["sqlite_schema", SCHEMA_TABLE],
  ["sqlite_temp_master", SCHEMA_TABLE],
  ["sqlite_temp_schema", SCHEMA_TABLE],
  ["sqlite_stat1", { columns: "tbl, idx, stat", ...STATISTICS }],
  ["sqlite_stat4", { columns: "tbl, idx, neq, nlt, ndlt, sample", ...STATISTICS }],
  [
    TABLE_LIST,
    {
      columns: "schema, name, type, ncol, wr, strict",
      names: ["name"],
      indexes: false,
      unshown: [],
    },
  ],
  [
    "dbstat",
    {
      columns: "name, path, pageno, pagetype, ncell, payload, unused, mx_payload, pgoffset, pgsize",
      names: ["name"],
      indexes: true,
      unshown: ["schema", "aggregate"],
    },
  ],
]);

/** Whether a name is that of a telling table. */
export function isTellingName({ text }: Name): boolean {
  return TELLING_TABLES.has(text.toLowerCase());
}

/** A telling table in FROM, and the two texts that can stand for it. */
export class TellingSource {
  /** Offsets of all of it, the alias included. */
  readonly start: number;
  readonly end: number;
  private readonly telling: TellingTable;
  /** The table as written, with its schema or arguments. */
  private readonly table: string;
  private readonly alias: string | null;
  private readonly name: string;
  private readonly condition: string;
  private readonly isFunction: boolean;

  constructor(item: FromItem, source: Source, names: HiddenNames) {
    this.start = item.start;
    this.end = item.end;
    this.telling = source.telling;
    this.table = source.table;
    this.alias = source.alias === null ? null : quoteIdentifier(source.alias);
    this.name = quoteIdentifier(source.name);
    this.isFunction = item.kind === "table-function";
    this.condition = othersOnly(source.telling, names);
  }

  /**
   * @param named The names in the statement to which a subquery would not answer, in lower case.
   * @param qualified Whether a column is named by the table and its schema.
   */
  replacement(named: ReadonlySet<string>, qualified: boolean): string {
    const asTable = qualified || this.telling.unshown.some((name) => named.has(name));
    return asTable && !this.isFunction ? this.join() : this.subquery();
  }

  /** Cheap, and flattened by SQLite; has only the columns that show. */
  private subquery(): string {
    const { table, alias, name, telling, condition } = this;
    return `(SELECT ${telling.columns} FROM ${table} WHERE ${condition}) AS ${alias ?? name}`;
  }

  /**
   * A nested join, whose tables SQLite still answers for: `rowid` and all qualified names work,
   * and `*` gives the columns of the table alone, because USING merges the one of the other side.
   */
  private join(): string {
    const { table, alias, telling, condition } = this;
    const [name] = telling.names;
    const shown = `SELECT DISTINCT ${name} FROM ${table} WHERE ${condition}`;
    const called = alias === null ? "" : ` AS ${alias}`;
    return `(${table}${called} CROSS JOIN (${shown}) USING (${name}))`;
  }
}

/**
 * What shall stand for a telling table behind IN, which compares whole rows with it; nothing for
 * other tables.
 */
export function tellingSetEdits(
  sql: string,
  table: ObjectName,
  scope: Scope,
  names: HiddenNames,
): Edit[] {
  const telling = TELLING_TABLES.get(table.name.text.toLowerCase());
  if (telling === undefined || isCommonTable(table, scope)) return [];
  const { start, end } = table;
  const condition = othersOnly(telling, names);
  const rows = `SELECT ${telling.columns} FROM ${sql.slice(start, end)} WHERE ${condition}`;
  return [{ start, end, text: `(${rows})` }];
}

/** True for the rows that are not about the engine's objects. */
function othersOnly(telling: TellingTable, names: HiddenNames): string {
  return telling.names
    .map((column) => (telling.indexes ? names.indexCondition(column) : names.condition(column)))
    .map((hidden) => `(${hidden}) IS NOT TRUE`)
    .join(" AND ");
}

/** What a FROM item says of the telling table that it is. */
interface Source {
  readonly telling: TellingTable;
  readonly name: string;
  readonly alias: string | null;
  /** The table as it shall be asked, without the alias. */
  readonly table: string;
}

/** The telling table that a FROM item is; null where it is none, or is left as it is. */
export function tellingSource(
  sql: string,
  item: FromItem,
  scope: Scope,
  names: HiddenNames,
): TellingSource | null {
  const called = item.kind === "table" ? plainTable(item, scope) : tableFunction(item);
  if (called === null) return null;
  const { name, start, end, argument } = called;
  const telling = TELLING_TABLES.get(name.toLowerCase());
  if (telling === undefined) return null;
  const alias = "alias" in item ? (item.alias?.name?.text ?? null) : null;
  // A schema's name is no name of the engine's, but a table's may be.
  const checked = argument === null ? [] : checkedArgument(argument, names, false);
  const edits = checked.map((edit) => {
    return { start: edit.start - start, end: edit.end - start, text: edit.text };
  });
  const table = applyEdits(sql.slice(start, end), edits);
  return new TellingSource(item, { telling, name, alias, table }, names);
}

/** The name of what FROM asks, where it stands without its alias, and its computed argument. */
interface Called extends Span {
  readonly name: string;
  readonly argument: Span | null;
}

function plainTable(item: TableRef, scope: Scope): Called | null {
  // SQLite refuses both for these tables, so both must stay.
  if (item.indexedBy !== null || item.asOf !== null) return null;
  const { name, start, end } = item.name;
  return isCommonTable(item.name, scope) ? null : { name: name.text, start, end, argument: null };
}

function tableFunction(item: FromItem): Called | null {
  if (item.kind !== "table-function") return null;
  const call = item.sources[0]?.call;
  if (call?.kind !== "call" || !isTellingName(call.name.name)) return null;
  const name = call.name.name.text;
  const [argument = null] = call.arguments;
  const isList = name.toLowerCase() === TABLE_LIST;
  // With a name it tells of that table alone; a subquery would not see the columns of others.
  if (isList && argument?.kind === "string") return null;
  let constant = true;
  walk(call, ({ kind }) => {
    if (kind === "column" || kind === "query") constant = false;
  });
  if (!constant) return null;
  const { start, end } = call;
  return { name, start, end, argument: isList && argument?.kind !== "null" ? argument : null };
}
