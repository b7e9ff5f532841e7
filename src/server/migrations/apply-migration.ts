import { DosqlError } from "../../base/errors.ts";
import type { Row } from "../../base/value.ts";
import type { SqlClient } from "../../ports/sql-client.ts";
import { keyOf } from "./history.ts";
import { createLedger, readLedger, recordMigration } from "./ledger.ts";
import type { Ledger } from "./ledger.ts";
import type { MigrateWatch } from "./migrate-watch.ts";
import type { MigrationFailure, MigrationScript, PlacedStatement } from "./migration-script.ts";

/** What became of one migration. */
export type Applied =
  | { readonly result: "applied" | "stopped" | "overtaken" }
  | { readonly result: "failed"; readonly failure: MigrationFailure };

/** Applies one migration and writes it down, in one transaction. */
export async function applyMigration(
  client: SqlClient,
  ledger: Ledger,
  script: MigrationScript,
  watch: MigrateWatch | undefined,
): Promise<Applied> {
  return new Application(client, ledger, script).run(watch);
}

class Application {
  readonly #client: SqlClient;
  readonly #ledger: Ledger;
  readonly #script: MigrationScript;
  /** What is running. */
  #statement: PlacedStatement | null = null;

  constructor(client: SqlClient, ledger: Ledger, script: MigrationScript) {
    this.#client = client;
    this.#ledger = ledger;
    this.#script = script;
  }

  async run(watch: MigrateWatch | undefined): Promise<Applied> {
    const { migration, foreignKeys } = this.#script;
    try {
      const before = await this.#foreignKeysNow();
      if (foreignKeys === null || foreignKeys === before) {
        return { result: await this.#inTransaction(null, watch) };
      }
      const broken = before ? await this.#brokenKeys() : null;
      await this.#setForeignKeys(foreignKeys);
      try {
        return { result: await this.#inTransaction(broken, watch) };
      } finally {
        await this.#setForeignKeys(before);
      }
    } catch (error) {
      if (!(error instanceof DosqlError) || error.code === "bug") throw error;
      return { result: "failed", failure: { migration, error, statement: this.#statement } };
    }
  }

  async #inTransaction(
    brokenBefore: ReadonlySet<string> | null,
    watch: MigrateWatch | undefined,
  ): Promise<"applied" | "stopped" | "overtaken"> {
    const client = this.#client;
    const { migration, statements } = this.#script;
    await client.begin("write");
    try {
      // Only now nobody else can be applying it.
      const rows = await readLedger(client, this.#ledger);
      const key = keyOf(this.#ledger, migration);
      if (rows?.some((row) => keyOf(this.#ledger, row) === key) === true) return "overtaken";
      if (rows === null) await createLedger(client, this.#ledger);
      for (const [i, statement] of statements.entries()) {
        this.#statement = statement;
        await client.run(statement.text);
        if (!client.inTransaction) throw lostTransaction();
        if ((await watch?.ran(migration, i + 1, statements.length)) === true) return "stopped";
      }
      this.#statement = null;
      if (brokenBefore !== null) await this.#refuseNewlyBroken(brokenBefore);
      await recordMigration(client, this.#ledger, migration);
      await commit(client);
      return "applied";
    } finally {
      // A session that is gone has rolled back by itself, and its end is reported already.
      if (client.inTransaction) await client.rollback().catch(() => undefined);
    }
  }

  async #foreignKeysNow(): Promise<boolean> {
    const { rows } = await this.#client.run("PRAGMA foreign_keys");
    return Number(rows[0]?.[0] ?? 0) !== 0;
  }

  async #setForeignKeys(on: boolean): Promise<void> {
    await this.#client.run(`PRAGMA foreign_keys = ${on ? "ON" : "OFF"}`);
  }

  /** Rows without their parent. Asked before BEGIN: after an error Postgres' transactions end. */
  async #brokenKeys(): Promise<Set<string>> {
    try {
      const { rows } = await this.#client.run("PRAGMA foreign_key_check");
      return new Set(rows.map(violation));
    } catch (error) {
      // A foreign key that fits no parent key cannot be checked; the migration may mend it.
      if (error instanceof DosqlError && error.code === "sqlite") return new Set();
      throw error;
    }
  }

  async #refuseNewlyBroken(before: ReadonlySet<string>): Promise<void> {
    const { rows } = await this.#client.run("PRAGMA foreign_key_check");
    const broken = rows.map(violation).filter((text) => !before.has(text));
    const [first] = broken;
    if (first === undefined) return;
    const more = broken.length === 1 ? "" : `, and ${broken.length - 1} more`;
    throw new DosqlError("sqlite", `FOREIGN KEY constraint failed: ${first}${more}`, {
      sqlite: "SQLITE_CONSTRAINT_FOREIGNKEY",
      hint: "the migration turns foreign keys off; at its end every key must have its parent",
    });
  }
}

/** A row of `PRAGMA foreign_key_check`: table, rowid, parent, number of the key. */
function violation([table, rowid, parent]: Row): string {
  const row = rowid === null || rowid === undefined ? "a row" : `row ${String(rowid)}`;
  return `${row} of ${String(table)} has no parent in ${String(parent)}`;
}

async function commit(client: SqlClient): Promise<void> {
  try {
    await client.commit();
  } catch (error) {
    if (!(error instanceof DosqlError) || !error.message.startsWith("FOREIGN KEY")) throw error;
    throw new DosqlError(error.code, `at its end: ${error.message}`, {
      ...(error.sqlite === undefined ? {} : { sqlite: error.sqlite }),
      hint: "a deferred foreign key is still broken where the migration ends",
      cause: error,
    });
  }
}

function lostTransaction(): DosqlError {
  return new DosqlError("transaction-state", "the statement ended the migration's transaction", {
    hint: "what it did before is undone; a migration is one transaction by itself",
  });
}
