import { DosqlError } from "../../base/errors.ts";
import type { ConflictAction } from "../../sql/ast/leaf.ts";
import type { TableRef } from "../../sql/ast/query.ts";
import type { Node } from "../../sql/ast/statement.ts";
import { attemptSqlite } from "../../sql/read/attempt.ts";
import { walk } from "../../sql/tree/walk.ts";
import type { SchemaRow } from "./schema-rows.ts";
import { foldName } from "../../sql/fold-name.ts";

/** A statement of a trigger's body that changes rows. Names are lower case. */
export interface TriggerStep {
  readonly table: string;
  readonly deletes: boolean;
  /** Says OR REPLACE. */
  readonly replaces: boolean;
  /** Says what to do on conflict, in any way. */
  readonly decides: boolean;
  readonly upserts: boolean;
}

/** What a trigger of the user's may do. */
export interface TriggerFacts {
  readonly table: string;
  readonly timing: "BEFORE" | "AFTER" | "INSTEAD OF";
  readonly steps: readonly TriggerStep[];
  /** Says RAISE(FAIL), which stops the statement and keeps what it did until then. */
  readonly fails: boolean;
}

/**
 * Reads a trigger of the user's.
 *
 * @throws DosqlError `unsupported` for one that the parser cannot read
 */
export function readTrigger(row: SchemaRow): TriggerFacts {
  const parsed = attemptSqlite(row.sql ?? "");
  if (parsed instanceof DosqlError || parsed.statement?.kind !== "create-trigger") {
    throw new DosqlError("unsupported", `capture cannot read the trigger ${row.name}`, {
      hint: "drop it, or turn capture off for its table",
    });
  }
  const { timing, body } = parsed.statement;
  let fails = false;
  walk(parsed.statement, (node) => {
    if (node.kind === "raise" && node.action === "FAIL") fails = true;
  });
  return {
    table: foldName(row.table),
    // BEFORE is what a trigger does that does not say.
    timing: timing || "BEFORE",
    steps: body.flatMap(stepOf),
    fails,
  };
}

function stepOf(statement: Node): TriggerStep[] {
  switch (statement.kind) {
    case "insert": {
      const action = statement.replace ? "REPLACE" : statement.or;
      return [toStep(statement.table, action, statement.upserts.length > 0)];
    }
    case "update":
      return [toStep(statement.table, statement.or, false)];
    case "delete":
      return [{ ...toStep(statement.table, "", false), deletes: true }];
    default:
      return [];
  }
}

function toStep({ name }: TableRef, action: ConflictAction, upserts: boolean): TriggerStep {
  return {
    table: foldName(name.name.text),
    deletes: false,
    replaces: action === "REPLACE",
    decides: action !== "" || upserts,
    upserts,
  };
}
