import { DosqlError } from "../../base/errors.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Signer } from "../../ports/signer.ts";
import { isClaimsToken, isOwnToken, opensDatabase, readToken } from "../../server/token-claims.ts";
import type { Access } from "./access.ts";

/** What a token says of one database. */
export type Permission = Pick<Access, "readOnly" | "expiresMs" | "holder">;

/** Not a secret: a token cannot be guessed from what it is hashed to. */
const HOLDER: Uint8Array = new TextEncoder().encode("holder");

export interface TokenParts {
  /** The server's own token, which opens everything; empty where there is none. */
  readonly token: string;
  /** What tokens that open less are signed with. Default: the own one. */
  readonly key?: string;
  readonly signer: Signer;
  readonly clock: Clock;
}

/**
 * What a bearer token allows in a database.
 *
 * @throws DosqlError `authentication` for a token that is not good; `permission` for one that does
 * not open this database
 */
export async function tokenPermission(
  { token, key = token, signer, clock }: TokenParts,
  given: string,
  database: string,
): Promise<Permission> {
  const utf8 = new TextEncoder();
  // The own token may look like a signed one.
  if (await isOwnToken(token, given, signer)) {
    return { readOnly: false, expiresMs: null, holder: "own" };
  }
  if (!isClaimsToken(given) || key === "") {
    throw new DosqlError("authentication", "a valid bearer token is required");
  }
  const claims = await readToken(given, utf8.encode(key), { signer, nowMs: clock.nowMs() });
  const { readOnly, expiresMs, subject } = claims;
  if (opensDatabase(claims, database)) {
    const holder = subject === "" ? await holderOf(given, signer) : `sub ${subject}`;
    return { readOnly, expiresMs, holder };
  }
  throw new DosqlError("permission", `the token does not open ${JSON.stringify(database)}`);
}

/** The holder of a token that does not name one: the token itself, not to be read out of this. */
export async function holderOf(token: string, signer: Signer): Promise<string> {
  const bytes = await signer.hmacSha256(HOLDER, new TextEncoder().encode(token));
  return Array.from(bytes.subarray(0, 16), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
