import { tokenize, identifierName } from "../sql/lex/lexer.ts";
import { quoteText } from "../sql/quote.ts";
import type { SqlDriver } from "../ports/sql-driver.ts";
import { DosqlError } from "../base/errors.ts";
import type { SchemaEffects } from "./text/schema-effects.ts";
import { readSchemaEffects } from "./text/schema-effects.ts";
import { foldName } from "../sql/fold-name.ts";

/** A column as its table declares it. */
export interface CatalogColumn {
  readonly name: string;
  /** The declared type, upper or lower case as written; empty when there is none. */
  readonly declaredType: string;
  /** Generated, or hidden in a virtual table: INSERT without a column list does not fill it. */
  readonly generated: boolean;
}

/** A table or view. Names compare without case, as in SQLite. */
export interface CatalogTable {
  readonly name: string;
  readonly columns: readonly CatalogColumn[];
  /** How many columns its primary key has. */
  readonly primaryKeyColumns: number;
}

/** An index as the proof of short plans needs it. */
export interface CatalogIndex {
  readonly name: string;
  readonly unique: boolean;
  /** Indexed columns in order, lower case; null for an expression. */
  readonly columns: readonly (string | null)[];
}

/**
 * The schema as one connection sees it, read when first asked and dropped by `forget()` after
 * DDL. Hidden objects are not in it.
 */
export class Catalog {
  readonly #driver: SqlDriver;
  readonly #tables = new Map<string, CatalogTable | null>();
  readonly #indexes = new Map<string, CatalogIndex | null>();
  #partialIndexColumns: ReadonlySet<string> | null = null;
  #effects: SchemaEffects | null = null;

  constructor(driver: SqlDriver) {
    this.#driver = driver;
  }

  forget(): void {
    this.#tables.clear();
    this.#indexes.clear();
    this.#partialIndexColumns = null;
    this.#effects = null;
  }

  /** What triggers, views and keys mean for the counts that a session asks for. */
  effects(): SchemaEffects {
    this.#effects ??= readSchemaEffects(this.#driver);
    return this.#effects;
  }

  /** The table or view of that name, or null. */
  table(name: string): CatalogTable | null {
    const key = foldName(name);
    let table = this.#tables.get(key);
    if (table === undefined) {
      table = this.#readTable(key);
      this.#tables.set(key, table);
    }
    return table;
  }

  /** Declared type of a column, or null when there is no such column or it declares none. */
  columnType(table: string, column: string): string | null {
    const key = foldName(column);
    const found = this.table(table)?.columns.find((c) => foldName(c.name) === key);
    return found === undefined || found.declaredType === "" ? null : found.declaredType;
  }

  index(name: string): CatalogIndex | null {
    const key = foldName(name);
    let index = this.#indexes.get(key);
    if (index === undefined) {
      index = this.#readIndex(name);
      this.#indexes.set(key, index);
    }
    return index;
  }

  /**
   * Every name that stands in a partial index, in an index on an expression, or in a table with
   * generated columns, lower case; with one of those around, also every name of a view, which may
   * pass such a column on. SQLite proves such an index usable from the literal itself, so a
   * literal compared with such a column stays.
   */
  partialIndexColumns(): ReadonlySet<string> {
    this.#partialIndexColumns ??= this.#readPartialIndexColumns();
    return this.#partialIndexColumns;
  }

  #readTable(key: string): CatalogTable | null {
    if (key.startsWith(this.#driver.caps.hiddenPrefix)) return null;
    const rows = this.#rows(
      `SELECT name, type, pk, hidden FROM pragma_table_xinfo(${quoteText(key)})`,
    );
    if (rows.length === 0) return null;
    const columns = rows.map(([name, type, , hidden]) => ({
      name: String(name),
      declaredType: typeof type === "string" ? type : "",
      generated: Number(hidden) > 0,
    }));
    const primaryKeyColumns = rows.filter(([, , place]) => Number(place) > 0).length;
    return { name: key, columns, primaryKeyColumns };
  }

  #readIndex(name: string): CatalogIndex | null {
    const [found] = this.#rows(
      "SELECT l.[unique], l.partial FROM sqlite_schema AS s, pragma_index_list(s.tbl_name) AS l" +
        ` WHERE s.type = 'index' AND s.name = ${quoteText(name)} AND l.name = s.name`,
    );
    if (found === undefined) return null;
    const columns = this.#rows(
      `SELECT lower(name) FROM pragma_index_info(${quoteText(name)}) ORDER BY seqno`,
    ).map(([column]) => (typeof column === "string" ? column : null));
    return { name, unique: Number(found[0]) === 1, columns };
  }

  #readPartialIndexColumns(): ReadonlySet<string> {
    const rows = this.#rows("SELECT type, sql FROM sqlite_schema WHERE sql IS NOT NULL");
    const texts = rows.map(([type, sql]) => ({ type, sql: String(sql) }));
    const special = texts.filter(
      ({ type, sql }) =>
        (type === "index" && mayConstrain(sql)) || (type === "table" && GENERATED.test(sql)),
    );
    const names = new Set<string>();
    if (special.length === 0) return names;
    for (const { sql } of [...special, ...texts.filter(({ type }) => type === "view")]) {
      for (const token of tokenize(sql)) {
        if (token.kind !== "identifier" && token.kind !== "quoted") continue;
        names.add(foldName(identifierName(sql, token)));
      }
    }
    return names;
  }

  #rows(sql: string): readonly (readonly unknown[])[] {
    try {
      return this.#driver.prepare(sql).all([], "number");
    } catch (error) {
      // A view over a table that is gone has no columns to tell; SQLite says so when it is used.
      if (error instanceof DosqlError && error.sqlite === "SQLITE_ERROR") return [];
      throw error;
    }
  }
}

/** `AS (` begins a generated column; a CHECK or DEFAULT that contains it costs a plan, no more. */
const GENERATED = /\bas\s*\(/i;

/** A plain index over columns has neither WHERE nor a second parenthesis. */
function mayConstrain(sql: string): boolean {
  return /\bwhere\b/i.test(sql) || sql.indexOf("(") !== sql.lastIndexOf("(");
}
