import { DosqlError } from "../base/errors.ts";
import type { SqlClient } from "../ports/sql-client.ts";
import type { CliHost } from "./host.ts";
import type { ParsedArguments } from "./option-parser.ts";

const DEFAULT_DATA = "./data";

/** How a command wants its database. */
export interface TargetOptions {
  /** A SQLite file named as an argument instead of `--data` or `--url`. */
  readonly file?: string | undefined;
  /** A missing data folder is made. */
  readonly create?: boolean;
  readonly cancellable?: boolean;
}

/**
 * Opens the database that `--url`, `--data` or a file name means; `./data` when none is given.
 *
 * @throws DosqlError `invalid-argument` when several are given, and whatever opening throws
 */
export async function openTarget(
  given: ParsedArguments,
  host: CliHost,
  options: TargetOptions = {},
): Promise<SqlClient> {
  const url = given.text("url");
  const data = given.text("data");
  const named = [url, data, options.file].filter((one) => one !== undefined);
  if (named.length > 1) {
    throw new DosqlError("invalid-argument", "name one database: --data, --url or a file");
  }
  if (url !== undefined) {
    return host.openRemote(url, (message) => void host.err.write(`notice: ${message}\n`));
  }
  return host.openLocal({
    kind: options.file === undefined ? "folder" : "file",
    path: options.file ?? data ?? DEFAULT_DATA,
    create: options.create === true && options.file === undefined,
    cancellable: options.cancellable === true,
  });
}

/** Runs something with the opened database and closes it in any case. */
export async function withTarget<T>(
  client: SqlClient,
  body: (client: SqlClient) => Promise<T>,
): Promise<T> {
  try {
    return await body(client);
  } finally {
    await client.close();
  }
}

/** Runs reads that see one state of the database, although others write. */
export async function inReadTransaction<T>(client: SqlClient, body: () => Promise<T>): Promise<T> {
  await client.begin("read");
  try {
    return await body();
  } finally {
    if (client.inTransaction) await client.rollback();
  }
}
