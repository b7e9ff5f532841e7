import type { Node } from "../ast/statement.ts";
import { EXPRESSIONS } from "./expressions.ts";
import { POSTGRES_CHANGES } from "./postgres-changes.ts";
import { POSTGRES_COMMANDS } from "./postgres-commands.ts";
import { POSTGRES_CONSTRAINTS } from "./postgres-constraints.ts";
import { numberParameters, POSTGRES_EXPRESSIONS, postgresLevel } from "./postgres-expressions.ts";
import { POSTGRES_OBJECTS } from "./postgres-objects.ts";
import { POSTGRES_PRIVILEGES } from "./postgres-privileges.ts";
import { POSTGRES_QUERIES } from "./postgres-queries.ts";
import { POSTGRES_SCHEMA } from "./postgres-schema.ts";
import { type Notation, printAs, readRules } from "./printer.ts";
import type { Kind, Rules } from "./rule.ts";
import { STATEMENTS } from "./statements.ts";

/** Kinds that Postgres has no form for. The compiler holds all others to a rule. */
type SqliteKind =
  | "raise"
  | "create-trigger"
  | "create-virtual-table"
  | "module-argument"
  | "pragma"
  | "attach"
  | "detach"
  | "maintain";

/** How to print each kind that Postgres has a form for. */
export const POSTGRES_RULES: Rules<Exclude<Kind, SqliteKind>> = {
  ...EXPRESSIONS,
  ...STATEMENTS,
  ...POSTGRES_EXPRESSIONS,
  ...POSTGRES_QUERIES,
  ...POSTGRES_CHANGES,
  ...POSTGRES_CONSTRAINTS,
  ...POSTGRES_SCHEMA,
  ...POSTGRES_OBJECTS,
  ...POSTGRES_COMMANDS,
  ...POSTGRES_PRIVILEGES,
};

const NOTATION: Notation = {
  dialect: "Postgres",
  rules: readRules(POSTGRES_RULES),
  level: postgresLevel,
};

/**
 * A tree as Postgres reads it: with as few parentheses as keep it, every name quoted. What reads
 * it back finds an equal tree.
 *
 * Parameters of SQLite get the numbers that SQLite gives them.
 *
 * @throws DosqlError `unsupported` for what Postgres has no form for, by its name.
 * @example
 * printPostgres(parsePostgres("select a+1 from t").statement); // SELECT "a" + 1 FROM "t"
 */
export function printPostgres(node: Node): string {
  return numberParameters(printAs(NOTATION, node));
}
