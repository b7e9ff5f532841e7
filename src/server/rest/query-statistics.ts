/*
 * What ran lately, as far as this process (or this isolate) served it: bounded, in memory, and
 * gone with it. Nothing on the way of a query through a binding counts here; the API does.
 */
import type { DatabaseId } from "../../base/database-id.ts";
import type { Clock } from "../../ports/clock.ts";
import type { RestResult } from "./rest-result.ts";

/** What ran of one text. */
export interface TextStatistics {
  readonly query: string;
  count: number;
  durationMs: number;
  rowsRead: number;
  rowsWritten: number;
  rowsReturned: number;
  lastMs: number;
}

/** Texts remembered over all databases; the one that ran longest ago is forgotten. */
const MAX_TEXTS = 1_000;
const MAX_TEXT_LENGTH = 4_096;

/** Counts what ran. */
export class QueryStatistics {
  readonly #clock: Clock;
  readonly #texts = new Map<string, TextStatistics>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  note(id: DatabaseId, sql: string, results: readonly RestResult[]): void {
    const query = sql.slice(0, MAX_TEXT_LENGTH);
    const key = `${id} ${query}`;
    const lastMs = this.#clock.nowMs();
    const text = this.#texts.get(key) ?? fresh(query);
    this.#texts.delete(key);
    this.#texts.set(key, text);
    text.count += 1;
    text.lastMs = lastMs;
    for (const { meta, results: rows } of results) {
      text.durationMs += meta.duration;
      text.rowsRead += meta.rows_read;
      text.rowsWritten += meta.rows_written;
      text.rowsReturned += Array.isArray(rows) ? rows.length : 0;
    }
    const [oldest] = this.#texts.keys();
    if (this.#texts.size > MAX_TEXTS && oldest !== undefined) this.#texts.delete(oldest);
  }

  /** What ran of a database since then. */
  of(id: string, sinceMs: number): TextStatistics[] {
    return [...this.#texts]
      .filter(([key, text]) => key.startsWith(`${id} `) && text.lastMs >= sinceMs)
      .map(([, text]) => text);
  }
}

function fresh(query: string): TextStatistics {
  const none = { durationMs: 0, rowsRead: 0, rowsWritten: 0, rowsReturned: 0 };
  return { query, count: 0, lastMs: 0, ...none };
}
