import { DosqlError } from "../base/errors.ts";
import type { SqlClient } from "../ports/sql-client.ts";
import { copyDatabase } from "../server/dump/copy.ts";
import { runScript } from "../server/script/run-script.ts";
import type { ScriptFailure, ScriptOutcome } from "../server/script/run-script.ts";
import type { Command } from "./command.ts";
import { TARGET_OPTIONS } from "./command.ts";
import { EXIT, statementExitCode } from "./exit-codes.ts";
import type { CliHost } from "./host.ts";
import { bytesText, countText, durationText } from "./progress.ts";
import { sourceExcerpt } from "./source-excerpt.ts";
import { openTarget, withTarget } from "./target.ts";
import { watchWork } from "./work-watch.ts";

const SQLITE_MAGIC = "SQLite format 3\0";

/** Brings an SQL script or a SQLite file into a database. */
export const importCommand: Command = {
  command: "import",
  summary: "Import an SQL script or a SQLite file.",
  details: [
    "A script runs statement by statement; if one fails, those before it stay unless --atomic.\n" +
      "A SQLite file is copied whole (tables, rows, indexes, views, triggers) or not at all.\n" +
      "The data folder is made when it is missing.",
  ],
  arguments: [{ name: "FILE", required: true, help: "the script or SQLite file; - for stdin" }],
  options: [
    ...TARGET_OPTIONS,
    { name: "atomic", kind: "flag", help: "all of the script or nothing of it" },
    { name: "json", kind: "flag", help: "print the outcome as one line of JSON" },
  ],
  examples: [
    "dosql import examples/store.sql",
    "dosql import shop.sqlite --data ./shop",
    'dosql import dump.sql --atomic --url "postgresql://dosql@127.0.0.1:5432/main"',
  ],
  async run(given, host) {
    const [file = ""] = given.arguments;
    const source = checkSource(host, file);
    return withTarget(await openTarget(given, host, { create: true }), (client) => {
      const task: ImportTask = { host, file, client, json: given.flag("json") };
      return source.kind === "sqlite"
        ? importFile(task)
        : importScript(task, source.sizeBytes, given.flag("atomic"));
    });
  },
};

interface ImportTask {
  readonly host: CliHost;
  readonly file: string;
  readonly client: SqlClient;
  readonly json: boolean;
}

/** Looks at the source before a target is opened or made for it. */
function checkSource(
  host: CliHost,
  file: string,
): { kind: "script" | "sqlite"; sizeBytes: number | null } {
  if (file === "-") return { kind: "script", sizeBytes: null };
  const info = host.files.info(file);
  if (info === null) throw new DosqlError("bad-file", `${file} does not exist`);
  if (info.kind === "folder") {
    throw new DosqlError("bad-file", `${file} is a folder`, {
      hint: "name an SQL script or a SQLite file",
    });
  }
  const magic = new TextDecoder().decode(host.files.readStart(file, SQLITE_MAGIC.length));
  const sizeBytes = info.kind === "file" ? info.sizeBytes : null;
  if (magic !== SQLITE_MAGIC && /\.(?:sqlite3?|db3?)$/i.test(file) && sizeBytes !== 0) {
    throw new DosqlError("bad-file", `${file} is not a SQLite database`, {
      hint: "name a SQLite file, or an SQL script that ends in .sql",
    });
  }
  return { kind: magic === SQLITE_MAGIC ? "sqlite" : "script", sizeBytes };
}

async function importScript(
  task: ImportTask,
  sizeBytes: number | null,
  atomic: boolean,
): Promise<number> {
  const { host, file, client } = task;
  const watch = watchWork(host, "importing", file);
  const chunks = file === "-" ? host.input.chunks() : host.fileChunks(file);
  let outcome: ScriptOutcome;
  try {
    outcome = await runScript(client, chunks, {
      atomic,
      progress: (bytesRead, statements) => {
        const part = sizeBytes === null ? null : bytesRead / Math.max(1, sizeBytes);
        const size = sizeBytes === null ? "" : ` of ${bytesText(sizeBytes)}`;
        const count = countText(statements, "statement");
        return watch.step(statements, part, `${bytesText(bytesRead)}${size}, ${count}`);
      },
    });
  } finally {
    await watch.end();
  }
  return reportScript(task, outcome, atomic, watch.elapsedMs());
}

async function reportScript(
  task: ImportTask,
  outcome: ScriptOutcome,
  atomic: boolean,
  elapsedMs: number,
): Promise<number> {
  const { host, file, client } = task;
  const { applied, bytesRead, failure } = outcome;
  if (task.json) {
    const error = failure === undefined ? null : failureJson(failure);
    const value = { result: outcome.result, applied, bytes: bytesRead, error };
    await host.out.write(`${JSON.stringify(value)}\n`);
  }
  if (failure !== undefined) {
    await host.err.write(failureText(file, failure));
    await host.err.write(appliedText(applied, atomic));
    return statementExitCode(failure.error);
  }
  if (outcome.result === "stopped") {
    await host.err.write(`dosql: interrupted\n${appliedText(applied, atomic)}`);
    return EXIT.interrupted;
  }
  if (!task.json) {
    const what = `${countText(applied, "statement")}, ${bytesText(bytesRead)}`;
    const line = `imported ${file} into ${client.label}: ${what} in ${durationText(elapsedMs)}\n`;
    await host.out.write(line);
  }
  return EXIT.ok;
}

function failureJson(failure: ScriptFailure): object {
  const { line, column } = failure.place;
  return { message: failure.error.message, line, column };
}

function failureText(file: string, failure: ScriptFailure): string {
  const { error, place, statement } = failure;
  const where = `${file === "-" ? "stdin" : file}:${place.line}:${place.column}`;
  const lines = [`dosql: ${where}: ${error.message}`];
  if (statement !== null) lines.push(...sourceExcerpt(statement.text, error.at));
  if (error.hint !== undefined) lines.push(`hint: ${error.hint}`);
  return `${lines.join("\n")}\n`;
}

function appliedText(applied: number, atomic: boolean): string {
  if (atomic || applied === 0) return "applied: nothing\n";
  const verb = applied === 1 ? "stays" : "stay";
  return `applied: ${countText(applied, "statement")} before it ${verb}\n`;
}

async function importFile(task: ImportTask): Promise<number> {
  const { host, file, client } = task;
  const source = host.openSqlite(file, "read");
  const watch = watchWork(host, "importing", file);
  let steps = 0;
  try {
    const outcome = await copyDatabase(source, client, (done, total) => {
      steps += 1;
      return watch.step(steps, done / Math.max(1, total), countText(done, "row"));
    });
    await watch.end();
    if (outcome.result === "stopped") {
      await host.err.write(`dosql: interrupted\n${appliedText(0, true)}`);
      return EXIT.interrupted;
    }
    const { rows } = outcome;
    const summary = `imported ${file} into ${client.label}: ${countText(rows, "row")}`;
    const took = durationText(watch.elapsedMs());
    const text = task.json ? JSON.stringify({ result: "done", rows }) : `${summary} in ${took}`;
    await host.out.write(`${text}\n`);
    return EXIT.ok;
  } finally {
    await watch.end();
    await source.close();
  }
}
