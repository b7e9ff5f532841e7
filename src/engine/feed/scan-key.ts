import { DosqlError } from "../../base/errors.ts";
import type { Row } from "../../base/value.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import { quoteIdentifier, quoteText } from "../../sql/quote.ts";
import { readTableShape } from "../capture/table-shape.ts";
import type { Image } from "../log/to-transaction.ts";
import type { Relation } from "../log/relation.ts";

/** By what the rows of a table are read in portions: its rowid, or its primary key. */
export class ScanKey {
  /** The key's parts as SQL, each with the collation in which it is unique. */
  readonly #parts: readonly string[];
  readonly #collations: readonly string[];
  /** Places in the image; null for the hidden rowid. */
  readonly #places: readonly number[] | null;

  private constructor(
    parts: readonly string[],
    collations: readonly string[],
    places: readonly number[] | null,
  ) {
    this.#parts = parts;
    this.#collations = collations;
    this.#places = places;
  }

  /**
   * @param relation the table as it is now
   * @param places where images have the parts of its primary key
   * @returns null for a table whose rows nothing tells apart: columns took all names of its rowid
   */
  static read(driver: SqlDriver, relation: Relation, places: readonly number[]): ScanKey | null {
    const table = relation.name;
    const { rowidAlias, rowidName, primaryKey } = readTableShape(driver, table, relation.sql);
    if (relation.withoutRowid) {
      const collations = keyCollations(driver, table, primaryKey);
      const parts = primaryKey.map((name, i) => quoteIdentifier(name) + (collations[i] ?? ""));
      return new ScanKey(parts, collations, places);
    }
    if (rowidAlias !== null) return new ScanKey([quoteIdentifier(rowidAlias)], [""], places);
    return relation.rowid && rowidName !== null ? new ScanKey([rowidName], [""], null) : null;
  }

  get order(): string {
    return this.#parts.join();
  }

  /** The condition for rows after a key, whose values are bound from ?1 on. */
  get after(): string {
    const [first = ""] = this.#parts;
    const values = this.#parts.map((_, i) => `?${i + 1}`);
    const row = `(${this.#parts.join()}) > (${values.join()})`;
    // The planner sees a range in the first part only if it stands alone.
    return this.#parts.length === 1 ? `${first} > ?1` : `${first} >= ?1 AND ${row}`;
  }

  of({ rowid, row }: Image): Row {
    return this.#places === null ? [rowid] : this.#places.map((place) => row[place] ?? null);
  }

  /** Whether one key stands after another in the order of the scan. */
  isAfter(driver: SqlDriver, key: Row, other: Row): boolean {
    const [a, b] = [key[0], other[0]];
    if (key.length === 1 && typeof a === "bigint" && typeof b === "bigint") return a > b;
    const left = key.map((_, i) => `?${i + 1}${this.#collations[i] ?? ""}`);
    const right = other.map((_, i) => `?${key.length + i + 1}`);
    const sql = `SELECT (${left.join()}) > (${right.join()})`;
    return driver.prepare(sql).all([...key, ...other], "number")[0]?.[0] === 1;
  }
}

/** ` COLLATE …` for each column of a WITHOUT ROWID table's primary key. */
function keyCollations(driver: SqlDriver, table: string, primaryKey: readonly string[]): string[] {
  const rows = driver
    .prepare(
      `SELECT x.name, x.coll FROM pragma_index_list(${quoteText(table)}) AS l, ` +
        "pragma_index_xinfo(l.name) AS x WHERE l.origin = 'pk' AND x.key = 1",
    )
    .all([], "number");
  return primaryKey.map((column) => {
    const found = rows.find(([name]) => name === column);
    if (found === undefined) throw new DosqlError("bug", `${table} has no index of its key`);
    return ` COLLATE ${quoteIdentifier(String(found[1]))}`;
  });
}

/** A key as text; keys with the same text are the same value for value, types included. */
export function keyText(key: Row): string {
  return key
    .map((value) => {
      if (value === null) return "n";
      if (typeof value === "string") return `t${value.length}:${value}`;
      if (value instanceof Uint8Array) return `b${value.join(".")}`;
      return `${typeof value === "bigint" ? "i" : "r"}${value}`;
    })
    .join();
}
