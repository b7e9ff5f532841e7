import type { ErrorCode } from "../../base/errors.ts";
import { MetaTable } from "../../engine/meta-table.ts";
import type { LeaseHolder } from "../../engine/session/write-lease.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import type { ImportReport } from "./transfer.ts";

/** The key in the engine's own table; JSON. */
const KEY = "import";

/** How far the newest import of a database has come. It is stored with what it has done. */
export interface ImportState {
  readonly script: string;
  /** `undoing` takes back what it did; in `done` and `failed` nothing more happens. */
  readonly phase: "running" | "undoing" | "done" | "failed";
  /** It turns foreign keys off itself. */
  readonly keysOff: boolean;
  /** Statements that were run. */
  readonly statements: number;
  readonly rowsRead: number;
  readonly rowsWritten: number;
  readonly startedMs: number;
  /** When something happened last. */
  readonly steppedMs: number;
  /** Of `done`. */
  readonly report?: ImportReport;
  /** Why there is no other end, of `undoing` and `failed`. */
  readonly failure?: ImportFailure;
}

/** A `DosqlError` to be kept. */
export interface ImportFailure {
  readonly code: ErrorCode;
  readonly message: string;
  readonly sqlite?: string;
  readonly hint?: string;
}

/** Null where nothing was imported yet. */
export function readImport(driver: SqlDriver): ImportState | null {
  const text = new MetaTable(driver).read(KEY);
  return typeof text === "string" ? (JSON.parse(text) as ImportState) : null;
}

export function writeImport(driver: SqlDriver, state: ImportState): void {
  new MetaTable(driver).write(KEY, JSON.stringify(state));
}

/** Whether an import is not over: nobody else uses the database then. */
export function isOpen(state: ImportState | null): state is ImportState {
  return state !== null && (state.phase === "running" || state.phase === "undoing");
}

/** Who has the write lease between the steps of an import. */
export const IMPORTER: LeaseHolder = { idleSinceMs: () => null, expire: () => undefined };
