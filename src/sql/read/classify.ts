import { DosqlError } from "../../base/errors.ts";
import type { Parsed, Statement } from "../ast/statement.ts";
import { attemptSqlite } from "./attempt.ts";
import { findMentions } from "./mentions.ts";
import { isPragmaReadonly, readPragma } from "./pragma.ts";
import type { StatementClass, StatementKind } from "./statement-class.ts";
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
  if (parsed instanceof DosqlError) return classifyUnparsed(sql);
  const { statement, more, end } = parsed;
  if (statement === null) return more ? classify(sql.slice(end)) : classifyUnparsed("");
  // Its readers know Postgres' words too, and that nothing may follow.
  if (statement.kind === "transaction") return classifyUnparsed(sql);
  return classOf(statement);
}

function classOf(statement: Statement): StatementClass {
  const found = findMentions(statement);
  const { rowidState, schemaTable, volatile } = found;
  const explain = statement.kind === "explain";
  const inner = explain ? statement.statement : statement;
  const [command, kind, readonly] = headOf(inner);
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

/** Command tag, kind, and whether it only reads. */
function headOf(statement: Statement): [string, StatementKind, boolean] {
  switch (statement.kind) {
    case "query":
      return ["SELECT", "read", true];
    case "insert":
      return ["INSERT", "write", false];
    case "update":
      return ["UPDATE", "write", false];
    case "delete":
      return ["DELETE", "write", false];
    case "create-table":
      return ["CREATE TABLE", "ddl", false];
    case "create-index":
      return ["CREATE INDEX", "ddl", false];
    case "create-view":
      return ["CREATE VIEW", "ddl", false];
    case "create-trigger":
      return ["CREATE TRIGGER", "ddl", false];
    case "create-virtual-table":
      return ["CREATE VIRTUAL TABLE", "ddl", false];
    case "alter-table":
      return ["ALTER TABLE", "ddl", false];
    case "drop":
      return [`DROP ${statement.object}`, "ddl", false];
    case "pragma":
      return ["PRAGMA", "pragma", true];
    case "attach":
      return ["ATTACH", "attach", true];
    case "detach":
      return ["DETACH", "attach", true];
    case "maintain":
      return [statement.action, "maintenance", false];
    default:
      return [statement.kind.toUpperCase(), "unknown", false];
  }
}
