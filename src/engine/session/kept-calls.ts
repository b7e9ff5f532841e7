/*
 * Calls that are to happen once, though they may be sent again by a client that never heard the
 * answer: the hidden table
 *
 *   once (key TEXT PRIMARY KEY, at, outcome)    without rowid, with an index on `at`
 *
 * holds the key of each, when it was done (milliseconds since 1970) and what it answered, written
 * in the transaction of what it changed. `outcome` is JSON, a list: what the call was (its holder
 * and a checksum of its statements) and then, for each statement,
 * [changes, lastRowid, command, columns, rows, rows read, rows written] with values as below, the
 * last two where the home counts them; or null for all of them where RETURNING made it too long to
 * keep, or an object for a statement that failed, and left rows that it had changed. A column is
 * its name, or [name, table, column, declared type]. Once, outcomes were NULL or lists of
 * statements only. Old rows go; the empty key's `at` says up to when some went early.
 *
 *   NULL and TEXT   themselves
 *   INTEGER         ["i","123"]
 *   REAL            ["r","1.5"]
 *   BLOB            ["b","00ff"]
 */
import { crc32 } from "../../base/crc32.ts";
import type { ErrorFields } from "../../base/errors.ts";
import { DosqlError, errorFields } from "../../base/errors.ts";
import type { Row, SqlValue } from "../../base/value.ts";
import type { Clock } from "../../ports/clock.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import { quoteIdentifier } from "../../sql/quote.ts";
import type { Outcome } from "../capture/statement-outcome.ts";
import type { ResultSet } from "./result-set.ts";
import type { OnceCall } from "./session.ts";

/** How long a call may be sent again. Clients give up much earlier. */
export const KEPT_FOR_MS = 600_000;
/** Clocks and ages are not exact. */
const MARGIN_MS = 60_000;
/** Keys at most: about 10 MB. */
const MOST_KEPT = 100_000;
/** Looking for old ones costs a little, so it is done now and then. */
const TRIM_EVERY = 256;
/** Rows that one look deletes at most: more than were added since the last one. */
const TRIM_ROWS = 1024;
const LONGEST_OUTCOME = 65_536;

type Cell = null | string | readonly [string, string];
type WireColumn = string | readonly [string, string | null, string | null, string | null];
type WireResult = readonly [number, Cell, string, WireColumn[], Cell[][], ...counts: number[]];
type Kept = readonly [of: unknown, ...results: (WireResult | ErrorFields | null)[]];

/** The calls that a file remembers. All methods run inside a transaction of the writer. */
export class KeptCalls {
  readonly #driver: SqlDriver;
  readonly #clock: Clock;
  readonly #table: string;
  readonly #index: string;
  readonly #most: number;
  #added = 0;

  /** @param most for tests */
  constructor(driver: SqlDriver, clock: Clock, most: number = MOST_KEPT) {
    this.#driver = driver;
    this.#clock = clock;
    this.#table = quoteIdentifier(`${driver.caps.hiddenPrefix}once`);
    this.#index = quoteIdentifier(`${driver.caps.hiddenPrefix}once_at`);
    this.#most = most;
  }

  /**
   * What the call answered when it was done; null when it was not.
   *
   * @throws DosqlError `connection` when that cannot be known any more; `misuse` when the key is
   * that of another call, or of somebody else's; what it failed with, where it did
   */
  find(call: OnceCall): ResultSet[] | null {
    const { key, ageMs } = call;
    const [row] = this.#rows(`SELECT outcome FROM ${this.#table} WHERE key = ?1`, [key]);
    if (row !== undefined) return readOutcome(row[0], call);
    if (ageMs === 0) return null;
    const [trimmed] = this.#rows(`SELECT at FROM ${this.#table} WHERE key = ''`, []);
    const sentMs = this.#clock.nowMs() - ageMs;
    if (
      ageMs > KEPT_FOR_MS - MARGIN_MS ||
      sentMs - MARGIN_MS <= Number(trimmed?.[0] ?? -Infinity)
    ) {
      throw unknown("whether the statement was done is not known any more");
    }
    return null;
  }

  /** @param done may be a failure of its only statement, which left what it had changed */
  keep(call: OnceCall, done: Outcome<readonly ResultSet[]>): void {
    const of = identity(call);
    const kept = "error" in done ? [errorFields(done.error)] : done.value.map(wireResult);
    const outcome = JSON.stringify([of, ...kept]);
    this.#run(`INSERT INTO ${this.#table} (key, at, outcome) VALUES (?1, ?2, ?3)`, [
      call.key,
      BigInt(this.#clock.nowMs()),
      outcome.length > LONGEST_OUTCOME ? JSON.stringify([of, null]) : outcome,
    ]);
    if (++this.#added % TRIM_EVERY === 0) this.#trim();
  }

