/*
 * Random sequences of calls on one database, the same for everyone who plays the same seed. What
 * was said back is noted call by call.
 */
import { SeededRandom } from "../../../test/sql/seeded-random.ts";
import type { AnyClass, AnyDatabase } from "../contract.ts";
import { encode } from "../encode.ts";
import { PHRASES, PRAGMAS, SCRIPTS, VALUES } from "./vocabulary.ts";

const SCHEMA =
  "CREATE TABLE t (a UNIQUE, b); INSERT INTO t VALUES (1, 10), (2, 20), (3, x'30');" +
  "CREATE TABLE strict_t (i INTEGER NOT NULL CHECK (i > 0), s TEXT) STRICT;" +
  "CREATE TABLE parent (id INTEGER PRIMARY KEY);" +
  "CREATE TABLE child (p REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED);" +
  "CREATE TABLE log (what); CREATE VIEW seen AS SELECT count(*) AS n FROM log;" +
  "CREATE TRIGGER told AFTER INSERT ON t BEGIN INSERT INTO log VALUES (NEW.a); END";

const MODES = ["pluck", "raw", "expand", "safeIntegers"] as const;
const VARIANTS = ["default", "deferred", "immediate", "exclusive"] as const;

/** What one side said. */
export interface Said {
  /** What was done, for the report. */
  readonly call: string;
  readonly answer: string;
}

/** Plays one sequence, on a file that is there or in memory. */
export function play(Database: AnyClass, seed: number, calls: number, file = ":memory:"): Said[] {
  return new Sequence(Database, seed, file).play(calls);
}

class Sequence {
  private readonly db: AnyDatabase;
  private readonly random: SeededRandom;
  private readonly statements: { statement: any; args: readonly unknown[] }[] = [];
  private readonly iterators: any[] = [];
  private readonly log: string[] = [];
  /** No function of the program's is there to see which rows are read, so they may be ahead. */
  private readonly plain: boolean;
  private call = "";
  private failing = false;

  constructor(Database: AnyClass, seed: number, file: string) {
    this.random = new SeededRandom(seed);
    const verbose = this.chance(6) ? (sql: string) => this.log.push(sql) : undefined;
    this.db = new Database(file, verbose === undefined ? {} : { verbose });
    this.db.exec(SCHEMA);
    if (this.chance(8)) this.db.defaultSafeIntegers();
    this.plain = this.chance(3);
    if (!this.plain) this.define();
  }

  private define(): void {
    this.db.function("may_fail", (value: unknown) => {
      if (this.failing && (value === 2 || value === 2n)) throw new RangeError("on purpose");
      return value;
    });
    this.db.function("reenters", () => this.reenter());
    this.db.aggregate("sum_of", {
      start: 0,
      step: (sum: number, value: unknown) => {
        if (this.failing && (value === 3 || value === 3n)) throw new RangeError("in a step");
        return sum + Number(value);
      },
      inverse: (sum: number, value: unknown) => sum - Number(value),
      result: (sum: number) => sum,
    });
  }

  play(calls: number): Said[] {
    const said: Said[] = [];
    for (let i = 0; i < calls; i++) said.push(this.ask(() => this.step()));
    said.push(this.ask(() => this.end()));
    return said;
  }

  private ask(body: () => unknown): Said {
    this.call = "";
    let answer: unknown;
    try {
      answer = encode(body());
    } catch (error) {
      answer = { thrown: encode(error) };
    }
    const logged = this.log.splice(0);
    const all = logged.length === 0 ? answer : { answer, logged };
    return { call: this.call, answer: JSON.stringify(all) };
  }

  private step(): unknown {
    const kind = this.random.below(24);
    if (kind < 5 || this.statements.length === 0) return this.prepare();
    if (kind < 14) return this.execute(kind);
    switch (kind) {
      case 14:
      case 15:
        return this.iterate();
      case 16:
        return this.mode();
      case 17:
        return this.described();
      case 18:
        return this.transact(0);
      case 19:
        return this.exec();
      case 20:
        return this.pragma();
      case 21:
        return this.bind();
      case 22:
        return this.setting();
      default:
        return this.odd();
    }
  }

  private prepare(): unknown {
    const { sql, args } = this.random.pick(PHRASES);
    this.call = `prepare ${sql}`;
    const statement = this.db.prepare(sql);
    this.statements.push({ statement, args });
    return [statement.reader, statement.readonly, statement.source];
  }

  private execute(kind: number): unknown {
    const { statement, args: suitable } = this.random.pick(this.statements);
    const args = this.chance(4) ? this.oddArguments() : suitable;
    const method = kind < 8 ? "run" : kind < 11 ? "get" : kind < 13 ? "all" : "iterate";
    // Rows that are read ahead do not see it: the guide says so.
    const unseen = this.plain && this.iterators.length > 0 && statement.reader;
    if (unseen && !statement.readonly) return null;
    this.call = `${method} ${statement.source} ${JSON.stringify(encode(args))}`;
    if (method !== "iterate") return statement[method](...args);
    if (this.iterators.length > 2) return null;
    const rows = statement.iterate(...args);
    this.iterators.push(rows);
    return [rows[Symbol.iterator]() === rows, rows.statement === statement];
  }

  private iterate(): unknown {
    if (this.iterators.length === 0) return null;
    if (this.chance(3)) {
      this.call = "return";
      return this.iterators.pop().return();
    }
    this.call = "next";
    return this.random.pick(this.iterators).next();
  }

