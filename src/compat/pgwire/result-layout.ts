import type { ColumnInfo } from "../../ports/sql-driver.ts";
import { writeRowDescription } from "./codec/backend.ts";
import { Writer } from "./codec/writer.ts";
import { oidOfColumn } from "./datatypes/declared-type.ts";
import { typeSizeBytes } from "./datatypes/oids.ts";
import type { ResultOid } from "./datatypes/oids.ts";
import { BINARY_FORMAT, formatAt } from "./datatypes/parameters.ts";
import type { RowShape } from "./datatypes/row-writer.ts";
import { pgError } from "./errors.ts";

/** How the columns of one result go over the wire. */
export class ResultLayout {
  readonly names: readonly string[];
  readonly oids: readonly ResultOid[];
  /** The shape of rows that are all text. */
  readonly textShape: RowShape;
  #textDescription: Uint8Array | null = null;

  constructor(columns: readonly ColumnInfo[]) {
    this.names = columns.map((column) => column.name);
    this.oids = columns.map(oidOfColumn);
    this.textShape = { names: this.names, oids: this.oids, formats: null };
  }

  /** Shape for the result formats of a Bind. */
  shape(formats: readonly number[]): RowShape {
    const count = this.oids.length;
    if (formats.length > 1 && formats.length !== count) {
      throw pgError(
        "08P01",
        `bind message has ${formats.length} result formats but query has ${count} columns`,
      );
    }
    const unknown = formats.find((format) => format > BINARY_FORMAT);
    if (unknown !== undefined) throw pgError("22023", `unsupported format code: ${unknown}`);
    if (!formats.includes(BINARY_FORMAT)) return this.textShape;
    return { ...this.textShape, formats: this.oids.map((_, index) => formatAt(formats, index)) };
  }

  /** Whether a result of these columns may be read by someone who was told of this layout. */
  agreesWith(columns: readonly ColumnInfo[]): boolean {
    return (
      columns.length === this.names.length &&
      columns.every((c, i) => c.name === this.names[i] && oidOfColumn(c) === this.oids[i])
    );
  }

  /** Writes the RowDescription; the all-text one is kept as bytes: simple queries repeat it. */
  describe(writer: Writer, shape: RowShape): void {
    if (shape.formats !== null) {
      this.#write(writer, shape);
      return;
    }
    if (this.#textDescription === null) {
      const own = new Writer();
      this.#write(own, shape);
      this.#textDescription = own.take().slice();
    }
    writer.bytes(this.#textDescription);
  }

  #write(writer: Writer, shape: RowShape): void {
    const fields = shape.oids.map((oid, index) => ({
      name: shape.names[index] ?? "",
      oid,
      sizeBytes: typeSizeBytes(oid),
      format: shape.formats?.[index] ?? 0,
    }));
    writeRowDescription(writer, fields);
  }
}

/**
 * Layouts by the identity of their columns: an engine answers a repeated statement with the
 * same array, so the types are worked out once per plan.
 */
export class LayoutCache {
  readonly #layouts = new WeakMap<readonly ColumnInfo[], ResultLayout>();

  of(columns: readonly ColumnInfo[]): ResultLayout {
    let layout = this.#layouts.get(columns);
    if (layout === undefined) {
      layout = new ResultLayout(columns);
      this.#layouts.set(columns, layout);
    }
    return layout;
  }
}
