import type { DosqlError } from "../../base/errors.ts";
import { sourceExcerpt } from "../source-excerpt.ts";

/** The message, the place in the statement, the hint. */
export function statementErrorText(
  where: string,
  error: DosqlError,
  statement: string | null,
): string {
  const lines = [`dosql: ${where}${error.message}`];
  if (statement !== null && error.at !== undefined)
    lines.push(...sourceExcerpt(statement, error.at));
  if (error.hint !== undefined) lines.push(`hint: ${error.hint}`);
  return `${lines.join("\n")}\n`;
}
