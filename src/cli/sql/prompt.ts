import type { SqlClient } from "../../ports/sql-client.ts";
import type { LineReader } from "../../ports/terminal.ts";
import { isComplete, splitScript } from "../../sql/script/split.ts";
import { quoteText } from "../../sql/quote.ts";
import { EXIT } from "../exit-codes.ts";
import type { CliHost } from "../host.ts";
import { asDosqlError } from "../report.ts";
import { printReply } from "./result-printer.ts";
import type { ResultFormat } from "./result-printer.ts";
import { statementErrorText } from "./statement-error.ts";

const FIRST_PROMPT = "dosql> ";
const NEXT_PROMPT = "   ...> ";
const HISTORY_FOLDER_MODE = 0o700;

const HELP = `.tables         list tables and views
.schema [NAME]  show how they were created
.timer on|off   show how long statements take
.help           this
.quit           leave (also Ctrl-D and \\q)
Statements end with a semicolon. Ctrl-C drops the input, or cancels what runs.
`;

interface PromptState {
  readonly host: CliHost;
  readonly client: SqlClient;
  readonly format: ResultFormat;
  timer: boolean;
}

/** Reads and runs statements until the input ends. */
export async function runPrompt(
  host: CliHost,
  client: SqlClient,
  format: ResultFormat,
): Promise<number> {
  const state: PromptState = { host, client, format, timer: false };
  const { dosql, sqlite } = host.versions;
  await host.out.write(`dosql ${dosql} (SQLite ${sqlite}), ${client.label}\n.help for help\n`);
  const lines = host.input.lines(historyFile(host));
  lines.onInterrupt(() => client.cancel());
  try {
    await converse(state, lines);
  } finally {
    lines.close();
  }
  return EXIT.ok;
}

async function converse(state: PromptState, lines: LineReader): Promise<void> {
  let pending = "";
  for (;;) {
    const event = await lines.read(prompt(state, pending));
    if (event.kind === "end") {
      await state.host.out.write("\n");
      return;
    }
    if (event.kind === "interrupt") {
      pending = "";
      continue;
    }
    if (pending === "" && /^\s*[.\\]/.test(event.text)) {
      if (await dotCommand(state, event.text.trim())) return;
      continue;
    }
    pending += pending === "" ? event.text : `\n${event.text}`;
    if (pending.trim() === "") pending = "";
    else if (isComplete(pending)) {
      await runAll(state, pending);
      pending = "";
    }
  }
}

function prompt(state: PromptState, pending: string): string {
  if (pending !== "") return NEXT_PROMPT;
  return state.client.inTransaction ? FIRST_PROMPT.replace(">", "*>") : FIRST_PROMPT;
}

async function runAll(state: PromptState, text: string): Promise<boolean> {
  for (const statement of splitScript(text)) {
    if (!(await runOne(state, statement.text))) return false;
  }
  return true;
}

async function runOne(state: PromptState, sql: string): Promise<boolean> {
  try {
    const reply = await state.client.run(sql);
    await printReply(state.host, reply, state.format, state.timer);
    return true;
  } catch (error) {
    await state.host.err.write(statementErrorText("", asDosqlError(error), sql));
    return false;
  }
}

/** Answers true when the prompt ends. */
async function dotCommand(state: PromptState, text: string): Promise<boolean> {
  const { host } = state;
  const [name = "", argument = ""] = text.replace(/;$/, "").split(/\s+/);
  switch (name) {
    case ".quit":
    case ".exit":
    case "\\q":
      return true;
    case ".help":
    case "\\?":
      await host.out.write(HELP);
      return false;
    case ".timer":
      if (argument !== "on" && argument !== "off") await host.err.write("use .timer on|off\n");
      else state.timer = argument === "on";
      return false;
    case ".tables":
    case "\\d":
    case "\\dt":
      await runOne(state, TABLES);
      return false;
    case ".schema":
      await printSchema(state, argument);
      return false;
    default:
      await host.err.write(`dosql: there is no command ${name}; see .help\n`);
      return false;
  }
}

const TABLES =
  "SELECT name, type FROM sqlite_schema WHERE type IN ('table', 'view') " +
  "AND name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY name";

async function printSchema(state: PromptState, name: string): Promise<void> {
  const only = name === "" ? "" : ` AND lower(tbl_name) = lower(${quoteText(name)})`;
  const sql = `SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL${only}`;
  try {
    const { rows } = await state.client.run(sql);
    for (const [text] of rows) await state.host.out.write(`${String(text)};\n`);
    if (rows.length === 0 && name !== "") {
      await state.host.err.write(`dosql: no such table or view: ${name}\n`);
    }
  } catch (error) {
    await state.host.err.write(statementErrorText("", asDosqlError(error), null));
  }
}

/** In the user's state folder; no history where that cannot be. */
function historyFile(host: CliHost): string | null {
  const { files } = host;
  const home = host.environment("HOME") ?? host.environment("USERPROFILE");
  const state = host.environment("XDG_STATE_HOME") ?? host.environment("LOCALAPPDATA");
  if (state === undefined && home === undefined) return null;
  try {
    const base = state ?? files.join(home ?? "", ".local", "state");
    makeFolders(host, base);
    const folder = files.join(base, "dosql");
    files.makeFolder(folder, HISTORY_FOLDER_MODE);
    return files.join(folder, "history");
  } catch {
    return null;
  }
}

function makeFolders(host: CliHost, path: string): void {
  const { files } = host;
  if (files.info(path) !== null) return;
  const parent = files.parent(path);
  if (parent !== path) makeFolders(host, parent);
  files.makeFolder(path, HISTORY_FOLDER_MODE);
}
