import type { Lsn } from "../../base/lsn.ts";
import { toLsn } from "../../base/lsn.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import { ENTRY, KIND_STEP, logNames } from "../log/layout.ts";
import type { LogEntry } from "../log/log-entry.ts";
import { LogReader } from "../log/log-reader.ts";
import type { Relation } from "../log/relation.ts";
import { EntryEdits } from "./entry-edits.ts";
import type { EntryRef } from "./entry-edits.ts";
import { RowHistory } from "./row-history.ts";
import type { Identity } from "./row-identity.ts";
import { RowIdentity } from "./row-identity.ts";
import { readTableShape } from "./table-shape.ts";

/** Entries read at once. */
const PAGE = 1_000;

/**
 * Brings the last entries of the log to what really happened, where triggers could not tell.
 *
 * Everything that happens to a row is logged, but for its deletion by REPLACE. So each row that
 * may have been replaced, a candidate, is followed through the entries as long as it is there:
 * when an entry brings a row of the same identity, or when the row is not there in the end, it
 * was replaced, and the last candidate for it becomes a delete. All others count for nothing.
 * Of tables that change while SQLite is busy with their rows, all rows are followed: see
 * `RowHistory`.
 */
export class Settlement {
  readonly #driver: SqlDriver;
  readonly #log: LogReader;
  readonly #reenters: (table: string) => boolean;

  /** @param reenters whether a table may change while SQLite is busy with one of its rows */
  constructor(driver: SqlDriver, reenters: (table: string) => boolean) {
    this.#driver = driver;
    this.#log = new LogReader(driver);
    this.#reenters = reenters;
  }

  /** After a rollback or DDL. */
  forget(): void {
    this.#log.relations.forget();
  }

  /**
   * Settles all entries behind `after`. No table may have changed its shape since.
   *
   * @param whole some table may reenter; else nothing matters before the first candidate
   */
  settle(after: Lsn, whole: boolean): void {
    const start = whole ? after : this.#beforeFirst(after);
    if (start === null) return;
    const edits = new EntryEdits(this.#driver);
    const traces = new Map<number, Trace | null>();
    for (let at = start; ;) {
      const page = this.#log.entries(at, PAGE);
      for (const entry of page) {
        const trace = this.#trace(entry, traces, edits, whole);
        // Places matter only where entries may move.
        const ref = whole || entry.code === ENTRY.candidate ? edits.add(entry) : null;
        trace?.follow(entry, ref);
      }
      const last = page.at(-1);
      if (last === undefined || page.length < PAGE) break;
      at = last.lsn;
    }
    for (const trace of traces.values()) trace?.end();
    edits.apply();
  }

  /** The entry before the first candidate. */
  #beforeFirst(lsn: Lsn): Lsn | null {
    const { log } = logNames(this.#driver.caps.hiddenPrefix);
    const [row] = this.#driver
      .prepare(
        `SELECT lsn - 1 FROM ${log} WHERE lsn > ?1 AND kind % ${KIND_STEP} = ` +
          `${ENTRY.candidate} ORDER BY lsn LIMIT 1`,
      )
      .all([BigInt(lsn)], "number");
    return row === undefined ? null : toLsn(Number(row[0]));
  }

  #trace(
    { relation }: LogEntry,
    traces: Map<number, Trace | null>,
    edits: EntryEdits,
    whole: boolean,
  ): Trace | null {
    if (relation === null) return null;
    const known = traces.get(relation.id);
    if (known !== undefined) return known;
    const trace = this.#newTrace(relation, edits, whole);
    traces.set(relation.id, trace);
    return trace;
  }

  #newTrace(relation: Relation, edits: EntryEdits, whole: boolean): Trace | null {
    // Another program may have altered it.
    const [table] = this.#driver
      .prepare("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?1")
      .all([relation.name], "number");
    if (table?.[0] !== relation.sql) return null;
    const shape = readTableShape(this.#driver, relation.name, relation.sql);
    const identity = new RowIdentity(this.#driver, relation, shape);
    // Rows that may be the same cannot be followed one by one.
    return whole && !identity.whole && this.#reenters(relation.name.toLowerCase())
      ? new HistoryTrace(identity, edits)
      : new CandidateTrace(identity, edits);
  }
}

/** Follows the rows of one relation. */
interface Trace {
  /** @param ref null for all but candidates, where only those matter */
  follow(entry: LogEntry, ref: EntryRef | null): void;
  end(): void;
}

/** Follows the rows that may have been replaced. Whatever replaces one has a candidate for it. */
class CandidateTrace implements Trace {
  readonly #identity: RowIdentity;
  readonly #edits: EntryEdits;
  readonly #present = new Map<string, { readonly row: Identity; readonly ref: EntryRef }>();

  constructor(identity: RowIdentity, edits: EntryEdits) {
    this.#identity = identity;
    this.#edits = edits;
  }

  follow({ code, values }: LogEntry, ref: EntryRef | null): void {
    const row = this.#identity.of(values, 0);
    switch (code) {
      case ENTRY.candidate:
        if (ref !== null) this.#present.set(row.key, { row, ref });
        break;
      case ENTRY.insert:
        this.#appear(row);
        break;
      case ENTRY.update: {
        this.#present.delete(row.key);
        this.#appear(this.#identity.of(values, this.#identity.width));
        break;
      }
      default:
        this.#present.delete(row.key);
    }
  }

  end(): void {
    for (const { row, ref } of this.#present.values()) {
      if (!this.#identity.exists(row)) this.#edits.erase(ref);
    }
  }

  #appear({ key }: Identity): void {
    const replaced = this.#present.get(key);
    if (replaced === undefined) return;
    this.#present.delete(key);
    this.#edits.erase(replaced.ref);
  }
}

/** Follows all rows. */
class HistoryTrace implements Trace {
  readonly #identity: RowIdentity;
  readonly #edits: EntryEdits;
  readonly #rows = new Map<string, RowHistory>();

  constructor(identity: RowIdentity, edits: EntryEdits) {
    this.#identity = identity;
    this.#edits = edits;
  }

  follow({ code, values }: LogEntry, ref: EntryRef | null): void {
    if (ref === null) return;
    const identity = this.#identity;
    const first = identity.of(values, 0);
    const image = identity.image(values, 0);
    const history = this.#history(first);
    switch (code) {
      case ENTRY.candidate:
        history.see(ref, image);
        break;
      case ENTRY.insert:
        history.change(ref, null, image);
        break;
      case ENTRY.update: {
        const second = identity.of(values, identity.width);
        const after = identity.image(values, identity.width);
        if (second.key === first.key) {
          history.change(ref, image, after);
          break;
        }
        history.change(ref, image, null);
        this.#history(second).change(ref, null, after);
        break;
      }
      default:
        history.change(ref, image, null);
    }
  }

  end(): void {
    for (const history of this.#rows.values()) {
      history.end(history.stands && this.#identity.exists(history.row));
    }
  }

  #history(row: Identity): RowHistory {
    let history = this.#rows.get(row.key);
    if (history === undefined) {
      history = new RowHistory(row, this.#edits);
      this.#rows.set(row.key, history);
    }
    return history;
  }
}
