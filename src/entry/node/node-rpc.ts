import type { DosqlError } from "../../base/errors.ts";
import { checkIdentity, noSuchDatabase } from "../../engine/database-identity.ts";
import type { Database } from "../../engine/session/session.ts";
import { systemClock } from "../../platform/node/clock.ts";
import { nodeCrypto } from "../../platform/node/crypto.ts";
import { WebSockets } from "../../platform/node/net/web-sockets.ts";
import type { SocketDecision } from "../../platform/node/net/web-sockets.ts";
import type { Access } from "../../rpc/api/access.ts";
import type { Caller } from "../../rpc/api/endpoint.ts";
import { RpcEndpoint, offersRpc } from "../../rpc/api/endpoint.ts";
import { RPC_PROTOCOL } from "../../rpc/api/rpc-protocol.ts";
import { StatementTexts } from "../../rpc/api/statement-texts.ts";
import type { Permission } from "../../rpc/api/token-access.ts";
import { tokenPermission } from "../../rpc/api/token-access.ts";
import { MAIN_DATABASE } from "../../server/directory/database-name.ts";
import { refuseForeign } from "../../server/http.ts";
import { VERSION } from "../../server/version.ts";
import type { NodeDirectory } from "./node-directory.ts";

/** What the RPC of a data folder serves. */
export interface NodeRpcParts {
  readonly database: Database;
  /** The name of it. */
  readonly name: string;
  /** All others. */
  readonly named: NodeDirectory;
  /** The data folder's token. It opens everything, and signs tokens that open less. */
  readonly token: string;
  readonly allowedHosts: readonly string[];
  readonly allowedOrigins: readonly string[];
}

/** The RPC of a server on Node. */
export interface NodeRpc {
  readonly sockets: WebSockets;
  answer(request: Request): Promise<Response>;
  /** Tells the clients; before the listener stops. */
  shutdown(): void;
}

export function nodeRpc(parts: NodeRpcParts): NodeRpc {
  const endpoint = new RpcEndpoint({
    clock: systemClock,
    texts: new StatementTexts((text) => nodeCrypto.sha256(utf8(text))),
    version: VERSION,
    authorize: (caller) => authorize(parts, caller),
  });
  const decide = (request: Request): SocketDecision => {
    if (refuseForeign(parts, request) !== null) return { status: 403 };
    if (new URL(request.url).pathname !== "/rpc") return { status: 404 };
    if (!offersRpc(request)) return { status: 400 };
    return { protocol: RPC_PROTOCOL, open: (socket) => endpoint.serve(request, socket) };
  };
  return {
    sockets: new WebSockets(decide),
    answer: (request) => endpoint.answer(request),
    shutdown: () => endpoint.shutdown(),
  };
}

async function authorize(parts: NodeRpcParts, caller: Caller): Promise<Access> {
  const { database, token, name } = parts;
  const own = { token, signer: nodeCrypto, clock: systemClock };
  const permission = await tokenPermission(own, caller.token, caller.database);
  if (caller.database === name) return { ...permission, database, name };
  return { ...permission, ...(await namedAccess(parts.named, caller)) };
}

/** @throws DosqlError `no-such-database` */
async function namedAccess(
  named: NodeDirectory,
  { database: name, epoch }: Caller,
): Promise<Omit<Access, keyof Permission>> {
  const found = await named.directory.find(null, name);
  if (found === null || found.identity.name !== name || name === MAIN_DATABASE) {
    throw noSuchDatabase(JSON.stringify(name));
  }
  checkIdentity(found.identity, epoch);
  const file = named.take(found);
  const watching = new Set<(error: DosqlError) => void>();
  return {
    database: file.database,
    name,
    epoch: found.identity.epoch,
    watchEnd(ended) {
      watching.add(ended);
      file.watchers.add(ended);
    },
    release() {
      for (const ended of watching) file.watchers.delete(ended);
      named.release(found.id, file).catch(() => undefined);
    },
  };
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
