import type { Node } from "../../../src/sql/ast/statement.ts";
import { POSTGRES_RULES } from "../../../src/sql/print/postgres.ts";
import { numberParameters, postgresLevel } from "../../../src/sql/print/postgres-expressions.ts";
import { printAs, readRules } from "../../../src/sql/print/printer.ts";
import type { Kind, Rule, Rules } from "../../../src/sql/print/rule.ts";
import { SQLITE_RULES } from "../../../src/sql/print/sqlite.ts";
import { sqliteLevel } from "../../../src/sql/print/sqlite-expressions.ts";

/** Kinds whose text has an operator between or before its operands. */
const OPERATIONS = [
  "unary",
  "binary",
  "logical",
  "not",
  "is",
  "test",
  "like",
  "between",
  "in",
  "quantified",
  "at-time-zone",
  "collate",
  "cast",
] as const;

/** The same rule with parentheses around what it prints. */
function around<K extends Kind>(rule: Rule<K>): Rule<K> {
  if (typeof rule === "string") return `( ${rule} )`;
  if (typeof rule === "function") return (...given) => `(${rule(...given)})`;
  const [template, view] = rule;
  return [`( ${template} )`, view];
}

function aroundOperations(rules: Partial<Rules<Kind>>): Partial<Rules<Kind>> {
  const found: Partial<Record<Kind, unknown>> = { ...rules };
  for (const kind of OPERATIONS) {
    const rule = rules[kind];
    if (rule !== undefined) found[kind] = around(rule as Rule<Kind>);
  }
  return found as Partial<Rules<Kind>>;
}

/** A tree with parentheses around every operation: no precedence can change what it means. */
export function parenthesisedSqlite(node: Node): string {
  const rules = readRules(aroundOperations(SQLITE_RULES));
  return printAs({ dialect: "SQLite", rules, level: sqliteLevel }, node);
}

export function parenthesisedPostgres(node: Node): string {
  const rules = readRules(aroundOperations(POSTGRES_RULES));
  return numberParameters(printAs({ dialect: "Postgres", rules, level: postgresLevel }, node));
}
