import { DosqlError } from "../base/errors.ts";
import { findFolder, folderForNew } from "../server/migrations/folder.ts";
import type { FolderChoice, MigrationFolder } from "../server/migrations/folder.ts";
import { readFolder } from "../server/migrations/folder-files.ts";
import { migrationHistory } from "../server/migrations/history.ts";
import { findMigration, migrate } from "../server/migrations/migrate.ts";
import type { MigrateOutcome } from "../server/migrations/migrate.ts";
import type { MigrateWatch } from "../server/migrations/migrate-watch.ts";
import type { MigrationFormat, MigrationSet } from "../server/migrations/migration.ts";
import { newMigration } from "../server/migrations/new-migration.ts";
import type { Command } from "./command.ts";
import { TARGET_OPTIONS } from "./command.ts";
import { EXIT } from "./exit-codes.ts";
import type { CliHost } from "./host.ts";
import { nearest } from "./option-parser.ts";
import type { ParsedArguments } from "./option-parser.ts";
import { MigrationReport } from "./migration-report.ts";
import { openTarget, withTarget } from "./target.ts";
import { watchWork } from "./work-watch.ts";
import type { WorkWatch } from "./work-watch.ts";

const FORMATS: readonly MigrationFormat[] = ["wrangler", "drizzle", "plain"];
const ORDERS = ["apply", "skip"] as const;

/** Options that only some of the actions have. */
const OPTIONS_OF: Readonly<Record<string, readonly string[]>> = {
  status: ["data", "url", "json"],
  up: ["data", "url", "json", "to", "dry-run", "allow-changed", "out-of-order"],
  new: [],
};
const PARTIAL = [...new Set(Object.values(OPTIONS_OF).flat())];

/** Applies folders of SQL files to a database, each file once. */
export const migrateCommand: Command = {
  command: "migrate",
  summary: "Apply migrations: a folder of SQL files, each applied once.",
  details: [
    "  dosql migrate status [FILE]   list what is applied, pending, changed, missing\n" +
      "  dosql migrate up [FILE]       apply what is pending, each in a transaction of its own\n" +
      "  dosql migrate new NAME        make the next numbered file",
    "Knows wrangler's folders (migrations/0001_name.sql and its table d1_migrations), drizzle's\n" +
      "(meta/_journal.json, or folders with migration.sql; __drizzle_migrations) and plain ones\n" +
      "(.do/migrations/*.sql; dosql_migrations). Either tool sees what the other has applied.\n" +
      "The folder is found by wrangler's settings in this folder and by its name.",
    "A file that fails leaves nothing behind; up goes on there the next time. A file that was\n" +
      "changed after it was applied is refused, where the table holds checksums: not wrangler's.",
  ],
  arguments: [
    { name: "ACTION", required: true, help: "status, up or new" },
    {
      name: "FILE|NAME",
      required: false,
      help: "a SQLite file instead of a data folder; with new, what the migration does",
    },
  ],
  options: [
    ...TARGET_OPTIONS,
    { name: "folder", kind: "text", value: "DIR", help: "where the migrations are" },
    { name: "format", kind: "text", choices: FORMATS, help: "whose they are" },
    {
      name: "table",
      kind: "text",
      value: "NAME",
      help: "the table that remembers what was applied",
    },
    { name: "to", kind: "text", value: "NAME", help: "up: the last one to apply" },
    { name: "dry-run", kind: "flag", help: "up: say what would be applied, and apply nothing" },
    { name: "allow-changed", kind: "flag", help: "up: go on although applied files were changed" },
    {
      name: "out-of-order",
      kind: "text",
      choices: ORDERS,
      help: "up: what to do with files older than the newest applied one",
    },
    { name: "json", kind: "flag", help: "status, up: print one line of JSON" },
  ],
  examples: [
    "dosql migrate new create_users",
    "dosql migrate up",
    "dosql migrate up --to 0004_add_email --data ./shop",
    "dosql migrate status shop.sqlite --folder db/migrations --json",
  ],
  async run(given, host) {
    const [action = "", word] = given.arguments;
    checkAction(given, action);
    if (action === "new") return runNew(given, host, word);
    const folder = findFolder(host.files, choiceOf(given));
    const set = readFolder(host.files, host.crypto, folder);
    const to = given.text("to");
    // Before a data folder is made for it.
    if (to !== undefined) findMigration(set, to);
    const create = action === "up" && !given.flag("dry-run");
    return withTarget(await openTarget(given, host, { file: word, create }), async (client) => {
      const report = new MigrationReport(host, client, folder, set, given.flag("json"));
      await report.strays();
      if (action === "status") {
        await report.status(await migrationHistory(client, set));
        return EXIT.ok;
      }
      const outcome = await runUp(given, { host, client, folder, set, report });
      return report.outcome(outcome);
    });
  },
};

function checkAction(given: ParsedArguments, action: string): void {
  const allowed = OPTIONS_OF[action];
  if (allowed === undefined) {
    const guess = nearest(action, Object.keys(OPTIONS_OF));
    throw new DosqlError("invalid-argument", `dosql migrate cannot "${action}"`, {
      hint: `${guess === null ? "" : `did you mean ${guess}? `}it is status, up or new`,
    });
  }
  const odd = PARTIAL.find((name) => given.flag(name) && !allowed.includes(name));
  if (odd === undefined) return;
  throw new DosqlError("invalid-argument", `--${odd} has no meaning for dosql migrate ${action}`, {
    hint: "see dosql migrate --help",
  });
}

function choiceOf(given: ParsedArguments): FolderChoice {
  const format = given.text("format");
  return {
    base: ".",
    folder: given.text("folder"),
    format: FORMATS.find((one) => one === format),
    table: given.text("table"),
  };
}

async function runNew(
  given: ParsedArguments,
  host: CliHost,
  name: string | undefined,
): Promise<number> {
  if (name === undefined) {
    throw new DosqlError("invalid-argument", "NAME is missing", {
      hint: "say what the migration does, as in dosql migrate new create_users",
    });
  }
  const { files, clock, crypto: hashing } = host;
  const folder = folderForNew(files, choiceOf(given));
  await host.out.write(`${newMigration({ files, clock, hashing }, folder, name)}\n`);
  return EXIT.ok;
}

interface UpTask {
  readonly host: CliHost;
  readonly client: Parameters<typeof migrate>[0];
  readonly folder: MigrationFolder;
  readonly set: MigrationSet;
  readonly report: MigrationReport;
}

async function runUp(given: ParsedArguments, task: UpTask): Promise<MigrateOutcome> {
  const { host, client, set, report } = task;
  const order = given.text("out-of-order");
  let work: WorkWatch | null = null;
  const watch: MigrateWatch = {
    async ran({ path }, done, total) {
      work ??= watchWork(host, "applying", path);
      return work.step(done, done / total, `${done} of ${total} statements`);
    },
    async applied(done) {
      const elapsedMs = work?.elapsedMs() ?? null;
      await work?.end();
      work = null;
      await report.applied(done, elapsedMs);
    },
  };
  try {
    return await migrate(client, set, {
      to: given.text("to"),
      allowChanged: given.flag("allow-changed"),
      outOfOrder: ORDERS.find((one) => one === order) ?? "refuse",
      dryRun: given.flag("dry-run"),
      watch,
    });
  } finally {
    await (work as WorkWatch | null)?.end();
  }
}
