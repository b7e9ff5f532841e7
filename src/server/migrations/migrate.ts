import { DosqlError } from "../../base/errors.ts";
import type { SqlClient } from "../../ports/sql-client.ts";
import { applyMigration } from "./apply-migration.ts";
import { appliedElsewhere, bareName, hasChecksum, migrationHistory } from "./history.ts";
import type { MigrationStatus } from "./history.ts";
import type { AppliedMigration, MigrateWatch } from "./migrate-watch.ts";
import type { Migration, MigrationSet } from "./migration.ts";
import { readScript } from "./migration-script.ts";
import type { MigrationFailure, MigrationScript } from "./migration-script.ts";

/** How migrations are applied. */
export interface MigrateOptions {
  /** The last one to apply, by its name with or without `.sql`; all of them by default. */
  readonly to?: string | undefined;
  /** Go on although files differ from what was applied. They are not applied again. */
  readonly allowChanged?: boolean;
  /** What becomes of files older than the newest applied one. By default they are refused. */
  readonly outOfOrder?: "refuse" | "apply" | "skip";
  /** Say what would be done, and do nothing. */
  readonly dryRun?: boolean;
  readonly watch?: MigrateWatch;
}

/** What became of it. */
export interface MigrateOutcome {
  readonly result: "done" | "planned" | "failed" | "stopped";
  /** In order. What is here stays, whatever the result. */
  readonly applied: readonly AppliedMigration[];
  /** Applied by somebody else while this ran. */
  readonly overtaken: readonly string[];
  /** Files that were left out, as `outOfOrder` says. */
  readonly skipped: readonly string[];
  /** Applied once, but their files are gone. */
  readonly missing: readonly string[];
  readonly failure?: MigrationFailure;
}

/**
 * Applies what is pending, each migration in a transaction with its row in the ledger: after a
 * failure, a crash or a stop the database is as the last whole migration left it, and the next
 * call goes on there. All files are read and checked before the first is applied.
 *
 * @throws DosqlError `bad-file` when files changed, were renamed or came late, `invalid-argument`
 * when there is no migration `to`, or when the table of another format knows these files
 * @example
 * const folder = findFolder(files, { base: "." });
 * const outcome = await migrate(client, readFolder(files, crypto, folder));
 */
export async function migrate(
  client: SqlClient,
  set: MigrationSet,
  options: MigrateOptions = {},
): Promise<MigrateOutcome> {
  const history = await migrationHistory(client, set);
  refuseChanged(set, history, options);
  const { migrations, skipped } = choose(set, history, options);
  refuseRenamed(history, migrations);
  const missing = namesOf(history, "missing");
  const rest = { overtaken: [], skipped, missing };
  if (!history.some(({ state }) => state === "applied" || state === "changed")) {
    await refuseOtherLedger(client, set);
  }
  const scripts: MigrationScript[] = [];
  for (const migration of migrations) {
    const script = readScript(migration, set.layout);
    if ("error" in script) return { ...rest, result: "failed", applied: [], failure: script };
    scripts.push(script);
  }
  if (options.dryRun === true) {
    return { ...rest, result: "planned", applied: scripts.map(summary) };
  }
  return { ...rest, ...(await applyAll(client, set, scripts, options.watch)) };
}

function summary({ migration, statements }: MigrationScript): AppliedMigration {
  return { name: migration.name, statements: statements.length };
}

async function applyAll(
  client: SqlClient,
  set: MigrationSet,
  scripts: readonly MigrationScript[],
  watch: MigrateWatch | undefined,
): Promise<Pick<MigrateOutcome, "result" | "applied" | "overtaken" | "failure">> {
  const applied: AppliedMigration[] = [];
  const overtaken: string[] = [];
  for (const script of scripts) {
    const done = await applyMigration(client, set, script, watch);
    if (done.result === "failed") {
      return { result: "failed", applied, overtaken, failure: done.failure };
    }
    if (done.result === "stopped") return { result: "stopped", applied, overtaken };
    if (done.result === "overtaken") {
      overtaken.push(script.migration.name);
      continue;
    }
    applied.push(summary(script));
    await watch?.applied(summary(script));
  }
  return { result: "done", applied, overtaken };
}

function refuseChanged(
  { table }: MigrationSet,
  history: readonly MigrationStatus[],
  { allowChanged = false }: MigrateOptions,
): void {
  const names = namesOf(history, "changed");
  if (names.length === 0 || allowChanged) return;
  const [verb, object] = names.length === 1 ? ["is", "it was"] : ["are", "they were"];
  throw new DosqlError(
    "bad-file",
    `${names.join(", ")} ${verb} not what was applied: ${table} holds another checksum`,
    {
      hint:
        `put back what ${object} and write the change as a new migration, ` +
        "or go on with --allow-changed",
    },
  );
}

/** A file that was applied under another name would be applied a second time. */
function refuseRenamed(
  history: readonly MigrationStatus[],
  migrations: readonly Migration[],
): void {
  const missing = history.filter(({ state }) => state === "missing");
  for (const migration of migrations) {
    const before = missing.find(({ recorded }) => hasChecksum(migration, recorded));
    if (before === undefined) continue;
    throw new DosqlError("bad-file", `${migration.name} was applied already, as ${before.name}`, {
      hint: "give it its name back; to apply it again nevertheless, write a comment into it",
    });
  }
}

function choose(
  set: MigrationSet,
  history: readonly MigrationStatus[],
  { to, outOfOrder = "refuse" }: MigrateOptions,
): { readonly migrations: readonly Migration[]; readonly skipped: readonly string[] } {
  const files = history.filter(({ migration }) => migration !== null);
  const last = to === undefined ? null : findMigration(set, to);
  const end = files.findIndex(({ migration }) => migration === last) + 1;
  const reached = last === null ? files : files.slice(0, end);
  const late = namesOf(reached, "out-of-order");
  if (late.length > 0 && outOfOrder === "refuse") {
    throw new DosqlError("bad-file", `${late.join(", ")}: not applied, but older than what is`, {
      hint: "--out-of-order apply applies them now, --out-of-order skip leaves them out",
    });
  }
  const wanted = new Set(outOfOrder === "apply" ? ["pending", "out-of-order"] : ["pending"]);
  return {
    migrations: reached.flatMap(({ state, migration }) =>
      wanted.has(state) && migration !== null ? [migration] : [],
    ),
    skipped: outOfOrder === "skip" ? late : [],
  };
}

/**
 * The migration that a user names, with or without `.sql`.
 *
 * @throws DosqlError `invalid-argument` when there is none
 */
export function findMigration({ migrations }: MigrationSet, name: string): Migration {
  const found = migrations.find(
    (one) => one.name === name || bareName(one.name) === bareName(name),
  );
  if (found !== undefined) return found;
  const last = migrations.at(-1)?.name;
  throw new DosqlError("invalid-argument", `there is no migration ${name}`, {
    ...(last === undefined ? {} : { hint: `the last one is ${last}; see dosql migrate status` }),
  });
}

async function refuseOtherLedger(client: SqlClient, set: MigrationSet): Promise<void> {
  const found = await appliedElsewhere(client, set);
  if (found === null) return;
  const { migration, table } = found;
  throw new DosqlError(
    "invalid-argument",
    `${migration.name} is applied already: it stands in ${table}, though not in ${set.table}`,
    { hint: `choose by --format, or --table, the ledger that was used` },
  );
}

function namesOf(history: readonly MigrationStatus[], wanted: MigrationStatus["state"]): string[] {
  return history.filter(({ state }) => state === wanted).map(({ name }) => name);
}
