import type { SqlClient } from "../ports/sql-client.ts";
import type { MigrationFolder } from "../server/migrations/folder.ts";
import type { MigrationState, MigrationStatus } from "../server/migrations/history.ts";
import type { MigrateOutcome } from "../server/migrations/migrate.ts";
import type { AppliedMigration } from "../server/migrations/migrate-watch.ts";
import type { MigrationSet } from "../server/migrations/migration.ts";
import type { MigrationFailure } from "../server/migrations/migration-script.ts";
import { placeWithin } from "../server/script/line-counter.ts";
import { EXIT, statementExitCode } from "./exit-codes.ts";
import type { CliHost } from "./host.ts";
import { countText, durationText } from "./progress.ts";
import { sourceExcerpt } from "./source-excerpt.ts";
import { tableText } from "./table.ts";

const NOTES: Readonly<Record<MigrationState, string>> = {
  applied: "",
  pending: "",
  changed: "the file is not what was applied",
  missing: "applied, but the file is gone",
  "out-of-order": "older than what is applied",
};

/** What `dosql migrate` prints: results on stdout, warnings and errors on stderr. */
export class MigrationReport {
  readonly #host: CliHost;
  readonly #client: SqlClient;
  readonly #folder: MigrationFolder;
  readonly #set: MigrationSet;
  readonly #json: boolean;

  constructor(
    host: CliHost,
    client: SqlClient,
    folder: MigrationFolder,
    set: MigrationSet,
    json: boolean,
  ) {
    this.#host = host;
    this.#client = client;
    this.#folder = folder;
    this.#set = set;
    this.#json = json;
  }

  /** Files that drizzle would overlook. */
  async strays(): Promise<void> {
    const { strays } = this.#set;
    if (strays.length === 0) return;
    await this.#warn(
      `${strays.join(", ")}: not in meta/_journal.json, and left out as drizzle does`,
    );
  }

  async status(history: readonly MigrationStatus[]): Promise<void> {
    if (this.#json) {
      const migrations = history.map(({ name, state, appliedAt, migration }) => {
        const { path = null, checksum = null } = migration ?? {};
        return { name, state, appliedAt, path, checksum };
      });
      return this.#line({ ...this.#where(), migrations });
    }
    const { out } = this.#host;
    const columns = ["migration", "state", "applied at", "note"];
    const rows = history.map(({ name, state, appliedAt }) => {
      return [name, state, appliedAt ?? "", NOTES[state]];
    });
    if (rows.length > 0) {
      await out.write(tableText(columns, rows, { widthColumns: out.widthColumns }));
    }
    const counts = (Object.keys(NOTES) as MigrationState[])
      .map((state) => [history.filter((one) => one.state === state).length, state] as const)
      .filter(([count]) => count > 0)
      .map(([count, state]) => `${count.toLocaleString("en-US")} ${state}`);
    const { path, layout, table } = this.#folder;
    const summary = counts.length === 0 ? "no migrations" : counts.join(", ");
    await out.write(`${path} (${layout}, table ${table}) in ${this.#client.label}: ${summary}\n`);
  }

  async applied({ name, statements }: AppliedMigration, elapsedMs: number | null): Promise<void> {
    if (this.#json) return;
    const took = elapsedMs === null ? "" : ` in ${durationText(elapsedMs)}`;
    await this.#host.out.write(`applied ${name}: ${statementsText(statements)}${took}\n`);
  }

  async outcome(outcome: MigrateOutcome): Promise<number> {
    const { result, applied, failure } = outcome;
    await this.#remarks(outcome);
    if (this.#json) {
      const error = failure === undefined ? null : failureJson(failure);
      const { overtaken, skipped, missing } = outcome;
      await this.#line({ ...this.#where(), result, applied, overtaken, skipped, missing, error });
    }
    if (failure !== undefined) return this.#failed(failure, applied.length);
    if (result === "stopped") {
      await this.#host.err.write(`dosql: interrupted\n${keptText(applied.length)}`);
      return EXIT.interrupted;
    }
    if (!this.#json) await this.#finished(result, applied);
    return EXIT.ok;
  }

  async #finished(
    result: MigrateOutcome["result"],
    applied: readonly AppliedMigration[],
  ): Promise<void> {
    const { out } = this.#host;
    if (result === "planned") {
      const lines = applied.map(({ name, statements }) => {
        return `would apply ${name}: ${statementsText(statements)}\n`;
      });
      await out.write(lines.join(""));
    }
    const count = applied.length === 0 ? "nothing" : countText(applied.length, "migration");
    const verb = result === "planned" ? "would be applied" : "applied";
    await out.write(
      `${count} ${applied.length === 0 ? "to apply" : verb}: ${this.#client.label}\n`,
    );
  }

  async #remarks({ missing, skipped, overtaken }: MigrateOutcome): Promise<void> {
    if (missing.length > 0) await this.#warn(`${missing.join(", ")}: ${NOTES.missing}`);
    if (skipped.length > 0)
      await this.#warn(`${skipped.join(", ")}: skipped, ${NOTES["out-of-order"]}`);
    if (overtaken.length > 0) {
      await this.#warn(`${overtaken.join(", ")}: applied by somebody else in the meantime`);
    }
  }

  async #failed(failure: MigrationFailure, kept: number): Promise<number> {
    const { error, migration, statement } = failure;
    const place = placeOf(failure);
    const where = place === null ? "" : `:${place.line}:${place.column}`;
    const lines = [`dosql: ${migration.path}${where}: ${error.message}`];
    if (statement !== null) lines.push(...sourceExcerpt(statement.text, error.at));
    if (error.hint !== undefined) lines.push(`hint: ${error.hint}`);
    await this.#host.err.write(`${lines.join("\n")}\n${keptText(kept)}`);
    return statementExitCode(error);
  }

  #where(): object {
    const { path: folder, layout: format, table } = this.#folder;
    return { database: this.#client.label, folder, format, table };
  }

  #line(value: object): Promise<void> {
    return this.#host.out.write(`${JSON.stringify(value)}\n`);
  }

  #warn(text: string): Promise<void> {
    return this.#host.err.write(`warning: ${text}\n`);
  }
}

function statementsText(count: number): string {
  return count === 0 ? "no statements" : countText(count, "statement");
}

function keptText(count: number): string {
  if (count === 0) return "applied: nothing\n";
  return `applied: ${countText(count, "migration")} before it ${count === 1 ? "stays" : "stay"}\n`;
}

function placeOf({ error, statement }: MigrationFailure): { line: number; column: number } | null {
  if (statement === null) return null;
  const { place, text } = statement;
  return error.at === undefined ? place : placeWithin(place, text, error.at);
}

function failureJson(failure: MigrationFailure): object {
  const { line = null, column = null } = placeOf(failure) ?? {};
  const { error, migration } = failure;
  return { migration: migration.name, message: error.message, line, column };
}
