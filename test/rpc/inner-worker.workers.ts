import { env } from "cloudflare:workers";
import type { RpcEnv, RpcNamespace } from "../../src/entry/workers/rpc-endpoint.workers.ts";
import { rpcEndpoint } from "../../src/entry/workers/rpc-endpoint.workers.ts";
import { webSha256 } from "../../src/platform/web/digest.ts";
import { webEntropy } from "../../src/platform/web/entropy.ts";
import { workersClock } from "../../src/platform/workers/clock.ts";
import { workersSigner } from "../../src/platform/workers/web-signer.ts";
import type { DialListener, RpcNetwork } from "../../src/ports/rpc-network.ts";
import type { ConnectOptions } from "../../src/rpc/client/connect-options.ts";
import { remoteDatabase } from "../../src/rpc/client/connect-options.ts";
import type { RemoteDatabase } from "../../src/rpc/client/remote-database.ts";
import type { NextMessage } from "../../src/rpc/shard-transaction-wire.ts";
import type { TokenClaims } from "../../src/server/token-claims.ts";
import { signToken } from "../../src/server/token-claims.ts";

export const TOKEN = "the-token-of-this-worker";
const rpc = rpcEndpoint();

/** The environment of a Worker for one test: all objects are its own. */
export function environment(test: string, more: Partial<RpcEnv> = {}): RpcEnv {
  const DOSQL: RpcNamespace = {
    idFromName: (name) => env.RPC_SHARD.idFromName(`${test}/${name}`),
    get: (id) => env.RPC_SHARD.get(id),
  };
  const { DOSQL_CATALOG } = env;
  return { DOSQL, DOSQL_CATALOG, DOSQL_KEY: test, DOSQL_TOKEN: TOKEN, ...more };
}

/** A Worker that is called without a network: what a client would send over one. */
export class InnerNetwork implements RpcNetwork {
  readonly #env: RpcEnv;
  opened = 0;
  /** The paths of the sockets that were asked for. */
  readonly paths: string[] = [];
  readonly closes: number[] = [];
  readonly sockets: WebSocket[] = [];

  constructor(own: RpcEnv) {
    this.#env = own;
  }

  async fetch(request: Request): Promise<Response> {
    return (await rpc(request, this.#env)) ?? new Response("not ours", { status: 404 });
  }

  dial(url: string, protocols: readonly string[], listener: DialListener): () => void {
    const headers = { upgrade: "websocket", "sec-websocket-protocol": protocols.join(", ") };
    const request = new Request(url.replace(/^ws/, "http"), { headers });
    this.paths.push(new URL(url).pathname);
    void this.fetch(request).then(({ webSocket }) => {
      if (webSocket === null) return listener.closed(1006, "");
      webSocket.addEventListener("message", ({ data }) => listener.message(String(data)));
      webSocket.addEventListener("close", ({ code, reason }) => {
        this.closes.push(code);
        listener.closed(code, reason);
      });
      webSocket.accept();
      this.opened++;
      this.sockets.push(webSocket);
      listener.opened(webSocket);
    });
    return () => undefined;
  }

  async post(url: string, headers: Record<string, string>, body: string) {
    const response = await this.fetch(new Request(url, { method: "POST", headers, body }));
    return { status: response.status, body: await response.text() };
  }
}

export interface Client {
  readonly db: RemoteDatabase;
  readonly network: InnerNetwork;
  /** The object of `main`. */
  readonly stub: DurableObjectStub;
}

/** What goes on between a Worker and an object. */
export class Wire {
  /** How many answers of the object's sessions get lost yet, after it did what was asked. */
  lose = 0;
  /** What an object's word to a transaction's client waits for on its way. */
  hold: Promise<unknown> = Promise.resolve();
  /** How transactions ended: null, or the code of an error. */
  readonly ended: (string | null)[] = [];
}

function wiredStub<T extends { fetch(request: Request): Promise<Response> }>(
  stub: T,
  wire: Wire,
): T {
  return new Proxy(stub, {
    get(target, name) {
      // A stub's methods want the stub itself.
      if (name !== "named") {
        const methods = target as unknown as Record<string | symbol, (...of: unknown[]) => unknown>;
        return (...args: unknown[]) => methods[name]?.(...args);
      }
      return async (method: string, args: readonly unknown[]) => {
        const { named } = target as unknown as {
          readonly named: (method: string, args: readonly unknown[]) => Promise<unknown>;
        };
        const [expected, next, options] = args as [unknown, NextMessage, unknown];
        const held: NextMessage = async (reply) => {
          await wire.hold;
          return next(reply);
        };
        const isTransaction = method === "transactNamed";
        const answer = await named(method, isTransaction ? [expected, held, options] : args);
        if (isTransaction) {
          wire.ended.push((answer as { readonly error?: { code: string } }).error?.code ?? null);
        }
        if (method !== "sessionNamed" || wire.lose === 0) return answer;
        wire.lose--;
        throw new Error("Network connection lost.");
      };
    },
  });
}

/** How a client comes. */
export interface ClientOptions extends Partial<ConnectOptions> {
  readonly way?: string;
  readonly path?: string;
  readonly env?: Partial<RpcEnv>;
  readonly wire?: Wire;
  /** In place of the test's environment. */
  readonly only?: RpcEnv;
}

export function client(test: string, options: ClientOptions = {}): Client {
  const { way = "wss", path = "", env: more, wire, only, ...rest } = options;
  const own = only ?? environment(test, more);
  const { idFromName, get } = own.DOSQL;
  const wired = { idFromName, get: (id: never) => wiredStub(get(id), wire ?? new Wire()) };
  const network = new InnerNetwork(wire === undefined ? own : { ...own, DOSQL: wired });
  const db = remoteDatabase(
    `${way}://worker.example${path}`,
    { token: TOKEN, ...rest },
    {
      clock: workersClock,
      entropy: webEntropy,
      network,
      hash: webSha256,
    },
  );
  const stub = env.RPC_SHARD.get(env.RPC_SHARD.idFromName(`${test}/main`));
  return { db, network, stub };
}

/** A token that says what it opens. */
export function signed(claims: Partial<TokenClaims> = {}, secret = TOKEN): Promise<string> {
  const expiresMs = Date.now() + 60_000;
  const all = { subject: "", databases: ["main"], readOnly: false, expiresMs, notBeforeMs: null };
  return signToken({ ...all, ...claims }, new TextEncoder().encode(secret), workersSigner);
}
