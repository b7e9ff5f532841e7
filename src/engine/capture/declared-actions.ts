import { DosqlError } from "../../base/errors.ts";
import { attemptSqlite } from "../../sql/read/attempt.ts";

/** What the constraints of a table say about conflicts. */
export interface DeclaredActions {
  /** Some key says ON CONFLICT REPLACE. */
  readonly replaces: boolean;
  /** Some key or NOT NULL says ON CONFLICT IGNORE or FAIL: what was done may stay. */
  readonly spares: boolean;
}

const NONE: DeclaredActions = { replaces: false, spares: false };

/** @param sql a CREATE TABLE as it stands in the schema */
export function declaredActions(sql: string): DeclaredActions {
  if (!/conflict/i.test(sql)) return NONE;
  const parsed = attemptSqlite(sql);
  if (parsed instanceof DosqlError || parsed.statement?.kind !== "create-table") return NONE;
  const actions = parsed.statement.elements.flatMap((element) => {
    const constraints = element.kind === "column-definition" ? element.constraints : [element];
    return constraints.flatMap((constraint) =>
      constraint.kind === "key" || constraint.kind === "null-constraint" ? [constraint] : [],
    );
  });
  return {
    replaces: actions.some(({ kind, onConflict }) => kind === "key" && onConflict === "REPLACE"),
    spares: actions.some(({ onConflict }) => onConflict === "IGNORE" || onConflict === "FAIL"),
  };
}
