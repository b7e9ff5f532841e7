import type { Bookmark } from "../../base/bookmark.ts";
import type { ResultSet } from "../../engine/session/result-set.ts";
import type { Database, Session, SessionOptions, Statement } from "../../engine/session/session.ts";
import { d1Error } from "./errors.ts";
import type { D1Parameter } from "./values.ts";
import { toParameter, toSqlValue } from "./values.ts";

/** What D1 reads of a statement. */
export interface D1Query {
  readonly statement: string;
  /** Absent in what some programs make themselves. */
  readonly params?: readonly D1Parameter[] | undefined;
}

/** Results in the order of the queries, and the position they were read at. */
export interface Answer {
  readonly results: ResultSet[];
  readonly seen: Bookmark;
}

/** What is answered of the statements of each query, and of their results. */
export type ResultsOfEach = (groups: readonly Statement[][], results: ResultSet[]) => ResultSet[];

/** How sessions of this face behave. */
export const SESSION_OPTIONS: SessionOptions = {
  integers: "number",
  reportSize: true,
  whole: true,
  begins: false,
};

/** What is one statement at a glance: it begins with a word, and a semicolon can but end it. */
const ONE_STATEMENT = /^\s*\w[^;]*;?$/;

/**
 * Runs queries as D1's backend does. What few queries need (to split texts, to word failures) is
 * loaded by those: a Worker whose bundler splits has it apart.
 *
 * Calls on one D1 object may overlap, and a session takes one statement at a time, so sessions are
 * lent: there are as many as there were calls at once. Calls that follow one another use the same
 * one, which keeps `last_insert_rowid()` as on D1's single connection.
 */
export class Runner {
  readonly #database: Database;
  readonly #options: SessionOptions;
  readonly #results: ResultsOfEach;
  readonly #idle: Session[] = [];
  /** What splits texts, since the first call that needed it. */
  #split: Promise<typeof import("./split.ts")> | undefined;

  constructor(
    database: Database,
    options: SessionOptions = SESSION_OPTIONS,
    results: ResultsOfEach = lastOfEach,
  ) {
    this.#database = database;
    this.#options = options;
    this.#results = results;
  }

  /** A bound value as a statement keeps it. */
  readonly convert = (value: unknown): D1Parameter =>
    toParameter(value, this.#options.integers === "bigint");

  /**
   * Runs all queries in one transaction.
   *
   * @throws Error with `prefix` and `context` before the message
   */
  async run(queries: readonly D1Query[], prefix = "D1_ERROR", context = ""): Promise<Answer> {
    // Whatever it is, it goes to D1 as a text.
    const asked = queries.map(({ statement, params }) => ({
      sql: `${statement}`,
      params: params?.map(toSqlValue) ?? [],
    }));
    let groups: Statement[][] = [];
    const session = this.#idle.pop() ?? this.#database.session(this.#options);
    try {
      const plain = asked[0] && asked.every(({ sql }) => ONE_STATEMENT.test(sql));
      // Once one call has waited for it all do, or they would overtake one another.
      if (!plain) this.#split ??= import("./split.ts");
      const split = this.#split && (await this.#split);
      groups = plain || !split ? asked.map((query) => [query]) : split.splitQueries(asked);
      const results = await execute(session, groups.flat());
      return { results: this.#results(groups, results), seen: session.seen };
    } catch (error) {
      const { failureText } = await import("./failure.ts");
      throw d1Error(prefix, context + failureText(error, groups), error);
    } finally {
      this.#idle.push(session);
    }
  }
}

async function execute(session: Session, statements: readonly Statement[]): Promise<ResultSet[]> {
  const [only, ...others] = statements;
  return only && !others.length
    ? [await session.execute(only.sql, only.params)]
    : session.batch(statements);
}

/** Of a text with several statements D1 answers the last one's rows, and all changes. */
export function lastOfEach(groups: readonly Statement[][], results: ResultSet[]): ResultSet[] {
  let next = 0;
  return groups.map((group) => {
    const own = results.slice(next, (next += group.length));
    const changes = own.reduce((sum, set) => sum + set.changes, 0);
    return { ...(own.at(-1) as ResultSet), changes };
  });
}
