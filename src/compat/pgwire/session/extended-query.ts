import type { StatementInfo } from "../../../engine/session/session.ts";
import type { ColumnInfo } from "../../../ports/sql-driver.ts";
import {
  writeBindComplete,
  writeCloseComplete,
  writeNoData,
  writeParameterDescription,
  writeParseComplete,
} from "../codec/backend.ts";
import { readFormats, readParse, readTarget } from "../codec/messages.ts";
import { oidOfDeclaredType } from "../datatypes/declared-type.ts";
import { Oid } from "../datatypes/oids.ts";
import { readParameters } from "../datatypes/parameters.ts";
import type { FailurePlace } from "../error-report.ts";
import { pgError } from "../errors.ts";
import { settled } from "../work.ts";
import type { Work } from "../work.ts";
import type { SessionContext } from "./context.ts";
import type { ParsedText } from "./parsed-texts.ts";
import type { PreparedStatement, StatementAction } from "./prepared-statements.ts";
import { commandColumns, leavesFailedBlock } from "./session-commands.ts";
import { transactionFailed } from "./transaction-block.ts";

/** Parse: makes a statement out of a text. */
export function* parseStatement(context: SessionContext, place: FailurePlace): Work {
  const { channel, statements, block } = context;
  const { name, text, parameterOids } = readParse(channel.reader.body);
  statements.refuseTaken(name);
  // The unnamed statement goes first, whatever comes of its successor.
  if (name === "") statements.close(name);
  const parsed = context.texts.read(text, place);
  if (parsed.sql !== null && !leavesFailedBlock(parsed.command)) block.refuseIfFailed();
  const action = yield* actionOf(parsed, context);
  const columns = actionColumns(action, context);
  statements.add({
    name,
    query: parsed.query,
    action,
    parameterOids: oidsOf(parameterOids, action),
    layout: columns.length === 0 ? null : context.layouts.of(columns),
  });
  writeParseComplete(channel.output.writer);
}

function* actionOf(
  { sql, command }: ParsedText,
  { session }: SessionContext,
): Work<StatementAction> {
  if (sql === null) return { kind: "empty" };
  if (command !== null) return { kind: "command", command };
  const answer = session.describe(sql);
  const info = answer instanceof Promise ? yield* settled(answer) : answer;
  return { kind: "sql", sql, info };
}

function actionColumns(action: StatementAction, context: SessionContext): readonly ColumnInfo[] {
  switch (action.kind) {
    case "empty":
      return [];
    case "command":
      return commandColumns(action.command, context);
    case "sql":
      return action.info.columns;
  }
}

/** The client's types, and for what it left open the type of what the parameter meets. */
function oidsOf(given: readonly number[], action: StatementAction): readonly number[] {
  const parameters = action.kind === "sql" ? action.info.parameters : [];
  const count = Math.max(given.length, highestNumber(parameters));
  const oids: number[] = [];
  for (let index = 0; index < count; index++) {
    const oid = given[index] ?? Oid.unspecified;
    oids.push(oid === Oid.unspecified || oid === Oid.unknown ? inferred(parameters, index) : oid);
  }
  return oids;
}

function highestNumber(parameters: StatementInfo["parameters"]): number {
  return parameters.reduce((most, parameter) => Math.max(most, parameter.number), 0);
}

function inferred(parameters: StatementInfo["parameters"], index: number): number {
  const parameter = parameters.find(({ number }) => number === index + 1);
  return oidOfDeclaredType(parameter?.declaredType ?? null);
}

/** Bind: makes a portal out of a statement and values. */
export function bindPortal(context: SessionContext, place: FailurePlace): void {
  const { channel, statements, portals, block } = context;
  const { body } = channel.reader;
  const portal = body.cstring();
  const name = body.cstring();
  const statement = statements.get(name);
  place.query = statement.query;
  const values = readParameters(body, statement.parameterOids, { portal, statement: name });
  const formats = readFormats(body);
  body.finish();
  if (!survivesFailure(statement) || values.length > 0) block.refuseIfFailed();
  const { layout, action } = statement;
  portals.add({
    name: portal,
    statement,
    // A client may declare more parameters than the text has; the engine wants as many as it has.
    params: action.kind === "sql" ? values.slice(0, highestNumber(action.info.parameters)) : [],
    shape: layout === null ? null : layout.shape(formats),
    depth: block.depth,
    result: null,
  });
  writeBindComplete(channel.output.writer);
}

function survivesFailure({ action }: PreparedStatement): boolean {
  return action.kind === "command" && leavesFailedBlock(action.command);
}

/** Describe: tells the parameters and columns of a statement, or the columns of a portal. */
export function describeTarget(context: SessionContext): void {
  const { channel, statements, portals, block } = context;
  const { writer } = channel.output;
  const { kind, name, letter } = readTarget(channel.reader.body);
  if (kind === "unknown") throw pgError("08P01", `invalid DESCRIBE message subtype ${letter}`);
  const portal = kind === "portal" ? portals.get(name) : null;
  const statement = portal === null ? statements.get(name) : portal.statement;
  const { layout } = statement;
  if (layout !== null && block.isFailed) throw transactionFailed();
  if (portal === null) writeParameterDescription(writer, statement.parameterOids);
  if (layout === null) writeNoData(writer);
  else layout.describe(writer, portal?.shape ?? layout.textShape);
}

/** Close: drops a statement or a portal; there need not be one. */
export function closeTarget({ channel, statements, portals }: SessionContext): void {
  const { kind, name, letter } = readTarget(channel.reader.body);
  if (kind === "unknown") throw pgError("08P01", `invalid CLOSE message subtype ${letter}`);
  if (kind === "statement") statements.close(name);
  else portals.close(name);
  writeCloseComplete(channel.output.writer);
}
