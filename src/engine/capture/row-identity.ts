import type { Row, SqlValue } from "../../base/value.ts";
import type { DriverStatement, SqlDriver } from "../../ports/sql-driver.ts";
import { quoteIdentifier } from "../../sql/quote.ts";
import type { Relation } from "../log/relation.ts";
import type { TableShape } from "./table-shape.ts";

/** What tells a row from all others of its table at one time. */
export interface Identity {
  /** The values as text: equal for the same bytes of the same types only. */
  readonly key: string;
  readonly values: Row;
}

/** How the rows of one relation are told apart: by rowid, by their key, or by all they hold. */
export class RowIdentity {
  /** Without a rowid that can be asked for and without a key: rows may be the same. */
  readonly whole: boolean;
  /** Values of one image. */
  readonly width: number;
  readonly #places: readonly number[];
  readonly #exists: DriverStatement;

  constructor(driver: SqlDriver, relation: Relation, shape: TableShape) {
    const { rowidAlias, rowidName, withoutRowid } = shape;
    const columns = relation.columns.map(({ name }) => name);
    this.width = columns.length + (relation.rowid ? 1 : 0);
    this.whole = !withoutRowid && rowidAlias === null && rowidName === null;
    const names = this.whole
      ? columns
      : withoutRowid
        ? shape.primaryKey
        : [rowidAlias ?? rowidName ?? ""];
    this.#places = relation.rowid ? [0] : names.map((name) => columns.indexOf(name));
    const quoted = names.map(quoteIdentifier).join();
    const bound = names.map((_, at) => `?${at + 1}`).join();
    // A chain of AND over many columns would be too deep for SQLite.
    this.#exists = driver.prepare(
      `SELECT ${quoted} FROM ${quoteIdentifier(relation.name)} ` +
        `WHERE (${quoted}) ${this.whole ? "IS" : "="} (${bound})`,
    );
  }

  /** The identity of the image that begins at `start`. */
  of(values: Row, start: number): Identity {
    const own = this.#places.map((place) => values[start + place] ?? null);
    return { key: own.map(encode).join(), values: own };
  }

  /** The whole image that begins at `start`, as text. */
  image(values: Row, start: number): string {
    return values
      .slice(start, start + this.width)
      .map(encode)
      .join();
  }

  /** Whether there is such a row now. SQLite takes 1 for 1.0, and NOCASE a for A: we do not. */
  exists({ key, values }: Identity): boolean {
    return this.#exists.all(values, "bigint").some((row) => row.map(encode).join() === key);
  }
}

function encode(value: SqlValue): string {
  switch (typeof value) {
    case "bigint":
      return String(value);
    case "number":
      return Object.is(value, -0) ? "r-0" : `r${value}`;
    case "string":
      return `t${value.length}:${value}`;
    default:
      return value === null ? "n" : `b${value.length}:${value.join(".")}`;
  }
}
