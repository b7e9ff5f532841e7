import { DosqlError } from "../../../src/base/errors.ts";
import type { Lsn } from "../../../src/base/lsn.ts";
import { LSN_ZERO } from "../../../src/base/lsn.ts";
import { CAPTURE_OFF, CAPTURE_ON } from "../../../src/engine/capture/capture-setting.ts";
import { LogReader } from "../../../src/engine/log/log-reader.ts";
import type { LogTransaction } from "../../../src/engine/log/record.ts";
import type { ResultSet } from "../../../src/engine/session/result-set.ts";
import { Shard } from "../../../src/engine/shard.ts";
import { SyncSession } from "../../../src/engine/session/sync-session.ts";
import type { SqlDriver } from "../../../src/ports/sql-driver.ts";
import { quoteIdentifier } from "../../../src/sql/quote.ts";
import type { SeededRandom } from "../../sql/seeded-random.ts";
import { ManualClock } from "../manual-clock.ts";
import { encodeRow } from "./database-state.ts";
import { RandomChange } from "./random-change.ts";
import { KnownSchema, RandomSchema } from "./random-schema.ts";

/** One thing that a run does: a statement, or several as one batch. */
export type RunStep = string | readonly string[];

/** A database under test, with its only session. */
export class RunDatabase {
  readonly driver: SqlDriver;
  readonly #log: LogReader;
  #session: SyncSession;
  #shard: Shard;
  #seen: Lsn = LSN_ZERO;

  constructor(driver: SqlDriver, capture: boolean) {
    this.driver = driver;
    const setting = capture ? CAPTURE_ON : CAPTURE_OFF;
    this.#shard = new Shard({ writer: driver, clock: new ManualClock(), capture: setting });
    this.#session = new SyncSession(this.#shard);
    this.#log = new LogReader(driver);
  }

  /** What a client sees of a step. */
  run(step: RunStep): string[] {
    try {
      const results =
        typeof step === "string"
          ? [this.#session.execute(step, [])]
          : this.#session.batch(step.map((sql) => ({ sql, params: [] })));
      return results.flatMap(describe);
    } catch (error) {
      if (!(error instanceof DosqlError) || error.code === "bug") throw error;
      // Of several objects that are broken, SQLite names any.
      const message = error.message.replace(/^error in (trigger|view) .*/s, "error in a $1");
      return [`${error.code} ${error.sqlite} ${message}`];
    }
  }

  /** Leaves the database as if it had been closed, and opens it again. */
  reopen(): void {
    this.#session.end();
    this.#shard.changes.rest();
    this.#shard = new Shard({ writer: this.driver, clock: new ManualClock() });
    this.#session = new SyncSession(this.#shard);
  }

  /** The transactions that were committed since this was asked last. */
  news(): LogTransaction[] {
    this.#log.relations.forget();
    const news = this.#log.transactions(this.#seen, 1_000_000);
    this.#seen = news.at(-1)?.lastLsn ?? this.#seen;
    return news;
  }
}

/**
 * Not the last rowid: where a foreign key fails, SQLite has stored the row before, which moves it,
 * or not. The contract looks at it.
 */
function describe({ command, changes, rows }: ResultSet): string[] {
  return [`${command} ${changes}`, ...rows.map(encodeRow)];
}

/**
 * Whether SQLite did what it does otherwise where a trigger fires, so that there is nothing to
 * compare with from here on: it kept the rows before a value of the wrong type, or let a row in
 * whose foreign key does not hold.
 */
export function wentAstray(driver: SqlDriver, seen: readonly string[]): boolean {
  if (seen.some((line) => line.includes("SQLITE_MISMATCH"))) return true;
  if (driver.inTransaction) return false;
  try {
    return driver.prepare("PRAGMA foreign_key_check").all([], "number").length > 0;
  } catch (error) {
    // A key that refers to nothing, or to no key.
    if (error instanceof DosqlError && error.sqlite === "SQLITE_ERROR") return false;
    throw error;
  }
}

/**
 * A trigger that puts two rows in place of each one that goes doubles a table with every DELETE:
 * within a run, more rows than any memory holds.
 */
const MOST_ROWS = 500;

/** What a run is made of. */
export interface RunOptions {
  /** BEGIN and SAVEPOINT are statements here. */
  readonly transactions: boolean;
  /** A database without capture must come to the same. */
  readonly ordered: boolean;
}

/** Makes the steps of a run, one after the other, for the schema that there is then. */
export class RunGenerator {
  readonly #random: SeededRandom;
  readonly #options: RunOptions;
  readonly #changes: RandomChange;
  readonly #definitions: RandomSchema;

  constructor(random: SeededRandom, options: RunOptions) {
    this.#random = random;
    this.#options = options;
    const keys = !options.ordered || random.below(2) === 0;
    const replaces = !options.ordered || !keys;
    const traits = { ordered: options.ordered, keys, replaces, rollbacks: options.transactions };
    this.#changes = new RandomChange(random, traits);
    const step = (schema: KnownSchema): string => this.#changes.step(schema);
    this.#definitions = new RandomSchema(random, traits, step);
  }

  next(driver: SqlDriver): RunStep {
    const schema = new KnownSchema(driver);
    const random = this.#random;
    if (schema.tables.length < 4) return this.#definitions.createTable(schema);
    const crowded = schema.tables.find(([name]) => schema.size(name) > MOST_ROWS);
    if (crowded !== undefined && random.below(4) > 0) return this.#thin(schema, crowded[0]);
    if (random.below(12) === 0 && this.#options.transactions) return this.#control();
    if (random.below(15) === 0) {
      return Array.from({ length: 1 + random.below(4) }, () => this.#single(schema));
    }
    return this.#single(schema);
  }

  #thin(schema: KnownSchema, table: string): string {
    const fires = schema.state.schema.find((one) => one.type === "trigger" && one.table === table);
    if (fires !== undefined) return `DROP TRIGGER ${quoteIdentifier(fires.name)}`;
    const name = quoteIdentifier(table);
    return this.#random.pick([`DROP TABLE ${name}`, `DELETE FROM ${name}`]);
  }

  #control(): string {
    return this.#random.pick([
      ...["BEGIN", "BEGIN", "BEGIN", "COMMIT", "COMMIT", "ROLLBACK"],
      ...["SAVEPOINT s", "SAVEPOINT r", "ROLLBACK TO s", "ROLLBACK TO r", "RELEASE s", "RELEASE r"],
    ]);
  }

  #single(schema: KnownSchema): string {
    const random = this.#random;
    const definitions = this.#definitions;
    switch (random.below(60)) {
      case 0:
        return definitions.createTable(schema);
      case 1:
        return definitions.createIndex(schema);
      case 2:
        return definitions.createTrigger(schema);
      case 3:
        return definitions.alter(schema);
      case 4:
        return definitions.drop(schema);
      case 5:
        return random.below(3) === 0 ? definitions.createView(schema) : definitions.drop(schema);
      case 6:
        return random.pick(["VACUUM", "SELECT * FROM v0", "ANALYZE"]);
      default:
        return this.#changes.statement(schema);
    }
  }
}
