import { DosqlError } from "../../base/errors.ts";
import { MAX_RESULT_BYTES, rowSizeBytes } from "../../base/row-size.ts";
import type { Row } from "../../base/value.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import { quoteIdentifier } from "../../sql/quote.ts";
import type { Relation } from "../log/relation.ts";
import type { Image } from "../log/to-transaction.ts";
import { imageAt, keyOf } from "../log/to-transaction.ts";
import type { RelationView } from "./feed-filter.ts";
import { PageSize } from "./page-size.ts";
import { keyText, ScanKey } from "./scan-key.ts";

/** Columns of one result at most: a Durable Object's limit, which a table can just meet. */
const RESULT_COLUMNS = 100;

/** Rows to tell, with their keys. */
export interface ToldRows {
  readonly rows: Row[];
  readonly keys: Row[];
}

/**
 * Reads the rows of one table, in portions by its key, as they were at one position, while
 * writers go on. What they change is told to the scan in the order of the log (`changed`): a row
 * that it has not come to yet is then told as it was before, and passed over later. So each row
 * is told once, in the state of the start.
 */
export class TableScan {
  /** The table's shape at the position. */
  readonly relation: Relation;
  readonly #view: RelationView;
  #key: ScanKey | null;
  /** The shape that the key was read for. */
  #keyOf: number;
  readonly #size = new PageSize();
  readonly #changed = new Set<string>();
  #changedBytes = 0;
  #cursor: Row | null = null;
  #done = false;
  /** The relation all of whose rows DDL took away, and the log told. */
  #removed: number | null = null;

  constructor(driver: SqlDriver, relation: Relation, view: RelationView) {
    this.relation = relation;
    this.#view = view;
    this.#key = ScanKey.read(driver, relation, relation.key);
    this.#keyOf = relation.id;
  }

  get done(): boolean {
    return this.#done;
  }

  /** Whether the table must be read at once, at the start. */
  get whole(): boolean {
    return this.#key === null;
  }

  get columns(): string[] {
    const names = this.relation.columns.map(({ name }) => name);
    const { places } = this.#view;
    return places === null ? names : places.map((place) => names[place] ?? "");
  }

  /** Whether the columns do not hold the rows' keys. */
  get needsKeys(): boolean {
    const { key } = this.relation;
    const { places } = this.#view;
    return key.length === 0 || (places !== null && !key.every((place) => places.includes(place)));
  }

  /**
   * The next rows.
   *
   * @param now the table's shape where the scan has followed the log to; null when it is gone
   */
  read(driver: SqlDriver, now: Relation | null): ToldRows {
    const images = now === null || this.#removed !== null ? null : this.#readNext(driver, now);
    if (images === null) {
      this.#done = true;
      return { rows: [], keys: [] };
    }
    const key = this.#key;
    return this.#told(
      key === null ? images : images.filter((image) => !this.#changed.has(keyText(key.of(image)))),
    );
  }

  /** All rows; of a table without a key. */
  readWhole(driver: SqlDriver): ToldRows {
    const { relation } = this;
    const names = this.#expressions(relation) ?? [];
    const images: Image[] = [];
    let bytes = 0;
    const from = quoteIdentifier(relation.name);
    for (const row of driver.prepare(`SELECT ${names.join()} FROM ${from}`).iterate([], "bigint")) {
      bytes += rowSizeBytes(row);
      if (bytes > MAX_RESULT_BYTES) throw tooLarge(relation.name);
      images.push(imageAt(relation, row, 0));
    }
    this.#done = true;
    return this.#told(images);
  }

