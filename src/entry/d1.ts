/**
 * `dosql/d1`: a DoSQL database with the shape of a Cloudflare D1 binding.
 *
 * @module
 */
import { DosqlError } from "../base/errors.ts";
import { D1Database } from "../compat/d1/database.ts";
import { ExactRunner } from "../compat/d1/exact-integers.ts";
import type { IntegerForm } from "../compat/d1/exact-integers.ts";
import { SerialRunner } from "../compat/d1/serial-runner.ts";
import { iterateRows } from "../compat/d1/iterate.ts";
import type { IterateOptions } from "../compat/d1/iterate.ts";
import type { D1Value } from "../compat/d1/result.ts";
import type { D1PreparedStatement } from "../compat/d1/statement.ts";
import { timedDatabase } from "../compat/d1/timeout.ts";
import { inTransaction } from "../compat/d1/transaction.ts";
import type { Database } from "../engine/session/session.ts";
import { pastDatabase } from "../engine/time/past-database.ts";
import type { PointInTime } from "../engine/time/point-in-time.ts";
import { rowParts } from "../rpc/row-stub.ts";
import { stubDatabase } from "../rpc/shard-stub.ts";
import { withTransactions } from "../rpc/shard-transaction.ts";
import type { ShardService } from "../rpc/shard-wire.ts";

export type { D1Database } from "../compat/d1/database.ts";
export type { D1ExecResult, D1Meta, D1Result, D1Value } from "../compat/d1/result.ts";
export type { D1DatabaseSession, D1SessionConstraint } from "../compat/d1/session.ts";
export type { D1PreparedStatement } from "../compat/d1/statement.ts";
export type { IterateOptions } from "../compat/d1/iterate.ts";
export type { IntegerForm } from "../compat/d1/exact-integers.ts";
export type { PointInTime } from "../engine/time/point-in-time.ts";

/** A Durable Object stub, as far as `d1` looks. */
export interface ShardStub {
  fetch: unknown;
}

/** A Durable Object namespace, as far as `d1` looks. */
export interface ShardNamespace {
  idFromName(name: string): unknown;
  // The runtime's own parameter type; a method's parameters are compared in both directions.
  get(id: never): ShardStub;
}

/** See `transactions`. */
export type Transactions = (database: Database) => D1Database;

/** See `exactIntegers`. */
export type Integers = (database: Database) => D1Database;

/** Options of `d1`. */
export interface D1Options {
  /**
   * `transactions` of `dosql/d1`, to take BEGIN and its like as statements. Default: they are
   * refused, as D1 does.
   */
  readonly transactions?: Transactions | undefined;
  /**
   * `exactIntegers("bigint")` or `exactIntegers("string")` of `dosql/d1`. Default: INTEGERs are
   * numbers, rounded beyond 2^53, as in D1.
   */
  readonly integers?: Integers | undefined;
}

/**
 * A D1 database over a DoSQL database: over one in this process, over one that `databases` of
 * `dosql/worker` opened, over the Durable Object namespace of a `DoSQLShard` (its database `main`),
 * or over one stub of it.
 *
 * @example
 * const db = d1(env.DOSQL);
 * const { results } = await db.prepare("SELECT * FROM users WHERE id = ?").bind(1).all();
 */
export function d1(
  source: Database | ShardNamespace | ShardStub,
  options: D1Options = {},
): D1Database {
  const { transactions, integers, ...others } = options;
  const face: unknown = transactions ?? integers ?? ((own: Database) => new D1Database(own));
  if (typeof face === "function" && !(transactions && integers) && !Object.keys(others)[0]) {
    return (face as Transactions)(databaseOf(source));
  }
  throw new DosqlError(
    "invalid-argument",
    "d1() takes transactions or integers; another database: databases(env).open(name)",
  );
}

function databaseOf(source: Database | ShardNamespace | ShardStub): Database {
  // A stub seems to have every property one asks for, but only it has `fetch`.
  if ("fetch" in source) return stubDatabase(() => source as unknown as ShardService);
  if (!("idFromName" in source)) return source;
  const id = source.idFromName("main") as never;
  return stubDatabase(() => source.get(id) as unknown as ShardService);
}

/**
 * Makes `d1` take a bigint for an INTEGER of 64 bits and hand every INTEGER out as a bigint, or as
 * its digits: `meta` stays as D1's. A number is a REAL still. In a Durable Object a REAL that is
 * whole and comes from RETURNING cannot be told from an INTEGER, so numbers there are refused:
 * return `CAST(id AS TEXT)`. A value of its own, so that only those load it who use it.
 *
 * @example
 * const db = d1(env.DOSQL, { integers: exactIntegers("bigint") });
 * await db.prepare("SELECT id FROM t WHERE id = ?").bind(9007199254740993n).first("id");
 */
