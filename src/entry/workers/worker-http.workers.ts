import { DosqlError } from "../../base/errors.ts";
import { workersClock } from "../../platform/workers/clock.ts";
import { keyedHash, randomHex, runningMd5 } from "../../platform/workers/web-crypto.ts";
import { workersSigner } from "../../platform/workers/web-signer.ts";
import { insightsNamed, namedTransfer, restoreNamed } from "../../rpc/named-shard.ts";
import type { Access, Authorise, RestHost } from "../../server/rest/rest-host.ts";
import { REST_PREFIX, answerRest } from "../../server/rest/rest-router.ts";
import { isOwnToken, readToken } from "../../server/token-claims.ts";
import { VERSION } from "../../server/version.ts";
import { restDatabase } from "../rest-database.ts";
import type { DirectoryEnv } from "./workers-directory.workers.ts";
import { WorkersDirectory, expectedOf } from "./workers-directory.workers.ts";

/** What a Worker that serves the D1 REST API binds. */
export interface D1ApiEnv extends DirectoryEnv {
  /**
   * The bearer token, which opens everything; without it and DOSQL_JWT_KEY nobody is served, unless
   * `authorise` says so. It (or else `DOSQL_KEY`, or DOSQL_JWT_KEY) also signs the addresses of
   * uploads and downloads.
   */
  readonly DOSQL_TOKEN?: string;
  /** The secret that JSON Web Tokens are signed with, 16 bytes at least. Default: DOSQL_TOKEN. */
  readonly DOSQL_JWT_KEY?: string;
}

/** Settings of `d1Api`. */
export interface D1ApiOptions {
  /**
   * Who may do what. Default: who has `DOSQL_TOKEN` may do everything, and who has a JSON Web Token
   * what that says.
   */
  readonly authorise?: Authorise;
}

/**
 * The D1 REST API over a Worker's databases, so that `wrangler d1` works with them: set
 * `CLOUDFLARE_API_BASE_URL` to `https://<worker>/client/v4` and `CLOUDFLARE_API_TOKEN` to the
 * token. Null for a request to anything else.
 *
 * @example
 * const api = d1Api();
 * export default {
 *   fetch: async (request, env) => (await api(request, env)) ?? app.fetch(request, env),
 * };
 */
export function d1Api(
  options: D1ApiOptions = {},
): (request: Request, env: D1ApiEnv) => Promise<Response | null> {
  return async (request, env) => {
    const { pathname, origin } = new URL(request.url);
    if (!pathname.startsWith(`${REST_PREFIX}/`)) return null;
    return answerRest(hostOf(env, options), request, origin);
  };
}

function hostOf(env: D1ApiEnv, options: D1ApiOptions): RestHost {
  const home = new WorkersDirectory(env);
  const token = env.DOSQL_TOKEN ?? "";
  const key = env.DOSQL_JWT_KEY ?? token;
  const secret = token || (env.DOSQL_KEY ?? key);
  return {
    version: VERSION,
    directory: home.directory,
    authorise: options.authorise ?? ((given) => accessOf(given, token, key)),
    clock: workersClock,
    sign: secret === "" ? refuseToSign : keyedHash(secret),
    randomHex: () => randomHex(16),
    md5: runningMd5,
    open: (found) =>
      restDatabase({
        database: home.database(found),
        transfer: namedTransfer(home.connect(found), expectedOf(found)),
        insights: (sinceMs) => insightsNamed(home.connect(found), expectedOf(found), sinceMs),
        restore: (bookmark) => restoreNamed(home.connect(found), expectedOf(found), bookmark),
        close: async () => undefined,
      }),
  };
}

/** Null for nobody. */
async function accessOf(given: string, token: string, key: string): Promise<Access | null> {
  if (await isOwnToken(token, given, workersSigner)) return { databases: null, readOnly: false };
  if (key === "") return null;
  const nowMs = workersClock.nowMs();
  const secret = new TextEncoder().encode(key);
  return readToken(given, secret, { signer: workersSigner, nowMs }).catch(() => null);
}

/** What is signed by a secret that everybody knows could be signed by everybody. */
function refuseToSign(): never {
  throw new DosqlError("unsupported", "this Worker has no secret to sign addresses with", {
    hint: "set DOSQL_TOKEN or DOSQL_KEY",
  });
}
