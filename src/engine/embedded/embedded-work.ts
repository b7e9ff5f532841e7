import { DosqlError } from "../../base/errors.ts";
import { attemptSqlite } from "../../sql/read/attempt.ts";
import { classify } from "../../sql/read/classify.ts";
import type { StatementClass } from "../../sql/read/statement-class.ts";
import type { ChangeTraits } from "../capture/replace-mode.ts";
import { changeTraits } from "../capture/replace-mode.ts";

/** What the change log must know of a statement that an embedding program runs. */
export interface EmbeddedWork {
  /** The statement alone. */
  readonly sql: string;
  readonly class: StatementClass;
  /** What it says about conflicts; null when it changes no rows. */
  readonly change: ChangeTraits | null;
  /** VACUUM, which may move rows; not VACUUM INTO, which leaves the file as it is. */
  readonly moves: boolean;
}

/** Reads one statement. Never throws. */
export function readWork(sql: string): EmbeddedWork {
  const parsed = attemptSqlite(sql);
  const statement = parsed instanceof DosqlError ? null : parsed.statement;
  const found = classify(sql, parsed);
  return {
    sql: statement === null ? sql.trim() : sql.slice(statement.start, statement.end),
    class: found,
    change: changeTraits(sql, parsed, found.kind),
    moves:
      found.command === "VACUUM" && !(statement?.kind === "maintain" && statement.into !== null),
  };
}
