import type { ResultSet } from "../../../engine/session/result-set.ts";
import { writeCommandComplete, writeEmptyQuery, writePortalSuspended } from "../codec/backend.ts";
import { readExecute } from "../codec/messages.ts";
import type { FailurePlace } from "../error-report.ts";
import { pgError } from "../errors.ts";
import { settled } from "../work.ts";
import type { Work } from "../work.ts";
import type { SessionContext } from "./context.ts";
import type { Portal, PortalResult } from "./portals.ts";
import type { PreparedStatement, StatementAction } from "./prepared-statements.ts";
import { commandTag, sendRows } from "./rows.ts";
import { leavesFailedBlock, runCommand } from "./session-commands.ts";

type SqlAction = Extract<StatementAction, { kind: "sql" }>;

/** Execute: runs a portal, or goes on sending the rows of one that ran. */
export function* executePortal(context: SessionContext, place: FailurePlace): Work {
  const { channel, portals, block } = context;
  const message = readExecute(channel.reader.body);
  const portal = portals.get(message.portal);
  const { action, query } = portal.statement;
  place.query = query;
  if (action.kind === "empty") {
    writeEmptyQuery(channel.output.writer);
    return;
  }
  if (!(action.kind === "command" && leavesFailedBlock(action.command))) block.refuseIfFailed();
  if (portal.result !== null && portal.shape === null) {
    throw pgError("55000", `portal "${portal.name}" cannot be run`);
  }
  portal.result ??=
    action.kind === "sql"
      ? yield* runSql(portal, action, context)
      : yield* runAsPortal(action, context);
  yield* sendPart(portal, portal.result, message.maxRows, context);
}

function* runAsPortal(
  { command }: Extract<StatementAction, { kind: "command" }>,
  context: SessionContext,
): Work<PortalResult> {
  const { tag, rows } = yield* runCommand(command, context);
  return { rows, tag: () => tag, position: 0 };
}

function* runSql(portal: Portal, action: SqlAction, context: SessionContext): Work<PortalResult> {
  const { session, block } = context;
  const { sql, info } = action;
  if (needsTransaction(action, context)) yield* block.beginImplicit();
  const { statement } = portal;
  // A write whose RETURNING changed must not run: what it did could not be told any more.
  if (!info.readonly && statement.layout !== null) {
    refuseChanged(statement, yield* settled(session.describe(sql)));
  }
  block.use();
  const answer = session.execute(sql, portal.params);
  const result = answer instanceof Promise ? yield* settled(answer) : answer;
  if (result.columns !== info.columns) refuseChanged(statement, result);
  return { rows: result.rows, tag: (count) => commandTag(result, count), position: 0 };
}

/**
 * All up to a Sync is one transaction. It is opened only when more than this statement can be
 * in it: a statement alone is a transaction by itself, and so is each of several reads.
 */
function needsTransaction(
  { info }: SqlAction,
  { block, channel, settings }: SessionContext,
): boolean {
  if (!block.isNone) return false;
  if (settings.get("default_transaction_read_only") === "on") return true;
  if (info.readonly && block.isolation === "read committed") return false;
  return !channel.reader.syncFollows();
}

function refuseChanged(
  { layout }: PreparedStatement,
  { columns }: Pick<ResultSet, "columns">,
): void {
  const agrees = layout === null ? columns.length === 0 : layout.agreesWith(columns);
  if (!agrees) {
    throw pgError("0A000", "cached plan must not change result type", {
      hint: "The schema changed after the statement was prepared: prepare it again.",
    });
  }
}

function* sendPart(
  { shape }: Portal,
  result: PortalResult,
  maxRows: number,
  { channel }: SessionContext,
): Work {
  const { output } = channel;
  const { rows, position } = result;
  const end = maxRows > 0 ? Math.min(position + maxRows, rows.length) : rows.length;
  result.position = end;
  if (shape !== null) yield* sendRows(output, rows, shape, position, end);
  // As in Postgres: whoever gets exactly what was asked for has to ask again to see the end.
  if (maxRows > 0 && end - position === maxRows) writePortalSuspended(output.writer);
  else writeCommandComplete(output.writer, result.tag(end - position));
}
