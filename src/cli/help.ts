import { DosqlError } from "../base/errors.ts";
import { columns, commandHelp } from "./command.ts";
import type { Command } from "./command.ts";
import { EXIT, EXIT_CODE_LINES } from "./exit-codes.ts";

/** What `dosql --help` prints. */
export function overview(commands: readonly Command[]): string {
  return [
    "dosql: one database with three faces: Cloudflare D1, better-sqlite3, Postgres",
    "",
    "usage: dosql COMMAND [options]",
    "",
    ...columns([
      ...commands.map((one): [string, string] => [one.command, one.summary]),
      ["help COMMAND", "explain a command"],
    ]),
    "",
    ...columns([
      ["-V, --version", "print the version"],
      ["--debug", "with any command: show where an error came from"],
    ]),
    "",
    "exit codes:",
    ...EXIT_CODE_LINES.map((line) => `  ${line}`),
    "",
  ].join("\n");
}

/** `dosql help [COMMAND]`. */
export function helpCommand(commands: readonly Command[]): Command {
  return {
    command: "help",
    summary: "Explain a command.",
    arguments: [{ name: "COMMAND", required: false, help: "the command to explain" }],
    options: [],
    examples: ["dosql help import"],
    async run(given, host) {
      const [name] = given.arguments;
      if (name === undefined) {
        await host.out.write(overview(commands));
        return EXIT.ok;
      }
      const command = commands.find((one) => one.command === name);
      if (command === undefined) {
        throw new DosqlError("invalid-argument", `unknown command "${name}"`, {
          hint: "see dosql --help",
        });
      }
      await host.out.write(commandHelp(command));
      return EXIT.ok;
    },
  };
}