export function exactIntegers(form: IntegerForm): Integers {
  return (database) => new D1Database(database, () => new ExactRunner(database, form));
}

/**
 * Makes `d1` take BEGIN, SAVEPOINT, RELEASE, ROLLBACK TO, COMMIT and ROLLBACK as statements, as
 * Drizzle's `db.transaction` sends them. Calls on the database take turns then and share one
 * transaction, those on each of its `withSession()` another one: make a database for each request.
 * In a Durable Object a transaction holds the whole database, its readers too, for 20 s at most
 * and for 3 s between two statements; batch what you can. A value of its own, so that only those
 * load it who use it.
 *
 * @example
 * const db = drizzle(d1(env.DOSQL, { transactions }));
 * await db.transaction(async (tx) => { … });
 */
export const transactions: Transactions = (database) => {
  const transacting = withTransactions(database);
  return new D1Database(transacting, () => new SerialRunner(transacting, true));
};

/** What DoSQL adds to a D1 database. */
export interface D1Extras {
  /**
   * The database as it was: its statements read what was committed then, and change nothing.
   *
   * @throws DosqlError `invalid-argument` for what is no point in time
   */
  at(point: PointInTime): D1Database;
  /**
   * Runs `body` in a transaction: commits when it returns, rolls back when it throws, and never
   * runs it again. `dosql(tx).transaction` is a savepoint of it. Others wait meanwhile; in a
   * Durable Object readers too, for 20 s at most and 3 s between two statements.
   *
   * @throws what `body` throws, or Error `D1_ERROR: …` when it cannot begin or commit
   * @example
   * await dosql(db).transaction(async (tx) => {
   *   const from = await tx.prepare("SELECT sum FROM account WHERE id = ?").bind(1).first("sum");
   *   if (from < 10) throw new Error("not enough");
   *   await tx.prepare("UPDATE account SET sum = sum - 10 WHERE id = ?").bind(1).run();
   * });
   */
  transaction<T>(body: (tx: D1Database) => Promise<T>): Promise<T>;
  /**
   * The rows of a SELECT as `all()` has them, one after the other, in memory for some hundred
   * kilobytes at a time. All are of the moment when the first was asked for, whatever is committed
   * meanwhile. Stop early, and what is left is forgotten.
   *
   * On Node a connection of its own reads them, which keeps nobody waiting, for five minutes
   * between two parts at most. A Durable Object runs the statement within one call, puts down what
   * is larger than a part in its storage, and keeps it there for an hour, also when it is evicted.
   * A `dosql/client` needs a WebSocket, and its server may hold the result as a whole, of 256 MiB
   * at most.
   *
   * @throws Error `D1_ERROR: …` as the first row is asked for: also for what is no SELECT, in a
   * transaction, and of the past
   * @example
   * for await (const row of dosql(db).iterate(db.prepare("SELECT * FROM big"))) await send(row);
   */
  iterate<T = Record<string, D1Value>>(
    statement: Pick<D1PreparedStatement, "statement" | "params">,
    options?: IterateOptions,
  ): AsyncGenerator<T, void>;
  /**
   * The same database, where a statement fails that reads or waits for longer than that. It works
   * where a read can be ended: with `dosql/client`, and with the option `readers` of `open`. What
   * writes runs to its end.
   *
   * @throws DosqlError `unsupported` elsewhere: nothing can end a statement in a Durable Object
   */
  withTimeout(timeoutMs: number): D1Database;
}

/**
 * What DoSQL adds to a D1 database. The database itself carries no member that D1's has not.
 *
 * @throws DosqlError `misuse` for a D1 database that `d1` did not make
 * @example
 * const yesterday = dosql(db).at(Date.now() - 86_400_000);
 * const { results } = await yesterday.prepare("SELECT * FROM users").all();
 */
export function dosql(database: D1Database): D1Extras {
  const behind = D1Database.behind(database);
  if (behind === null) {
    throw new DosqlError("misuse", "dosql() takes a D1 database that d1() made");
  }
  return {
    at: (point) => new D1Database(pastDatabase(behind, point)),
    transaction: (body) => inTransaction(withTransactions(behind), body),
    iterate: (statement, options = {}) =>
      iterateRows(statement, options, (one, how) => rowParts(behind, one, how)),
    withTimeout: (timeoutMs) => new D1Database(timedDatabase(behind, timeoutMs)),
  };
}
