import { DosqlError } from "../../base/errors.ts";
import { noSuchDatabase } from "../../engine/database-identity.ts";
import { workersClock } from "../../platform/workers/clock.ts";
import { closedSocket } from "../../platform/workers/hibernating-socket.ts";
import { sha256 } from "../../platform/workers/web-crypto.ts";
import { workersSigner } from "../../platform/workers/web-signer.ts";
import { closing } from "../../rpc/api/close-code.ts";
import type { Caller } from "../../rpc/api/endpoint.ts";
import { callerOf, failure, offersRpc } from "../../rpc/api/endpoint.ts";
import { RPC_PROTOCOL } from "../../rpc/api/rpc-protocol.ts";
import { StatementTexts } from "../../rpc/api/statement-texts.ts";
import type { Permission } from "../../rpc/api/token-access.ts";
import { holderOf, tokenPermission } from "../../rpc/api/token-access.ts";
import { serveSessions } from "./rpc-sessions.workers.ts";
import type { Allowed, DoSQLRpcShard } from "./rpc-shard.workers.ts";
import { TICKET_HEADER } from "./rpc-shard.workers.ts";
import type { DirectoryEnv } from "./workers-directory.workers.ts";
import { WorkersDirectory } from "./workers-directory.workers.ts";

/** What it is asked. */
type RpcObject = Pick<DoSQLRpcShard, "answerCalls" | "admit" | "fetch">;

/** A Durable Object namespace of `DoSQLRpcShard`, as far as it is used here. */
export interface RpcNamespace {
  idFromName(name: string): unknown;
  // The runtime's own parameter type; a method's parameters are compared in both directions.
  get(id: never): { fetch(request: Request): Promise<Response> };
}

/** What a Worker that serves `dosql/client` binds. */
export interface RpcEnv extends DirectoryEnv {
  /** The class `DoSQLRpcShard`. */
  readonly DOSQL: RpcNamespace;
  /** The bearer token that opens everything; without one there are JSON Web Tokens only. */
  readonly DOSQL_TOKEN?: string;
  /**
   * The secret that JSON Web Tokens are signed with, 16 bytes at least. Default: DOSQL_TOKEN. With
   * neither of them nobody is served.
   */
  readonly DOSQL_JWT_KEY?: string;
}

/** Settings of `rpcEndpoint`. */
export interface RpcEndpointOptions {
  /**
   * What a token may do with a database, and who has it (`holder`; default: the token itself).
   * Default: `DOSQL_TOKEN` opens everything, and JSON Web Tokens what they say.
   *
   * @throws DosqlError `authentication`, `permission`
   */
  readonly authorise?: (token: string, database: string) => Promise<Permission>;
  /** Names of databases that are served. Default: `main`, and all that were made. */
  readonly databases?: readonly string[];
}

/** Where clients find the object itself, and where the Worker keeps their sessions. */
const RPC_PATH = "/rpc";
const SESSIONS_PATH = "/rpc/session";

/**
 * Serves `dosql/client` under `/rpc`, by WebSocket and HTTP, and transactions under `/rpc/session`,
 * which the client finds by itself. Null for a request to anything else. `database` of `connect` is
 * `main`, or one that `databases(env)` or `d1Api` made.
 *
 * @example
 * export { DoSQLRpcShard as DoSQLShard } from "dosql/worker";
 * const rpc = rpcEndpoint();
 * export default {
 *   fetch: async (request, env) => (await rpc(request, env)) ?? app.fetch(request, env),
 * };
 */
export function rpcEndpoint(
  options: RpcEndpointOptions = {},
): (request: Request, env: RpcEnv) => Promise<Response | null> {
  const texts = new StatementTexts(sha256);
  return async (request, env) => {
    const { pathname } = new URL(request.url);
    if (pathname !== RPC_PATH && pathname !== SESSIONS_PATH) return null;
    const isSocket = request.headers.get("upgrade")?.toLowerCase() === "websocket";
    if (isSocket ? !offersRpc(request) : request.method !== "POST") {
      return new Response("this address serves dosql/client", { status: 400 });
    }
    try {
      const caller = callerOf(request);
      const permission = await permissionOf(env, options, caller);
      const home = new WorkersDirectory(env);
      const object = await home.objectOf(caller.database);
      // Over HTTP nothing lasts, so that there is nothing to keep here.
      const keeps = isSocket && pathname === SESSIONS_PATH;
      if (!keeps) return await forward(request, env, { object, caller, permission });
      return await serveSessions(request, {
        caller,
        permission,
        connect: home.serviceOf(object),
        texts,
      });
    } catch (error) {
      if (!isSocket) return failure(error);
      const known = error instanceof DosqlError ? error : new DosqlError("bug", "internal error");
      return closedSocket(RPC_PROTOCOL, ...closing(known));
    }
  };
}

/** @throws DosqlError `authentication`, `permission`, `no-such-database` */
async function permissionOf(
  env: RpcEnv,
  { authorise, databases }: RpcEndpointOptions,
  { token, database }: Caller,
): Promise<Permission> {
  const { DOSQL_TOKEN: own = "", DOSQL_JWT_KEY: key = own } = env;
  const parts = { token: own, key, signer: workersSigner, clock: workersClock };
  const found = await (authorise?.(token, database) ?? tokenPermission(parts, token, database));
  const { readOnly, expiresMs, holder = await holderOf(token, workersSigner) } = found;
  if (databases?.includes(database) === false) throw noSuchDatabase(JSON.stringify(database));
  return { readOnly, expiresMs, holder };
}

/** Hands a request to the object, which has the socket from then on. */
async function forward(
  request: Request,
  env: RpcEnv,
  found: { readonly object: string; readonly caller: Caller; readonly permission: Permission },
): Promise<Response> {
  const { database: name, epoch } = found.caller;
  const allowed: Allowed = { ...found.permission, name, epoch };
  const object = env.DOSQL.get(env.DOSQL.idFromName(found.object) as never) as RpcObject;
  if (request.headers.get("upgrade") === null) return object.answerCalls(allowed, request.body);
  const headers = new Headers(request.headers);
  headers.delete("authorization");
  // Whatever the client wrote there is replaced.
  headers.set(TICKET_HEADER, await object.admit(allowed));
  return object.fetch(new Request(request, { headers }));
}
