import { DosqlError } from "../../base/errors.ts";
import type { Lsn } from "../../base/lsn.ts";
import { LSN_ZERO, toLsn } from "../../base/lsn.ts";
import type { Row } from "../../base/value.ts";
import type { DriverStatement, SqlDriver } from "../../ports/sql-driver.ts";
import {
  ENTRY,
  KIND_STEP,
  LOG_SLOTS,
  logNames,
  MORE_SLOTS,
  MORE_STEP,
  slotNames,
} from "./layout.ts";
import type { EntryCode, LogNames } from "./layout.ts";
import type { LogTransaction } from "./record.ts";
import type { Relation } from "./relation.ts";
import { Relations } from "./relation.ts";
import { toTransaction } from "./to-transaction.ts";

/** One row of the log with all its values. */
export interface LogEntry {
  readonly lsn: Lsn;
  readonly code: EntryCode;
  /** Null for `ddl` and `commit`. */
  readonly relation: Relation | null;
  readonly values: Row;
}

/** Entries read at once. */
const PAGE = 2_000;

/** Reads the change log of one file on one connection. */
export class LogReader {
  readonly relations: Relations;
  readonly #driver: SqlDriver;
  readonly #names: LogNames;
  #page: DriverStatement | null = null;
  #more: DriverStatement | null = null;

  constructor(driver: SqlDriver) {
    this.#driver = driver;
    this.#names = logNames(driver.caps.hiddenPrefix);
    this.relations = new Relations(driver);
  }

  /** The newest entry of any kind; 0 in an empty log. */
  head(): Lsn {
    const [row] = this.#driver.prepare(`SELECT max(lsn) FROM ${this.#names.log}`).all([], "number");
    return toLsn(Number(row?.[0] ?? 0));
  }

  /** The oldest entry that is kept; 0 in an empty log. */
  oldest(): Lsn {
    const [row] = this.#driver.prepare(`SELECT min(lsn) FROM ${this.#names.log}`).all([], "number");
    return toLsn(Number(row?.[0] ?? 0));
  }

  /** The newest commit entry: up to there all transactions are whole. */
  lastCommit(): LogEntry | null {
    const [row] = this.#driver
      .prepare(
        `SELECT * FROM ${this.#names.log} WHERE kind = ${ENTRY.commit} ORDER BY lsn DESC LIMIT 1`,
      )
      .all([], "bigint");
    return row === undefined ? null : (this.#toEntries([row])[0] ?? null);
  }

  /** Entries after `after`, at most `limit`, in order. */
  entries(after: Lsn, limit: number = PAGE): LogEntry[] {
    this.#page ??= this.#driver.prepare(
      `SELECT lsn, kind, ${slotNames("v", LOG_SLOTS).join()} FROM ${this.#names.log} ` +
        "WHERE lsn > ?1 ORDER BY lsn LIMIT ?2",
    );
    return this.#toEntries(this.#page.all([BigInt(after), BigInt(limit)], "bigint"));
  }

  /**
   * Whole transactions after `after`, oldest first, until there are `records` records or the log
   * ends. An entry without its commit is not there yet.
   */
  transactions(after: Lsn, records: number = PAGE): LogTransaction[] {
    const result: LogTransaction[] = [];
    let open: LogEntry[] = [];
    let at = after;
    let count = 0;
    for (;;) {
      const page = this.entries(at, PAGE);
      for (const entry of page) {
        if (entry.code !== ENTRY.commit) {
          open.push(entry);
          continue;
        }
        result.push(toTransaction(open, entry));
        count += open.length;
        open = [];
        if (count >= records) return result;
      }
      const last = page.at(-1);
      if (last === undefined || page.length < PAGE) return result;
      at = last.lsn;
    }
  }

  #toEntries(rows: readonly Row[]): LogEntry[] {
    const entries: LogEntry[] = [];
    const wide: LogEntry[] = [];
    for (const row of rows) {
      const kind = Number(row[1]);
      const code = (kind % KIND_STEP) as EntryCode;
      const id = (kind - code) / KIND_STEP;
      const relation = id === 0 ? null : this.relations.get(id);
      const width = relation === null ? LOG_SLOTS : valueCount(relation, code);
      const values = row.slice(2, 2 + width);
      const entry = { lsn: toLsn(row[0] as bigint), code, relation, values };
      if (width > LOG_SLOTS) wide.push(entry);
      entries.push(entry);
    }
    if (wide.length > 0) this.#addParts(wide);
    return entries;
  }

  /** Adds the values that stand in `more`. */
  #addParts(wide: readonly LogEntry[]): void {
    this.#more ??= this.#driver.prepare(
      `SELECT id, ${slotNames("m", MORE_SLOTS).join()} FROM ${this.#names.more} ` +
        "WHERE id >= ?1 AND id < ?2 ORDER BY id",
    );
    const [first, last] = [wide[0]?.lsn ?? LSN_ZERO, wide.at(-1)?.lsn ?? LSN_ZERO];
    const step = BigInt(MORE_STEP);
    const parts = this.#more.all([BigInt(first) * step, (BigInt(last) + 1n) * step], "bigint");
    const byLsn = new Map(wide.map((entry) => [BigInt(entry.lsn), entry]));
    for (const [id, ...values] of parts) {
      byLsn.get((id as bigint) / step)?.values.push(...values);
    }
    for (const { lsn, code, relation, values } of wide) {
      const width = relation === null ? 0 : valueCount(relation, code);
      if (values.length < width) {
        throw new DosqlError("bad-file", `entry ${lsn} of the change log has lost values`);
      }
      values.length = width;
    }
  }
}

/** How many values an entry of that kind holds. */
export function valueCount(relation: Relation, code: EntryCode): number {
  const image = relation.columns.length + (relation.rowid ? 1 : 0);
  return code === ENTRY.update ? image * 2 : image;
}
