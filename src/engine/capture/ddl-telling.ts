import type { Statement } from "../../sql/ast/statement.ts";
import type { SchemaRows } from "./schema-rows.ts";
import { sameName } from "./table-triggers.ts";

/** How the log tells a DDL statement, while some tables are left out of capture. */
export type DdlTelling =
  /** In its own words. */
  | "as-is"
  /** By what it did to the captured tables: they come, with their rows, or go. */
  | "anew"
  /** Not at all: those who follow the log do not have the table. */
  | "not";

/** What decides that. */
export interface TellingFacts {
  /** The schema before the statement. */
  readonly rows: SchemaRows;
  readonly isCaptured: (table: string) => boolean;
  /** Whether those who follow the log have the table: what it was when it was told of. */
  readonly isTold: (table: string) => boolean;
}

/**
 * A table that is left out may stand with those who follow the log, empty or with the rows of
 * another time, or not. What is said of it must work there.
 */
export function ddlTelling(
  statement: Statement | null,
  { rows, isCaptured, isTold }: TellingFacts,
): DdlTelling {
  // Its query may read a table that they do not have.
  if (statement?.kind === "create-table" && statement.query !== null) return "anew";
  const table = concernedTable(statement, rows);
  if (table === null || isCaptured(table)) return "as-is";
  const to = renamedTo(statement);
  if (to !== null && isCaptured(to)) return "anew";
  const creates = statement?.kind === "create-table" || statement?.kind === "create-virtual-table";
  return creates || isTold(table) ? "as-is" : "not";
}

/** The name that a statement gives to a table; null for all but ALTER TABLE RENAME. */
export function renamedTo(statement: Statement | null): string | null {
  if (statement?.kind !== "alter-table") return null;
  const [action] = statement.actions;
  return action?.kind === "rename-table" ? action.to.text : null;
}

/** The table that a statement makes, alters or drops, or whose index or trigger it does. */
export function concernedTable(statement: Statement | null, rows: SchemaRows): string | null {
  switch (statement?.kind) {
    case "create-table":
    case "create-virtual-table":
    case "alter-table":
      return statement.name.name.text;
    case "create-index":
    case "create-trigger":
      return statement.table.name.text;
    case "drop": {
      const name = statement.names[0]?.name.text ?? "";
      return rows.user.find((row) => sameName(row.name, name))?.table ?? null;
    }
    default:
      return null;
  }
}
