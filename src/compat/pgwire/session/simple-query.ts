import { DosqlError } from "../../../base/errors.ts";
import type { Row } from "../../../base/value.ts";
import type { ResultSet } from "../../../engine/session/result-set.ts";
import type { Session } from "../../../engine/session/session.ts";
import type { ColumnInfo } from "../../../ports/sql-driver.ts";
import { listParameters } from "../../../sql/read/parameters.ts";
import { writeCommandComplete, writeEmptyQuery } from "../codec/backend.ts";
import { parseCommand } from "../commands/parse-command.ts";
import type { FailurePlace } from "../error-report.ts";
import { pgErrorAt } from "../errors.ts";
import type { PgError } from "../errors.ts";
import { settled } from "../work.ts";
import type { Work } from "../work.ts";
import type { SessionContext } from "./context.ts";
import { commandTag, sendRows } from "./rows.ts";
import { leavesFailedBlock, runCommand } from "./session-commands.ts";
import { splitQuery } from "./split-query.ts";

/**
 * Runs the statements of a Query message. Several of them are one implicit transaction, but for
 * what they say themselves with BEGIN and COMMIT. `place` follows the statement that runs.
 */
export function* runSimpleQuery(text: string, context: SessionContext, place: FailurePlace): Work {
  const pieces = splitQuery(text);
  if (pieces.length === 0) {
    writeEmptyQuery(context.channel.output.writer);
    return;
  }
  for (const [index, piece] of pieces.entries()) {
    if (piece.start > 0) place.query = { text, offset: piece.start };
    yield* runPiece(piece.text, context, pieces.length > 1, index === pieces.length - 1);
  }
  const ending = context.block.settle();
  if (ending !== null) yield* ending;
}

function* runPiece(sql: string, context: SessionContext, several: boolean, last: boolean): Work {
  const { block, channel, settings } = context;
  const { writer } = channel.output;
  const command = parseCommand(sql);
  if (!leavesFailedBlock(command)) block.refuseIfFailed();
  if (command !== null) {
    const outcome = yield* runCommand(command, context);
    if (outcome.columns.length > 0) yield* sendResult(outcome.columns, outcome.rows, context);
    writeCommandComplete(writer, outcome.tag);
    return;
  }
  if (several || settings.get("default_transaction_read_only") === "on") {
    yield* block.beginImplicit();
  }
  block.use();
  const result = yield* execute(sql, context.session);
  const { columns, rows } = result;
  if (columns.length > 0) yield* sendResult(columns, rows, context);
  // The tag says that it is done: what can still fail comes before it.
  const ending = last ? block.settle() : null;
  if (ending !== null) yield* ending;
  writeCommandComplete(writer, commandTag(result, rows.length));
}

function* execute(sql: string, session: Session): Work<ResultSet> {
  try {
    const answer = session.execute(sql, []);
    return answer instanceof Promise ? yield* settled(answer) : answer;
  } catch (error) {
    throw isParameterError(error) ? (noSuchParameter(sql) ?? error) : error;
  }
}

function isParameterError(error: unknown): boolean {
  return error instanceof DosqlError && error.code === "invalid-argument";
}

/** A Query message has no values, so nothing in it may ask for one. */
function noSuchParameter(sql: string): PgError | null {
  const [first] = listParameters(sql);
  if (first === undefined) return null;
  const name = sql.slice(first.start, first.end);
  return pgErrorAt(first.start, "42P02", `there is no parameter ${name}`, {
    hint: "Send values with the extended protocol: most drivers do when they are given some.",
  });
}

function* sendResult(
  columns: readonly ColumnInfo[],
  rows: readonly Row[],
  { channel, layouts }: SessionContext,
): Work {
  const layout = layouts.of(columns);
  layout.describe(channel.output.writer, layout.textShape);
  yield* sendRows(channel.output, rows, layout.textShape, 0, rows.length);
}
