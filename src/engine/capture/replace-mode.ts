import { DosqlError } from "../../base/errors.ts";
import type { ConflictAction } from "../../sql/ast/leaf.ts";
import type { TableRef } from "../../sql/ast/query.ts";
import type { Parsed } from "../../sql/ast/statement.ts";
import type { StatementKind } from "../../sql/read/statement-class.ts";
import type { Reach } from "./schema-graph.ts";

/**
 * What the BEFORE triggers do in the statement that runs; the value of the flag table. Odd ones
 * look at all keys.
 */
export const REPLACE_MODE = {
  /** The statement says OR IGNORE, FAIL, ABORT or ROLLBACK: nothing is replaced. */
  never: 0,
  /** OR REPLACE: rows that conflict by any key are deleted. */
  replace: 1,
  /** No OR: only constraints declared ON CONFLICT REPLACE delete. */
  declared: 2,
  /**
   * It cannot be told before: conflicting rows are noted, and looked at afterwards. The mode at
   * rest, while the file is closed: other programs do not set one.
   */
  unsure: 3,
} as const;

export type ReplaceMode = (typeof REPLACE_MODE)[keyof typeof REPLACE_MODE];

/** What of a statement decides the mode. */
export interface ChangeTraits {
  /** The table or view it changes, as written. */
  readonly table: string;
  readonly action: ConflictAction;
  readonly upserts: boolean;
  /** Why the statement has no tree, so that its table is not known; null where it has one. */
  readonly unread: DosqlError | null;
}

/** What a change of rows says about conflicts; null for all other statements. */
export function changeTraits(
  sql: string,
  parsed: Parsed | DosqlError,
  kind: StatementKind,
): ChangeTraits | null {
  if (parsed instanceof DosqlError) {
    if (kind !== "write") return null;
    const action = MAY_REPLACE.test(sql) ? "REPLACE" : "";
    return { table: "", action, upserts: true, unread: parsed };
  }
  const { statement } = parsed;
  switch (statement?.kind) {
    case "insert": {
      const action = statement.replace ? "REPLACE" : statement.or;
      return known(statement.table, action, statement.upserts.length > 0);
    }
    case "update":
      return known(statement.table, statement.or, false);
    case "delete":
      return known(statement.table, "", false);
    default:
      return null;
  }
}

function known({ name }: TableRef, action: ConflictAction, upserts: boolean): ChangeTraits {
  return { table: name.name.text, action, upserts, unread: null };
}

/** In data it counts too: whoever sends half a million tokens can send them in parts. */
const MAY_REPLACE = /\breplace\b/i;

/** The mode in which a statement must run; `reach` is that of the table it names. */
export function replaceMode({ action, upserts }: ChangeTraits, reach: Reach): ReplaceMode {
  switch (action) {
    case "REPLACE":
      return upserts ||
        reach.upserts ||
        reach.reenters ||
        (reach.deletes && (reach.decides || reach.mixed))
        ? REPLACE_MODE.unsure
        : REPLACE_MODE.replace;
    case "":
      if (reach.replaces) return REPLACE_MODE.unsure;
      if (!reach.declared) return REPLACE_MODE.declared;
      return upserts || reach.decides || reach.mixed || reach.reenters
        ? REPLACE_MODE.unsure
        : REPLACE_MODE.declared;
    default:
      // The statement's own OR holds for its constraints, and inside of its triggers too, but not
      // in those that a deletion of theirs fires.
      return reach.deletes && (reach.replaces || reach.declared)
        ? REPLACE_MODE.unsure
        : REPLACE_MODE.never;
  }
}