  private mode(): unknown {
    const { statement } = this.random.pick(this.statements);
    const mode = this.random.pick(MODES);
    const args = this.chance(6)
      ? [this.random.pick(VALUES)]
      : this.chance(2)
        ? []
        : [this.chance(2)];
    this.call = `${mode} ${statement.source} ${JSON.stringify(encode(args))}`;
    return statement[mode](...args) === statement;
  }

  private described(): unknown {
    const { statement } = this.random.pick(this.statements);
    this.call = `describe ${statement.source}`;
    if (this.chance(2)) return [String(statement), statement.busy, this.db.inTransaction];
    return statement.columns();
  }

  private transact(depth: number): unknown {
    const steps = this.random.below(4);
    const variant = this.random.pick(VARIANTS);
    const fails = this.chance(3);
    const caught = this.chance(2);
    const odd = this.random.below(12);
    this.call += ` transaction ${variant}`;
    const body = (...args: unknown[]): unknown => {
      const said: unknown[] = [args.length];
      for (let i = 0; i < steps; i++) {
        const value = 100 + this.random.below(50);
        said.push(this.attempt(() => this.db.prepare("INSERT INTO t VALUES (?, 'in')").run(value)));
      }
      if (depth < 3 && this.chance(2)) {
        const nested = (): unknown => this.transact(depth + 1);
        said.push(caught ? this.attempt(nested) : nested());
      }
      if (odd === 0) this.db.exec("ROLLBACK");
      // A transaction must refuse whatever has a `then`, promise or not.
      // oxlint-disable-next-line unicorn/no-thenable
      if (odd === 1) return { then: () => undefined };
      if (odd === 2) return Promise.resolve(1);
      if (fails) throw new RangeError("inside a transaction");
      return said;
    };
    const transaction = this.db.transaction(body)[variant];
    const done = transaction.call({}, 1, 2);
    return [done, this.db.inTransaction, transaction.database === this.db];
  }

  private exec(): unknown {
    const script = this.random.pick(SCRIPTS);
    this.call = `exec ${script}`;
    // Refused by name where changes are captured: it would fire before the trigger that logs.
    if (!this.db.memory && script.includes("TEMP TRIGGER")) return null;
    return this.db.exec(script) === this.db;
  }

  private pragma(): unknown {
    const source = this.random.pick(PRAGMAS);
    const simple = this.chance(2);
    this.call = `pragma ${source} ${simple}`;
    return this.db.pragma(source, { simple });
  }

  private bind(): unknown {
    const { statement, args } = this.random.pick(this.statements);
    const given = this.chance(3) ? this.oddArguments() : args;
    this.call = `bind ${statement.source} ${JSON.stringify(encode(given))}`;
    return statement.bind(...given) === statement;
  }

  private setting(): unknown {
    const on = this.chance(2);
    switch (this.random.below(4)) {
      case 0:
        this.call = "failing";
        return (this.failing = !this.failing);
      case 1:
        this.call = `unsafeMode ${on}`;
        // It lets writes into loops.
        if (this.plain) return null;
        return this.db.unsafeMode(on) === this.db;
      case 2:
        this.call = `defaultSafeIntegers ${on}`;
        return this.db.defaultSafeIntegers(on) === this.db;
      default:
        this.call = "explain";
        return this.db.explain("SELECT 1").length > 0;
    }
  }

  private odd(): unknown {
    const value = this.random.pick(VALUES);
    const method = this.random.pick(["prepare", "exec", "pragma", "transaction", "function"]);
    this.call = `${method} ${JSON.stringify(encode(value))}`;
    const args = method === "function" ? [value, () => 1] : [value];
    const answer = this.db[method](...args);
    return typeof answer;
  }

  /** What a user function may not do while its statement runs. */
  private reenter(): string {
    const tries = [
      () => this.db.prepare("SELECT 1"),
      () => this.db.exec("SELECT 1"),
      () => this.db.pragma("user_version"),
      () => this.db.close(),
      () => this.statements[0]?.statement.run(),
      () => this.iterators[0]?.next(),
    ];
    return this.attempt(this.random.pick(tries)) as string;
  }

  private end(): unknown {
    this.call = "end";
    if (this.chance(3)) this.attempt(() => this.db.close());
    for (const rows of this.iterators) rows.return();
    if (this.db.open && this.db.inTransaction) this.db.exec("ROLLBACK");
    const rows = this.attempt(() => this.db.prepare("SELECT * FROM t").raw().all());
    const last = this.statements.at(-1)?.statement;
    this.db.close();
    const closed = [
      this.attempt(() => this.db.prepare("SELECT 1")),
      this.attempt(() => last?.run()),
      this.attempt(() => last?.all()),
      this.attempt(() => last?.pluck().source),
      this.attempt(() => this.db.transaction(() => 1)()),
      this.db.open,
      this.db.inTransaction,
    ];
    return [rows, closed];
  }

  private attempt(body: () => unknown): unknown {
    try {
      return JSON.stringify(encode(body()));
    } catch (error) {
      return JSON.stringify({ thrown: encode(error) });
    }
  }

  private oddArguments(): unknown[] {
    return Array.from({ length: this.random.below(4) }, () => this.random.pick(VALUES));
  }

  private chance(one: number): boolean {
    return this.random.below(one) === 0;
  }
}
