import type { BackupProgress } from "../../ports/embedded-driver.ts";
import type { Connection } from "./connection.ts";
import { translated } from "./errors.ts";
import { functionOption, nameOption, optionsArgument, stringArgument } from "./options.ts";

/** Pages per slice until `progress` says otherwise. */
const SLICE_PAGES = 100;
/** The most that SQLite takes for one slice: its C int. */
const MOST_PAGES = 0x7fffffff;

/** `db.backup(filename, [options])`. */
export async function backupTo(
  connection: Connection,
  given: readonly unknown[],
): Promise<BackupProgress> {
  const path = stringArgument(given[0]).trim();
  const options = optionsArgument(given[1], "second");
  if (path === "") throw new TypeError("Backup filename cannot be an empty string");
  if (path === ":memory:") throw new TypeError('Invalid backup filename ":memory:"');
  const attached = nameOption(options, "attached", "main");
  const progress = functionOption(options, "progress");
  if (!connection.home.hasFolder(path)) {
    throw new TypeError("Cannot save backup because the directory does not exist");
  }
  connection.requireOpen();
  let slice = progress === null ? MOST_PAGES : SLICE_PAGES;
  const next = (state: BackupProgress): number => {
    connection.requireOpen();
    const pages = progress === null ? undefined : progress(state);
    if (pages === undefined) return slice;
    if (typeof pages !== "number" || Number.isNaN(pages)) {
      throw new TypeError("Expected progress callback to return a number or undefined");
    }
    slice = Math.max(0, Math.min(MOST_PAGES, Math.round(pages)));
    return slice;
  };
  try {
    return await connection.database.backup(attached, path, next);
  } catch (error) {
    connection.requireOpen();
    throw translated(error);
  }
}
