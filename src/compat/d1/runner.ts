import type { Bookmark } from "../../base/bookmark.ts";
import { DosqlError } from "../../base/errors.ts";
import type { ResultSet } from "../../engine/session/result-set.ts";
import type { Database, Session, SessionOptions, Statement } from "../../engine/session/session.ts";
import { NO_STATEMENTS, ONLY_LAST, d1Error, d1Message } from "./errors.ts";
import { splitQuery } from "./split.ts";
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

/** How sessions of this face behave. */
export const SESSION_OPTIONS: SessionOptions = {
  integers: "number",
  reportSize: true,
  whole: true,
  begins: false,
};

/**
 * Runs queries as D1's backend does. Calls on one D1 object may overlap, and a session takes one
 * statement at a time, so sessions are lent: there are as many as there were calls at once. Calls
 * that follow one another use the same one, which keeps `last_insert_rowid()` as on D1's single
 * connection.
 */
export class Runner {
  readonly #database: Database;
  readonly #options: SessionOptions;
  readonly #results: typeof lastOfEach;
  readonly #idle: Session[] = [];

  /** @param results what is answered of the statements of each query, and of their results */
  constructor(
    database: Database,
    options: SessionOptions = SESSION_OPTIONS,
    results: typeof lastOfEach = lastOfEach,
  ) {
    this.#database = database;
    this.#options = options;
    this.#results = results;
  }

  /** A bound value as a statement keeps it. */
  readonly convert: (value: unknown) => D1Parameter = toParameter;

  /**
   * Runs all queries in one transaction.
   *
   * @throws Error with `prefix` and `context` before the message
   */
  async run(queries: readonly D1Query[], prefix = "D1_ERROR", context = ""): Promise<Answer> {
    // Whatever it is, it goes to D1 as a text.
    const asked = queries.map(({ statement, params }) => ({ statement: `${statement}`, params }));
    let statements: Statement[] = [];
    let groups: Statement[][] = [];
    const session = this.#idle.pop() ?? this.#database.session(this.#options);
    try {
      groups = asked.filter(saysSomething).map(toStatements);
      if (groups.length === 0) throw new DosqlError("sqlite", NO_STATEMENTS);
      statements = groups.flat();
      const results = await execute(session, statements);
      return { results: this.#results(groups, results), seen: session.seen };
    } catch (error) {
      const sql = statements.length === 1 ? statements[0]?.sql : undefined;
      const message = isEarly(error, groups) ? ONLY_LAST : d1Message(error, sql);
      throw d1Error(prefix, context + message, error);
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

/**
 * Whether parameters are missing because they belong to a statement before a text's last one. A
 * mark in a string of it passes for a parameter: the statement fails anyway, with the other words.
 */
function isEarly(error: unknown, groups: readonly Statement[][]): boolean {
  return (
    String((error as Error).message).startsWith("Wrong n") &&
    groups.some((group) => group.some(({ sql }, i) => i + 1 < group.length && /[?:@$]/.test(sql)))
  );
}

/** D1 drops texts that are blank, but for indented comments. */
function saysSomething(query: D1Query): boolean {
  return query.statement.replace(/^\s+--.*/gm, "").trim() !== "";
}

function toStatements(query: D1Query): Statement[] {
  return splitQuery(query.statement, query.params?.map(toSqlValue) ?? []);
}

/** Of a text with several statements D1 answers the last one's rows, and all changes. */
function lastOfEach(groups: readonly Statement[][], results: ResultSet[]): ResultSet[] {
  let next = 0;
  return groups.map((group) => {
    const own = results.slice(next, (next += group.length));
    const changes = own.reduce((sum, set) => sum + set.changes, 0);
    return { ...(own.at(-1) as ResultSet), changes };
  });
}
