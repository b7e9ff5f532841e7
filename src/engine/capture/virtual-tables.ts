import { DosqlError } from "../../base/errors.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import { attemptSqlite } from "../../sql/read/attempt.ts";
import type { SchemaRow, SchemaRows } from "./schema-rows.ts";
import { readSchemaRows } from "./schema-rows.ts";
import { readTrigger } from "./trigger-steps.ts";
import { foldName } from "../../sql/fold-name.ts";

/** What becomes of the rows of a virtual table. */
export type VirtualState =
  /** Logged by the engine, which looks at the rows before and after a statement. */
  | "captured"
  /** Made from what is captured: an index without content of its own, or one fed by triggers. */
  | "derived"
  /** Not known to the log: neither time travel nor a restore can tell what they were. */
  | "uncaptured";

/** A virtual table of the user's. */
export interface VirtualTable {
  readonly name: string;
  /** Lower case. */
  readonly module: string;
  readonly state: VirtualState;
}

/** Modules whose rows have a rowid, keep what they are given and change by nothing but DML. */
const ROWS: ReadonlySet<string> = new Set(["fts5", "rtree", "rtree_i32"]);
/** Modules that show what stands elsewhere. */
const VIEWS: ReadonlySet<string> = new Set(["fts5vocab", "fts4aux", "dbstat"]);

/**
 * All virtual tables of a file and what becomes of their rows.
 *
 * @example
 * readVirtualTables(driver).filter(({ state }) => state === "uncaptured");
 */
export function readVirtualTables(driver: SqlDriver): VirtualTable[] {
  return virtualTables(readSchemaRows(driver));
}

export function virtualTables(rows: SchemaRows): VirtualTable[] {
  if (rows.virtual.length === 0) return [];
  const triggers = rows.user.filter(({ type }) => type === "trigger").map(readTrigger);
  const fed = new Set(triggers.flatMap(({ steps }) => steps.map(({ table }) => table)));
  return rows.virtual.map((row) => {
    const { module, hasContent } = readDefinition(row);
    const state = VIEWS.has(module)
      ? "derived"
      : !ROWS.has(module)
        ? "uncaptured"
        : hasContent && !fed.has(foldName(row.name))
          ? "captured"
          : "derived";
    return { name: row.name, module, state };
  });
}

function readDefinition({ sql }: SchemaRow): { module: string; hasContent: boolean } {
  const parsed = attemptSqlite(sql ?? "");
  if (parsed instanceof DosqlError || parsed.statement?.kind !== "create-virtual-table") {
    return { module: "", hasContent: false };
  }
  const { module, arguments: options } = parsed.statement;
  const hasContent = !options.some(({ text }) => /^\s*content\s*=/i.test(text));
  return { module: module.text.toLowerCase(), hasContent };
}
