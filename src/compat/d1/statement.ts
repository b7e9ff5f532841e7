import type { ResultSet } from "../../engine/session/result-set.ts";
import type { D1Result } from "./result.ts";
import { toArrays, toD1Result, toObjects } from "./result.ts";
import type { D1Query } from "./runner.ts";
import type { D1Parameter } from "./values.ts";

/** Runs queries for the D1 object that a statement was prepared on. */
export type RunQueries = (queries: readonly D1Query[]) => Promise<ResultSet[]>;

/** A bound value as a statement keeps it. */
export type Convert = (value: unknown) => D1Parameter;

/** A statement with its bound values. It never changes: `bind` makes a new one. */
export class D1PreparedStatement {
  // Minified, the class is still called by its name.
  static readonly name = "D1PreparedStatement";
  readonly #convert: Convert;
  readonly #run: RunQueries;
  readonly statement: string;
  readonly params: readonly D1Parameter[];

  constructor(
    convert: Convert,
    run: RunQueries,
    statement: string,
    params: readonly D1Parameter[] = [],
  ) {
    this.#convert = convert;
    this.#run = run;
    this.statement = statement;
    this.params = params;
  }

  /**
   * The statement with these values, by position.
   *
   * @throws Error `D1_TYPE_ERROR: …` at once, for a value that D1 does not take
   */
  bind(...values: unknown[]): D1PreparedStatement {
    const params = values.map((value) => this.#convert(value));
    return new D1PreparedStatement(this.#convert, this.#run, this.statement, params);
  }

  /** The first row, or one column of it; null when there is none. */
  first<T = unknown>(colName: string): Promise<T | null>;
  first<T = Record<string, unknown>>(): Promise<T | null>;
  async first(colName?: string): Promise<unknown> {
    const [row] = toObjects(await this.#one());
    if (row === undefined || colName === undefined) return row ?? null;
    const value = row[colName];
    if (value !== undefined) return value;
    throw new Error(`D1_COLUMN_NOTFOUND: Column not found (${colName})`, {
      cause: new Error("Column not found"),
    });
  }

  /** Runs the statement; rows come out as from `all`. */
  run<T = Record<string, unknown>>(): Promise<D1Result<T>> {
    return this.all();
  }

  /** All rows as objects. */
  async all<T = Record<string, unknown>>(): Promise<D1Result<T>> {
    return toD1Result(await this.#one()) as D1Result<T>;
  }

  /** All rows as arrays, after the column names where asked for. */
  raw<T = unknown[]>(options: { columnNames: true }): Promise<[string[], ...T[]]>;
  raw<T = unknown[]>(options?: { columnNames?: false }): Promise<T[]>;
  async raw(options?: { columnNames?: boolean }): Promise<unknown[]> {
    const set = await this.#one();
    const rows = toArrays(set);
    return options?.columnNames ? [set.columns.map((c) => c.name), ...rows] : rows;
  }

  async #one(): Promise<ResultSet> {
    const [set] = await this.#run([this]);
    return set as ResultSet;
  }
}
