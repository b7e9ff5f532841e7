import { DosqlError } from "../../base/errors.ts";
import type { Parsed, Statement } from "../ast/statement.ts";
import { attemptSqlite } from "./attempt.ts";
import { findMentions } from "./mentions.ts";
import { isPragmaReadonly, readPragma } from "./pragma.ts";
import type { StatementClass } from "./statement-class.ts";
import { headOf } from "./statement-head.ts";
import { classifyUnparsed } from "./unparsed.ts";

/**
 * Classifies one statement: the first of a text, empty ones before it not counted. Never throws;
 * says nothing about whether SQLite will find the tables. What does not parse is classified by its
 * head.
 *
 * @param parsed What `attemptSqlite` made of the text, where that is known already.
 * @example
 * classify("WITH x AS (SELECT 1) DELETE FROM t").command; // "DELETE"
 */
export function classify(
  sql: string,
  parsed: Parsed | DosqlError = attemptSqlite(sql),
): StatementClass {
  let text = sql;
  let found = parsed;
  while (!(found instanceof DosqlError) && found.statement === null && found.more) {
    text = text.slice(found.end).replace(/^[\s;]+/, "");
    found = attemptSqlite(text);
  }
  if (found instanceof DosqlError) return classifyUnparsed(text);
  const { statement } = found;
  if (statement === null) return classifyUnparsed("");
  // Its readers know Postgres' words too, and that nothing may follow.
  if (statement.kind === "transaction") return classifyUnparsed(text);
  return classifyStatement(statement);
}

/**
 * Classifies a statement of either dialect by its tree.
 *
 * @example
 * const { statement } = parsePostgres("WITH x AS (DELETE FROM t RETURNING *) SELECT * FROM x");
 * classifyStatement(statement).kind; // "write"
 */
export function classifyStatement(statement: Statement): StatementClass {
  const found = findMentions(statement);
  const { rowidState, schemaTable, volatile } = found;
  const explain = statement.kind === "explain";
  const inner = explain ? statement.statement : statement;
  const head = headOf(inner);
  const changes = head.kind === "read" && found.tables.some(({ role }) => role === "write");
  const { command, kind, readonly } = changes ? { ...head, ...WRITES } : head;
  const explained = explain && kind !== "pragma";
  const plain: StatementClass = {
    command: explain ? "EXPLAIN" : command,
    kind: explained ? "read" : kind,
    readonly: explained || readonly,
    returning: !explain && "returning" in inner && inner.returning !== null,
    explain,
    temp: found.temp,
    mentions: { rowidState, schemaTable, volatile },
    tables: found.tables,
  };
  if (inner.kind !== "pragma") return plain;
  const pragma = readPragma(inner);
  return { ...plain, readonly: isPragmaReadonly(pragma), pragma };
}

/** A SELECT of Postgres whose WITH, or INTO, changes something. */
const WRITES = { kind: "write", readonly: false } as const;
