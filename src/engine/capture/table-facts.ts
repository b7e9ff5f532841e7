import type { CreateTable } from "../../sql/ast/schema.ts";

/** A column of a table; hidden ones of virtual tables are not among them. */
export interface ShapeColumn {
  readonly name: string;
  /** As written; empty when there is none. */
  readonly declaredType: string;
  /** VIRTUAL or STORED: it follows from the others, so images leave it out. */
  readonly generated: boolean;
  readonly notNull: boolean;
  /** The DEFAULT expression as written, or null. */
  readonly defaultSql: string | null;
}

/** What capture must know of a table, but for its keys. */
export interface TableFacts {
  readonly name: string;
  /** CREATE TABLE as it stands in the schema. */
  readonly sql: string;
  readonly withoutRowid: boolean;
  readonly columns: readonly ShapeColumn[];
  /** Names of the primary key's columns, in its order; empty when there is none. */
  readonly primaryKey: readonly string[];
  /** The INTEGER PRIMARY KEY column: another name of the rowid. */
  readonly rowidAlias: string | null;
  /** By which of its three names the rowid can be asked; null when columns took all of them. */
  readonly rowidName: string | null;
  /** The table's definition as a tree; null for one that the parser cannot read. */
  readonly definition: CreateTable | null;
}