  /**
   * A row was changed after the position.
   *
   * @param before whether `image` is the row before that; else there was none of its key
   * @returns it, if it has to be told
   */
  changed(driver: SqlDriver, relation: Relation, image: Image, before: boolean): ToldRows | null {
    if (this.#removed !== null) return null;
    const row = this.#asAtStart(relation, image);
    return this.#isFirstChange(driver, row) && before ? this.#told([row]) : null;
  }

  /** DDL takes the row away: as it does all others of the table. */
  removed(driver: SqlDriver, relation: Relation, image: Image): ToldRows | null {
    this.#removed ??= relation.id;
    if (this.#removed !== relation.id) return null;
    const row = this.#asAtStart(relation, image);
    return this.#isAhead(driver, row) ? this.#told([row]) : null;
  }

  #isAhead(driver: SqlDriver, image: Image): boolean {
    if (this.#done || this.#key === null) return false;
    const key = this.#key.of(image);
    const passed = this.#cursor !== null && !this.#key.isAfter(driver, key, this.#cursor);
    return !passed && !this.#changed.has(keyText(key));
  }

  #isFirstChange(driver: SqlDriver, image: Image): boolean {
    if (!this.#isAhead(driver, image) || this.#key === null) return false;
    const text = keyText(this.#key.of(image));
    this.#changed.add(text);
    this.#changedBytes += text.length;
    if (this.#changedBytes > MAX_RESULT_BYTES) throw tooBusy(this.relation.name);
    return true;
  }

  /** The next rows in the order of the key; null when there is nothing to read from. */
  #readNext(driver: SqlDriver, now: Relation): Image[] | null {
    this.#adjustKey(driver, now);
    const expressions = this.#expressions(now);
    const key = this.#key;
    if (key === null || expressions === null) return null;
    const cursor = this.#cursor ?? [];
    const limit = this.#size.rows;
    const where = this.#cursor === null ? "" : `WHERE ${key.after} `;
    const tail = `FROM ${quoteIdentifier(now.name)} ${where}ORDER BY ${key.order} LIMIT ${limit}`;
    const rows = readWide(driver, expressions, tail, cursor);
    for (const row of rows) this.#size.note(rowSizeBytes(row));
    this.#size.adapt();
    const images = rows.map((row) => imageAt(this.relation, row, 0));
    const last = images.at(-1);
    if (last !== undefined) this.#cursor = key.of(last);
    if (rows.length < limit) this.#done = true;
    return images;
  }

  /** DDL may have renamed the key's columns, or given the rowid's name to a column. */
  #adjustKey(driver: SqlDriver, now: Relation): void {
    if (this.#keyOf === now.id) return;
    this.#key = ScanKey.read(driver, now, this.relation.key);
    this.#keyOf = now.id;
    if (this.#key !== null) return;
    throw new DosqlError("unsupported", `${now.name} lost its rowid's name during a snapshot`);
  }

  /** What to select of the table as it is now, to get images as at the start. */
  #expressions(now: Relation): string[] | null {
    const { columns, rowid } = this.relation;
    const names = columns.map(({ id }) => now.columns.find((column) => column.id === id)?.name);
    const known = names.filter((name) => name !== undefined);
    if (known.length < names.length) return null;
    return [...(rowid ? [this.#key?.order ?? "rowid"] : []), ...known.map(quoteIdentifier)];
  }

  #asAtStart(relation: Relation, { rowid, row, end }: Image): Image {
    if (relation.id === this.relation.id) return { rowid, row, end };
    const places = this.relation.columns.map(({ id }) =>
      relation.columns.findIndex((column) => column.id === id),
    );
    return { rowid, row: places.map((place) => row[place] ?? null), end };
  }

  #told(images: readonly Image[]): ToldRows {
    const { places } = this.#view;
    const shown = ({ row }: Image): Row =>
      places === null ? row : places.map((place) => row[place] ?? null);
    return {
      rows: images.map(shown),
      keys: this.needsKeys ? images.map((image) => keyOf(this.relation, image)) : [],
    };
  }
}

/** Runs a query with more columns than a result may have, a part of them at a time. */
function readWide(
  driver: SqlDriver,
  expressions: readonly string[],
  tail: string,
  params: Row,
): Row[] {
  const rows: Row[] = [];
  for (let at = 0; at < expressions.length; at += RESULT_COLUMNS) {
    const part = expressions.slice(at, at + RESULT_COLUMNS).join();
    const found = driver.prepare(`SELECT ${part} ${tail}`).all(params, "bigint");
    for (const [place, values] of found.entries()) {
      const row = rows[place];
      if (row === undefined) rows.push(values);
      else row.push(...values);
    }
  }
  return rows;
}

function tooLarge(table: string): DosqlError {
  return new DosqlError("limit", `${table} has no key, and is too large to be read at once`, {
    hint: "give it an INTEGER PRIMARY KEY",
  });
}

function tooBusy(table: string): DosqlError {
  return new DosqlError("limit", `too many rows of ${table} changed during the snapshot`, {
    hint: "take it when less is written",
  });
}
