import type { Lsn } from "../../base/lsn.ts";
import { ENTRY, KIND_STEP, LOG_SLOTS, MORE_SLOTS, MORE_STEP } from "../log/layout.ts";
import type { LogNames } from "../log/layout.ts";
import type { Relation } from "../log/relation.ts";

/** SQL over the entries of one relation; `l` is the row of `log`. */
export class EntryText {
  readonly #names: LogNames;
  readonly #relation: Relation;

  constructor(names: LogNames, relation: Relation) {
    this.#names = names;
    this.#relation = relation;
  }

  /** Values in a row image. */
  get width(): number {
    return this.#relation.columns.length + (this.#relation.rowid ? 1 : 0);
  }

  /** One of an entry's values, by its place. */
  value(place: number): string {
    if (place < LOG_SLOTS) return `l.v${place}`;
    const part = Math.floor((place - LOG_SLOTS) / MORE_SLOTS);
    const slot = (place - LOG_SLOTS) % MORE_SLOTS;
    return `(SELECT m${slot} FROM ${this.#names.more} WHERE id = l.lsn * ${MORE_STEP} + ${part})`;
  }

  /** The place of a column's value in an image; -1 when the relation has no such column. */
  placeOf(columnId: number): number {
    const place = this.#relation.columns.findIndex(({ id }) => id === columnId);
    return place < 0 ? -1 : place + (this.#relation.rowid ? 1 : 0);
  }

  /** Where a column by which rows are told apart stands; null is the hidden rowid. */
  keyPlaces(): number[] {
    const { rowid, key } = this.#relation;
    return rowid ? [0] : [...key];
  }

  /** All entries about rows after `at`. */
  changed(at: Lsn): string {
    const first = this.#relation.id * KIND_STEP + ENTRY.insert;
    const last = this.#relation.id * KIND_STEP + ENTRY.shadow;
    const kinds = `l.kind BETWEEN ${first} AND ${last}`;
    return `FROM ${this.#names.log} AS l WHERE l.lsn > ${at} AND ${kinds}`;
  }

  kind(code: number): number {
    return this.#relation.id * KIND_STEP + code;
  }
}
