import { DosqlError } from "../../base/errors.ts";
import type { FoundDatabase } from "../directory/directory.ts";
import { noSuchDatabase } from "../../engine/database-identity.ts";
import type { Access, OpenDatabase, RestHost } from "./rest-host.ts";

/** A request of somebody who may ask. */
export interface RestRequest {
  readonly host: RestHost;
  readonly access: Access;
  readonly account: string;
  readonly method: string;
  /** What follows `/accounts/:account/d1/database`. */
  readonly path: readonly string[];
  readonly query: URLSearchParams;
  /** Where the API itself is, without a slash at the end. */
  readonly base: string;
  /** The body as JSON; an empty object when there is none. */
  readonly body: Readonly<Record<string, unknown>>;
}

/**
 * The database that a request names.
 *
 * @throws DosqlError `no-such-database`, also where the token does not reach it
 */
export async function databaseOf(request: RestRequest): Promise<FoundDatabase> {
  const [nameOrId = ""] = request.path;
  const found = await request.host.directory.find(request.account, nameOrId);
  if (found === null || !reaches(request.access, found.identity.name)) {
    throw noSuchDatabase(nameOrId);
  }
  return found;
}

/** Opens the database that a request names, for as long as `use` takes. */
export async function withDatabase<T>(
  request: RestRequest,
  use: (database: OpenDatabase, found: FoundDatabase) => Promise<T>,
): Promise<T> {
  const found = await databaseOf(request);
  const database = await request.host.open(found);
  try {
    return await use(database, found);
  } finally {
    await database.close();
  }
}

/** Whether a token is for a database. */
export function reaches({ databases }: Access, name: string): boolean {
  return databases === null || databases.includes(name);
}

/** @throws DosqlError `permission` where a token may only read */
export function requireWriting({ readOnly }: Access): void {
  if (readOnly) throw new DosqlError("permission", "this token may only read");
}

/** A number of the request's query; `fallback` when it is missing. */
export function countOf(query: URLSearchParams, name: string, fallback: number): number {
  const text = query.get(name);
  if (text === null) return fallback;
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new DosqlError("invalid-argument", `${name} is a positive number, not ${text}`);
}
