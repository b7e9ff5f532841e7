import { DosqlError } from "../../../base/errors.ts";
import type { StatementInfo } from "../../../engine/session/session.ts";
import { CODE_FIELD } from "../../../engine/value-tag.ts";
import type { ColumnInfo } from "../../../ports/sql-driver.ts";
import type { Writer } from "../codec/writer.ts";
import { reportOf } from "../error-report.ts";
import { writeTaggedRow } from "./tagged-values.ts";

const ERROR_RESPONSE = 0x45;

/** What Parse made of a text. */
export interface SqliteStatement {
  readonly text: string;
  readonly info: StatementInfo;
  /** The columns that the client knows of. */
  told: readonly ColumnInfo[];
}

/** Describe's answer: 1 when nothing can change by running it, then the columns. */
export function writeStatement(writer: Writer, { info, told }: SqliteStatement): void {
  writeTaggedRow(writer, [info.readonly ? 1n : 0n, ...cellsOf(told)]);
}

/** The columns, before the rows of a statement whose columns have become others. */
export function writeColumns(writer: Writer, columns: readonly ColumnInfo[]): void {
  const ROW_DESCRIPTION = 0x54;
  writer.begin(ROW_DESCRIPTION);
  writer.int16(0);
  writer.end();
  writeTaggedRow(writer, cellsOf(columns));
}

/** Four for each column: name, table, column, declared type. */
function cellsOf(columns: readonly ColumnInfo[]): (string | null)[] {
  return columns.flatMap(({ name, table, column, declaredType }) => {
    return [name, table, column, declaredType];
  });
}

/** An ErrorResponse that says the code, too. */
export function writeSqliteError(writer: Writer, error: unknown): void {
  const shown = inSqliteTerms(error);
  const { severity, sqlState, message, hint } = reportOf(shown);
  writer.begin(ERROR_RESPONSE);
  const field = (letter: number, value: string): void => {
    writer.byte(letter);
    writer.cstring(value);
  };
  field(0x53, severity);
  field(0x56, severity);
  field(0x43, sqlState);
  field(0x4d, message);
  if (hint !== undefined) field(0x48, hint);
  field(CODE_FIELD, codeOf(shown));
  writer.byte(0);
  writer.end();
}

function codeOf(error: unknown): string {
  if (!(error instanceof DosqlError)) return error instanceof Error ? "protocol" : "bug";
  return error.sqlite === undefined ? error.code : `${error.code}/${error.sqlite}`;
}

/** What the engine says of its own of what SQLite has words for. */
function inSqliteTerms(error: unknown): unknown {
  if (!(error instanceof DosqlError)) return error;
  switch (error.code) {
    case "transaction-state":
      return new DosqlError("sqlite", error.message, { sqlite: "SQLITE_ERROR" });
    case "hidden-object":
      return new DosqlError("sqlite", error.message, { sqlite: "SQLITE_ERROR" });
    case "busy":
    case "lock-timeout":
      return new DosqlError("sqlite", "database is locked", { sqlite: "SQLITE_BUSY" });
    default:
      return error;
  }
}
