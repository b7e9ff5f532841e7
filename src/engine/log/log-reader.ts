import type { Hlc } from "../../base/hlc.ts";
import type { Lsn } from "../../base/lsn.ts";
import { LSN_MAX, LSN_ZERO, toLsn } from "../../base/lsn.ts";
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
import { damagedAt, damagedLog } from "./log-damage.ts";
import type { LogEntry } from "./log-entry.ts";
import { valueCount } from "./log-entry.ts";
import type { LogTransaction } from "./record.ts";
import { mayHideBytes, withRawTexts } from "./raw-text.ts";
import { Relations } from "./relation.ts";
import { SealCheck } from "./seal-check.ts";
import { SealTable } from "./seal-table.ts";
import { toTransaction } from "./to-transaction.ts";

/** Entries read at once. */
const PAGE = 2_000;

/** How many values of a row are asked for; the fewest hold a commit's and DDL's. */
const PAGE_SLOTS = [6, 10, LOG_SLOTS];

/** Reads the change log of one file on one connection. */
export class LogReader {
  readonly relations: Relations;
  readonly #driver: SqlDriver;
  readonly #names: LogNames;
  readonly #pages = new Map<number, DriverStatement>();
  /** Values that the last page needed. */
  #slots = LOG_SLOTS;
  #more: DriverStatement | null = null;
  #commitBefore: DriverStatement | null = null;
  readonly #seals: SealTable;

  constructor(driver: SqlDriver) {
    this.#driver = driver;
    this.#seals = new SealTable(driver);
    this.#names = logNames(driver.caps.hiddenPrefix);
    this.relations = new Relations(driver);
  }

  /** The newest entry of any kind; 0 in an empty log. */
  head(): Lsn {
    const [row] = this.#driver.prepare(`SELECT max(lsn) FROM ${this.#names.log}`).all([], "number");
    return toLsn(Number(row?.[0] ?? 0));
  }

  /**
   * The oldest entry that may be read, which begins a transaction; one after the head when all
   * are gone; 0 in a log that never had any.
   */
  oldest(): Lsn {
    const trimmed = this.#seals.trimmedLsn();
    if (trimmed > 0) return toLsn(trimmed + 1);
    const [row] = this.#driver.prepare(`SELECT min(lsn) FROM ${this.#names.log}`).all([], "number");
    return toLsn(Number(row?.[0] ?? 0));
  }

  /** When the last transaction was committed that is trimmed; null when none is. */
  trimmedTime(): Hlc | null {
    const trimmed = this.#seals.trimmedLsn();
    const seal = trimmed === LSN_ZERO ? null : this.#seals.at(trimmed);
    return seal?.lastLsn === trimmed ? seal : null;
  }

  /** The newest commit entry: up to there all transactions are whole. */
  lastCommit(): LogEntry | null {
    return this.commitUpTo(LSN_MAX);
  }

  /** The commit entry at `lsn` or the newest before it. */
  commitUpTo(lsn: Lsn): LogEntry | null {
    this.#commitBefore ??= this.#prepareCommit("lsn <= ?1", "DESC");
    return this.#toEntries(this.#commitBefore.all([BigInt(lsn)], "bigint"))[0] ?? null;
  }

  /** The commit entry at `lsn` or the oldest after it. */
  commitFrom(lsn: Lsn): LogEntry | null {
    const statement = this.#prepareCommit("lsn >= ?1", "ASC");
    return this.#toEntries(statement.all([BigInt(lsn)], "bigint"))[0] ?? null;
  }

