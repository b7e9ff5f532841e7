import type { Row } from "../../base/value.ts";
import { ENTRY } from "../log/layout.ts";
import type { EntryCode } from "../log/layout.ts";
import type { LogEntry } from "../log/log-entry.ts";
import type { LogWriter } from "../log/log-writer.ts";
import type { Relation } from "../log/relation.ts";
import { entryRef } from "./entry-edits.ts";
import type { EntryEdits } from "./entry-edits.ts";
import type { RowIdentity } from "./row-identity.ts";
import type { Place } from "./row-replay.ts";
import type { TableShape } from "./table-shape.ts";
import { foldName } from "../../sql/fold-name.ts";

/** What is to be told of a place. */
interface Plan {
  readonly place: Place;
  /** The image that is there now, and as text; null for no row. */
  readonly now: Row | null;
  readonly image: string | null;
  readonly deletes: boolean;
  /** The entry that is still missing. */
  missing: typeof ENTRY.insert | typeof ENTRY.update | null;
}

/**
 * Tells what became of the rows of one table, where the order in which entries stand is not the
 * one in which things happened: one change for each row, from what it was at first to what it is
 * now. Since no two entries speak of the same row, each finds what it says was before.
 *
 * An update of a row that keeps its keys is an update, another one a deletion and an insertion:
 * deletions stand first, insertions last, so that no two rows have the same key at any time.
 */
export class NetChange {
  readonly #relation: Relation;
  readonly #identity: RowIdentity;
  readonly #edits: EntryEdits;
  readonly #before: (place: Place) => Row;
  readonly #plans = new Map<string, Plan>();
  /** Places, in an image, of the columns that are in keys; null where any may be. */
  readonly #keys: readonly number[] | null;

  /** @param before reads the image with which the entry of a place begins */
  constructor(
    relation: Relation,
    shape: TableShape,
    places: Iterable<Place>,
    parts: {
      readonly identity: RowIdentity;
      readonly edits: EntryEdits;
      readonly before: (place: Place) => Row;
    },
  ) {
    this.#relation = relation;
    this.#identity = parts.identity;
    this.#edits = parts.edits;
    this.#before = parts.before;
    this.#keys = keyPlaces(relation, shape);
    for (const place of places) this.#plans.set(place.row.key, this.#plan(place));
  }

  #plan(place: Place): Plan {
    const now = this.#identity.current(place.row);
    const image = now === null ? null : this.#identity.image(now, 0);
    const { initial } = place;
    if (initial === image) return { place, now, image, deletes: false, missing: null };
    const updates = initial !== null && now !== null && this.#keepsKeys(this.#before(place), now);
    const missing = now === null ? null : updates ? ENTRY.update : ENTRY.insert;
    return { place, now, image, deletes: initial !== null && !updates, missing };
  }

  #keepsKeys(before: Row, now: Row): boolean {
    if (this.#keys === null) return false;
    const keys = this.#keys;
    const own = (row: Row): string => this.#identity.text(keys.map((place) => row[place] ?? null));
    return own(before) === own(now);
  }

  /** An entry that tells the whole change of its row stays, all others count for nothing. */
  follow(entry: LogEntry): void {
    const { code, values } = entry;
    if (code !== ENTRY.insert && code !== ENTRY.update && code !== ENTRY.delete) return;
    const identity = this.#identity;
    const plan = this.#plans.get(identity.of(values, 0).key);
    const start = code === ENTRY.update ? identity.width : 0;
    if (
      plan?.missing === code &&
      identity.image(values, start) === plan.image &&
      (code === ENTRY.insert || identity.image(values, 0) === plan.place.initial)
    ) {
      plan.missing = null;
    } else this.#edits.become(entryRef(entry), ENTRY.candidate);
  }

  /** The entries that saw rows first become their deletions. */
  delete(): void {
    for (const { deletes, place } of this.#plans.values()) {
      if (deletes && place.by !== null) this.#edits.become(place.by, ENTRY.delete);
    }
  }

  /** Logs what no entry tells. */
  add(writer: LogWriter): void {
    const write = (wanted: EntryCode): void => {
      for (const { missing, place, now } of this.#plans.values()) {
        if (missing !== wanted || now === null) continue;
        const before = missing === ENTRY.update ? this.#before(place) : [];
        writer.row(this.#relation.id, missing, [...before, ...now]);
      }
    };
    write(ENTRY.update);
    write(ENTRY.insert);
  }
}

function keyPlaces({ columns, rowid }: Relation, { uniqueKeys }: TableShape): number[] | null {
  const names = new Set<string>();
  for (const key of uniqueKeys) {
    if (key.columns === null) return null;
    for (const name of key.columns) names.add(foldName(name));
  }
  const first = rowid ? 1 : 0;
  return columns.flatMap(({ name }, at) => (names.has(foldName(name)) ? [at + first] : []));
}
