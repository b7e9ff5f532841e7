import type { Row, SqlValue } from "../../base/value.ts";
import type { DriverStatement, SqlDriver } from "../../ports/sql-driver.ts";
import { quoteIdentifier } from "../../sql/quote.ts";
import type { Relation } from "../log/relation.ts";
import type { TableShape } from "./table-shape.ts";

/** Columns asked for at once: a Durable Object's limit of 100 counts the rowid too. */
const PIECE = 64;

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
  /** The image by that identity, in pieces that a Durable Object can hold. */
  readonly #pieces: readonly DriverStatement[];

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
    const from =
      `FROM ${quoteIdentifier(relation.name)} ` +
      `WHERE (${quoted}) ${this.whole ? "IS" : "="} (${bound})`;
    this.#exists = driver.prepare(`SELECT ${quoted} ${from}`);
    const image = [...(relation.rowid ? names : []), ...columns].map(quoteIdentifier);
    const pieces = Array.from({ length: Math.ceil(image.length / PIECE) }, (_, at) =>
      image.slice(at * PIECE, (at + 1) * PIECE),
    );
    this.#pieces = pieces.map((piece) => driver.prepare(`SELECT ${piece.join()} ${from}`));
  }

  /** The identity of the image that begins at `start`. */
  of(values: Row, start: number): Identity {
    const own = this.#places.map((place) => values[start + place] ?? null);
    return { key: this.text(own), values: own };
  }

  /** The whole image that begins at `start`, as text. */
  image(values: Row, start: number): string {
    return this.text(values.slice(start, start + this.width));
  }

  /** Values as text: equal for the same bytes of the same types only. */
  text(values: Row): string {
    return values.map(encode).join();
  }

  /** Whether there is such a row now. SQLite takes 1 for 1.0, and NOCASE a for A: we do not. */
  exists({ key, values }: Identity): boolean {
    return this.#exists.all(values, "bigint").some((row) => this.text(row) === key);
  }

  /** The image of a row that can be told from all others, or null when it is not there now. */
  current({ key, values }: Identity): Row | null {
    const image = this.#pieces.flatMap((piece) => piece.all(values, "bigint")[0] ?? []);
    return image.length > 0 && this.of(image, 0).key === key ? image : null;
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
