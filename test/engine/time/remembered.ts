import type { Lsn } from "../../../src/base/lsn.ts";
import { LogReader } from "../../../src/engine/log/log-reader.ts";
import { commitValues } from "../../../src/engine/log/to-transaction.ts";
import type { ResultSet } from "../../../src/engine/session/result-set.ts";
import type { Shard } from "../../../src/engine/shard.ts";
import { SyncSession } from "../../../src/engine/session/sync-session.ts";
import type { SeededRandom } from "../../sql/seeded-random.ts";
import type { ManualClock } from "../manual-clock.ts";
import type { SeenSchema, Work } from "./random-history.ts";
import { RandomHistory, encoded } from "./random-history.ts";

/** What a query answered, whatever the order of its rows. */
interface Answer {
  readonly sql: string;
  readonly columns: string;
  readonly rows: string;
}

/** The database as it was after one commit. */
interface Remembered {
  readonly lsn: Lsn;
  readonly wallMs: number;
  readonly answers: readonly Answer[];
}

/** What was done and found. */
export interface Findings {
  readonly commits: number;
  readonly compared: number;
  /** Of those, answers with rows. */
  readonly telling: number;
  readonly failures: readonly string[];
}

/** Lives through a random history, remembers it, and asks for it. */
export class Remembering {
  readonly #shard: Shard;
  readonly #clock: ManualClock;
  readonly #random: SeededRandom;
  readonly #session: SyncSession;
  readonly #history: RandomHistory;
  readonly #past: Remembered[] = [];
  readonly #log: string[] = [];
  readonly #failures: string[] = [];
  #compared = 0;
  #telling = 0;

  constructor(shard: Shard, clock: ManualClock, random: SeededRandom, home?: "durable object") {
    this.#shard = shard;
    this.#clock = clock;
    this.#random = random;
    this.#session = new SyncSession(shard);
    this.#history = new RandomHistory(random, home);
  }

  run(steps: number, asksPerStep: number): Findings {
    for (let i = 0; i < steps && this.#failures.length === 0; i++) {
      this.#work(this.#history.next(this.#schema()));
      if (i % 10 === 9) for (let ask = 0; ask < asksPerStep; ask++) this.#ask();
    }
    for (let ask = 0; ask < asksPerStep * 10; ask++) this.#ask();
    return {
      commits: this.#past.length,
      compared: this.#compared,
      telling: this.#telling,
      failures: this.#failures,
    };
  }

