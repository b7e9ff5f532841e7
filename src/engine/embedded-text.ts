import { DosqlError } from "../base/errors.ts";
import type { QueryBody, ResultColumn } from "../sql/ast/query.ts";
import type { Statement } from "../sql/ast/statement.ts";
import { listParameters, numberedParameters } from "../sql/parameters.ts";
import type { SqlParameter } from "../sql/parameters.ts";
import { attemptFirst } from "../sql/statements.ts";

/** What is known of a single statement by its text alone; null where SQLite must be asked. */
export interface StatementFacts {
  /**
   * `change` counts its rows exactly (INSERT, UPDATE, DELETE), `query` is a SELECT or VALUES,
   * all the rest is `other`.
   */
  readonly kind: "change" | "query" | "other";
  readonly reader: boolean | null;
  readonly readonly: boolean | null;
  /** The text behind EXPLAIN [QUERY PLAN]; the text itself when it does not explain. */
  readonly explained: string;
  /** Names by index: with the sigil, `?n` too, null for `?` and for numbers nobody mentions. */
  readonly parameters: readonly (string | null)[];
  /** The same statement for a driver that binds by position faster; null where it would show. */
  readonly numbered: NumberedText | null;
  /** It has a result column `*`. */
  readonly star: boolean;
}

/** A statement whose parameters all stand as `?1`, `?2`, …, which renames result columns. */
export interface NumberedText {
  readonly sql: string;
  readonly parameters: readonly (string | null)[];
}

/** Reads a statement's text. Never throws: what makes no sense was refused by SQLite before. */
export function readStatement(sql: string): StatementFacts {
  const parsed = attemptFirst(sql);
  if (parsed instanceof DosqlError) return unparsed(sql);
  const found = numberedParameters(sql, parsed.parameters);
  const common: StatementFacts = {
    kind: "other",
    reader: null,
    readonly: null,
    explained: sql,
    parameters: parameterNames(sql, found),
    numbered: null,
    star: false,
  };
  const { statement } = parsed;
  switch (statement?.kind) {
    case "explain":
      return { ...common, reader: true, explained: sql.slice(statement.statement.start) };
    case "query":
      return {
        ...common,
        kind: "query",
        reader: true,
        readonly: true,
        star: hasStar(statement.body),
      };
    case "insert":
    case "update":
    case "delete":
      if (statement.returning === null) {
        const numbered = numberedText(sql, found);
        return { ...common, kind: "change", reader: false, readonly: false, numbered };
      }
      return {
        ...common,
        kind: "change",
        readonly: false,
        star: isStarIn(statement.returning.columns),
      };
    default: {
      const readonly = statement == null ? null : isReadonly(statement);
      return { ...common, reader: readonly === null ? null : false, readonly };
    }
  }
}

/** SQLite understands what our parser does not, so SQLite is asked. */
function unparsed(sql: string): StatementFacts {
  const parameters = parameterNames(sql, listParameters(sql));
  const explained = sql.replace(/^[\s;]*explain\b(?:\s+query\s+plan\b)?/i, "");
  const explains = explained.length < sql.length;
  const reader = explains ? true : null;
  return {
    kind: "other",
    reader,
    readonly: null,
    explained,
    parameters,
    numbered: null,
    star: true,
  };
}

/** What SQLite says of a statement that never returns rows; null where it depends on the schema. */
function isReadonly(statement: Statement): boolean | null {
  switch (statement.kind) {
    case "transaction":
      return statement.lock !== "IMMEDIATE" && statement.lock !== "EXCLUSIVE";
    case "attach":
    case "detach":
      return true;
    case "maintain":
      return statement.action === "REINDEX" ? null : false;
    case "pragma":
      return null;
    default:
      return false;
  }
}

/** A compound has the columns of its first SELECT. */
function hasStar(body: QueryBody): boolean {
  let first = body;
  while (first.kind === "compound") first = first.left;
  return first.kind === "select" && isStarIn(first.columns);
}

function isStarIn(columns: readonly ResultColumn[]): boolean {
  return columns.some(({ value }) => value.kind === "star");
}

function parameterNames(sql: string, found: readonly SqlParameter[]): (string | null)[] {
  const names: (string | null)[] = [];
  for (const { number, start, end } of found) {
    while (names.length < number) names.push(null);
    if (end - start > 1) names[number - 1] ??= sql.slice(start, end);
  }
  return names;
}

function numberedText(sql: string, found: readonly SqlParameter[]): NumberedText | null {
  if (found.every(({ name }) => name === null)) return null;
  const parameters: (string | null)[] = [];
  let text = "";
  let copied = 0;
  for (const { number, start, end } of found) {
    while (parameters.length < number) parameters.push(null);
    parameters[number - 1] = `?${number}`;
    text += `${sql.slice(copied, start)}?${number}`;
    copied = end;
  }
  return { sql: text + sql.slice(copied), parameters };
}

/** Whether SQLite would find no statement in a text: it holds space, comments and `;` only. */
export function isBlank(sql: string): boolean {
  return /^(?:[ \t\n\v\f\r;]|--[^\n]*|\/\*(?:[^*]|\*(?!\/))*(?:\*\/)?)*(?:\0|$)/.test(sql);
}
