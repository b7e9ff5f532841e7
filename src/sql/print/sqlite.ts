import type { Node } from "../ast/statement.ts";
import { EXPRESSIONS } from "./expressions.ts";
import type { PostgresKind } from "./postgres-kind.ts";
import { type Notation, printAs, readRules } from "./printer.ts";
import type { Kind, Rules } from "./rule.ts";
import { SQLITE_COMMANDS } from "./sqlite-commands.ts";
import { SQLITE_EXPRESSIONS, sqliteLevel } from "./sqlite-expressions.ts";
import { SQLITE_QUERIES } from "./sqlite-queries.ts";
import { SQLITE_SCHEMA } from "./sqlite-schema.ts";
import { STATEMENTS } from "./statements.ts";

/** How to print each kind that SQLite has a form for. */
export const SQLITE_RULES: Rules<Exclude<Kind, PostgresKind>> = {
  ...EXPRESSIONS,
  ...STATEMENTS,
  ...SQLITE_EXPRESSIONS,
  ...SQLITE_QUERIES,
  ...SQLITE_SCHEMA,
  ...SQLITE_COMMANDS,
};

const NOTATION: Notation = {
  dialect: "SQLite",
  rules: readRules(SQLITE_RULES),
  level: sqliteLevel,
};

/**
 * A tree as SQLite reads it: with as few parentheses as keep it, every name quoted. What reads it
 * back finds an equal tree.
 *
 * @throws DosqlError `unsupported` for what SQLite has no form for, by its name.
 * @example
 * printSqlite(parseSqlite("select a+1 from t").statement); // SELECT `a` + 1 FROM "t"
 */
export function printSqlite(node: Node): string {
  return printAs(NOTATION, node);
}
