import type { Name } from "../ast/name.ts";
import type { FromItem } from "../ast/query.ts";
import { quoteIdentifier, quoteText } from "../quote.ts";
import { isCommonTable, type Scope } from "../read/scope.ts";
import { walk } from "../tree/walk.ts";

/** A table of SQLite that tells of the engine's objects: its columns and those with names. */
interface TellingTable {
  readonly columns: string;
  readonly names: readonly string[];
}

const SCHEMA_TABLE: TellingTable = {
  columns: "type, name, tbl_name, rootpage, sql",
  // An automatic index of an engine's table has only its table's name.
  names: ["name", "tbl_name"],
};

const TABLE_LIST = "pragma_table_list";

const TELLING_TABLES: ReadonlyMap<string, TellingTable> = new Map([
  ["sqlite_master", SCHEMA_TABLE],
  ["sqlite_schema", SCHEMA_TABLE],
  ["sqlite_temp_master", SCHEMA_TABLE],
  ["sqlite_temp_schema", SCHEMA_TABLE],
  ["sqlite_stat1", { columns: "tbl, idx, stat", names: ["tbl"] }],
  ["sqlite_stat4", { columns: "tbl, idx, neq, nlt, ndlt, sample", names: ["tbl"] }],
  [TABLE_LIST, { columns: "schema, name, type, ncol, wr, strict", names: ["name"] }],
]);

/** Finds no less than the texts that name a telling table, in one cheap scan. */
export const TELLING_NAME: RegExp =
  /sqlite_(?:temp_)?(?:master|schema)|sqlite_stat[14]|pragma_table_list/i;

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

  constructor(sql: string, item: FromItem, source: Source, prefix: string) {
    this.start = item.start;
    this.end = item.end;
    this.telling = source.telling;
    this.table = sql.slice(source.start, source.end);
    this.alias = source.alias === null ? null : quoteIdentifier(source.alias);
    this.name = quoteIdentifier(source.name);
    this.isFunction = item.kind === "table-function";
    // Not LIKE: `_` is its wildcard.
    this.condition = source.telling.names
      .map((column) => {
        return `substr(lower(${column}), 1, ${prefix.length}) IS NOT ${quoteText(prefix)}`;
      })
      .join(" AND ");
  }

  /** @param asTable Whether names that only the table itself answers to are asked for. */
  replacement(asTable: boolean): string {
    return asTable && !this.isFunction ? this.join() : this.subquery();
  }

  /** Cheap, and flattened by SQLite; has no rowid. */
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

/** What a FROM item says of the telling table that it is. */
interface Source {
  readonly telling: TellingTable;
  readonly name: string;
  readonly alias: string | null;
  /** Offsets without the alias. */
  readonly start: number;
  readonly end: number;
}

/** The telling table that a FROM item is; null where it is none, or is left as it is. */
export function tellingSource(
  sql: string,
  item: FromItem,
  scope: Scope,
  prefix: string,
): TellingSource | null {
  const source = readSource(item, scope);
  return source === null ? null : new TellingSource(sql, item, source, prefix);
}

function readSource(item: FromItem, scope: Scope): Source | null {
  const called = namedBy(item, scope);
  if (called === null) return null;
  const { text, start, end } = called;
  const telling = TELLING_TABLES.get(text.toLowerCase());
  if (telling === undefined) return null;
  const alias = "alias" in item ? (item.alias?.name?.text ?? null) : null;
  return { telling, name: text, alias, start, end };
}

/** The name of the table, and offsets of what stands for the table. */
function namedBy(item: FromItem, scope: Scope): Pick<Name, "text" | "start" | "end"> | null {
  if (item.kind === "table") {
    // SQLite refuses both for these tables, so both must stay.
    if (item.indexedBy !== null || item.asOf !== null) return null;
    const { name, start, end } = item.name;
    return isCommonTable(item.name, scope) ? null : { text: name.text, start, end };
  }
  if (item.kind !== "table-function") return null;
  const call = item.sources[0]?.call;
  if (call?.kind !== "call" || call.name.name.text.toLowerCase() !== TABLE_LIST) return null;
  // With a name it tells of that table alone; a subquery would not see the columns of others.
  if (call.arguments[0]?.kind === "string") return null;
  let constant = true;
  walk(call, ({ kind }) => {
    if (kind === "column") constant = false;
  });
  return constant ? { text: call.name.name.text, start: call.start, end: call.end } : null;
}
