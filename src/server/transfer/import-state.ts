import type { ErrorFields } from "../../base/errors.ts";
import { DosqlError } from "../../base/errors.ts";
import { MetaTable } from "../../engine/meta-table.ts";
import type { KeptCounts } from "../../engine/counts/rowid-state.ts";
import type { LeaseHolder } from "../../engine/session/write-lease.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import type { UndoPlace } from "./script-undo.ts";
import type { ImportReport } from "./transfer.ts";

/** The key in the engine's own table; JSON. */
const KEY = "import";

/**
 * Where an import is. `counting` looks for keys that were broken before, `checking` for those that
 * are now, `undoing` takes back what was done. In `done` and `failed` nothing more happens. In
 * `stuck` neither, but nobody may use the database until an operator has ended that.
 */
export type ImportPhase =
  | "counting"
  | "running"
  | "checking"
  | "undoing"
  | "stuck"
  | "done"
  | "failed";

/** How far the newest import of a database has come. It is stored with what it has done. */
export interface ImportState {
  readonly script: string;
  readonly phase: ImportPhase;
  /** It turns foreign keys off itself. */
  readonly keysOff: boolean;
  /** What it would read of that PRAGMA where it goes on. */
  readonly keysOn?: boolean;
  /** What its next statement would hear of the rows that the last one changed. */
  readonly counts?: KeptCounts;
  /** The end of the change log before it. */
  readonly from: number;
  /** Statements that were run. */
  readonly statements: number;
  readonly rowsRead: number;
  readonly rowsWritten: number;
  /** Tables that were looked at, of `counting` and `checking`. */
  readonly looked: number;
  /** Rows whose keys were broken before, by table; null where that cannot be told. */
  readonly broken: Readonly<Record<string, number | null>>;
  /** Of `undoing`. */
  readonly undo?: UndoPlace;
  /** How often the next slice was begun: it is noted before, for it may take all down. */
  readonly tries: number;
  /** What the last of them failed with. */
  readonly trouble?: ErrorFields | undefined;
  readonly startedMs: number;
  /** When something happened last. */
  readonly steppedMs: number;
  /** Of `done`. */
  readonly report?: ImportReport;
  /** Why there is no other end, of `undoing`, `stuck` and `failed`. */
  readonly failure?: ErrorFields;
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
  return state !== null && state.phase !== "done" && state.phase !== "failed";
}

/** D1's words. */
const IMPORTING = "Currently processing a long-running import.";

/** Who has the write lease of an object between the slices of an import. */
export class Importer implements LeaseHolder {
  /** As far as this life of the object knows. */
  stuck: ImportState | null = null;

  idleSinceMs(): null {
    return null;
  }

  expire(): void {}

  /** What others hear meanwhile. */
  get refusal(): DosqlError {
    if (this.stuck !== null) return stuckError(this.stuck);
    return new DosqlError("sqlite", IMPORTING, { sqlite: "SQLITE_BUSY" });
  }
}

/** What everybody hears of an import that could neither be run nor be taken back. */
export function stuckError({ trouble, startedMs }: ImportState): DosqlError {
  const begun = new Date(startedMs).toISOString();
  return new DosqlError(
    "misuse",
    // Some faces say no more than this.
    `the database is closed until it is restored or deleted: the import of ${begun} failed, and ` +
      `taking it back did too (${trouble?.message ?? ""})`,
    { hint: "restore it to a time before, or to now to keep it as it is" },
  );
}
