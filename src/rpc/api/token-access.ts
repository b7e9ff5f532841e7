import { DosqlError } from "../../base/errors.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Signer } from "../../ports/signer.ts";
import { isClaimsToken, opensDatabase, readToken } from "../../server/token-claims.ts";
import type { Access } from "./access.ts";

/** What a token says of one database. */
export type Permission = Pick<Access, "readOnly" | "expiresMs">;

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
  const secret = utf8.encode(token);
  if (isClaimsToken(given) && key !== "") {
    const claims = await readToken(given, utf8.encode(key), { signer, nowMs: clock.nowMs() });
    const { readOnly, expiresMs } = claims;
    if (opensDatabase(claims, database)) return { readOnly, expiresMs };
    throw new DosqlError("permission", `the token does not open ${JSON.stringify(database)}`);
  }
  if (token === "") throw new DosqlError("authentication", "a valid bearer token is required");
  // Hashes have one length, so that the length of the token does not show either.
  const own = await signer.hmacSha256(secret, secret);
  const other = await signer.hmacSha256(secret, utf8.encode(given));
  if (signer.timingSafeEqual(own, other)) {
    return { readOnly: false, expiresMs: null };
  }
  throw new DosqlError("authentication", "a valid bearer token is required");
}
