import { DosqlError } from "../base/errors.ts";
import type { SqlClient } from "../ports/sql-client.ts";
import { readScript } from "../server/script/script-reader.ts";
import type { Place } from "../server/script/line-counter.ts";
import { placeWithin } from "../server/script/line-counter.ts";
import type { Command } from "./command.ts";
import { TARGET_OPTIONS } from "./command.ts";
import { EXIT, statementExitCode } from "./exit-codes.ts";
import type { CliHost } from "./host.ts";
import type { ParsedArguments } from "./option-parser.ts";
import { runPrompt } from "./sql/prompt.ts";
import { printReply } from "./sql/result-printer.ts";
import type { ResultFormat } from "./sql/result-printer.ts";
import { asDosqlError } from "./report.ts";
import { statementErrorText } from "./sql/statement-error.ts";
import { openTarget, withTarget } from "./target.ts";

/** Runs SQL: a prompt, a text, a file or standard input. */
export const sqlCommand: Command = {
  command: "sql",
  summary: "Run SQL: at a prompt, from -c, from a file or from stdin.",
  details: [
    "Statements run in order; the first that fails ends a script. At the prompt: .help",
    "A server says no types of what has no declared one: with --url, the value of an expression\n" +
      "is text, but for count(…), and --json prints a string.",
  ],
  arguments: [{ name: "FILE", required: false, help: "a SQLite file instead of a data folder" }],
  options: [
    ...TARGET_OPTIONS,
    { name: "command", kind: "text", short: "c", value: "SQL", help: "run these statements" },
    { name: "file", kind: "text", short: "f", value: "FILE", help: "run this script" },
    { name: "json", kind: "flag", help: "print results as JSON arrays" },
    { name: "csv", kind: "flag", help: "print results as CSV (RFC 4180)" },
  ],
  examples: [
    "dosql sql",
    'dosql sql -c "SELECT count(*) FROM orders" --json',
    "dosql sql shop.sqlite -f report.sql --csv > report.csv",
  ],
  async run(given, host) {
    const source = scriptSource(given, host);
    const format = resultFormat(given);
    const [file] = given.arguments;
    const target = await openTarget(given, host, { file, cancellable: source === null });
    return withTarget(target, (client) =>
      source === null
        ? runPrompt(host, client, format)
        : runStatements(host, client, source, format),
    );
  },
};

interface ScriptSource {
  /** For messages; null where the text was given on the command line. */
  readonly name: string | null;
  readonly chunks: AsyncIterable<Uint8Array>;
}

function scriptSource(given: ParsedArguments, host: CliHost): ScriptSource | null {
  const command = given.text("command");
  const file = given.text("file");
  if (command !== undefined && file !== undefined) {
    throw new DosqlError("invalid-argument", "give either -c or -f");
  }
  if (command !== undefined) return { name: null, chunks: once(command) };
  if (file !== undefined && file !== "-") {
    if (host.files.info(file) === null) {
      throw new DosqlError("bad-file", `${file} does not exist`);
    }
    return { name: file, chunks: host.fileChunks(file) };
  }
  if (file === undefined && host.input.isTerminal) return null;
  return { name: "stdin", chunks: host.input.chunks() };
}

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

function resultFormat(given: ParsedArguments): ResultFormat {
  if (given.flag("json") && given.flag("csv")) {
    throw new DosqlError("invalid-argument", "give either --json or --csv");
  }
  return given.flag("json") ? "json" : given.flag("csv") ? "csv" : "table";
}

async function runStatements(
  host: CliHost,
  client: SqlClient,
  source: ScriptSource,
  format: ResultFormat,
): Promise<number> {
  for await (const event of readScript(source.chunks)) {
    if (event.kind === "end") break;
    if (event.kind === "fault") return fail(host, source, event.error, event.place, null);
    try {
      await printReply(host, await client.run(event.text), format, false);
    } catch (error) {
      const known = asDosqlError(error);
      const { at } = known;
      const place = at === undefined ? event.place : placeWithin(event.place, event.text, at);
      return fail(host, source, known, place, event.text);
    }
  }
  return EXIT.ok;
}

async function fail(
  host: CliHost,
  source: ScriptSource,
  error: DosqlError,
  place: Place,
  statement: string | null,
): Promise<number> {
  if (error.code === "bug") throw error;
  const where = source.name === null ? "" : `${source.name}:${place.line}:${place.column}: `;
  await host.err.write(statementErrorText(where, error, statement));
  return statementExitCode(error);
}
