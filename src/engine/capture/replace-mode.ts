import type { ConflictAction } from "../../sql/ast/leaf.ts";
import type { Statement } from "../../sql/ast/statement.ts";

/**
 * What the BEFORE triggers do in the statement that runs; the value of the flag table. Odd ones
 * look at all keys.
 */
export const REPLACE_MODE = {
  /** The statement says OR IGNORE, FAIL, ABORT or ROLLBACK: nothing is replaced. */
  never: 0,
  /** OR REPLACE: rows that conflict by any key are deleted. */
  replace: 1,
  /** No OR: only constraints declared ON CONFLICT REPLACE delete. The mode at rest. */
  declared: 2,
  /** It cannot be told before: conflicting rows are noted, and looked at afterwards. */
  unsure: 3,
} as const;

export type ReplaceMode = (typeof REPLACE_MODE)[keyof typeof REPLACE_MODE];

/** What of a statement decides the mode. */
export interface ChangeTraits {
  /** The table or view it changes, as written. */
  readonly table: string;
  readonly action: ConflictAction;
  readonly upserts: boolean;
}

/** What a change of rows says about conflicts; null for all other statements. */
export function changeTraits(statement: Statement | null): ChangeTraits | null {
  switch (statement?.kind) {
    case "insert": {
      const action = statement.replace ? "REPLACE" : statement.or;
      return {
        table: statement.table.name.name.text,
        action,
        upserts: statement.upserts.length > 0,
      };
    }
    case "update":
      return { table: statement.table.name.name.text, action: statement.or, upserts: false };
    case "delete":
      return { table: statement.table.name.name.text, action: "", upserts: false };
    default:
      return null;
  }
}

/** What of the schema decides the mode. */
export interface ReplaceSchema {
  /** Some trigger's body says OR REPLACE. */
  readonly inTriggers: boolean;
  /** Some constraint is declared ON CONFLICT REPLACE. */
  readonly declared: boolean;
}

/** The mode in which a statement must run. */
export function replaceMode(
  { action, upserts }: ChangeTraits,
  { inTriggers, declared }: ReplaceSchema,
): ReplaceMode {
  // The outer statement's OR holds inside its triggers, and theirs where it has none.
  if (inTriggers) return REPLACE_MODE.unsure;
  if (action === "REPLACE") return upserts ? REPLACE_MODE.unsure : REPLACE_MODE.replace;
  if (!declared) return REPLACE_MODE.declared;
  if (action === "") return upserts ? REPLACE_MODE.unsure : REPLACE_MODE.declared;
  return REPLACE_MODE.never;
}
