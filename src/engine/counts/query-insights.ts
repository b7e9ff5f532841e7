/*
 * What ran of which text, hour by hour. The hour that runs is counted in memory, where a query pays
 * for one look into a map, and is written down now and then into the hidden table
 *
 *   insights (hour INTEGER PRIMARY KEY, at INTEGER, texts TEXT)    without rowid
 *
 * `hour` is in hours since 1970, `at` is when it was written (milliseconds since 1970), and `texts`
 * is JSON: [text, count, milliseconds, rows read, written, returned] of each, those that took
 * longest first, as many as fit. What was not written yet is lost with the process.
 */
import { DosqlError } from "../../base/errors.ts";
import type { Clock } from "../../ports/clock.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import { quoteIdentifier } from "../../sql/quote.ts";
import type { ResultSet } from "../session/result-set.ts";

/** What ran of one text in one hour. */
export interface TextInsight {
  readonly query: string;
  readonly count: number;
  readonly durationMs: number;
  readonly rowsRead: number;
  readonly rowsWritten: number;
  readonly rowsReturned: number;
  /** When the hour began, in milliseconds since 1970. */
  readonly hourMs: number;
}

/** Of one text: how often, milliseconds, rows read, written, returned. */
type Counts = [count: number, durationMs: number, read: number, written: number, returned: number];

/** A query that runs. */
export interface RunningQuery {
  readonly counts: Counts;
  /** Null where this one is not timed. */
  readonly startedMs: number | null;
}

const HOUR_MS = 3_600_000;
/** As long as D1 keeps them. */
const KEPT_HOURS = 31 * 24;
/** Each time a row is written, also by who only reads. */
const WRITE_EVERY_MS = 300_000;
/** Texts in memory; beyond it the lighter half goes. */
const MAX_TEXTS = 500;
/** UTF-16 units of a text that are kept. */
const MAX_TEXT_LENGTH = 4_096;
/** UTF-16 units of an hour's row: 31 days of them stay below 12 MB. */
const MAX_HOUR_LENGTH = 16_384;
/**
 * Runs of a text that are timed, and then one of so many: two looks at a clock take 3 % of a point
 * select.
 */
const TIMED = 16;

/** Counts what runs in one database. */
export class QueryInsights {
  readonly #driver: SqlDriver;
  readonly #clock: Clock;
  readonly #table: string;
  #texts = new Map<string, Counts>();
  /** In hours since 1970; null before the first look into the table. */
  #hour: number | null = null;
  /** The hour before, until it is written. */
  #over: { readonly hour: number; readonly texts: Map<string, Counts> } | null = null;
  /** By the steady clock. */
  #dueMs = -Infinity;
  #isDue = false;

  constructor(driver: SqlDriver, clock: Clock) {
    this.#driver = driver;
    this.#clock = clock;
    this.#table = quoteIdentifier(`${driver.caps.hiddenPrefix}insights`);
  }

  /** Whether it is time for `write`. */
  get isDue(): boolean {
    return this.#isDue;
  }

