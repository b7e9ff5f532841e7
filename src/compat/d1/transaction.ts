import { noTransactions } from "../../engine/session/refusals.ts";
import type { Database, Session } from "../../engine/session/session.ts";
import { D1Database } from "./database.ts";
import { d1Error } from "./errors.ts";
import { d1Message } from "./failure.ts";
import type { IntegerForm } from "./exact-integers.ts";
import { inForm } from "./exact-integers.ts";
import type { Answer, D1Query } from "./runner.ts";
import { holdsTransactionWord } from "./transaction-words.ts";
import { SerialRunner } from "./serial-runner.ts";

/** Name of the savepoint that an inner transaction is; one inside of it may have the same name. */
const SAVEPOINT = "dosql_inner";

/**
 * Runs `body` in a transaction of its own, or in a savepoint where `database` is a transaction's:
 * commits when it returns, rolls back when it throws, and never runs it again.
 *
 * @throws what `body` throws, or Error `D1_ERROR: …` when it cannot begin or commit
 */
export async function inTransaction<T>(
  database: Database,
  body: (tx: D1Database) => Promise<T>,
  integers?: IntegerForm,
): Promise<T> {
  const [options] = inForm(integers, { begins: true });
  const session = database.session(options);
  if (session.transaction !== "none") {
    return enclose(database, body, integers, {
      begin: () => session.execute(`SAVEPOINT ${SAVEPOINT}`, []),
      commit: () => session.execute(`RELEASE ${SAVEPOINT}`, []),
      rollback: async () => {
        await session.execute(`ROLLBACK TO ${SAVEPOINT}`, []);
        await session.execute(`RELEASE ${SAVEPOINT}`, []);
      },
    });
  }
  try {
    return await enclose(new OneSession(database, session), body, integers, session);
  } finally {
    await session[Symbol.asyncDispose]();
  }
}

/** How to begin and to end what `body` runs in. */
interface Edges {
  begin(): unknown;
  commit(): unknown;
  rollback(): unknown;
}

async function enclose<T>(
  database: Database,
  body: (tx: D1Database) => Promise<T>,
  integers: IntegerForm | undefined,
  edges: Edges,
): Promise<T> {
  await attempt(() => edges.begin());
  const runner = new TransactionRunner(database, ...inForm(integers));
  let result: T;
  try {
    result = await body(new D1Database(database, { integers }, () => runner));
  } catch (error) {
    // Why it is rolled back says more than why that failed: then it is rolled back already.
    await runner.end(() => edges.rollback()).catch(() => undefined);
    throw error;
  }
  await runner.end(() => edges.commit());
  return result;
}

/** What `body` forgot to wait for belongs to the transaction; what comes after it is refused. */
class TransactionRunner extends SerialRunner {
  #isOver = false;

  override run(queries: readonly D1Query[], ...words: string[]): Promise<Answer> {
    if (this.#isOver) return Promise.reject(d1Error("D1_ERROR", "the transaction is over"));
    if (queries.some(({ statement }) => holdsTransactionWord(statement))) {
      return Promise.reject(d1Error("D1_ERROR", noTransactions().message));
    }
    return super.run(queries, ...words);
  }

  end(edge: () => unknown): Promise<void> {
    this.#isOver = true;
    return this.inTurn(() => attempt(edge));
  }
}

async function attempt(body: () => unknown): Promise<void> {
  try {
    await body();
  } catch (error) {
    throw d1Error("D1_ERROR", d1Message(error, undefined), error);
  }
}

/** A database whose sessions are all the same one. */
class OneSession implements Database {
  readonly #database: Database;
  readonly #session: Session;

  constructor(database: Database, session: Session) {
    this.#database = database;
    this.#session = session;
  }

  get feed(): Database["feed"] {
    return this.#database.feed;
  }

  session(): Session {
    return this.#session;
  }

  /** The session is closed by whoever made it. */
  close(): void {}
}