  /** Entries after `after` and not after `until`, at most `limit`, in order. */
  entries(after: Lsn, limit: number = PAGE, until: Lsn = LSN_MAX): LogEntry[] {
    const params = [BigInt(after), BigInt(limit), BigInt(until)];
    for (;;) {
      const slots = this.#slots;
      const rows = this.#page(slots).all(params, "bigint");
      this.#slots = this.#slotsOf(rows);
      // A row that needs more of them is seen by its kind, and the page is read again.
      if (this.#slots <= slots) return this.#toEntries(rows);
    }
  }

  /**
   * Whole transactions after `after`, oldest first, until there are `records` records or the log
   * ends. An entry without its commit is not there yet. Those that are sealed are checked.
   *
   * @throws DosqlError `bad-file` where an entry is missing or is not what was sealed
   */
  transactions(after: Lsn, records: number = PAGE): LogTransaction[] {
    const result: LogTransaction[] = [];
    let open: LogEntry[] = [];
    let at = after;
    let count = 0;
    const check = new SealCheck(this.#seals, after);
    for (;;) {
      const page = this.entries(at, PAGE);
      check.begin(page);
      for (const entry of page) {
        const fault = check.fault(entry);
        // What lies before the damage is delivered; who asks for more is told.
        if (fault !== null && result.length === 0) throw fault;
        if (fault !== null) return result;
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

  /** An entry with the bytes of its texts that are not UTF-8; see raw-text.ts. */
  rawEntry(entry: LogEntry): LogEntry {
    if (!mayHideBytes(entry.values)) return entry;
    const { log, more } = this.#names;
    const lsn = BigInt(entry.lsn);
    const blobs = (letter: "v" | "m", count: number): string =>
      slotNames(letter, count)
        .map((slot) => `CAST(${slot} AS BLOB)`)
        .join();
    const [row = []] = this.#driver
      .prepare(`SELECT ${blobs("v", LOG_SLOTS)} FROM ${log} WHERE lsn = ?1`)
      .all([lsn], "bigint");
    const step = BigInt(MORE_STEP);
    const parts = this.#driver
      .prepare(
        `SELECT ${blobs("m", MORE_SLOTS)} FROM ${more} WHERE id >= ?1 AND id < ?2 ORDER BY id`,
      )
      .all([lsn * step, (lsn + 1n) * step], "bigint");
    return { ...entry, values: withRawTexts(entry.values, [row, ...parts].flat()) };
  }

  /** A page that asks for the first so many values of a row: each costs something, used or not. */
  #page(slots: number): DriverStatement {
    let page = this.#pages.get(slots);
    if (page === undefined) {
      page = this.#driver.prepare(
        `SELECT lsn, kind, ${slotNames("v", slots).join()} FROM ${this.#names.log} ` +
          "WHERE lsn > ?1 AND lsn <= ?3 ORDER BY lsn LIMIT ?2",
      );
      this.#pages.set(slots, page);
    }
    return page;
  }

  /** How many values the rows of a page have in `log`, at most; one of `PAGE_SLOTS`. */
  #slotsOf(rows: readonly Row[]): number {
    let most = 0;
    for (const row of rows) {
      const kind = Number(row[1]);
      const code = (kind % KIND_STEP) as EntryCode;
      const id = (kind - code) / KIND_STEP;
      if (!Number.isSafeInteger(id)) throw damagedAt(Number(row[0]));
      if (id !== 0) most = Math.max(most, valueCount(this.relations.get(id), code));
    }
    return PAGE_SLOTS.find((slots) => slots >= most) ?? LOG_SLOTS;
  }

  #prepareCommit(condition: string, order: "ASC" | "DESC"): DriverStatement {
    return this.#driver.prepare(
      `SELECT * FROM ${this.#names.log} WHERE kind = ${ENTRY.commit} AND ${condition} ` +
        `ORDER BY lsn ${order} LIMIT 1`,
    );
  }

  #toEntries(rows: readonly Row[]): LogEntry[] {
    const entries: LogEntry[] = [];
    const wide: LogEntry[] = [];
    for (const row of rows) {
      const kind = Number(row[1]);
      const code = (kind % KIND_STEP) as EntryCode;
      const id = (kind - code) / KIND_STEP;
      if (!Number.isSafeInteger(id)) throw damagedAt(Number(row[0]));
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
        throw damagedLog(`entry ${lsn} of the change log has lost values`);
      }
      values.length = width;
    }
  }
}
