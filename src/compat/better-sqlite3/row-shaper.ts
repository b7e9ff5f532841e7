import type { Row, SqlValue } from "../../base/value.ts";
import type { SyncStatement } from "../../engine/sync-database.ts";
import type { Connection } from "./connection.ts";
import {
  EXPRESSIONS,
  showExpanded,
  showObject,
  showRecord,
  showRow,
  showValue,
} from "./row-shape.ts";
import type { ColumnPlace, ValueStyle } from "./row-shape.ts";

/** How rows look: `pluck`, `expand` and `raw` exclude each other. */
export type RowMode = "object" | "pluck" | "expand" | "raw";

/** Makes what users see of the rows of one statement. */
export class RowShaper {
  style: ValueStyle;
  mode: RowMode = "object";
  readonly #compiled: SyncStatement;
  #names: readonly string[] = [];
  #namesKnown = false;

  constructor(compiled: SyncStatement, style: ValueStyle) {
    this.#compiled = compiled;
    this.style = style;
  }

  /** The first row of an execution that this makes. */
  first(params: Row): unknown {
    if (this.mode === "object" && this.#compiled.unsettledColumns) {
      const record = this.#compiled.firstRecord(params);
      return record === undefined ? undefined : showRecord(record, this.style);
    }
    const row = this.#compiled.first(params, this.style.integers);
    return row === undefined ? undefined : this.one(row);
  }

  /** An execution begins, whose columns may have other names than those of the last one. */
  begin(): void {
    if (this.#compiled.unsettledColumns) this.#namesKnown = false;
  }

  one(row: Row): unknown {
    switch (this.mode) {
      case "object":
        return showObject(row, this.#columnNames(row.length), this.style);
      case "pluck":
        return showValue(row[0] ?? null, this.style);
      case "raw":
        return showRow(row, this.style);
      case "expand":
        return showExpanded(row, this.#columnPlaces(), this.style);
    }
  }

  /** Shows the rows in place. */
  all(rows: Row[]): unknown[] {
    const shown: unknown[] = rows;
    const [first] = rows;
    if (first === undefined) return shown;
    this.begin();
    if (this.mode === "object") {
      const names = this.#columnNames(first.length);
      const { style } = this;
      for (let i = 0; i < rows.length; i++) shown[i] = showObject(rows[i] as Row, names, style);
    } else {
      for (let i = 0; i < rows.length; i++) shown[i] = this.one(rows[i] as Row);
    }
    return shown;
  }

  /** Asked after the statement ran: running it is what notices another schema. */
  #columnNames(count: number): readonly string[] {
    if (!this.#namesKnown || this.#names.length !== count) {
      this.#names = this.#compiled.columns().map(({ name }) => name);
      this.#namesKnown = true;
    }
    return this.#names;
  }

  #columnPlaces(): ColumnPlace[] {
    return this.#compiled
      .columns()
      .map(({ name, table }) => ({ table: table ?? EXPRESSIONS, name }));
  }
}

/** How values of this connection's statements and functions are shown. */
export function styleOf(connection: Connection, safeIntegers: boolean): ValueStyle {
  return {
    integers: safeIntegers ? "bigint" : "number",
    toBuffer: connection.home.toBuffer,
  };
}

/** A value that stays as it is when its owner changes the bytes. */
export function ownValue(value: SqlValue): SqlValue {
  return value instanceof Uint8Array && value.length > 0 ? new Uint8Array(value) : value;
}
