import type { ResultSet } from "../../engine/session/result-set.ts";
import type { D1Result } from "./result.ts";
import { toD1Result } from "./result.ts";
import type { D1Query, Runner } from "./runner.ts";
import { D1PreparedStatement } from "./statement.ts";

/** Where a session's first query may go; with one shard all go to the same place. */
export type D1SessionConstraint = "first-primary" | "first-unconstrained";

/**
 * What `batch` takes: a statement by its public face, which is all that the runtime's own types
 * show of one.
 */
export interface AnyStatement {
  bind(...values: unknown[]): unknown;
}

/** A conversation that never reads older data than it has seen. */
export class D1DatabaseSession {
  // Minified, the class is still called by its name.
  static readonly name = "D1DatabaseSession";
  readonly #runner: Runner;
  #position: string;

  constructor(runner: Runner, position: string) {
    this.#runner = runner;
    this.#position = position;
  }

  prepare(query: string): D1PreparedStatement {
    return new D1PreparedStatement(this.#runner.convert, (queries) => this.#run(queries), query);
  }

  /** All statements in one transaction. */
  async batch<T = unknown>(statements: readonly AnyStatement[]): Promise<D1Result<T>[]> {
    const queries = statements as readonly unknown[] as readonly D1Query[];
    return (await this.#run(queries)).map(toD1Result) as D1Result<T>[];
  }

  /** The newest position seen; null while there is only a constraint. */
  getBookmark(): string | null {
    return /^first-(primary|unconstrained)$/.test(this.#position) ? null : this.#position;
  }

  async #run(queries: readonly D1Query[]): Promise<ResultSet[]> {
    const { results, seen } = await this.#runner.run(queries);
    const known = this.getBookmark();
    // Answers may arrive in another order than the calls went out.
    if (known === null || known.localeCompare(seen) < 0) this.#position = seen;
    return results;
  }
}
