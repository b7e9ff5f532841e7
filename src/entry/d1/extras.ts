import { DosqlError } from "../../base/errors.ts";
import { D1Database } from "../../compat/d1/database.ts";
import type { IterateOptions } from "../../compat/d1/iterate.ts";
import { iterateRows } from "../../compat/d1/iterate.ts";
import type { D1Value } from "../../compat/d1/result.ts";
import type { D1PreparedStatement } from "../../compat/d1/statement.ts";
import { timedDatabase } from "../../compat/d1/timeout.ts";
import { inTransaction } from "../../compat/d1/transaction.ts";
import type { Database } from "../../engine/session/session.ts";
import { pastDatabase } from "../../engine/time/past-database.ts";
import type { PointInTime } from "../../engine/time/point-in-time.ts";
import { rowParts } from "../../rpc/row-stub.ts";
import { withTransactions } from "../../rpc/shard-transaction.ts";
import { checkOptions, faceOf } from "./face.ts";

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
   * @throws DosqlError `invalid-argument` for an option that there is not
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
  const behind = Object(database) === database ? D1Database.behind(database) : null;
  if (behind === null) {
    throw new DosqlError("misuse", "dosql() takes a D1 database that d1() made");
  }
  const { database: own, options } = behind;
  const { transactions, integers } = options;
  const transacting = (): Database => withTransactions(own);
  return {
    at: (point) => faceOf(pastDatabase(own, point), { integers }),
    transaction: (body) => inTransaction(transacting(), body, integers),
    iterate(statement, how = {}) {
      checkOptions(how, own);
      return iterateRows(statement, { integers: how.integers ?? integers }, (one, form) =>
        rowParts(transactions ? transacting() : own, one, form),
      );
    },
    withTimeout: (timeoutMs) => faceOf(timedDatabase(own, timeoutMs), options),
  };
}
