import type { StatementClass } from "./statement-class.ts";

/** Numbers in the header of a file; programs keep the version of their schema in one. */
const HEADER_NUMBERS: ReadonlySet<string> = new Set(["application_id", "user_version"]);

/**
 * Whether a statement changes what a database is, not what it holds: DDL, and a PRAGMA that sets
 * a number of the file's header.
 */
export function changesDefinition({ kind, explain, pragma }: StatementClass): boolean {
  if (kind === "ddl") return true;
  if (explain || pragma === undefined || !pragma.hasValue) return false;
  return HEADER_NUMBERS.has(pragma.name) && (pragma.schema ?? "main").toLowerCase() === "main";
}
