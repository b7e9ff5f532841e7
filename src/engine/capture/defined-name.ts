import type { Statement } from "../../sql/ast/statement.ts";

/** The name of what a DDL statement creates, alters or drops; empty where there is none. */
export function definedName(statement: Statement | null): string {
  switch (statement?.kind) {
    case "create-table":
    case "create-view":
    case "create-trigger":
    case "create-virtual-table":
    case "alter-table":
      return statement.name.name.text;
    case "create-index":
      return statement.name?.name.text ?? "";
    case "drop":
      return statement.names[0]?.name.text ?? "";
    default:
      return "";
  }
}
