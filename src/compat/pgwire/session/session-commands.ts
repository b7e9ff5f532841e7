import { unreachable } from "../../../base/errors.ts";
import type { Row } from "../../../base/value.ts";
import type { ColumnInfo } from "../../../ports/sql-driver.ts";
import type { Command, SessionConstant, TransactionModes } from "../commands/command.ts";
import { pgError, pgNotice } from "../errors.ts";
import { SERVER_VERSION } from "../settings/rules.ts";
import type { Work } from "../work.ts";
import type { SessionContext } from "./context.ts";

/** What a command answered. */
export interface CommandOutcome {
  readonly tag: string;
  readonly columns: readonly ColumnInfo[];
  readonly rows: readonly Row[];
}

type CommandOf<Kind extends Command["kind"]> = Extract<Command, { kind: Kind }>;

/** Whether a command may run in a failed block, because it ends or mends it. */
export function leavesFailedBlock(command: Command | null): boolean {
  if (command === null) return false;
  return command.kind === "commit" || command.kind === "rollback" || command.kind === "rollback-to";
}

/** The columns that a command will answer with; none for most. */
export function commandColumns(command: Command, context: SessionContext): readonly ColumnInfo[] {
  switch (command.kind) {
    case "show":
      if (command.name === null) return ["name", "setting", "description"].map(textColumn);
      return [textColumn(context.settings.rule(command.name).name)];
    case "constant":
      return [textColumn(command.constant)];
    default:
      return [];
  }
}

function textColumn(name: string): ColumnInfo {
  return { name, table: null, column: null, declaredType: "TEXT" };
}

function plain(tag: string): CommandOutcome {
  return { tag, columns: [], rows: [] };
}

/** Runs what the Postgres face answers itself. */
export function* runCommand(command: Command, context: SessionContext): Work<CommandOutcome> {
  const { block, settings, statements } = context;
  switch (command.kind) {
    case "begin":
      return yield* begin(command, context);
    case "commit":
    case "rollback":
      return yield* endBlock(command, context);
    case "savepoint":
      requireBlock("SAVEPOINT", context);
      yield* block.savepoint(command.name);
      return plain("SAVEPOINT");
    case "release":
      requireBlock("RELEASE SAVEPOINT", context);
      yield* block.release(command.name);
      return plain("RELEASE");
    case "rollback-to":
      requireBlock("ROLLBACK TO SAVEPOINT", context);
      yield* block.rollbackTo(command.name);
      return plain("ROLLBACK");
    case "set-transaction":
      if (block.isNone) warnNoBlock("SET TRANSACTION", context);
      else yield* block.change(command.modes);
      return plain("SET");
    case "set-defaults":
      setDefaults(command.modes, context);
      return plain("SET");
    case "set":
      setOne(command, context);
      return plain("SET");
    case "reset":
      if (command.name === null) settings.resetAll();
      else settings.reset(command.name, false);
      return plain("RESET");
    case "discard-all":
      discardAll(context);
      return plain("DISCARD ALL");
    case "deallocate":
      if (command.name === null) statements.closeAll();
      else statements.deallocate(command.name);
      return plain(command.name === null ? "DEALLOCATE ALL" : "DEALLOCATE");
    case "show":
      return {
        tag: "SHOW",
        columns: commandColumns(command, context),
        rows: show(command, context),
      };
    case "constant": {
      const rows = [[constantValue(command.constant, context)]];
      return { tag: "SELECT 1", columns: commandColumns(command, context), rows };
    }
    default:
      return unreachable(command);
  }
}

function* begin({ tag, modes }: CommandOf<"begin">, context: SessionContext): Work<CommandOutcome> {
  const { block } = context;
  if (block.isExplicit) {
    warn("25001", "there is already a transaction in progress", context);
    yield* block.change(modes);
  } else {
    yield* block.begin(modes);
  }
  return plain(tag);
}

function* endBlock(
  { kind, chain }: CommandOf<"commit"> | CommandOf<"rollback">,
  context: SessionContext,
): Work<CommandOutcome> {
  const { block } = context;
  const word = kind === "commit" ? "COMMIT" : "ROLLBACK";
  if (!block.isExplicit) {
    if (chain) requireBlock(`${word} AND CHAIN`, context);
    warn("25P01", "there is no transaction in progress", context);
  }
  const { modes, isFailed } = block;
  const commits = kind === "commit" && !isFailed;
  if (commits) yield* block.commit();
  else yield* block.rollback();
  if (chain) yield* block.begin(modes);
  return plain(commits ? "COMMIT" : "ROLLBACK");
}

function requireBlock(what: string, { block }: SessionContext): void {
  if (!block.isExplicit) throw pgError("25P01", `${what} can only be used in transaction blocks`);
}

function warnNoBlock(what: string, context: SessionContext): void {
  warn("25P01", `${what} can only be used in transaction blocks`, context);
}

function warn(sqlState: string, message: string, { notices }: SessionContext): void {
  notices.send(pgNotice("WARNING", sqlState, message));
}

function setOne({ name, value, local }: CommandOf<"set">, context: SessionContext): void {
  const { settings, block } = context;
  if (value === null) settings.reset(name, local);
  else settings.set(name, value, local);
  if (local && block.isNone) warnNoBlock("SET LOCAL", context);
}

function setDefaults(modes: TransactionModes, { settings }: SessionContext): void {
  if (modes.isolation !== undefined) {
    settings.set("default_transaction_isolation", modes.isolation, false);
  }
  if (modes.readOnly !== undefined) {
    settings.set("default_transaction_read_only", modes.readOnly ? "on" : "off", false);
  }
}

function discardAll({ block, settings, statements, portals }: SessionContext): void {
  if (!block.isNone) {
    throw pgError("25001", "DISCARD ALL cannot run inside a transaction block");
  }
  portals.closeAll();
  statements.closeAll();
  settings.resetAll();
}

function show({ name }: CommandOf<"show">, { settings, block }: SessionContext): readonly Row[] {
  settings.assign("transaction_isolation", block.isolation);
  settings.assign("transaction_read_only", block.readOnly ? "on" : "off");
  return name === null
    ? settings.all().map((row) => [...row])
    : [[settings.get(settings.rule(name).name)]];
}

function constantValue(constant: SessionConstant, { identity }: SessionContext): string {
  switch (constant) {
    case "version":
      return `PostgreSQL ${SERVER_VERSION} (DoSQL, SQLite dialect)`;
    case "current_database":
      return identity.database;
    case "current_schema":
      return "main";
    case "current_user":
    case "session_user":
      return identity.user;
    default:
      return unreachable(constant);
  }
}
