import type { Lsn } from "../../base/lsn.ts";
import { toLsn } from "../../base/lsn.ts";
import type { Row } from "../../base/value.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import { ENTRY, KIND_STEP, logNames } from "../log/layout.ts";
import type { LogEntry } from "../log/log-entry.ts";
import { LogReader } from "../log/log-reader.ts";
import { LogWriter } from "../log/log-writer.ts";
import type { Relation } from "../log/relation.ts";
import { EntryEdits, entryRef } from "./entry-edits.ts";
import type { EntryRef } from "./entry-edits.ts";
import { NetChange } from "./net-change.ts";
import type { Identity } from "./row-identity.ts";
import { RowIdentity } from "./row-identity.ts";
import { RowReplay } from "./row-replay.ts";
import type { Place } from "./row-replay.ts";
import { readTableShape } from "./table-shape.ts";
import type { TableShape } from "./table-shape.ts";
import { foldName } from "../../sql/fold-name.ts";

/** Entries read at once. */
const PAGE = 1_000;

/**
 * Brings the last entries of the log to what really happened, where triggers could not tell.
 *
 * Everything that happens to a row is logged, but for its deletion by REPLACE. So each row that
 * may have been replaced, a candidate, is followed through the entries as long as it is there:
 * when an entry brings a row of the same identity, or when the row is not there in the end, it
 * was replaced, and the last candidate for it becomes a delete. All others count for nothing.
 * Of tables that change while SQLite is busy with their rows, entries may stand in a wrong order:
 * see `RowReplay`.
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
    for (const entry of this.#entries(start)) {
      if (entry.code === ENTRY.arrival) edits.become(entryRef(entry), ENTRY.candidate);
      this.#trace(entry, traces, edits, whole)?.follow(entry);
    }
    const changes = new Map<number, NetChange>();
    for (const [id, trace] of traces) {
      const change = trace?.end() ?? null;
      if (change !== null) changes.set(id, change);
    }
    if (changes.size > 0) {
      for (const entry of this.#entries(start)) changes.get(entry.relation?.id ?? 0)?.follow(entry);
      for (const change of changes.values()) change.delete();
    }
    edits.apply();
    const writer = new LogWriter(this.#driver);
    for (const change of changes.values()) change.add(writer);
  }

  *#entries(start: Lsn): IterableIterator<LogEntry> {
    for (let at = start; ;) {
      const page = this.#log.entries(at, PAGE);
      yield* page;
      const last = page.at(-1);
      if (last === undefined || page.length < PAGE) return;
      at = last.lsn;
    }
  }

  /** The entry before the first candidate. */
  #beforeFirst(lsn: Lsn): Lsn | null {
    const { log } = logNames(this.#driver.caps.hiddenPrefix);
    const [row] = this.#driver
      .prepare(
        `SELECT lsn - 1 FROM ${log} WHERE lsn > ?1 AND kind % ${KIND_STEP} IN ` +
          `(${ENTRY.arrival}, ${ENTRY.candidate}) ORDER BY lsn LIMIT 1`,
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
    return whole && !identity.whole && this.#reenters(foldName(relation.name))
      ? this.#replay(relation, shape, identity, edits)
      : new CandidateTrace(identity, edits);
  }

  #replay(relation: Relation, shape: TableShape, identity: RowIdentity, edits: EntryEdits): Trace {
    const replay = new RowReplay(identity, edits);
    const before = ({ by }: Place): Row => {
      const [entry] = by === null ? [] : this.#log.entries(toLsn(by.lsn - 1), 1);
      return entry?.values.slice(0, identity.width) ?? [];
    };
    return {
      follow: (entry) => replay.follow(entry),
      end: () =>
        replay.end()
          ? null
          : new NetChange(relation, shape, replay.places.values(), { identity, edits, before }),
    };
  }
}

/** Follows the rows of one relation. */
interface Trace {
  follow(entry: LogEntry): void;
  /** What must be told instead of the entries; null where they are right. */
  end(): NetChange | null;
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

  follow(entry: LogEntry): void {
    const { code, values } = entry;
    if (code === ENTRY.arrival) return;
    const row = this.#identity.of(values, 0);
    if (code === ENTRY.candidate) {
      this.#present.set(row.key, { row, ref: entryRef(entry) });
      return;
    }
    if (code === ENTRY.insert) {
      this.#appear(row);
      return;
    }
    this.#present.delete(row.key);
    if (code === ENTRY.update) this.#appear(this.#identity.of(values, this.#identity.width));
  }

  end(): null {
    for (const { row, ref } of this.#present.values()) {
      if (!this.#identity.exists(row)) this.#edits.become(ref, ENTRY.delete);
    }
    return null;
  }

  #appear({ key }: Identity): void {
    const replaced = this.#present.get(key);
    if (replaced === undefined) return;
    this.#present.delete(key);
    this.#edits.become(replaced.ref, ENTRY.delete);
  }
}
