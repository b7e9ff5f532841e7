import { DosqlError } from "../base/errors.ts";
import type { Database } from "../engine/session.ts";
import { systemClock } from "../platform/node/clock.ts";
import { nodeCrypto } from "../platform/node/crypto.ts";
import { WebSockets } from "../platform/node/web-sockets.ts";
import type { SocketDecision } from "../platform/node/web-sockets.ts";
import type { Access } from "../rpc/api/access.ts";
import { RpcEndpoint, offersRpc } from "../rpc/api/endpoint.ts";
import { RPC_PROTOCOL } from "../rpc/api/rpc-protocol.ts";
import { StatementTexts, statementHash } from "../rpc/api/statement-texts.ts";
import { tokenPermission } from "../rpc/api/token-access.ts";
import { refuseForeign } from "../server/http.ts";
import { VERSION } from "../server/version.ts";

/** What the RPC of a data folder serves. */
export interface NodeRpcParts {
  readonly database: Database;
  /** The name of it. */
  readonly name: string;
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
    texts: new StatementTexts((text) => statementHash(nodeCrypto.sha256(utf8(text)))),
    version: VERSION,
    authorize: (token, database) => authorize(parts, token, database),
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

async function authorize(parts: NodeRpcParts, given: string, name: string): Promise<Access> {
  const { database, token } = parts;
  const own = { token, signer: nodeCrypto, clock: systemClock };
  const { readOnly, expiresMs } = await tokenPermission(own, given, name);
  if (name === parts.name) return { database, name, readOnly, expiresMs };
  throw new DosqlError("not-found", `there is no database ${JSON.stringify(name)} here`, {
    hint: `this server has ${JSON.stringify(parts.name)}`,
  });
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
