import { DosqlError } from "../../base/errors.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import type { ChangeLog } from "../capture/change-log.ts";
import { isCaptured } from "../capture/capture-setting.ts";
import { readSchemaRows } from "../capture/schema-rows.ts";
import { ToldSchema } from "../capture/told-schema.ts";
import { LogReader } from "../log/log-reader.ts";
import type { RowidHolder } from "../session/session-counts.ts";
import type { LeaseTurns } from "./lease-turns.ts";

/** Another program would have to write again and again just before each look. */
const MOST_TRIES = 20;

/** What a connection is opened for. */
export interface ToldHost {
  readonly changes: ChangeLog;
  changesOf: RowidHolder | null;
}

/**
 * Opens a connection that holds one committed state, of which the log's newest commit tells all.
 * What another program wrote is in the file, but is told by a commit that is still to come: it
 * becomes a transaction first, or who goes on behind this state would be told of it again.
 *
 * @param open opens a connection that reads
 * @throws DosqlError `busy` when another program writes all the time
 */
export async function openTold(
  host: ToldHost,
  turns: LeaseTurns,
  open: () => SqlDriver,
): Promise<SqlDriver> {
  for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
    const driver = open();
    let told = false;
    try {
      driver.exec("BEGIN");
      told = !host.changes.active || tellsAll(driver, host.changes);
      if (told) return driver;
    } finally {
      if (!told) driver.close();
    }
    await turns.run(() => {
      try {
        host.changes.adoptForeign(true);
      } finally {
        host.changesOf = null;
      }
    });
    host.changes.committed();
  }
  throw new DosqlError("busy", "another program writes into the database all the time", {
    hint: "try again",
  });
}

function tellsAll(driver: SqlDriver, { setting }: ChangeLog): boolean {
  const log = new LogReader(driver);
  if (log.head() !== (log.lastCommit()?.lsn ?? 0)) return false;
  const told = new ToldSchema(driver, (table) => isCaptured(setting, table));
  return told.stands(readSchemaRows(driver));
}