  #trim(): void {
    const table = this.#table;
    const old = BigInt(this.#clock.nowMs() - KEPT_FOR_MS);
    const [many] = this.#rows(
      `SELECT at FROM ${table} WHERE key <> '' ORDER BY at DESC LIMIT 1 OFFSET ?1`,
      [BigInt(this.#most)],
    );
    const crowded = many?.[0];
    const upTo = typeof crowded === "bigint" && crowded > old ? crowded : old;
    if (upTo !== old) {
      this.#run(
        `INSERT INTO ${table} (key, at) VALUES ('', ?1) ON CONFLICT DO UPDATE SET at = excluded.at`,
        [upTo],
      );
    }
    this.#run(
      `DELETE FROM ${table} WHERE key IN (SELECT key FROM ${table} WHERE at <= ?1 AND key <> '' ` +
        `ORDER BY at LIMIT ${TRIM_ROWS})`,
      [upTo],
    );
  }

  #rows(sql: string, params: Row): Row[] {
    return this.#madeFirst(() => this.#driver.prepare(sql).all(params, "bigint"));
  }

  #run(sql: string, params: Row): void {
    this.#madeFirst(() => this.#driver.prepare(sql).run(params));
  }

  /** The table is made when it is needed first; a rollback may take it back. */
  #madeFirst<T>(body: () => T): T {
    try {
      return body();
    } catch (error) {
      if (!(error instanceof DosqlError) || !error.message.startsWith("no such table")) throw error;
      this.#driver.exec(
        `CREATE TABLE IF NOT EXISTS ${this.#table} (key TEXT PRIMARY KEY, at, outcome) ` +
          `WITHOUT ROWID; CREATE INDEX IF NOT EXISTS ${this.#index} ON ${this.#table} (at)`,
      );
      return body();
    }
  }
}

function wireResult(result: ResultSet): WireResult {
  const { changes, lastRowid, command, columns, rowsRead, rowsWritten } = result;
  const wireColumns = columns.map(({ name, table, column, declaredType }): WireColumn =>
    table === null ? name : [name, table, column, declaredType],
  );
  const counts = rowsRead === undefined ? [] : [rowsRead, rowsWritten ?? 0];
  const rows = result.rows.map((row) => row.map(toCell));
  return [changes, toCell(lastRowid), command, wireColumns, rows, ...counts];
}

/** Of which call an outcome is: whose, and a checksum of what it runs. */
function identity({ holder = "", batch, statements }: OnceCall): string {
  const utf8 = new TextEncoder();
  let sum = batch ? 1 : 0;
  for (const { sql, params } of statements) {
    const texts = params.map((value) =>
      value instanceof Uint8Array ? [value.length] : toCell(value),
    );
    sum = crc32(utf8.encode(JSON.stringify([sql, texts])), sum);
    for (const value of params) if (value instanceof Uint8Array) sum = crc32(value, sum);
  }
  return `${sum.toString(36)} ${holder}`;
}

function readOutcome(text: unknown, call: OnceCall): ResultSet[] {
  const [of, ...results] = (JSON.parse(String(text)) ?? [null, null]) as Kept;
  if (typeof of === "string" && of !== identity(call)) {
    throw new DosqlError("misuse", "this key was used for another call", {
      hint: "a key belongs to one call of one token: make a new one",
    });
  }
  if (typeof of !== "string" || results[0] === null) {
    throw unknown("the statement was done, and what it answered was not kept");
  }
  const [first] = results;
  if (first !== null && first !== undefined && "code" in first) {
    throw new DosqlError(first.code, first.message, first);
  }
  return (results as WireResult[]).map(readResult);
}

function readResult([
  changes,
  lastRowid,
  command,
  columns,
  rows,
  ...counts
]: WireResult): ResultSet {
  const [rowsRead, rowsWritten] = counts;
  return {
    columns: columns.map((of) => {
      const [name, table = null, column = null, declaredType = null] = [of].flat();
      return { name: String(name), table, column, declaredType };
    }),
    rows: rows.map((row) => row.map(fromCell)),
    changes,
    lastRowid: fromCell(lastRowid) as bigint,
    command,
    ...(rowsRead === undefined ? {} : { rowsRead }),
    ...(rowsWritten === undefined ? {} : { rowsWritten }),
  };
}

function toCell(value: SqlValue): Cell {
  if (value === null || typeof value === "string") return value;
  if (typeof value === "bigint") return ["i", value.toString()];
  if (typeof value === "number") return ["r", Object.is(value, -0) ? "-0" : String(value)];
  return ["b", Array.from(value, (byte) => byte.toString(16).padStart(2, "0")).join("")];
}

function fromCell(cell: Cell): SqlValue {
  if (cell === null || typeof cell === "string") return cell;
  const [kind, text] = cell;
  if (kind === "i") return BigInt(text);
  if (kind === "r") return Number(text);
  return Uint8Array.from(text.match(/../g) ?? [], (byte) => parseInt(byte, 16));
}

function unknown(message: string): DosqlError {
  return new DosqlError("connection", message, {
    hint: "look at the data before you run it again",
  });
}
