import { DosqlError } from "../../base/errors.ts";
import type { OrderTerm } from "../../sql/ast/query.ts";
import type { ColumnDefinition, CreateTable, KeyConstraint } from "../../sql/ast/schema.ts";
import { printSqlite } from "../../sql/print/sqlite.ts";
import { quoteIdentifier } from "../../sql/quote.ts";
import { attemptSqlite } from "../../sql/read/attempt.ts";
import type { Relation } from "../log/relation.ts";
import { foldName } from "../../sql/fold-name.ts";

/** A column by which rows are told apart. */
export interface IdentityColumn {
  /** Its place among the values of a row image; the hidden rowid is the first. */
  readonly place: number;
  /** Its name in the table as of then; null is the hidden rowid. */
  readonly name: string | null;
  /** ` COLLATE x` where the key compares otherwise than its column; else empty. */
  readonly collate: string;
}

/**
 * What of a table's CREATE TABLE makes its columns compare and compute as they did: names, types,
 * collations, generated columns, its key. Constraints and defaults are left out: the rows held.
 */
export class TwinShape {
  /** All columns, generated ones too, in the order of `*`. */
  readonly columns: readonly string[];
  readonly generated: boolean;
  readonly identity: readonly IdentityColumn[];
  readonly #relation: Relation;
  readonly #table: CreateTable;
  readonly #definitions: readonly ColumnDefinition[];
  readonly #key: KeyConstraint | null;

  /** @throws DosqlError `unsupported` for a table whose rows have no identity that can be asked */
  constructor(relation: Relation) {
    this.#relation = relation;
    this.#table = definitionOf(relation);
    this.#definitions = this.#table.elements.filter((one) => one.kind === "column-definition");
    this.#key = keyOf(this.#table);
    this.columns = this.#definitions.map(({ name }) => name.text);
    this.generated = this.#definitions.some(isGenerated);
    this.identity = this.#identity();
  }

  get name(): string {
    return this.#relation.name;
  }

  get withoutRowid(): boolean {
    return this.#relation.withoutRowid;
  }

  /** The hidden rowid's name, or null: there is none, or columns took all of its names. */
  get rowidName(): string | null {
    return this.#relation.rowid ? rowidNameOf(this.columns) : null;
  }

  /** A table like the one that was, with a rowid that can be asked where it had one. */
  createLike(name: string): string {
    const keyed = this.withoutRowid || !this.#relation.rowid;
    const columns = [
      ...this.#definitions.map(columnText),
      ...(keyed ? [this.#primaryKey("rowid")] : []),
    ];
    return `CREATE TABLE ${name} (${columns.join()}) ${this.#modes(this.withoutRowid)}`;
  }

  /** A table for the keys of rows, with one more column. */
  createKeys(name: string, rowid: string, more: string): string {
    const keys = this.#definitions.filter(({ name: { text } }) =>
      this.identity.some((one) => one.name === text),
    );
    const hidden = this.#relation.rowid ? [`${quoteIdentifier(rowid)} INTEGER`] : [];
    const columns = [
      ...hidden,
      ...keys.map(columnText),
      `${quoteIdentifier(more)} INTEGER`,
      this.#primaryKey(rowid),
    ];
    return `CREATE TABLE ${name} (${columns.join()}) ${this.#modes(this.withoutRowid)}`;
  }

  /** A name that no column has. */
  freeName(wanted: string): string {
    const taken = new Set(this.columns.map((name) => foldName(name)));
    let name = wanted;
    while (taken.has(name)) name += "_";
    return name;
  }

  #primaryKey(rowid: string): string {
    const { withoutRowid } = this.#relation;
    const terms = withoutRowid ? (this.#key?.columns ?? []) : [];
    const columns =
      terms.length > 0
        ? terms.map((term) => printSqlite(term))
        : this.identity.map(({ name }) => quoteIdentifier(name ?? rowid));
    return `PRIMARY KEY (${columns.join()})`;
  }

  #modes(withoutRowid: boolean): string {
    const modes = [withoutRowid && "WITHOUT ROWID", this.#table.strict && "STRICT"];
    return modes.filter((mode) => mode !== false).join();
  }

  #identity(): IdentityColumn[] {
    const { rowid, withoutRowid, key, columns } = this.#relation;
    if (rowid) return [{ place: 0, name: null, collate: "" }];
    const named = key.map((place, i) => {
      const column = columns[place];
      if (column === undefined) throw new DosqlError("bug", "a key without its column");
      const collate = withoutRowid ? collationOf(this.#key?.columns[i]) : "";
      return { place, name: column.name, collate, type: column.declaredType };
    });
    const alias = named.length === 1 && named[0]?.type.toUpperCase() === "INTEGER";
    if (named.length > 0 && (withoutRowid || alias)) return named;
    throw unaskable(this.name);
  }
}

/** What one hears whose table's rows cannot be told apart. */
export function unaskable(table: string): DosqlError {
  return new DosqlError(
    "unsupported",
    `FOR SYSTEM_TIME AS OF on table ${table} is not supported: its columns take all names of the ` +
      "rowid",
  );
}

/** By which of its names the hidden rowid of a table with these columns can be asked. */
export function rowidNameOf(columns: readonly string[]): string | null {
  const taken = new Set(columns.map((name) => foldName(name)));
  return ["rowid", "_rowid_", "oid"].find((name) => !taken.has(name)) ?? null;
}

function definitionOf({ name, sql }: Relation): CreateTable {
  const parsed = attemptSqlite(sql);
  if (!(parsed instanceof DosqlError) && parsed.statement?.kind === "create-table") {
    return parsed.statement;
  }
  throw new DosqlError(
    "unsupported",
    `FOR SYSTEM_TIME AS OF on table ${name} is not supported: its CREATE TABLE cannot be read`,
  );
}

function keyOf({ elements }: CreateTable): KeyConstraint | null {
  for (const element of elements) {
    const constraints = element.kind === "column-definition" ? element.constraints : [element];
    for (const one of constraints) if (one.kind === "key" && one.primary) return one;
  }
  return null;
}

function isGenerated({ constraints }: ColumnDefinition): boolean {
  return constraints.some(({ kind }) => kind === "generated");
}

function columnText(column: ColumnDefinition): string {
  const constraints = column.constraints.filter(
    ({ kind }) => kind === "column-collation" || kind === "generated",
  );
  return printSqlite({ ...column, constraints });
}

function collationOf(term: OrderTerm | undefined): string {
  return term?.value.kind === "collate" ? ` COLLATE ${printSqlite(term.value.collation)}` : "";
}
