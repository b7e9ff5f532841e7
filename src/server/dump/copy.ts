import type { SqlClient } from "../../ports/sql-client.ts";
import type { DumpStatement } from "./dump.ts";
import { countRows, dumpStatements } from "./dump.ts";

/** Called now and then with rows done and rows in all; true stops the copy. */
export type CopyProgress = (doneRows: number, totalRows: number) => Promise<boolean>;

/** What a copy did. */
export interface CopyOutcome {
  readonly result: "done" | "stopped";
  readonly rows: number;
  readonly statements: number;
}

/**
 * Copies a database into another one, all or nothing: schema, rows and what belongs to them.
 * The target keeps what it has; a table of the same name there is an error.
 */
export async function copyDatabase(
  source: SqlClient,
  target: SqlClient,
  progress: CopyProgress,
): Promise<CopyOutcome> {
  const totalRows = await countRows(source);
  const statements = dumpStatements(source, { bare: true });
  return runStatements(target, statements, (rows) => progress(rows, totalRows));
}

/**
 * Runs statements as one transaction, in which nobody looks at foreign keys.
 *
 * @param progress is told of the rows that were written; true takes all back
 */
export async function runStatements(
  target: SqlClient,
  all: AsyncIterable<DumpStatement>,
  progress: (rows: number) => Promise<boolean>,
): Promise<CopyOutcome> {
  let rows = 0;
  let statements = 0;
  // Outside of the transaction, where it takes effect: rows come before what they refer to.
  await target.run("PRAGMA foreign_keys = OFF");
  let outcome: CopyOutcome | null = null;
  try {
    await target.begin("write");
    for await (const statement of all) {
      await target.run(statement.sql);
      rows += statement.rows;
      statements += 1;
      if (await progress(rows)) {
        outcome = { result: "stopped", rows: 0, statements: 0 };
        return outcome;
      }
    }
    await target.commit();
    outcome = { result: "done", rows, statements };
    return outcome;
  } finally {
    // After a failure the target may be gone; the failure is what counts.
    const undone = leaveClean(target);
    await (outcome === null ? undone.catch(() => undefined) : undone);
  }
}

async function leaveClean(target: SqlClient): Promise<void> {
  if (target.inTransaction) await target.rollback();
  await target.run("PRAGMA foreign_keys = ON");
}
