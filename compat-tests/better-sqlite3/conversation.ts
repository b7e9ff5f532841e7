/*
 * Random conversations with a database: many steps, most of them sensible, some not, the same
 * for everyone who plays the same seed. What was said back is noted step by step.
 */
import { SeededRandom } from "../../test/sql/seeded-random.ts";
import type { AnyClass, AnyDatabase } from "./contract.ts";
import { encode } from "./encode.ts";

/** Statements with arguments that suit them. */
const STATEMENTS: readonly (readonly [sql: string, ...args: unknown[]])[] = [
  ["SELECT * FROM t"],
  ["SELECT a, b FROM t WHERE a = ?", 1],
  ["SELECT a, b FROM t WHERE a >= :a", { a: 2 }],
  ["INSERT INTO t VALUES (?, ?)", "new", 5],
  ["INSERT INTO t VALUES (:a, :b) RETURNING *", { a: 7n, b: "seven" }],
  ["INSERT OR REPLACE INTO t VALUES (@a, ?)", 4, { a: 2 }],
  ["UPDATE t SET b = ? WHERE a > ?", null, 1],
  ["DELETE FROM t WHERE a = ?", "new"],
  ["DELETE FROM t WHERE a = 7 RETURNING a"],
  ["SELECT may_fail(a) AS x FROM t"],
  ["SELECT sum_of(a), count(*) FROM t"],
  ["SELECT count(*) AS n FROM t"],
  ["BEGIN"],
  ["COMMIT"],
  ["ROLLBACK"],
  ["SAVEPOINT s"],
  ["RELEASE s"],
  ["CREATE TABLE IF NOT EXISTS u (x, y)"],
  ["DROP TABLE IF EXISTS u"],
  ["SELECT x FROM u"],
  ["SELECT 9223372036854775807 AS large, a FROM t"],
  ["PRAGMA user_version"],
  ["PRAGMA user_version = 3"],
  ["WITH q AS (SELECT a FROM t) SELECT * FROM q"],
  ["EXPLAIN QUERY PLAN SELECT * FROM t"],
  ["SELECT ?1, ?2, ?1", { 1: Buffer.from("x"), 2: 1.5 }],
  ["VALUES (1), (2), (3)"],
  ["SELECT t.a, t2.a FROM t, t AS t2 LIMIT 3"],
  ["SELECT b || ? AS joined FROM t", "-"],
  ["SELECT missing"],
  ["SELECT 1; SELECT 2"],
  [""],
];

const VALUES: readonly unknown[] = [0, 1, 1.5, "x", null, undefined, 10n, 2n ** 62n, true, {}, []];

/** What one side said, step by step. */
export function converse(Database: AnyClass, seed: number, steps: number): string[] {
  const conversation = new Conversation(new Database(":memory:"), seed);
  return conversation.play(steps);
}

class Conversation {
  private readonly db: AnyDatabase;
  private readonly statements: { statement: any; args: readonly unknown[] }[] = [];
  private readonly iterators: any[] = [];
  private readonly random: SeededRandom;
  private failing = false;

  constructor(db: AnyDatabase, seed: number) {
    this.db = db;
    this.random = new SeededRandom(seed);
    db.exec("CREATE TABLE t (a UNIQUE, b); INSERT INTO t VALUES (1, 10), (2, 20), (3, x'30')");
    db.function("may_fail", (value: unknown) => {
      if (this.failing && value === 2) throw new RangeError("on purpose");
      return value;
    });
    db.aggregate("sum_of", {
      start: 0,
      step: (sum: number, value: unknown) => {
        if (this.failing && value === 3) throw new RangeError("in a step");
        return sum + Number(value);
      },
    });
  }

  play(steps: number): string[] {
    const said: string[] = [];
    for (let i = 0; i < steps; i++) said.push(this.attempt(() => this.step()));
    for (const rows of this.iterators) rows.return();
    if (this.db.inTransaction) this.db.exec("ROLLBACK");
    said.push(this.attempt(() => this.db.prepare("SELECT * FROM t").raw().all()));
    this.db.close();
    return said;
  }

  private attempt(body: () => unknown): string {
    try {
      return JSON.stringify(encode(body()));
    } catch (error) {
      return JSON.stringify({ thrown: encode(error) });
    }
  }

  private step(): unknown {
    const { db, statements, iterators } = this;
    const kind = this.random.below(20);
    if (kind < 4 || statements.length === 0) return this.prepare();
    const { statement, args: suitable } = this.random.pick(statements);
    const args = this.random.below(4) > 0 ? suitable : this.oddArguments();
    if (kind < 7) return [statement.source, statement.run(...args)];
    if (kind < 9) return [statement.source, statement.get(...args)];
    if (kind < 11) return [statement.source, statement.all(...args)];
    switch (kind) {
      case 11:
        if (iterators.length < 3) iterators.push(statement.iterate(...args));
        return iterators.length;
      case 12:
      case 13:
        return iterators.length === 0 ? null : this.random.pick(iterators).next();
      case 14:
        return iterators.length === 0 ? null : iterators.pop().return();
      case 15:
        return statement[this.random.pick(["pluck", "raw", "expand", "safeIntegers"])](
          this.random.below(2) === 0,
        ).source;
      case 16:
        return db.exec(this.random.pick(STATEMENTS)[0]).inTransaction;
      case 17:
        return this.transact();
      case 18:
        return this.change();
      default:
        return [db.inTransaction, statements.map((one) => one.statement.busy), String(statement)];
    }
  }

  private prepare(): unknown {
    const [sql, ...args] = this.random.pick(STATEMENTS);
    const statement = this.db.prepare(sql);
    this.statements.push({ statement, args });
    return [sql, statement.reader, statement.readonly];
  }

  private oddArguments(): unknown[] {
    return Array.from({ length: this.random.below(3) }, () => this.random.pick(VALUES));
  }

  private transact(): unknown {
    const value = this.random.below(1_000);
    const fails = this.random.below(2) === 0;
    return this.db.transaction(() => {
      const done = this.db.prepare("INSERT INTO t VALUES (?, 'inside')").run(value);
      if (fails) throw new RangeError("inside a transaction");
      return done;
    })();
  }

  private change(): unknown {
    switch (this.random.below(4)) {
      case 0:
        return (this.failing = !this.failing);
      case 1:
        return this.db.unsafeMode(this.random.below(2) === 0).open;
      case 2:
        return this.db.defaultSafeIntegers(this.random.below(2) === 0).open;
      default:
        return this.db.pragma(
          this.random.pick(["user_version", "table_info(t)", "user_version = 2"]),
          {
            simple: this.random.below(2) === 0,
          },
        );
    }
  }
}
