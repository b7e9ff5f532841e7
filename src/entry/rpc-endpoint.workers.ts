import { DosqlError } from "../base/errors.ts";
import { workersClock } from "../platform/workers/clock.ts";
import { closedSocket } from "../platform/workers/hibernating-socket.ts";
import { workersSigner } from "../platform/workers/web-signer.ts";
import { closing } from "../rpc/api/close-code.ts";
import { callerOf, failure, offersRpc } from "../rpc/api/endpoint.ts";
import { RPC_PROTOCOL } from "../rpc/api/rpc-protocol.ts";
import type { Permission } from "../rpc/api/token-access.ts";
import { tokenPermission } from "../rpc/api/token-access.ts";
import { ACCESS_HEADER } from "./rpc-shard.workers.ts";

/** A Durable Object namespace of `DoSQLRpcShard`, as far as it is used here. */
export interface RpcNamespace {
  idFromName(name: string): unknown;
  // The runtime's own parameter type; a method's parameters are compared in both directions.
  get(id: never): { fetch(request: Request): Promise<Response> };
}

/** What a Worker that serves `dosql/client` binds. */
export interface RpcEnv {
  /** The class `DoSQLRpcShard`. */
  readonly DOSQL: RpcNamespace;
  /** The bearer token, which also signs those that open less; without one nobody is served. */
  readonly DOSQL_TOKEN?: string;
}

/** Settings of `rpcEndpoint`. */
export interface RpcEndpointOptions {
  /**
   * What a token may do with a database. Default: `DOSQL_TOKEN` opens everything, and JSON Web
   * Tokens that it signed what they say.
   *
   * @throws DosqlError `authentication`, `permission`
   */
  readonly authorise?: (token: string, database: string) => Promise<Permission>;
  /** Names of databases that are served: each is an object of its own. Default: `main`. */
  readonly databases?: readonly string[];
}

/**
 * Serves `dosql/client` under `/rpc`, by WebSocket and HTTP. Null for a request to anything else.
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
  return async (request, env) => {
    if (new URL(request.url).pathname !== "/rpc") return null;
    const isSocket = request.headers.get("upgrade")?.toLowerCase() === "websocket";
    if (isSocket ? !offersRpc(request) : request.method !== "POST") {
      return new Response("this address serves dosql/client", { status: 400 });
    }
    try {
      return await forward(request, env, options);
    } catch (error) {
      if (!isSocket) return failure(error);
      const known = error instanceof DosqlError ? error : new DosqlError("bug", "internal error");
      return closedSocket(RPC_PROTOCOL, ...closing(known));
    }
  };
}

async function forward(
  request: Request,
  env: RpcEnv,
  options: RpcEndpointOptions,
): Promise<Response> {
  const { token, database } = callerOf(request);
  const own = { token: env.DOSQL_TOKEN ?? "", signer: workersSigner, clock: workersClock };
  const { readOnly, expiresMs } = await (options.authorise === undefined
    ? tokenPermission(own, token, database)
    : options.authorise(token, database));
  if (!(options.databases ?? ["main"]).includes(database)) {
    throw new DosqlError("not-found", `there is no database ${JSON.stringify(database)} here`);
  }
  const headers = new Headers(request.headers);
  headers.delete("authorization");
  // Whatever the client wrote there is replaced.
  headers.set(ACCESS_HEADER, JSON.stringify({ name: database, readOnly, expiresMs }));
  const object = env.DOSQL.get(env.DOSQL.idFromName(database) as never);
  return object.fetch(new Request(request, { headers }));
}
