import { DosqlError } from "../../base/errors.ts";
import { pragmaFlag } from "../../engine/text/pragma-value.ts";
import { classify } from "../../sql/read/classify.ts";
import type { StatementClass } from "../../sql/read/statement-class.ts";
import { splitScript } from "../../sql/script/split.ts";
import { LineCounter } from "../script/line-counter.ts";
import type { Place } from "../script/line-counter.ts";
import type { Migration, MigrationLayout } from "./migration.ts";

/** Where drizzle cuts its files, whatever stands around it. */
const BREAKPOINT = "--> statement-breakpoint";

/** A statement of a migration and where it begins in its file. */
export interface PlacedStatement {
  readonly text: string;
  readonly place: Place;
}

/** What a migration runs, inside one transaction of ours. */
export interface MigrationScript {
  readonly migration: Migration;
  readonly statements: readonly PlacedStatement[];
  /** What `PRAGMA foreign_keys` is set to around the transaction; null leaves it as it is. */
  readonly foreignKeys: boolean | null;
}

/** Why a migration went no further. */
export interface MigrationFailure {
  readonly migration: Migration;
  readonly error: DosqlError;
  /** The statement at fault; null when it was not a statement. */
  readonly statement: PlacedStatement | null;
}

/**
 * Cuts a migration into statements. A migration is one transaction with its row in the ledger, so
 * its own BEGIN and COMMIT give way to ours, and `PRAGMA foreign_keys`, which SQLite ignores inside
 * of a transaction, is moved in front of it. What cannot be part of a transaction is a failure.
 */
export function readScript(
  migration: Migration,
  layout: MigrationLayout,
): MigrationScript | MigrationFailure {
  const reader = new ScriptReader();
  for (const statement of placedStatements(migration.sql, layout)) {
    const error = reader.take(statement);
    if (error !== null) return { migration, error, statement };
  }
  const open = reader.end();
  if (open !== null) {
    const error = new DosqlError(
      "unsupported",
      "the migration begins a transaction it never ends",
      {
        hint: "leave BEGIN out: a migration is one transaction by itself",
      },
    );
    return { migration, error, statement: open };
  }
  const { statements, foreignKeys } = reader;
  // Wrangler writes an empty file down as applied; drizzle fails on it, and so do we.
  if (statements.length === 0 && layout !== "wrangler") {
    const error = new DosqlError("unsupported", "the migration holds no statement", {
      hint: "what is written into it later would never be applied; write it now, or remove it",
    });
    return { migration, error, statement: null };
  }
  return { migration, statements, foreignKeys };
}

function placedStatements(sql: string, layout: MigrationLayout): PlacedStatement[] {
  const lines = new LineCounter();
  lines.add(sql);
  const cut = layout === "drizzle-journal" || layout === "drizzle-folders";
  const statements: PlacedStatement[] = [];
  let offset = 0;
  for (const piece of cut ? sql.split(BREAKPOINT) : [sql]) {
    for (const { text, start } of splitScript(piece)) {
      statements.push({ text, place: lines.place(offset + start) });
    }
    offset += piece.length + BREAKPOINT.length;
  }
  return statements;
}

class ScriptReader {
  readonly statements: PlacedStatement[] = [];
  foreignKeys: boolean | null = null;
  /** The script's own BEGIN that is not ended yet. */
  #begin: PlacedStatement | null = null;
  /** Changes rows where the script has foreign keys on, although it turns them off elsewhere. */
  #guarded: string | null = null;
  #isOff = false;

  /** Adds a statement; the answer is why it cannot be. */
  take(statement: PlacedStatement): DosqlError | null {
    const found = classify(statement.text);
    const { kind, transaction, pragma, command } = found;
    if (transaction !== undefined) return this.#transaction(statement, transaction.action);
    if (pragma?.name === "foreign_keys" && pragma.hasValue && !found.explain) {
      return this.#setForeignKeys(pragmaFlag(pragma.value ?? ""));
    }
    if (kind === "maintenance" && command === "VACUUM") {
      return refusal("VACUUM", "it runs outside of transactions only: use dosql sql");
    }
    if (!this.#isOff && mayCascade(found, statement.text)) {
      this.#guarded = command;
      if (this.foreignKeys === false) return guardError(command);
    }
    if (kind !== "empty") this.statements.push(statement);
    return null;
  }

  end(): PlacedStatement | null {
    return this.#begin;
  }

  #transaction(statement: PlacedStatement, action: string): DosqlError | null {
    switch (action) {
      case "begin":
        if (this.#begin !== null) {
          return refusal("BEGIN inside of BEGIN", "leave both out: a migration is one transaction");
        }
        this.#begin = statement;
        return null;
      case "commit":
        if (this.#begin === null) {
          return refusal("COMMIT without BEGIN", "leave it out: a migration is one transaction");
        }
        this.#begin = null;
        return null;
      case "rollback":
        return refusal("ROLLBACK", "a migration is applied as a whole or not at all");
      default:
        // Savepoints nest in our transaction.
        this.statements.push(statement);
        return null;
    }
  }

  /**
   * One setting holds for the whole transaction: off, when the script turns them off anywhere. What
   * is then checked at the end finds rows that lost their parent, but not the rows that a cascade
   * would have deleted; a script that needs both is refused.
   */
  #setForeignKeys(on: boolean): DosqlError | null {
    // As in SQLite, the pragma means nothing inside of the script's own transaction.
    if (this.#begin !== null) return null;
    this.#isOff = !on;
    if (on) {
      this.foreignKeys ??= true;
      return null;
    }
    this.foreignKeys = false;
    return this.#guarded === null ? null : guardError(this.#guarded);
  }
}

/** Deletes or changes rows that others may refer to; a dropped table is found at the end. */
function mayCascade({ kind, command, readonly }: StatementClass, text: string): boolean {
  if (kind !== "write" || readonly) return false;
  return command !== "INSERT" || /\b(?:or\s+replace|replace\s+into|on\s+conflict)\b/i.test(text);
}

function guardError(command: string): DosqlError {
  return refusal(
    `${command} with foreign keys on, beside PRAGMA foreign_keys = OFF,`,
    "inside of one transaction they are on or off: make two migrations of it",
  );
}

function refusal(what: string, hint: string): DosqlError {
  return new DosqlError("unsupported", `${what} cannot be part of a migration`, { hint });
}
