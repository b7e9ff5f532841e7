import type { SqlDriver } from "../../ports/sql-driver.ts";
import { quoteIdentifier } from "../../sql/quote.ts";
import { logNames } from "../log/layout.ts";
import type { SchemaRow, SchemaRows } from "./schema-rows.ts";
import { sameName } from "./table-triggers.ts";

/** An object of the schema. `table` is what it stands on, itself for tables and views. */
type Told = Pick<SchemaRow, "type" | "name" | "table" | "sql">;

/** A statement that those who follow the log must run, and the name of what it is about. */
export interface ToldChange {
  readonly name: string;
  readonly sql: string;
}

/**
 * The schema as the log has told it. What another program did to the schema is the difference
 * to what stands in the file, and is told as statements that lead from the one to the other.
 */
export class ToldSchema {
  readonly #driver: SqlDriver;
  readonly #table: string;
  readonly #isCaptured: (table: string) => boolean;

  constructor(driver: SqlDriver, isCaptured: (table: string) => boolean) {
    this.#driver = driver;
    this.#table = logNames(driver.caps.hiddenPrefix).told;
    this.#isCaptured = isCaptured;
  }

  /** Whether the log has told of a table. */
  knows(table: string): boolean {
    return this.#read().some(({ name, type }) => type === "table" && sameName(name, table));
  }

  /**
   * Notes that the log has told all that stands now.
   *
   * @param table one of which it has told all, captured or not
   */
  note(rows: SchemaRows, table: string | null = null): void {
    const before = this.#read();
    const now = this.#objects(rows, before, table);
    const drop = this.#driver.prepare(`DELETE FROM ${this.#table} WHERE type = ?1 AND name = ?2`);
    for (const { type, name } of missing(before, now)) drop.run([type, name]);
    const add = this.#driver.prepare(`INSERT INTO ${this.#table} VALUES (?1, ?2, ?3, ?4)`);
    for (const { type, name, table, sql } of missing(now, before))
      add.run([type, name, table, sql]);
  }

  /** Whether all that stands now has been told. */
  stands(rows: SchemaRows): boolean {
    const before = this.#read();
    const now = this.#objects(rows, before);
    return before.length === now.length && missing(now, before).length === 0;
  }

  /**
   * What leads from what was told to what stands now.
   *
   * @param anew tables that look as they were told, and must be told again
   */
  changes(rows: SchemaRows, anew: ReadonlySet<string>): ToldChange[] {
    const before = this.#read();
    const now = this.#objects(rows, before);
    const gone = new Set(
      before
        .filter((told) => isContainer(told) && (anew.has(told.name) || !has(now, told)))
        .map(({ name }) => name),
    );
    const isGone = ({ name, table, type }: Told): boolean =>
      gone.has(isContainer({ type }) ? name : table);
    // Indexes and triggers go with what they stand on.
    const drops = before.filter((told) =>
      isContainer(told) ? isGone(told) : !isGone(told) && !has(now, told),
    );
    const comes = now.filter((object) => isGone(object) || !has(before, object));
    return [...drops.sort(tablesLast), ...comes.sort((a, b) => tablesLast(b, a))].map((object) => ({
      name: object.name,
      sql: drops.includes(object)
        ? `DROP ${object.type.toUpperCase()} ${quoteIdentifier(object.name)}`
        : (object.sql ?? ""),
    }));
  }

  /**
   * What should have been told, oldest first. Of tables that are not captured now, that is what
   * was: to their followers nothing happens to them.
   */
  #objects(
    { user, tables, virtual }: SchemaRows,
    before: readonly Told[],
    told: string | null = null,
  ): Told[] {
    const all = [...tables, ...virtual].map(({ name }) => name);
    const isOwn = (name: string): boolean =>
      this.#isCaptured(name) || (told !== null && sameName(name, told));
    const own = new Set(all.filter(isOwn));
    const left = new Set(all.filter((name) => !isOwn(name)));
    const views = new Set(user.filter(({ type }) => type === "view").map(({ name }) => name));
    // What SQLite makes by itself has no text.
    const now = user.filter(
      ({ table, sql }) => sql !== null && (own.has(table) || views.has(table)),
    );
    return [...before.filter(({ table }) => left.has(table)), ...now];
  }

  #read(): Told[] {
    return this.#driver
      .prepare(`SELECT type, name, tbl, sql FROM ${this.#table}`)
      .all([], "number")
      .map(([type, name, table, sql]) => ({
        type: String(type),
        name: String(name),
        table: String(table),
        sql: String(sql),
      }));
  }
}

/** What stands by itself; indexes and triggers do not. */
function isContainer({ type }: Pick<Told, "type">): boolean {
  return type === "table" || type === "view";
}

function tablesLast(a: Told, b: Told): number {
  return Number(a.type === "table") - Number(b.type === "table");
}

function has(objects: readonly Told[], { type, name, table, sql }: Told): boolean {
  return objects.some(
    (other) =>
      other.type === type && other.name === name && other.table === table && other.sql === sql,
  );
}

function missing(from: readonly Told[], others: readonly Told[]): Told[] {
  return from.filter((object) => !has(others, object));
}
