import type { Database } from "../../engine/session/session.ts";
import type { D1ExecResult, D1Result } from "./result.ts";
import { Runner } from "./runner.ts";
import type { AnyStatement, D1SessionConstraint } from "./session.ts";
import { D1DatabaseSession } from "./session.ts";
import type { D1PreparedStatement } from "./statement.ts";

/** A DoSQL database with the shape and the manners of a Cloudflare D1 binding. */
export class D1Database {
  // Minified, the class is still called by its name.
  static readonly name = "D1Database";
  readonly #database: Database;
  readonly #runner: Runner;
  readonly #runners: () => Runner;
  readonly #root: D1DatabaseSession;

  /** @param runners where each session runs; default: all of them where the database itself does */
  constructor(database: Database, runners?: () => Runner) {
    this.#database = database;
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
  static behind(database: object): Database | null {
    return #database in database ? database.#database : null;
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
