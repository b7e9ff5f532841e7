import { DosqlError } from "../../base/errors.ts";
import type { Row } from "../../base/value.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import { quoteIdentifier } from "../../sql/quote.ts";
import { readTableShape } from "../capture/table-shape.ts";
import { ENTRY } from "../log/layout.ts";
import type { LogEntry } from "../log/log-entry.ts";
import { RawStatement } from "../log/raw-text.ts";
import type { Relation } from "../log/relation.ts";
import { imageAt } from "../log/to-transaction.ts";
import type { Image } from "../log/to-transaction.ts";
import type { SourceTable } from "./snapshot-source.ts";

/** Does to the tables of one file what entries of a log say. No trigger may fire meanwhile. */
export class RowApplier {
  readonly #driver: SqlDriver;
  readonly #tables = new Map<number, TableWriter>();

  constructor(driver: SqlDriver) {
    this.#driver = driver;
  }

  /**
   * Applies a change of a row; others are none of its business.
   *
   * @throws DosqlError `bad-file` when the file is not in the state that the entry was made in
   */
  apply(entry: LogEntry): void {
    const { code, relation, values } = entry;
    if (relation === null || code === ENTRY.candidate || code === ENTRY.shadow) return;
    const table = this.#table(relation);
    const before = imageAt(relation, values, 0);
    let changes: number;
    if (code === ENTRY.insert) changes = table.insert(before);
    else if (code === ENTRY.delete) changes = table.delete(before);
    else changes = table.update(before, imageAt(relation, values, before.end));
    if (changes === 1) return;
    throw new DosqlError(
      "bad-file",
      `entry ${entry.lsn} of the log changes ${changes} rows of ${relation.name} and not one`,
      { hint: "the archive is incomplete, or another program wrote to the database" },
    );
  }

  #table(relation: Relation): TableWriter {
    let table = this.#tables.get(relation.id);
    if (table === undefined) {
      table = new TableWriter(this.#driver, relation);
      this.#tables.set(relation.id, table);
    }
    return table;
  }
}

/** How the rows of a table are told apart. */
type Identity = "rowid" | "key" | "row";

/** Writes the rows of one table, by their identity. */
class TableWriter {
  readonly #relation: Relation;
  readonly #columns: readonly string[];
  readonly #identity: Identity;
  readonly #insert: RawStatement;
  readonly #update: RawStatement;
  /** Gives a row another hidden rowid. */
  readonly #move: RawStatement | null;
  readonly #delete: RawStatement;

  constructor(driver: SqlDriver, relation: Relation) {
    this.#relation = relation;
    const table = quoteIdentifier(relation.name);
    const { rowidAlias, rowidName } = readTableShape(driver, relation.name, relation.sql);
    const columns = relation.columns.map(({ name }) => quoteIdentifier(name));
    const rowid = rowidName ?? "rowid";
    this.#columns = relation.rowid ? [rowid, ...columns] : columns;
    // A key that is neither the rowid nor of a WITHOUT ROWID table may hold NULLs, twice.
    const isKey = relation.withoutRowid || rowidAlias !== null;
    this.#identity = relation.rowid ? "rowid" : isKey ? "key" : "row";
    const names = this.#columns.join();
    const numbers = this.#columns.map((_, i) => i + 1);
    // What a constraint says to do on conflict is not to be done: the log knows what happened.
    this.#insert = new RawStatement(
      driver,
      (place) => `INSERT OR ABORT INTO ${table} (${names}) VALUES (${numbers.map(place).join()})`,
    );
    // With the hidden rowid the widest table would have more columns than SQLite can set.
    this.#update = new RawStatement(driver, (place) => {
      const set = columns.map((column, i) => `${column} = ${place(i + 1)}`);
      const where = this.#condition(columns.length, place);
      return `UPDATE OR ABORT ${table} SET ${set.join()} WHERE ${where}`;
    });
    this.#move = relation.rowid
      ? new RawStatement(
          driver,
          (place) =>
            `UPDATE OR ABORT ${table} SET ${rowid} = ${place(1)} WHERE ${rowid} = ${place(2)}`,
        )
      : null;
    this.#delete = new RawStatement(
      driver,
      (place) => `DELETE FROM ${table} WHERE ${this.#condition(0, place)}`,
    );
  }

  insert(after: Image): number {
    return this.#insert.run(this.#values(after)).changes;
  }

  delete(before: Image): number {
    if (this.#identity === "row") return this.#replaceTwin(before, null);
    return this.#delete.run(this.#key(before)).changes;
  }

  update(before: Image, after: Image): number {
    if (this.#identity === "row") return this.#replaceTwin(before, after);
    const { changes } = this.#update.run([...after.row, ...this.#key(before)]);
    if (before.rowid !== after.rowid) this.#move?.run([after.rowid, before.rowid]);
    return changes;
  }

  /** One of rows that nothing tells apart: all of them go, and all but one come back. */
  #replaceTwin(before: Image, after: Image | null): number {
    const twins = this.#delete.run(before.row).changes;
    if (twins === 0) return 0;
    for (let i = 1; i < twins; i++) this.#insert.run(before.row);
    if (after !== null) this.#insert.run(after.row);
    return 1;
  }

  #values({ rowid, row }: Image): Row {
    return this.#relation.rowid ? [rowid, ...row] : row;
  }

  #key({ rowid, row }: Image): Row {
    if (this.#identity === "rowid") return [rowid];
    return this.#relation.key.map((place) => row[place] ?? null);
  }

  /** @param taken parameters that stand before those of the key */
  #condition(taken: number, place: (number: number) => string): string {
    if (this.#identity === "rowid") return `${this.#columns[0] ?? ""} = ${place(taken + 1)}`;
    if (this.#identity === "key") {
      return this.#relation.key
        .map((at, i) => `${this.#columns[at] ?? ""} = ${place(taken + i + 1)}`)
        .join(" AND ");
    }
    // 1 IS 1.0, which are two values.
    return this.#columns
      .map((column, i) => {
        const value = place(i + 1);
        return `${column} IS ${value} AND typeof(${column}) = typeof(${value})`;
      })
      .join(" AND ");
  }
}

/** Inserts the rows of a table as a snapshot has them. */
export function rowInserter(driver: SqlDriver, table: SourceTable): (row: Row) => void {
  const columns = table.columns.map(quoteIdentifier);
  const names = table.rowid === null ? columns : [table.rowid, ...columns];
  const numbers = names.map((_, i) => i + 1);
  const into = `${quoteIdentifier(table.name)} (${names.join()})`;
  const statement = new RawStatement(
    driver,
    (place) => `INSERT OR ABORT INTO ${into} VALUES (${numbers.map(place).join()})`,
  );
  return (row) => {
    if (row.length !== names.length) {
      throw new DosqlError("bad-file", `a row of ${table.name} has ${row.length} values`);
    }
    statement.run(row);
  };
}
