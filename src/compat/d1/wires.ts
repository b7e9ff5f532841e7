/*
 * What a D1 binding speaks with its backend, and what the REST API answers with: the same queries
 * and results in other wrappings.
 */
import type { Bookmark } from "../../base/bookmark.ts";
import type { Row } from "../../base/value.ts";
import type { ResultSet } from "../../engine/session/result-set.ts";
import type { Database } from "../../engine/session/session.ts";
import type { D1Meta, D1Value } from "./result.ts";
import { toArrays, toD1Result } from "./result.ts";
import type { D1Query } from "./runner.ts";
import { Runner, SESSION_OPTIONS } from "./runner.ts";
import type { D1Parameter } from "./values.ts";

/** A query as it comes over a wire. */
export interface WireQuery {
  readonly sql: string;
  readonly params?: readonly D1Parameter[] | null | undefined;
}

/** How the fetch wire and the REST API want rows. */
export type RowsFormat = "ARRAY_OF_OBJECTS" | "ROWS_AND_COLUMNS" | "NONE";

/** Rows as arrays. */
export interface RawRows {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly D1Value[])[];
}

/** One result of the fetch wire and of the REST API. */
export interface WireResult {
  readonly success: true;
  readonly meta: D1Meta & Record<string, unknown>;
  readonly results: RawRows | readonly Record<string, D1Value>[];
}

/** Results, and the position they were read at. */
export interface WireResults {
  readonly results: readonly WireResult[];
  readonly bookmark: Bookmark;
}

/** The backend of D1's wires over one database. */
export class D1Backend {
  readonly #runner: Runner;

  /** @param each a result for each text, as the binding gets them, or for each statement */
  constructor(database: Database, each: "text" | "statement") {
    this.#runner =
      each === "text"
        ? new Runner(database)
        : new Runner(database, SESSION_OPTIONS, (_, results) => results);
  }

  /**
   * Runs all texts in one transaction.
   *
   * @throws Error whose message is what D1's backend says, without a prefix
   */
  async run(queries: readonly WireQuery[], format: RowsFormat): Promise<WireResults> {
    try {
      const { results, seen } = await this.#runner.run(queries.map(toQuery));
      return { results: results.map((set) => toWireResult(set, format)), bookmark: seen };
    } catch (error) {
      const { cause } = error as Error;
      throw cause instanceof Error ? cause : error;
    }
  }
}

const FORMATS: ReadonlySet<string> = new Set(["ARRAY_OF_OBJECTS", "ROWS_AND_COLUMNS", "NONE"]);

/**
 * Answers what a binding asked, in JSON or as it is.
 *
 * @throws Error as `run`
 */
export async function answerD1(
  backend: D1Backend,
  asked: string | readonly unknown[],
  format: string,
): Promise<{ readonly text: string; readonly bookmark: Bookmark }> {
  const queries = (typeof asked === "string" ? JSON.parse(asked) : asked) as WireQuery[];
  const wanted = (FORMATS.has(format) ? format : "ARRAY_OF_OBJECTS") as RowsFormat;
  const { results, bookmark } = await backend.run([queries].flat(), wanted);
  return { text: JSON.stringify(results), bookmark };
}

function toQuery({ sql, params }: WireQuery): D1Query {
  return { statement: sql, params: params ?? [] };
}

function toWireResult(set: ResultSet, format: RowsFormat): WireResult {
  // Where no rows are asked for, D1 sends them all the same.
  if (format !== "ROWS_AND_COLUMNS") return toD1Result(set);
  // An object for each row would be made for nothing.
  const { rowsRead = set.rows.length } = set;
  return { ...toD1Result({ ...set, rows: [], rowsRead }), results: toRawRows(set) };
}

/** They become JSON, which turns infinities and -0 by itself into what D1 says. */
function toRawRows(set: ResultSet): RawRows {
  const columns = set.columns.map((column) => column.name);
  const rows = hasBytes(set.rows) ? toArrays(set) : (set.rows as D1Value[][]);
  return { columns, rows };
}

/** Plain loops: each cell of each answer is looked at. */
function hasBytes(rows: readonly Row[]): boolean {
  for (const row of rows) {
    for (const value of row) if (typeof value === "object" && value !== null) return true;
  }
  return false;
}
