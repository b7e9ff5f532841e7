/*
 * `ctx.storage.sql` binds every number as REAL and hands every INTEGER out as a double, rounded
 * beyond 2^53; it takes no bigint. Text is exact in both directions, so exact integers travel
 * as text:
 *
 *   in    `?` becomes `(+CAST(? AS INTEGER))`. The plus takes the cast's affinity away again, so
 *         that the operand compares as a bound integer would.
 *   out   a query is wrapped, and each column comes out as itself (NULL, REAL, BLOB) or as text
 *         with a letter in front: `i` for an INTEGER's digits, `t` for TEXT. RETURNING cannot be
 *         wrapped: the engine says it in other words (engine/text/returned-rows), where it can.
 */
import { DosqlError } from "../../base/errors.ts";
import type { Row, SqlValue } from "../../base/value.ts";
import { mapPlaceholders } from "../../ports/placeholders.ts";

/** How many values a text binds. */
export function countPlaceholders(sql: string): number {
  let count = 0;
  mapPlaceholders(sql, (number, text) => {
    count = Math.max(count, number);
    return text;
  });
  return count;
}

/** Texts that carry bigints exactly, for one statement: most run again with values of the types. */
export class ExactText {
  #given = "";
  /** Which of the values are bigints. */
  #mask = "";
  #text = "";

  /** The text and the bindings. */
  bind(sql: string, params: Row): { sql: string; params: unknown[] } {
    if (!params.some((value) => typeof value === "bigint")) return { sql, params };
    const mask = params.map((value) => (typeof value === "bigint" ? "i" : "-")).join("");
    if (this.#given !== sql || this.#mask !== mask) {
      const cast = (number: number, text: string): string =>
        mask[number - 1] === "i" ? `(+CAST(${text} AS INTEGER))` : text;
      this.#text = mapPlaceholders(sql, cast);
      this.#given = sql;
      this.#mask = mask;
    }
    return {
      sql: this.#text,
      params: params.map((value) => (typeof value === "bigint" ? String(value) : value)),
    };
  }
}

/** Begins as the engine's own names do, so that no table of a user's is hidden behind it. */
const WRAPPED = "_dosql_wrapped";

/** The query that yields the same rows in the same order, integers and texts with their letter. */
export function wrapQuery(sql: string, columnCount: number): string {
  const names = Array.from({ length: columnCount }, (_, i) => `c${i}`);
  const tagged = names.map(
    (c) =>
      `CASE typeof(${c}) WHEN 'integer' THEN 'i'||${c} WHEN 'text' THEN 't'||${c} ELSE ${c} END`,
  );
  // The line break ends a comment that may stand at the end.
  return `WITH ${WRAPPED}(${names.join()}) AS (${sql}\n) SELECT ${tagged.join()} FROM ${WRAPPED}`;
}

/** A value of a wrapped query. */
export function untag(value: SqlValue): SqlValue {
  if (typeof value !== "string") return value;
  return value.startsWith("i") ? BigInt(value.slice(1)) : value.slice(1);
}

/**
 * A value of a statement that cannot be wrapped. A PRAGMA and EXPLAIN yield no REAL, so there a
 * whole number is an INTEGER; elsewhere the two cannot be told apart.
 *
 * @throws DosqlError `limit` for a number whose type cannot be known
 */
export function exactOrRefuse(value: SqlValue, onlyIntegers: boolean): SqlValue {
  if (typeof value !== "number" || !Number.isInteger(value)) return value;
  if (onlyIntegers && Number.isSafeInteger(value)) return BigInt(value);
  throw new DosqlError(
    "limit",
    "exact integers from this RETURNING are not possible in a Durable Object",
    { hint: "return CAST(column AS TEXT), or read the rows with a SELECT" },
  );
}
