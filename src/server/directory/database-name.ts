import type { Awaitable } from "../../base/value.ts";
import type { DatabaseId } from "../../base/database-id.ts";
import { formatDatabaseId, isDatabaseId } from "../../base/database-id.ts";
import { DosqlError } from "../../base/errors.ts";

/** The database that is always there. */
export const MAIN_DATABASE = "main";

/**
 * HMAC-SHA-256 under the deployment's secret, 32 bytes. Who does not know the secret cannot tell
 * which id belongs to a name.
 */
export type KeyedHash = (text: string) => Awaitable<Uint8Array>;

/**
 * The secret where a deployment names none. Ids are then the same in all such deployments: fine
 * where nobody but the deployment can reach its objects.
 */
export const DEFAULT_DEPLOYMENT_KEY = "dosql";

/** ASCII, so that bytes, UTF-16 units and URLs agree about the order and the spelling. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._:@-]{0,127}$/;

/**
 * Checks the name of a new database.
 *
 * @throws DosqlError `invalid-argument`
 */
export function checkDatabaseName(name: unknown): string {
  if (typeof name === "string" && NAME.test(name) && !isDatabaseId(name)) return name;
  throw new DosqlError("invalid-argument", `${JSON.stringify(name)} is no name of a database`, {
    hint: "1 to 128 letters, digits and ._:@-, beginning with a letter or a digit; no UUID",
  });
}

/** The id of a name: the same for ever, and known without asking anybody. */
export async function databaseIdOf(hash: KeyedHash, name: string): Promise<DatabaseId> {
  // The prefix keeps ids apart from whatever else is signed with the same secret.
  return formatDatabaseId(await hash(`database ${name}`));
}
