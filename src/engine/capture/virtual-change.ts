import { DosqlError } from "../../base/errors.ts";
import type { Row, SqlValue } from "../../base/value.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import { quoteIdentifier } from "../../sql/quote.ts";
import { ENTRY } from "../log/layout.ts";
import type { EntryCode } from "../log/layout.ts";
import type { LogWriter } from "../log/log-writer.ts";
import type { Relation } from "../log/relation.ts";
import type { CapturedVirtual } from "./capture.ts";
import type { TableShape } from "./table-shape.ts";
import type { StatementSource, VirtualFootprint } from "./virtual-footprint.ts";
import { readFootprint } from "./virtual-footprint.ts";
import { shadowRowids } from "./virtual-shape.ts";
import type { VirtualTable } from "./virtual-tables.ts";

/** Rows by rowid. */
type Rows = ReadonlyMap<bigint, Row>;

/**
 * A statement that changes a virtual table, which can have no triggers: the rows that it may touch
 * are looked at before and after, in its transaction, and what became of them is logged.
 */
export class VirtualChange {
  readonly #driver: SqlDriver;
  readonly #table: VirtualTable;
  readonly #relation: Relation;
  readonly #shape: TableShape;
  readonly #writer: LogWriter;

  constructor(driver: SqlDriver, { table, relation, shape }: CapturedVirtual, writer: LogWriter) {
    this.#driver = driver;
    this.#table = table;
    this.#relation = relation;
    this.#shape = shape;
    this.#writer = writer;
  }

  /**
   * Runs the statement.
   *
   * @param source null when only its effect is known: then all rows are compared
   * @throws DosqlError `unsupported` when it touched other rows than its text says
   */
  run<T>(source: StatementSource | null, body: () => T): T {
    const footprint = readFootprint(this.#driver, this.#table, this.#shape, source);
    if (footprint.kind === "none") return body();
    let failure: unknown = null;
    const result = this.#driver.atomically(() => {
      const before = this.#before(footprint);
      const newest = footprint.kind === "ids" ? this.#newest() : null;
      let done: T | null = null;
      try {
        done = body();
      } catch (error) {
        // OR FAIL leaves rows.
        failure = error;
      }
      // OR ROLLBACK ended the transaction, and nothing is left to log.
      if (!this.#driver.inTransaction) throw failure;
      const { changes } = this.#driver.lastRun();
      const touched = this.#log(before, this.#after(footprint, before, newest));
      if (failure === null && footprint.counts && touched !== changes) throw this.#astray();
      return done;
    });
    if (failure !== null || result === null) throw failure;
    return result;
  }

  #astray(): DosqlError {
    return new DosqlError(
      "unsupported",
      `capture cannot tell which rows of ${this.#table.name} the statement changed`,
      { hint: "name the rows by values that are the same each time they are computed" },
    );
  }

  #before(footprint: VirtualFootprint): Rows {
    switch (footprint.kind) {
      case "rows":
        return this.#read(footprint.from, footprint.params);
      case "ids":
        return this.#byId(footprint.ids);
      default:
        return this.#read(`FROM ${this.#name}`, []);
    }
  }

  #after(footprint: VirtualFootprint, before: Rows, newest: bigint | null): Rows {
    switch (footprint.kind) {
      case "rows":
        return this.#byId([...before.keys()]);
      case "ids":
        return this.#byId([...footprint.ids, ...this.#since(newest)]);
      default:
        return this.#read(`FROM ${this.#name}`, []);
    }
  }

  get #name(): string {
    return quoteIdentifier(this.#table.name);
  }

  #read(from: string, params: Row): Rows {
    const columns = this.#relation.columns.map(({ name }) => quoteIdentifier(name)).join();
    const rows = this.#driver.prepare(`SELECT rowid, ${columns} ${from}`).all(params, "bigint");
    return new Map(rows.map(([id, ...values]) => [idOf(id), values]));
  }

  #byId(ids: readonly bigint[]): Rows {
    const found = new Map<bigint, Row>();
    for (const id of new Set(ids)) {
      for (const [key, row] of this.#read(`FROM ${this.#name} WHERE rowid = ?1`, [id])) {
        found.set(key, row);
      }
    }
    return found;
  }

  #newest(): bigint | null {
    const { table, column } = shadowRowids(this.#table);
    const [row] = this.#driver
      .prepare(`SELECT max(${column}) FROM ${quoteIdentifier(table)}`)
      .all([], "bigint");
    return typeof row?.[0] === "bigint" ? row[0] : null;
  }

  /** Rowids above the greatest there was: those that SQLite chose are among them. */
  #since(newest: bigint | null): bigint[] {
    const { table, column } = shadowRowids(this.#table);
    const from = `SELECT ${column} FROM ${quoteIdentifier(table)}`;
    const rows =
      newest === null
        ? this.#driver.prepare(from).all([], "bigint")
        : this.#driver.prepare(`${from} WHERE ${column} > ?1`).all([newest], "bigint");
    return rows.map(([id]) => idOf(id));
  }

  /** Logs the differences; how many rows are others, or there now. */
  #log(before: Rows, after: Rows): number {
    let touched = 0;
    for (const [id, row] of before) {
      const now = after.get(id);
      if (now === undefined) this.#write(ENTRY.delete, this.#image(id, row));
      else if (!isSame(row, now)) {
        this.#write(ENTRY.update, [...this.#image(id, row), ...this.#image(id, now)]);
      }
      touched++;
    }
    for (const [id, row] of after) {
      if (before.has(id)) continue;
      this.#write(ENTRY.insert, this.#image(id, row));
      touched++;
    }
    return touched;
  }

  #image(id: bigint, row: Row): Row {
    return this.#relation.rowid ? [id, ...row] : row;
  }

  #write(code: EntryCode, values: Row): void {
    this.#writer.row(this.#relation.id, code, values);
  }
}

function idOf(value: SqlValue | undefined): bigint {
  if (typeof value === "bigint") return value;
  throw new DosqlError("bug", "a row of a virtual table has no rowid");
}

function isSame(a: Row, b: Row): boolean {
  return a.length === b.length && a.every((value, at) => isSameValue(value, b[at] ?? null));
}

function isSameValue(a: SqlValue, b: SqlValue): boolean {
  if (!(a instanceof Uint8Array) || !(b instanceof Uint8Array)) return Object.is(a, b);
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}
