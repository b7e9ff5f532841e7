import type { Database } from "../../engine/session/session.ts";
import type { IntegerForm } from "./exact-integers.ts";
import type { D1ExecResult, D1Result } from "./result.ts";
import { Runner } from "./runner.ts";
import type { AnyStatement, D1SessionConstraint } from "./session.ts";
import { D1DatabaseSession } from "./session.ts";
import type { D1PreparedStatement } from "./statement.ts";

/** Options of `d1`: what DoSQL adds, off unless asked for. Both may be used together. */
export interface D1Options {
  /**
   * Take BEGIN, SAVEPOINT, RELEASE, ROLLBACK TO, COMMIT and ROLLBACK as statements, as Drizzle's
   * `db.transaction` sends them. Calls on the database take turns then and share one transaction,
   * those on each of its `withSession()` another one: make a database for each request. In a
   * Durable Object a transaction holds the whole database, its readers too, for 20 s at most and
   * for 3 s between two statements; batch what you can. Default: they are refused, as in D1.
   */
  readonly transactions?: boolean | undefined;
  /**
   * As what INTEGERs come out of results. With `bigint`, or `string` for their digits, all 64 bits
   * are right, `bind` takes a bigint for an INTEGER, and `meta` stays as D1's. Default `number`:
   * rounded beyond 2^53, as in D1.
   */
  readonly integers?: IntegerForm | undefined;
}

/** What is behind a database of this face. */
export interface Behind {
  readonly database: Database;
  readonly options: D1Options;
}

/** A DoSQL database with the shape and the manners of a Cloudflare D1 binding. */
export class D1Database {
  // Minified, the class is still called by its name.
  static readonly name = "D1Database";
  readonly #behind: Behind;
  readonly #runner: Runner;
  readonly #runners: () => Runner;
  readonly #root: D1DatabaseSession;

  /** @param runners where each session runs; default: all of them where the database itself does */
  constructor(database: Database, options: D1Options = {}, runners?: () => Runner) {
    this.#behind = { database, options };
    this.#runner = runners?.() ?? new Runner(database);
    this.#runners = runners ?? (() => this.#runner);
    this.#root = new D1DatabaseSession(this.#runner, "first-unconstrained");
  }

  /**
   * What is behind a database of this face; null for anything else. Not a member of databases,
   * which have no more than D1's.
   *
   * @internal
   */
  static behind(database: object): Behind | null {
    return #behind in database ? database.#behind : null;
  }

  prepare(query: string): D1PreparedStatement {
    return this.#root.prepare(query);
  }

  /**
   * All statements in one transaction: the first error undoes all of them.
   *
   * @throws Error `D1_ERROR: …`
   */
  batch<T = unknown>(statements: readonly AnyStatement[]): Promise<D1Result<T>[]> {
    return this.#root.batch(statements);
  }

  /**
   * Runs a script, one statement (or several) per line, in one transaction. As in D1, a
   * statement cannot span lines.
   *
   * @throws Error `D1_EXEC_ERROR: …`
   */
  async exec(query: string): Promise<D1ExecResult> {
    const lines = query.trim().split("\n");
    const queries = lines.map((statement) => ({ statement, params: [] }));
    // D1 names the first line, whichever failed.
    const context = `Error in line 1: ${lines[0]}: `;
    const { results } = await this.#runner.run(queries, "D1_EXEC_ERROR", context);
    const durationMs = results.reduce((sum, set) => sum + (set.durationMs ?? 0), 0);
    return { count: results.length, duration: durationMs };
  }

  /** A session that starts at a constraint or at a bookmark; default `first-unconstrained`. */
  withSession(constraintOrBookmark?: D1SessionConstraint | (string & {})): D1DatabaseSession {
    return new D1DatabaseSession(
      this.#runners(),
      constraintOrBookmark?.trim() || "first-unconstrained",
    );
  }

  /**
   * Only ever worked for D1's alpha databases.
   *
   * @deprecated
   * @throws Error `D1_DUMP_ERROR: …`, as D1 does
   */
  async dump(): Promise<ArrayBuffer> {
    throw new Error("D1_DUMP_ERROR: Status + 404", { cause: new Error("Status 404") });
  }

  /**
   * Belongs to a wire that D1 does not open without a flag.
   *
   * @internal
   * @throws Error always, as D1 does
   */
  async query(): Promise<never> {
    throw new Error(
      "D1_ERROR: D1Database.query() requires the d1_binding_jsrpc compatibility flag. " +
        "Enable d1_binding_jsrpc before calling query().",
    );
  }
}
