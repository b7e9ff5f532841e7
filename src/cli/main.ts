import { DosqlError } from "../base/errors.ts";
import { commandHelp } from "./command.ts";
import type { Command } from "./command.ts";
import { copyCommand } from "./copy.ts";
import { EXIT, exitCodeOf } from "./exit-codes.ts";
import { exportCommand } from "./export.ts";
import { helpCommand, overview } from "./help.ts";
import type { CliHost } from "./host.ts";
import { importCommand } from "./import.ts";
import { infoCommand } from "./info.ts";
import { initCommand } from "./init.ts";
import { migrateCommand } from "./migrate.ts";
import { nearest, parseArguments } from "./option-parser.ts";
import { asDosqlError, reportError } from "./report.ts";
import { restoreCommand } from "./restore.ts";
import { serveCommand } from "./serve.ts";
import { sqlCommand } from "./sql.ts";
import { tailCommand } from "./tail.ts";
import { tokenCommand } from "./token.ts";
import { checkpointCommand, vacuumCommand } from "./upkeep.ts";

const COMMANDS: readonly Command[] = [
  serveCommand,
  sqlCommand,
  importCommand,
  exportCommand,
  copyCommand,
  migrateCommand,
  tailCommand,
  restoreCommand,
  checkpointCommand,
  vacuumCommand,
  tokenCommand,
  infoCommand,
  initCommand,
];

/**
 * Runs one command line; never throws.
 *
 * @param words the arguments after the program's name
 * @returns the exit code
 */
export async function runCli(words: readonly string[], host: CliHost): Promise<number> {
  const debug = words.includes("--debug");
  try {
    return await dispatch(words, host);
  } catch (error) {
    const known = asDosqlError(error);
    await reportError(host, known, debug);
    return exitCodeOf(known);
  }
}

async function dispatch(words: readonly string[], host: CliHost): Promise<number> {
  const [name = "help", ...rest] = words;
  if (name === "--version" || name === "-V") {
    await host.out.write(`dosql ${host.versions.dosql}\n`);
    return EXIT.ok;
  }
  if (name === "--help" || name === "-h") {
    await host.out.write(overview(COMMANDS));
    return EXIT.ok;
  }
  const command = findCommand(name);
  if (asksForHelp(rest)) {
    await host.out.write(commandHelp(command));
    return EXIT.ok;
  }
  try {
    return await command.run(parseArguments(command, rest), host);
  } catch (error) {
    throw advised(command, error);
  }
}

/** To connect to the owner of a folder is advice for commands that can. */
function advised(command: Command, error: unknown): unknown {
  if (!(error instanceof DosqlError) || error.code !== "owned") return error;
  if (command.options.some(({ name }) => name === "url")) return error;
  const hint = "stop it first, or name another folder";
  return new DosqlError("owned", error.message, { hint, cause: error });
}

function findCommand(name: string): Command {
  const commands = [...COMMANDS, helpCommand(COMMANDS)];
  const command = commands.find((one) => one.command === name);
  if (command !== undefined) return command;
  const guess = nearest(
    name,
    commands.map((one) => one.command),
  );
  const what = name.startsWith("-") ? `unknown option ${name}` : `unknown command "${name}"`;
  throw new DosqlError("invalid-argument", what, {
    hint: `${guess === null ? "" : `did you mean ${guess}? `}see dosql --help`,
  });
}

function asksForHelp(words: readonly string[]): boolean {
  const end = words.indexOf("--");
  const before = end < 0 ? words : words.slice(0, end);
  return before.includes("--help") || before.includes("-h");
}
