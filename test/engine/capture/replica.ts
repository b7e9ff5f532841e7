import type { Row } from "../../../src/base/value.ts";
import type { LogRecord, LogTransaction } from "../../../src/engine/log/record.ts";
import type { SqlDriver } from "../../../src/ports/sql-driver.ts";
import { quoteIdentifier } from "../../../src/sql/quote.ts";
import type { DatabaseState, StoredRow, TableState } from "./database-state.ts";
import { encodeRow, readState } from "./database-state.ts";

/** The rows of one table, found by rowid, or as a whole where they have none. */
class ReplicaTable {
  readonly state: TableState;
  readonly #rows = new Map<string, StoredRow[]>();

  constructor(state: TableState) {
    this.state = state;
    for (const row of state.rows) this.add(row);
  }

  get rows(): StoredRow[] {
    return [...this.#rows.values()].flat();
  }

  row(values: Row, hidden: bigint | undefined): StoredRow {
    const { rowidName, alias } = this.state;
    if ((hidden === undefined) !== (rowidName === null)) throw new Error("no rowid, or one");
    const value = alias === null ? hidden : values[alias];
    return { rowid: typeof value === "bigint" ? value : null, values };
  }

  add(row: StoredRow): void {
    const key = identityOf(row);
    const same = this.#rows.get(key);
    if (same === undefined) this.#rows.set(key, [row]);
    else if (row.rowid === null) same.push(row);
    else throw new Error(`row ${key} is there already`);
  }

  /** Takes away a row that must be there, just as it is said to be. */
  take(row: StoredRow): void {
    const key = identityOf(row);
    const same = this.#rows.get(key) ?? [];
    const place = same.findIndex(({ values }) => encodeRow(values) === encodeRow(row.values));
    if (place < 0) {
      const found = same.map(({ values }) => encodeRow(values)).join(" and ") || "nothing";
      throw new Error(`row ${key} was (${encodeRow(row.values)}), but there is ${found}`);
    }
    same.splice(place, 1);
    if (same.length === 0) this.#rows.delete(key);
  }
}

function identityOf({ rowid, values }: StoredRow): string {
  return rowid === null ? `(${encodeRow(values)})` : String(rowid);
}

/**
 * A second database that follows a log from an older state. Rows are kept beside SQLite, so that
 * no constraint, trigger or foreign key of it can hide what the log lacks; SQLite gets them only
 * to run DDL. Every `before` image must be what is there.
 */
export class Replica {
  readonly #driver: SqlDriver;
  #tables = new Map<string, ReplicaTable>();

  /** @param driver an empty database */
  constructor(driver: SqlDriver, state: DatabaseState) {
    this.#driver = driver;
    if (driver.caps.transactionStatements) driver.exec("PRAGMA foreign_keys = OFF");
    for (const { type, sql } of state.schema) if (type === "table") driver.exec(sql);
    this.#load(state);
    this.#store();
    for (const { type, sql } of state.schema) if (type !== "table") driver.exec(sql);
  }

  get state(): DatabaseState {
    const { schema } = readState(this.#driver);
    const tables: Record<string, TableState> = {};
    for (const [name, table] of this.#tables) tables[name] = { ...table.state, rows: table.rows };
    return { schema, tables };
  }

  apply(transaction: LogTransaction): void {
    for (const record of transaction.records) {
      try {
        if (record.op === "ddl") this.#ddl(record.sql ?? "");
        else this.#row(record);
      } catch (error) {
        const { lsn, op, table } = record;
        throw new Error(`at LSN ${lsn}, ${op} of ${table}: ${String(error)}`, { cause: error });
      }
    }
  }

  #row({ table: name, columns, before, after, beforeRowid, afterRowid, op }: LogRecord): void {
    const table = this.#tables.get(name);
    if (table === undefined) throw new Error("there is no such table");
    if (columns.join() !== table.state.columns.join()) {
      throw new Error(`its columns are ${table.state.columns.join()}, not ${columns.join()}`);
    }
    if ((op === "insert") !== (before === undefined) || (op === "delete") !== (after === undefined))
      throw new Error("it has the wrong images");
    if (before !== undefined) table.take(table.row(before, beforeRowid));
    if (after !== undefined) table.add(table.row(after, afterRowid));
  }

  /** Triggers are away while rows are stored, and there for the DDL, which may rewrite them. */
  #ddl(sql: string): void {
    const { schema } = readState(this.#driver);
    const triggers = schema.filter(({ type }) => type === "trigger");
    for (const { name } of triggers) this.#driver.exec(`DROP TRIGGER ${quoteIdentifier(name)}`);
    this.#store();
    for (const trigger of triggers) this.#driver.exec(trigger.sql);
    this.#driver.exec(sql);
    // The rows of CREATE TABLE … AS are records of their own.
    if (/^\s*create\s+table\b/i.test(sql)) {
      const made = Object.keys(readState(this.#driver).tables).filter((t) => !this.#tables.has(t));
      for (const name of made.filter((table) => !this.#isEmpty(table)))
        this.#driver.exec(`DELETE FROM ${quoteIdentifier(name)}`);
    }
    this.#load(readState(this.#driver));
  }

  #load({ tables }: DatabaseState): void {
    this.#tables = new Map();
    for (const [name, state] of Object.entries(tables)) {
      this.#tables.set(name, new ReplicaTable(state));
    }
  }

  /** Brings the rows into SQLite. */
  #store(): void {
    this.#driver.atomically(() => {
      const { transactionStatements } = this.#driver.caps;
      if (!transactionStatements) this.#driver.exec("PRAGMA defer_foreign_keys = ON");
      this.#empty([...this.#tables.keys()].reverse());
      for (const [name, table] of this.#tables) this.#insert(name, table);
    });
  }

  /** Children first where RESTRICT demands it. */
  #empty(names: readonly string[]): void {
    const left: string[] = [];
    for (const name of names) {
      // A Durable Object looks for the parents of an empty table too.
      if (this.#isEmpty(name)) continue;
      try {
        this.#driver.exec(`DELETE FROM ${quoteIdentifier(name)}`);
      } catch (error) {
        if (names.length === 1) throw error;
        left.push(name);
      }
    }
    if (left.length > 0 && left.length === names.length) throw new Error(`cannot empty ${left}`);
    if (left.length > 0) this.#empty(left);
  }

  #isEmpty(name: string): boolean {
    const rows = this.#driver.prepare(`SELECT 1 FROM ${quoteIdentifier(name)} LIMIT 1`);
    return rows.all([], "number").length === 0;
  }

  #insert(name: string, { state: { columns, rowidName }, rows }: ReplicaTable): void {
    const names = [...columns.map(quoteIdentifier), ...(rowidName === null ? [] : [rowidName])];
    const into = `INSERT INTO ${quoteIdentifier(name)} (${names.join()})`;
    const places = columns.map((_, at) => `?${at + 1}`);
    for (const { rowid, values } of rows) {
      // Not bound: a Durable Object binds no more than 100.
      const all = rowidName === null ? places : [...places, String(rowid)];
      this.#driver.prepare(`${into} VALUES (${all.join()})`).run(values);
    }
  }
}
