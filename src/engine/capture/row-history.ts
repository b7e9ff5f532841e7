import { ENTRY } from "../log/layout.ts";
import type { EntryEdits, EntryRef } from "./entry-edits.ts";
import type { Identity } from "./row-identity.ts";

/** What was at one place of a table for a while. */
interface State {
  /** The row as text, or null for none. */
  readonly image: string | null;
  /** The entry that brought it about; null where the first entry that found it tells of it. */
  by: EntryRef | null;
  /** That first entry. */
  readonly from: EntryRef;
  /** A candidate that saw the row then. */
  seen: EntryRef | null;
  /** No entry tells how it came from the state before to this one. */
  gap: boolean;
}

/**
 * What the log tells about one row of a table that may change while SQLite is busy with one of
 * its rows: by a BEFORE trigger, or by a foreign key's action that comes back. SQLite's triggers
 * then tell of a change late, after what it led to; or they say of a row that it was as it had
 * been before the BEFORE trigger; or a row goes that REPLACE deletes, and nobody says it.
 */
export class RowHistory {
  readonly row: Identity;
  readonly #edits: EntryEdits;
  readonly #states: State[] = [];

  constructor(row: Identity, edits: EntryEdits) {
    this.row = row;
    this.#edits = edits;
  }

  /** A candidate saw the row. */
  see(entry: EntryRef, image: string): void {
    const last = this.#states.at(-1);
    if (last === undefined || last.image !== image) this.#assume(entry, image);
    const now = this.#states.at(-1);
    if (now !== undefined) now.seen = entry;
  }

  /** An entry says that the place went over from one image to another; null is no row. */
  change(entry: EntryRef, before: string | null, after: string | null): void {
    const last = this.#states.at(-1);
    if (last?.image !== before || last === undefined) {
      if (this.#wasLate(entry, before, after)) return;
      if (!this.#wasStale(before)) this.#assume(entry, before);
    }
    this.#states.push({ image: after, by: entry, from: entry, seen: null, gap: false });
  }

  /** Whether a row should be there, as far as the log tells. */
  get stands(): boolean {
    return (this.#states.at(-1)?.image ?? null) !== null;
  }

  /** Where a row went and no entry says so, the entry that saw it last becomes its deletion. */
  end(exists: boolean): void {
    for (const [at, { image, gap }] of this.#states.entries()) {
      const before = this.#states[at - 1];
      if (gap && image === null && before !== undefined) this.#erase(before);
    }
    const last = this.#states.at(-1);
    if (last !== undefined && last.image !== null && !exists) this.#erase(last);
  }

  #assume(entry: EntryRef, image: string | null): void {
    const gap = this.#states.length > 0;
    this.#states.push({ image, by: null, from: entry, seen: null, gap });
  }

  /** The change led to what older entries found already: it belongs before them. */
  #wasLate(entry: EntryRef, before: string | null, after: string | null): boolean {
    // Nothing comes between an INSERT and its trigger.
    if (entry.was === ENTRY.insert) return false;
    const at = this.#states.findLastIndex(
      ({ by, from, image, gap }, place) =>
        by === null &&
        from.was !== ENTRY.candidate &&
        image === after &&
        (place === 0 || (gap && (before === null || this.#states[place - 1]?.image === before))),
    );
    const state = this.#states[at];
    if (state === undefined) return false;
    this.#edits.moveBefore(entry, state.from);
    state.by = entry;
    state.gap = false;
    if (at > 0 && this.#states[at - 1]?.image === before) return true;
    // Where there was a row before, and none when this one came, it was replaced.
    const none = { image: before, by: null, from: entry, seen: null, gap: at > 0 };
    this.#states.splice(at, 0, none);
    return true;
  }

  /** What was done to the row since the change began is undone by it, or part of what it tells. */
  #wasStale(before: string | null): boolean {
    if (before === null) return false;
    const at = this.#states.findLastIndex(({ image }) => image === before);
    const since = this.#states.slice(at + 1);
    if (at < 0 || since.some(({ gap, by }) => gap || by === null)) return false;
    for (const { by } of since) if (by !== null) this.#edits.void(by);
    this.#states.length = at + 1;
    return true;
  }

  #erase({ seen, by }: State): void {
    const entry = seen ?? by;
    if (entry !== null) this.#edits.erase(entry);
  }
}