  begin(sql: string): RunningQuery {
    const counts = this.#texts.get(sql) ?? this.#meet(sql);
    if (counts[0] >= TIMED && counts[0] % TIMED !== 0) return { counts, startedMs: null };
    const startedMs = this.#clock.monotonicMs();
    // An hour may have begun.
    return startedMs >= this.#dueMs && this.#turned()
      ? { counts: this.#meet(sql), startedMs }
      : { counts, startedMs };
  }

  end(
    { counts, startedMs }: RunningQuery,
    result: Pick<ResultSet, "rows" | "changes" | "rowsRead" | "rowsWritten">,
  ): void {
    const { rows, changes, rowsRead = rows.length, rowsWritten = changes } = result;
    if (startedMs !== null) {
      const nowMs = this.#clock.monotonicMs();
      counts[1] += (nowMs - startedMs) * (counts[0] < TIMED ? 1 : TIMED);
      this.#isDue = nowMs >= this.#dueMs;
    }
    counts[0] += 1;
    counts[2] += rowsRead;
    counts[3] += rowsWritten;
    counts[4] += rows.length;
  }

  /**
   * Writes down what was counted, if nothing was for five minutes. The connection is in no
   * transaction, and nobody's. What cannot be written now is tried again later: no query fails for
   * it.
   */
  write(): void {
    this.#isDue = false;
    let waitMs = WRITE_EVERY_MS;
    try {
      const writtenMs = this.#hour === null ? this.#load() : 0;
      const nowMs = this.#clock.nowMs();
      waitMs = Math.min(waitMs, writtenMs + WRITE_EVERY_MS - nowMs);
      if (waitMs <= 0) {
        waitMs = WRITE_EVERY_MS;
        this.#writeDown(nowMs);
      }
    } catch {
      // The next time, then.
    }
    const hourMs = HOUR_MS - (this.#clock.nowMs() % HOUR_MS);
    this.#dueMs = this.#clock.monotonicMs() + Math.min(waitMs, hourMs);
  }

  /** What ran since then, by text and hour. */
  since(sinceMs: number): TextInsight[] {
    if (this.#hour === null) this.#load();
    const first = Math.floor(sinceMs / HOUR_MS);
    const hours = new Map(this.#rows(first).map(({ hour, lines }) => [hour, lines]));
    const own = { hour: this.#hour ?? 0, texts: this.#texts };
    for (const { hour, texts } of this.#over === null ? [own] : [this.#over, own]) {
      const lines = [...texts].map(([query, counts]): Line => [query, ...counts]);
      if (hour >= first) hours.set(hour, lines);
    }
    return [...hours].flatMap(([hour, lines]) =>
      lines.filter(([, count]) => count > 0).map((line) => toInsight(line, hour * HOUR_MS)),
    );
  }

  /** Whether another hour has begun; begins with it. */
  #turned(): boolean {
    const hour = this.#clockHour;
    if (this.#hour === null || this.#hour === hour) return false;
    this.#over = { hour: this.#hour, texts: this.#texts };
    this.#hour = hour;
    this.#texts = new Map();
    return true;
  }

  get #clockHour(): number {
    return Math.floor(this.#clock.nowMs() / HOUR_MS);
  }

  #meet(sql: string): Counts {
    const query = ownText(sql);
    const known = this.#texts.get(query);
    if (known !== undefined) return known;
    if (this.#texts.size >= MAX_TEXTS) {
      this.#texts = new Map(heaviest(this.#texts).slice(0, MAX_TEXTS / 2));
    }
    const counts: Counts = [0, 0, 0, 0, 0];
    this.#texts.set(query, counts);
    return counts;
  }

  /** Takes up what was written of the hour; when that was, in milliseconds since 1970. */
  #load(): number {
    const hour = this.#clockHour;
    // Where that fails it is tried again: what was written may not be written over.
    const [row] = this.#rows(hour);
    this.#hour = hour;
    for (const [query, ...counts] of row?.lines ?? []) {
      const own = this.#meet(query);
      for (const [i, count] of counts.entries()) own[i as 0] += count;
    }
    return row?.writtenMs ?? 0;
  }

  #writeDown(nowMs: number): void {
    if (this.#over !== null) this.#put(this.#over.hour, this.#over.texts, nowMs);
    this.#over = null;
    const hour = this.#hour ?? 0;
    if (this.#texts.size === 0) return;
    this.#put(hour, this.#texts, nowMs);
    this.#driver
      .prepare(`DELETE FROM ${this.#table} WHERE hour <= ?1`)
      .run([BigInt(hour - KEPT_HOURS)]);
  }

  #put(hour: number, texts: ReadonlyMap<string, Counts>, nowMs: number): void {
    let length = 0;
    const lines = heaviest(texts)
      .map(([text, counts]) => JSON.stringify([text, ...counts]))
      .filter(({ length: own }) => {
        const fits = length + own + 1 < MAX_HOUR_LENGTH;
        if (fits) length += own + 1;
        return fits;
      });
    this.#driver.exec(
      `CREATE TABLE IF NOT EXISTS ${this.#table} ` +
        "(hour INTEGER PRIMARY KEY, at INTEGER, texts TEXT) STRICT, WITHOUT ROWID",
    );
    const sql = `INSERT OR REPLACE INTO ${this.#table} (hour, at, texts) VALUES (?1, ?2, ?3)`;
    this.#driver.prepare(sql).run([BigInt(hour), BigInt(nowMs), `[${lines.join(",")}]`]);
  }

  /** From an hour on. */
  #rows(first: number): { hour: number; writtenMs: number; lines: Line[] }[] {
    const sql = `SELECT hour, at, texts FROM ${this.#table} WHERE hour >= ?1`;
    try {
      const rows = this.#driver.prepare(sql).all([BigInt(first)], "number");
      return rows.map(([hour, at, texts]) => {
        const lines = JSON.parse(String(texts)) as Line[];
        return { hour: Number(hour), writtenMs: Number(at), lines };
      });
    } catch (error) {
      if (error instanceof DosqlError && error.message.startsWith("no such table")) return [];
      throw error;
    }
  }
}

type Line = [query: string, ...Counts];

function toInsight(line: Line, hourMs: number): TextInsight {
  const [query, count, durationMs, rowsRead, rowsWritten, rowsReturned] = line;
  return { query, count, durationMs, rowsRead, rowsWritten, rowsReturned, hourMs };
}

/** By time; where a clock stands still while a query runs (a Durable Object), by number. */
function heaviest(texts: ReadonlyMap<string, Counts>): [string, Counts][] {
  return [...texts].sort(([, a], [, b]) => b[1] - a[1] || b[0] - a[0]);
}

/** A slice, of a script say, would keep all of it in memory. */
function ownText(sql: string): string {
  return new TextDecoder().decode(new TextEncoder().encode(sql.slice(0, MAX_TEXT_LENGTH)));
}