  #work({ statements, end }: Work): void {
    const begins = end !== "alone" && this.#shard.writer.driver.caps.transactionStatements;
    if (begins) this.#run("BEGIN");
    for (const sql of statements) {
      this.#run(sql);
      if (!begins) this.#remember();
    }
    if (begins) this.#run(end === "rollback" ? "ROLLBACK" : "COMMIT");
    this.#remember();
  }

  /** A failure is history as well. */
  #run(sql: string): boolean {
    this.#log.push(sql);
    try {
      this.#session.execute(sql, []);
      return true;
    } catch {
      return false;
    }
  }

  #schema(): SeenSchema {
    const tables = this.#rows(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'",
    );
    const views = this.#rows("SELECT name, sql FROM sqlite_schema WHERE type = 'view'");
    return {
      tables: tables.map(([name]) => ({
        name: String(name),
        columns: this.#rows(
          `SELECT name FROM pragma_table_xinfo('${String(name)}') WHERE hidden = 0`,
        ).map(([column]) => String(column)),
      })),
      views: views.map(([name, sql]) => ({ name: String(name), sql: String(sql) })),
    };
  }

  #rows(sql: string): ResultSet["rows"] {
    return this.#session.execute(sql, []).rows;
  }

  /** Notes what the newest commit left, if there was one since. Time goes on, or stands still. */
  #remember(): void {
    this.#clock.advance(this.#random.below(3) * 7);
    const commit = new LogReader(this.#shard.writer.driver).lastCommit();
    if (commit === null || commit.lsn === this.#past.at(-1)?.lsn) return;
    const { tables, views } = this.#schema();
    const queries = [
      ...tables.flatMap(({ name, columns }) => this.#queries(name, columns)),
      ...views.flatMap(({ name }) => [
        `SELECT * FROM ${name}`,
        `SELECT count(*) FROM ${name} AS x`,
      ]),
      ...this.#joins(tables.map(({ name }) => name)),
    ];
    const answers = queries.map((sql) => answer(this.#session, sql, sql));
    this.#past.push({ lsn: commit.lsn, wallMs: commitValues(commit).wallMs, answers });
  }

  #queries(name: string, columns: readonly string[]): string[] {
    const [first = "", second = first, third = second] = columns.map((one) => `"${one}"`);
    return [
      `SELECT * FROM ${name}`,
      `SELECT *, _rowid_ FROM ${name}`,
      // Which of 2 and 2.0 stands for both is SQLite's choice, so groups only tell their size.
      `SELECT count(*), count(DISTINCT ${third}) FROM ${name} GROUP BY ${second}`,
      `SELECT typeof(${second}), ${first} FROM ${name} AS x ` +
        `WHERE x.${second} = '5' OR ${second} = 'ABC'`,
      `SELECT ${third} FROM ${name} WHERE ${third} > 2 OR ${second} IN (1, 'abc', 2.0)`,
      `SELECT (SELECT count(*) FROM ${name} AS y WHERE y.${first} < x.${first}) FROM ${name} AS x`,
      `SELECT main.${name}.${first} + 1 FROM ${name} WHERE ${first} BETWEEN 1 AND 'b'`,
    ];
  }

  #joins(names: readonly string[]): string[] {
    if (names.length < 2) return [];
    const [one, two] = [this.#random.pick(names), this.#random.pick(names)];
    return [
      `SELECT x.*, y.* FROM ${one} AS x LEFT JOIN ${two} AS y ON x._rowid_ = y._rowid_`,
      `SELECT count(*) FROM ${one} AS x, ${two} AS y`,
      `SELECT * FROM (SELECT 1 AS o FROM ${one} UNION ALL SELECT 2 FROM ${two}) ` +
        `WHERE EXISTS (SELECT 1 FROM ${one})`,
      `WITH c AS (SELECT * FROM ${one}) SELECT count(*) FROM c JOIN ${two} AS y ON true`,
    ];
  }

  /** Asks, now and then in the middle of a transaction, whose own changes are no past. */
  #ask(): void {
    if (this.#past.length === 0) return;
    const { transactionStatements } = this.#shard.writer.driver.caps;
    if (!transactionStatements || this.#random.below(3) > 0) return this.#askForOne();
    const schema = this.#schema();
    this.#run("BEGIN");
    for (let i = this.#random.below(6); i >= 0; i--) {
      for (const sql of this.#history.next(schema).statements) this.#run(sql);
    }
    // A table that is out of rowids ends it.
    if (this.#run("SELECT 1")) this.#askForOne();
    this.#run("ROLLBACK");
  }

  /** Asks for one commit of the past, in one of the ways in which that can be done. */
  #askForOne(): void {
    const place = this.#random.below(this.#past.length);
    const wanted = this.#past[place] as Remembered;
    const next = this.#past[place + 1];
    const lsn = this.#random.below(2) === 0 || next === undefined ? wanted.lsn : next.lsn - 1;
    const byTime = this.#random.below(2) === 0 && (next?.wallMs ?? Infinity) > wanted.wallMs;
    const latest = Math.min((next?.wallMs ?? wanted.wallMs + 100) - 1, wanted.wallMs + 50);
    const wallMs = this.#random.below(2) === 0 ? wanted.wallMs : latest;
    const session = new SyncSession(this.#shard, { asOf: byTime ? wallMs : { lsn } });
    const value = byTime ? String(wallMs) : `lsn(${lsn})`;
    for (const { sql, columns, rows } of wanted.answers) {
      if (this.#random.below(3) === 0) continue;
      const everywhere = answer(session, sql, sql);
      this.#compare(wanted, { sql, columns, rows }, everywhere, `session ${value}`);
      const explicit = sql.replaceAll(
        /\b(FROM|JOIN|,) ([tv]\d+)\b/g,
        `$1 $2 FOR SYSTEM_TIME AS OF ${value}`,
      );
      this.#compare(
        wanted,
        { sql, columns, rows },
        answer(this.#session, explicit, sql, ` FOR SYSTEM_TIME AS OF ${value}`),
        explicit,
      );
    }
  }

  #compare(at: Remembered, wanted: Answer, found: Answer, how: string): void {
    this.#compared++;
    if (wanted.columns !== "error" && wanted.rows !== "") this.#telling++;
    if (wanted.rows === found.rows && wanted.columns === found.columns) return;
    if (this.#failures.length > 3) return;
    this.#failures.push(
      [
        `${wanted.sql}  (${how}, LSN ${at.lsn})`,
        `was   ${wanted.columns}: ${wanted.rows.slice(0, 600)}`,
        `found ${found.columns}: ${found.rows.slice(0, 600)}`,
        ...this.#log.slice(-60),
      ].join("\n"),
    );
  }
}

/** @param said what of the text is no part of columns' names */
function answer(
  session: SyncSession,
  sql: string,
  name: string,
  said: string | null = null,
): Answer {
  try {
    const { columns, rows } = session.execute(sql, []);
    const names = columns.map((column) => column.name).join();
    return {
      sql: name,
      columns: said === null ? names : names.replaceAll(said, ""),
      rows: rows.map(encoded).sort().join(" | "),
    };
  } catch (error) {
    return { sql: name, columns: "error", rows: (error as Error).message };
  }
}
