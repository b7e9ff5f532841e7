import { DosqlError } from "../../src/base/errors.ts";
import { attemptSqlite } from "../../src/sql/read/attempt.ts";
import { type LiftedStatement, liftLiterals, type LiftOptions } from "../../src/sql/change/lift.ts";

/** Lifts out of a text as the engine does: what does not parse is left alone. */
export function liftText(sql: string, options: LiftOptions): LiftedStatement | null {
  const parsed = attemptSqlite(sql);
  return parsed instanceof DosqlError ? null : liftLiterals(sql, parsed, options);
}
