import { DosqlError } from "../../base/errors.ts";
import type { Row } from "../../base/value.ts";
import type { Delete, Update } from "../../sql/ast/query.ts";
import { Lexer } from "../../sql/lex/lexer.ts";
import { quoteIdentifier, quoteText } from "../../sql/quote.ts";
import { attemptSqlite } from "../../sql/read/attempt.ts";
import { listParameters } from "../../sql/read/parameters.ts";
import { foldName } from "../../sql/fold-name.ts";

/** What a row is found by when its table has no rowid of that name. */
const ROWIDS = ["rowid", "_rowid_", "oid"];

/** A text that says the same without LIMIT. */
export interface LimitedText {
  /** Its parameters all stand as `?1`, `?2`, … */
  readonly sql: string;
  readonly parameters: readonly (string | null)[];
}

/** Yields what it asks of the schema, and is answered with rows. */
export type LimitSearch = Generator<string, LimitedText | null, Row[]>;

/**
 * UPDATE and DELETE take ORDER BY and LIMIT only where SQLite was built for it; better-sqlite3's
 * is, a stock build answers with a bare syntax error. Such a statement is turned into what SQLite
 * itself makes of it: a search for the keys of the rows that a SELECT with the LIMIT finds.
 *
 * @param error what SQLite said of the text
 * @returns null when that is not why it was refused
 * @throws DosqlError `sqlite` for what SQLite refuses, `unsupported` by name
 */
export function* withoutLimit(error: unknown, sql: string): LimitSearch {
  if (!mayLimit(sql) || !(error instanceof DosqlError) || error.sqlite !== "SQLITE_ERROR") {
    return null;
  }
  if (!/^near ".+": syntax error$/s.test(error.message)) return null;
  const parsed = attemptSqlite(sql);
  if (parsed instanceof DosqlError) {
    // What is wrong stands behind the LIMIT that SQLite stopped at.
    throw /^near "(?:limit|order)"/i.test(error.message) ? refusal(parsed.message) : error;
  }
  const { statement } = parsed;
  if (statement?.kind !== "delete" && statement?.kind !== "update") return null;
  if (statement.limit === null && statement.orderBy.length === 0) return null;
  if (statement.limit === null) {
    throw refusal(`ORDER BY without LIMIT on ${statement.kind.toUpperCase()}`);
  }
  if (statement.kind === "update" && statement.from !== null) {
    throw new DosqlError("unsupported", "UPDATE … FROM with LIMIT is not supported here", {
      hint: "this runtime's SQLite is built without it; name the rows in a subquery",
    });
  }
  const { text, parameters } = numbered(sql.slice(statement.start, statement.end));
  const parts = clausesOf(text, statement.kind);
  const key = yield* keyOf(statement);
  const found = `SELECT ${key.list} FROM ${parts.table}${parts.where}${parts.order}${parts.limit}`;
  const limited = `${parts.head} WHERE ${key.row} IN (${found})${parts.returning}`;
  return { sql: limited, parameters };
}

/** Whether a text may hold such a statement. */
export function mayLimit(sql: string): boolean {
  return /\b(?:update|delete)\b/i.test(sql) && /\b(?:limit|order)\b/i.test(sql);
}

/** Pieces of the text, in the order in which they may stand. */
interface Clauses {
  head: string;
  table: string;
  where: string;
  returning: string;
  order: string;
  limit: string;
}

const CLAUSES: Readonly<Record<string, Exclude<keyof Clauses, "head" | "table">>> = {
  WHERE: "where",
  RETURNING: "returning",
  ORDER: "order",
  LIMIT: "limit",
};

function clausesOf(sql: string, kind: "update" | "delete"): Clauses {
  const clauses = { head: "", table: "", where: "", returning: "", order: "", limit: "" };
  const lexer = new Lexer(sql);
  let depth = 0;
  let current: keyof Clauses = "head";
  let start = 0;
  let tableStart = -1;
  const verb = kind === "delete" ? "FROM" : "UPDATE";
  let verbSeen = false;
  while (lexer.next()) {
    const { word } = lexer;
    if (word === "(") depth += 1;
    else if (word === ")") depth -= 1;
    if (depth > 0) continue;
    if (kind === "update" && verbSeen && tableStart < 0) {
      // UPDATE OR IGNORE t
      if (word === "OR") lexer.next();
      else tableStart = lexer.start;
    }
    if (word === verb && !verbSeen) {
      verbSeen = true;
      if (kind === "delete") tableStart = lexer.end;
    }
    if (word === "SET" && clauses.table === "" && tableStart >= 0) {
      clauses.table = sql.slice(tableStart, lexer.start);
    }
    const next = verbSeen ? CLAUSES[word] : undefined;
    if (next === undefined) continue;
    clauses[current] = `${clauses[current]}${sql.slice(start, lexer.start)}`;
    current = next;
    start = lexer.start;
  }
  clauses[current] = sql.slice(start);
  for (const name of ["where", "returning", "order", "limit"] as const) {
    clauses[name] = ` ${clauses[name].trim()}`;
  }
  if (kind === "delete") clauses.table = clauses.head.slice(tableStart);
  return clauses;
}

/** How the rows of a table are told apart. */
interface Key {
  /** In a result list. */
  readonly list: string;
  /** On the left of IN. */
  readonly row: string;
}

function* keyOf({ table }: Update | Delete): Generator<string, Key, Row[]> {
  const { name, schema } = table.name;
  const find = `SELECT name, pk FROM pragma_table_xinfo(${quoteText(name.text)}${
    schema === null ? "" : `, ${quoteText(schema.text)}`
  })`;
  const columns = yield find;
  if (columns.length === 0) throw refusal(`no such table: ${name.text}`);
  const where = schema === null ? "" : ` AND schema = ${quoteText(schema.text)} COLLATE NOCASE`;
  const list = `SELECT type, wr FROM pragma_table_list(${quoteText(name.text)}) WHERE 1${where}`;
  const [type, withoutRowid] = (yield list)[0] ?? [];
  if (type === "view") {
    throw new DosqlError(
      "unsupported",
      "UPDATE and DELETE with LIMIT on a view are not supported",
      {
        hint: "this runtime's SQLite is built without it; name the rows in a subquery",
      },
    );
  }
  if (Number(withoutRowid) === 1) {
    const key = columns
      .filter(([, place]) => Number(place) > 0)
      .sort(([, left], [, right]) => Number(left) - Number(right))
      .map(([column]) => quoteIdentifier(String(column)));
    return { list: key.join(", "), row: key.length === 1 ? key.join() : `(${key.join(", ")})` };
  }
  const taken = new Set(columns.map(([column]) => foldName(String(column))));
  const rowid = ROWIDS.find((one) => !taken.has(one));
  if (rowid !== undefined) return { list: rowid, row: rowid };
  throw new DosqlError("unsupported", `LIMIT on ${name.text}, whose columns hide its rowid`);
}

/** The text with `?1`, `?2`, … for its parameters, which may then stand in another order. */
function numbered(sql: string): { text: string; parameters: (string | null)[] } {
  const parameters: (string | null)[] = [];
  let text = "";
  let copied = 0;
  for (const { number, start, end } of listParameters(sql)) {
    while (parameters.length < number) parameters.push(null);
    parameters[number - 1] = `?${number}`;
    text += `${sql.slice(copied, start)}?${number}`;
    copied = end;
  }
  return { text: text + sql.slice(copied), parameters };
}

function refusal(message: string): DosqlError {
  return new DosqlError("sqlite", message, { sqlite: "SQLITE_ERROR" });
}
