import { ENTRY } from "../log/layout.ts";
import type { LogEntry } from "../log/log-entry.ts";
import { entryRef } from "./entry-edits.ts";
import type { EntryEdits, EntryRef } from "./entry-edits.ts";
import type { Identity, RowIdentity } from "./row-identity.ts";

/** A row of a table, or where one may be, during the statements that are settled. */
export interface Place {
  readonly row: Identity;
  /** What was there at first: the image as text, or null for no row. */
  readonly initial: string | null;
  /** The entry that begins with that image. */
  readonly by: EntryRef | null;
  /** What is there after the entries until now, in their order. */
  state: string | null;
  /** A candidate that saw that state. */
  seen: EntryRef | null;
  /** Some candidate saw it: REPLACE may delete it, also after another change. */
  exposed: boolean;
  /** Entries that changed it. */
  changes: number;
}

/**
 * Replays the entries of a table that may change while SQLite is busy with one of its rows, and
 * finds out whether they tell what happened in the order in which they stand.
 *
 * What SQLite does to one row, in this order:
 *
 * 1. the user's BEFORE triggers, then the engine's, which are the oldest;
 * 2. constraints are looked at; REPLACE deletes rows, and foreign keys act on these deletions;
 * 3. the row changes;
 * 4. foreign keys act on its change;
 * 5. the engine's AFTER trigger logs the change, then come the user's AFTER triggers.
 *
 * Where 1, 2 or 4 come back to the same table, entries are wrong: a change is logged at 5, behind
 * what 4 did; OLD is what was there before 1; REPLACE at 2 logs nothing. And RAISE(FAIL) at 2 or 4
 * keeps what was done and never gets to 5. What can be relied on is what the engine's BEFORE
 * trigger reads from the table itself at the end of 1.
 * So the first entry that speaks of a place tells what was there before all statements that are
 * settled: nothing changed it unseen until then. What is there now, the table says. An order of
 * entries that leads from there to here, where each finds what it says was before, is right;
 * where the entries' own order is none, `NetChange` tells the rest.
 */
export class RowReplay {
  readonly places: Map<string, Place> = new Map<string, Place>();
  readonly #identity: RowIdentity;
  readonly #edits: EntryEdits;
  /** Candidates that something replaced, if the entries are right. */
  readonly #replaced: EntryRef[] = [];
  #isRight = true;

  constructor(identity: RowIdentity, edits: EntryEdits) {
    this.#identity = identity;
    this.#edits = edits;
  }

  follow(entry: LogEntry): void {
    const { code, values } = entry;
    const identity = this.#identity;
    const row = identity.of(values, 0);
    if (code === ENTRY.arrival) {
      this.#place(row, null, null);
      return;
    }
    const image = identity.image(values, 0);
    if (code === ENTRY.insert) {
      this.#appear(row, image);
      return;
    }
    const ref = entryRef(entry);
    const place = this.#place(row, image, ref);
    if (place.state !== image) this.#isRight = false;
    if (code === ENTRY.candidate) {
      place.seen = ref;
      place.exposed = true;
      return;
    }
    place.changes++;
    place.seen = null;
    place.state = null;
    if (code !== ENTRY.update) return;
    const second = identity.of(values, identity.width);
    const after = identity.image(values, identity.width);
    if (second.key === row.key) place.state = after;
    else this.#appear(second, after);
  }

  /** Whether the entries are right as they are, with deletions that nothing logged. */
  end(): boolean {
    for (const place of this.places.values()) {
      if (!this.#isRight) return false;
      this.#close(place);
    }
    if (this.#isRight) for (const ref of this.#replaced) this.#edits.become(ref, ENTRY.delete);
    return this.#isRight;
  }

  #close({ row, state, seen, exposed, changes }: Place): void {
    // One change that found what it says, and nothing that may have replaced it: it is as it says.
    if (changes === 1 && (state === null || !exposed)) return;
    const now = this.#identity.current(row);
    const image = now === null ? null : this.#identity.image(now, 0);
    if (image === state) return;
    if (image === null && seen !== null) this.#replaced.push(seen);
    else this.#isRight = false;
  }

  /** A row comes; one that was there has been replaced. */
  #appear(row: Identity, image: string): void {
    const place = this.#place(row, null, null);
    if (place.state !== null) {
      if (place.seen === null) this.#isRight = false;
      else this.#replaced.push(place.seen);
    }
    place.changes++;
    place.seen = null;
    place.state = image;
  }

  /** @param initial what is there, for the first entry that speaks of it */
  #place(row: Identity, initial: string | null, by: EntryRef | null): Place {
    const known = this.places.get(row.key);
    if (known !== undefined) return known;
    const place = { row, initial, by, state: initial, seen: null, exposed: false, changes: 0 };
    this.places.set(row.key, place);
    return place;
  }
}
