import { DosqlError } from "../../base/errors.ts";
import type { Row, SqlValue } from "../../base/value.ts";
import type { SyncStatement } from "../../engine/session/sync-database.ts";
import type { Connection } from "./connection.ts";
import { rowFactory } from "./row-factory.ts";
import type { RowFactory } from "./row-factory.ts";
import { EXPRESSIONS, showExpanded, showRecord, showRow, showValue } from "./row-shape.ts";
import type { ColumnPlace, ValueStyle } from "./row-shape.ts";

/** How rows look: `pluck`, `expand` and `raw` exclude each other. */
export type RowMode = "object" | "pluck" | "expand" | "raw";

/** Makes what users see of the rows of one statement. */
export class RowShaper {
  mode: RowMode = "object";
  readonly #compiled: SyncStatement;
  readonly #turns: SettledNames;
  #style: ValueStyle;
  #make: RowFactory = unmade;
  #names: readonly string[] | null = null;
  /** When the names were last seen to be right. */
  #seen = -1;

  constructor(compiled: SyncStatement, style: ValueStyle, turns: SettledNames) {
    this.#compiled = compiled;
    this.#style = style;
    this.#turns = turns;
  }

  get style(): ValueStyle {
    return this.#style;
  }

  set style(style: ValueStyle) {
    this.#style = style;
    this.#names = null;
  }

  /** The first row of an execution that this makes. */
  first(params: Row): unknown {
    if (this.mode === "object" && this.#compiled.unsettledColumns) {
      if (this.#names === null || this.#seen !== this.#turns.current()) {
        return this.#firstRecord(params, this.#names);
      }
    }
    const row = this.#compiled.first(params, this.#style.integers);
    return row === undefined ? undefined : this.one(row);
  }

  /** An execution begins, whose columns may have other names than those of the last one. */
  begin(): void {
    if (!this.#compiled.unsettledColumns) return;
    const current = this.#turns.current();
    if (this.#seen !== current) this.#names = null;
    this.#seen = current;
  }

  one(row: Row): unknown {
    switch (this.mode) {
      case "object":
        this.#prepare(row.length);
        return this.#make(row);
      case "pluck":
        return showValue(row[0] ?? null, this.#style);
      case "raw":
        return showRow(row, this.#style);
      case "expand":
        return showExpanded(row, this.#columnPlaces(), this.#style);
    }
  }

  /** Shows the rows in place. */
  all(rows: Row[]): unknown[] {
    const shown: unknown[] = rows;
    const [first] = rows;
    if (first === undefined) return shown;
    this.begin();
    if (this.mode === "object") {
      this.#prepare(first.length);
      const make = this.#make;
      for (let i = 0; i < rows.length; i++) shown[i] = make(rows[i] as Row);
    } else {
      for (let i = 0; i < rows.length; i++) shown[i] = this.one(rows[i] as Row);
    }
    return shown;
  }

  /** The names come with the row; when they are those that are known, they are for a while. */
  #firstRecord(params: Row, known: readonly string[] | null): unknown {
    const record = this.#compiled.firstRecord(params);
    if (record === undefined) return undefined;
    const names = Object.keys(record);
    if (known === null || !sameNames(names, known)) this.#names = null;
    else this.#seen = this.#turns.current();
    // Where two columns share a name the record has fewer, and stays the way to read them.
    if (this.#names === null) this.#nameRow(names);
    return showRecord(record, this.#style);
  }

  /** Asked after the statement ran: running it is what notices another schema. */
  #prepare(count: number): void {
    if (this.#names?.length === count) return;
    this.#nameRow(this.#compiled.columns().map(({ name }) => name));
  }

  #nameRow(names: readonly string[]): void {
    this.#names = names;
    this.#make = rowFactory(names, this.#style);
  }

  #columnPlaces(): ColumnPlace[] {
    return this.#compiled
      .columns()
      .map(({ name, table }) => ({ table: table ?? EXPRESSIONS, name }));
  }
}

/** How long column names stay what they are. */
export interface SettledNames {
  /** Another number when they may have changed. */
  current(): number;
}

function unmade(): never {
  throw new DosqlError("bug", "a row was shown before its columns were named");
}

function sameNames(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((name, index) => name === other[index]);
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
