import { Lexer } from "../../sql/lex/lexer.ts";
import { listParameters } from "../../sql/read/parameters.ts";
import type { SqlParameter } from "../../sql/read/parameters.ts";

/** What is known of a single statement by its text alone; null where SQLite must be asked. */
export interface StatementFacts {
  /**
   * `change` counts its rows exactly (INSERT, UPDATE, DELETE), `query` is a SELECT or VALUES,
   * `control` begins or ends a transaction or a savepoint, all the rest is `other`.
   */
  readonly kind: "change" | "query" | "control" | "other";
  readonly reader: boolean | null;
  readonly readonly: boolean | null;
  /** The text behind EXPLAIN [QUERY PLAN]; the text itself when it does not explain. */
  readonly explained: string;
  /** Names by index: with the sigil, `?n` too, null for `?` and for numbers nobody mentions. */
  readonly parameters: readonly (string | null)[];
  /** The same statement for a driver that binds by position faster; null where it would show. */
  readonly numbered: NumberedText | null;
  /** It holds a `*`. */
  readonly star: boolean;
}

/** A statement whose parameters all stand as `?1`, `?2`, …, which renames result columns. */
export interface NumberedText {
  readonly sql: string;
  readonly parameters: readonly (string | null)[];
}

/** Statements whose reader and readonly do not depend on the schema. */
const NEVER_READERS: Readonly<Record<string, boolean>> = {
  ALTER: false,
  ANALYZE: false,
  ATTACH: true,
  COMMIT: true,
  CREATE: false,
  DETACH: true,
  DROP: false,
  END: true,
  RELEASE: true,
  ROLLBACK: true,
  SAVEPOINT: true,
  VACUUM: false,
};

const CHANGES: ReadonlySet<string> = new Set(["DELETE", "INSERT", "REPLACE", "UPDATE"]);
const CONTROLS: ReadonlySet<string> = new Set([
  "BEGIN",
  "COMMIT",
  "END",
  "RELEASE",
  "ROLLBACK",
  "SAVEPOINT",
]);
const QUERIES: ReadonlySet<string> = new Set(["SELECT", "VALUES"]);

/** The words of a text that decide what it is. */
interface Words {
  /** The first word; for WITH the one behind its tables. */
  verb: string;
  /** Where the statement behind EXPLAIN [QUERY PLAN] begins; -1 when it does not explain. */
  explainedAt: number;
  /** BEGIN IMMEDIATE or EXCLUSIVE. */
  locks: boolean;
  returning: boolean;
  star: boolean;
  parameters: boolean;
}

/** Reads a statement's text. Never throws: what makes no sense was refused by SQLite before. */
export function readStatement(sql: string): StatementFacts {
  const words = readWords(sql);
  const found = words.parameters ? listParameters(sql) : [];
  const parameters = parameterNames(sql, found);
  const explained = words.explainedAt < 0 ? sql : sql.slice(words.explainedAt);
  const common = { parameters, star: words.star, explained, numbered: null };
  const { verb } = words;
  if (words.explainedAt >= 0) return { ...common, kind: "other", reader: true, readonly: null };
  if (QUERIES.has(verb)) return { ...common, kind: "query", reader: true, readonly: true };
  if (CHANGES.has(verb)) {
    const change = { ...common, kind: "change" as const, readonly: false };
    if (words.returning) return { ...change, reader: null };
    return { ...change, reader: false, numbered: numberedText(sql, found) };
  }
  const readonly = verb === "BEGIN" ? !words.locks : (NEVER_READERS[verb] ?? null);
  const kind = CONTROLS.has(verb) ? "control" : "other";
  return { ...common, kind, reader: readonly === null ? null : false, readonly };
}

function readWords(sql: string): Words {
  const lexer = new Lexer(sql);
  const words: Words = {
    verb: "",
    explainedAt: -1,
    locks: false,
    returning: false,
    star: false,
    parameters: false,
  };
  let depth = 0;
  let before = "";
  while (lexer.next()) {
    const { word } = lexer;
    if (word === "(") depth += 1;
    else if (word === ")") depth -= 1;
    else if (word === "*") words.star = true;
    else if (word === "RETURNING") words.returning = true;
    else if (word === "IMMEDIATE" || word === "EXCLUSIVE") words.locks = true;
    else if (lexer.kind === "parameter") words.parameters = true;
    if (words.verb === "" || words.verb === "EXPLAIN") readVerb(words, lexer, before);
    else if (words.verb === "WITH" && depth === 0 && before === ")") {
      if (QUERIES.has(word) || CHANGES.has(word)) words.verb = word;
    }
    before = word;
  }
  return words;
}

function readVerb(words: Words, lexer: Lexer, before: string): void {
  const { word } = lexer;
  if (word === ";") return;
  if (words.verb === "") words.verb = word === "" ? "?" : word;
  else if (words.explainedAt < 0 && !explainsPlan(word, before)) words.explainedAt = lexer.start;
}

/** QUERY and PLAN right behind EXPLAIN. */
function explainsPlan(word: string, before: string): boolean {
  return (word === "QUERY" && before === "EXPLAIN") || (word === "PLAN" && before === "QUERY");
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
