import { DosqlError } from "../base/errors.ts";
import type { SqlClient } from "../ports/sql-client.ts";
import { copyDatabase } from "../server/dump/copy.ts";
import { countRows, dumpStatements } from "../server/dump/dump.ts";
import type { Command } from "./command.ts";
import { TARGET_OPTIONS } from "./command.ts";
import { EXIT } from "./exit-codes.ts";
import type { CliHost } from "./host.ts";
import { countText, durationText } from "./progress.ts";
import { inReadTransaction, openTarget, withTarget } from "./target.ts";
import { watchWork } from "./work-watch.ts";
import type { WorkWatch } from "./work-watch.ts";

const SQLITE_SUFFIX = /\.(?:sqlite3?|db3?)$/i;
/** Statements are written together: one write per statement would cost more than the statement. */
const WRITE_LENGTH = 64 * 1024;

/** Writes a database into a script or a SQLite file. */
export const exportCommand: Command = {
  command: "export",
  summary: "Export a database as an SQL script or a SQLite file.",
  details: [
    "The script makes the same database again, here or in any SQLite. FILE ending in .sqlite,\n" +
      ".sqlite3 or .db becomes a SQLite file; without FILE the script goes to stdout.",
  ],
  arguments: [{ name: "FILE", required: false, help: "the file to write; - for stdout" }],
  options: [
    ...TARGET_OPTIONS,
    { name: "table", kind: "text", value: "NAME", help: "only this table (scripts only)" },
    { name: "force", kind: "flag", help: "replace FILE when it exists" },
  ],
  examples: [
    "dosql export backup.sql",
    "dosql export shop.sqlite --data ./shop",
    "dosql export --table orders > orders.sql",
  ],
  async run(given, host) {
    const [file = "-"] = given.arguments;
    const table = given.text("table");
    const toSqlite = SQLITE_SUFFIX.test(file);
    if (toSqlite && table !== undefined) {
      throw new DosqlError("invalid-argument", "--table works with scripts only");
    }
    checkDestination(host, file, given.flag("force"));
    return withTarget(await openTarget(given, host), async (client) => {
      const watch = watchWork(host, "exporting", client.label);
      try {
        const rows = await inReadTransaction(client, () =>
          toSqlite
            ? exportFile(host, client, file, watch)
            : exportScript(host, client, { file, table }, watch),
        );
        await watch.end();
        return await reportExport(host, file, rows, watch.elapsedMs());
      } finally {
        await watch.end();
      }
    });
  },
};

async function reportExport(
  host: CliHost,
  file: string,
  rows: number | null,
  elapsedMs: number,
): Promise<number> {
  if (rows === null) {
    await host.err.write("dosql: interrupted; nothing was written\n");
    return EXIT.interrupted;
  }
  if (file !== "-") {
    const what = `exported ${countText(rows, "row")} to ${file}`;
    await host.err.write(`${what} in ${durationText(elapsedMs)}\n`);
  }
  return EXIT.ok;
}

function checkDestination(host: CliHost, file: string, force: boolean): void {
  if (file === "-") return;
  const info = host.files.info(file);
  if (info === null || (force && info.kind === "file")) return;
  if (info.kind === "folder") throw new DosqlError("bad-file", `${file} is a folder`);
  if (info.kind === "other") return;
  throw new DosqlError("bad-file", `${file} exists already`, {
    hint: "choose another name, or --force to replace it",
  });
}

/** Rows written, or null when the user stopped it. */
async function exportScript(
  host: CliHost,
  client: SqlClient,
  what: { readonly file: string; readonly table: string | undefined },
  watch: WorkWatch,
): Promise<number | null> {
  const { file, table } = what;
  const options = table === undefined ? {} : { table };
  const draft = file === "-" ? stdoutDraft(host) : await host.createFile(file);
  let done = 0;
  try {
    const total = await countRows(client, table);
    let text = "";
    let steps = 0;
    for await (const { sql, rows } of dumpStatements(client, options)) {
      text += `${sql};\n`;
      done += rows;
      steps += 1;
      if (text.length >= WRITE_LENGTH) {
        await draft.write(text);
        text = "";
      }
      if (await watch.step(steps, done / Math.max(1, total), countText(done, "row"))) {
        await draft.discard();
        return null;
      }
    }
    await draft.write(text);
    await draft.finish();
    return done;
  } catch (error) {
    await draft.discard();
    throw error;
  }
}

function stdoutDraft(host: CliHost): Awaited<ReturnType<CliHost["createFile"]>> {
  return { write: (text) => host.out.write(text), async finish() {}, async discard() {} };
}

async function exportFile(
  host: CliHost,
  client: SqlClient,
  file: string,
  watch: WorkWatch,
): Promise<number | null> {
  const draft = `${file}.tmp`;
  host.files.remove(draft);
  const target = host.openSqlite(draft, "create");
  let steps = 0;
  try {
    const outcome = await copyDatabase(client, target, (done, total) => {
      steps += 1;
      return watch.step(steps, done / Math.max(1, total), countText(done, "row"));
    });
    await target.close();
    if (outcome.result === "stopped") return null;
    // The log of a file that stood there before would be replayed into the new one.
    for (const rest of ["-wal", "-shm", "-journal"]) host.files.remove(file + rest);
    host.files.rename(draft, file);
    return outcome.rows;
  } finally {
    await target.close();
    host.files.remove(draft);
  }
}
