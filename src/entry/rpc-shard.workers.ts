import { DosqlError } from "../base/errors.ts";
import type { Subscription } from "../engine/feed/change-feed.ts";
import type { DatabaseIdentity } from "../engine/database-identity.ts";
import { checkIdentity, noSuchDatabase, readIdentity } from "../engine/database-identity.ts";
import { LocalDatabase } from "../engine/local-database.ts";
import type { Database, Session } from "../engine/session.ts";
import type { Shard } from "../engine/shard.ts";
import { workersClock } from "../platform/workers/clock.ts";
import {
  closedSocket,
  hibernatingSocket,
  upgraded,
} from "../platform/workers/hibernating-socket.ts";
import { sha256 } from "../platform/workers/web-crypto.ts";
import { answerBatch } from "../rpc/api/batch-answer.ts";
import { CLOSE, closing } from "../rpc/api/close-code.ts";
import { boundedText, failure, reply } from "../rpc/api/endpoint.ts";
import { IdleSessions } from "../rpc/api/idle-sessions.ts";
import { RPC_PROTOCOL } from "../rpc/api/rpc-protocol.ts";
import { SocketConnection } from "../rpc/api/socket-connection.ts";
import { StatementTexts, statementHash } from "../rpc/api/statement-texts.ts";
import type { TargetParts } from "../rpc/api/target-parts.ts";
import { OpenObjects } from "../rpc/api/target-parts.ts";
import type { Permission } from "../rpc/api/token-access.ts";
import { MAIN_DATABASE } from "../server/directory/database-name.ts";
import { VERSION } from "../server/version.ts";
import { DoSQLShard } from "./shard-object.workers.ts";

/** Where `rpcEndpoint` tells the object what it found a client's token to allow. */
export const ACCESS_HEADER = "x-dosql-access";

/** What a connection is about. */
interface Allowed extends Permission {
  readonly name: string;
  /** The database of the name that the client opened; null when it just opens it. */
  readonly epoch: number | null;
}

/**
 * A `DoSQLShard` that serves `dosql/client` as well, behind `rpcEndpoint`. An idle connection lets
 * the object sleep. The objects of a connection are in memory only: one that wakes an object up
 * is closed, and the client connects again and repeats its call, which happens once.
 */
export class DoSQLRpcShard extends DoSQLShard {
  readonly #connections = new Map<WebSocket, SocketConnection>();
  readonly #idle = new IdleSessions();
  #known: { readonly shard: Shard; readonly database: Database } | null = null;
  readonly #texts = new StatementTexts(async (text) => statementHash(await sha256(text)));

  /** Requests of `rpcEndpoint`, which has looked at the token. */
  override async fetch(request: Request): Promise<Response> {
    const header = request.headers.get(ACCESS_HEADER);
    if (header === null) return new Response("not found", { status: 404 });
    const asked = JSON.parse(header) as Allowed;
    const isSocket = request.headers.get("upgrade")?.toLowerCase() === "websocket";
    try {
      const allowed = { ...asked, epoch: await this.#epoch(asked) };
      if (isSocket) return this.#accept(allowed);
      // Before the identity is looked at again nothing else may come in between.
      const body = await boundedText(request);
      const parts = this.#parts({ ...allowed, epoch: await this.#epoch(allowed) }, false);
      return reply(200, await answerBatch(body, parts));
    } catch (error) {
      if (!isSocket) return failure(error);
      const known = error instanceof DosqlError ? error : new DosqlError("bug", "internal error");
      return closedSocket(RPC_PROTOCOL, ...closing(known));
    }
  }

  #accept(allowed: Allowed): Response {
    const { 0: client, 1: server } = new WebSocketPair();
    const parts = this.#parts(allowed, true);
    this.ctx.acceptWebSocket(server);
    this.#connections.set(server, new SocketConnection(hibernatingSocket(server), parts));
    return upgraded(client, RPC_PROTOCOL);
  }

  /** Clients of a database that is deleted hear so, before it is. */
  override named(method: string, args: readonly unknown[]): Promise<unknown> {
    if (method === "removeDatabase" && readIdentity(this.home.driver)?.epoch === args[0]) {
      this.#endAll(noSuchDatabase());
    }
    return super.named(method, args);
  }

  #endAll(error: DosqlError): void {
    void this.#known?.database.close();
    this.#known = null;
    for (const [socket, connection] of this.#connections) {
      this.#connections.delete(socket);
      connection.end(error);
      // What waits for its turn must not run any more.
      connection.closed(...closing(error));
    }
  }

  /** @throws DosqlError `no-such-database` */
  async #epoch({ name, epoch }: Allowed): Promise<number | null> {
    if (name === MAIN_DATABASE) return null;
    const identity = (await this.named("databaseIdentity", [])) as DatabaseIdentity | null;
    return checkIdentity(identity, epoch).epoch;
  }

  override async webSocketMessage(socket: WebSocket, message: string | ArrayBuffer): Promise<void> {
    const connection = this.#connections.get(socket);
    if (connection === undefined) socket.close(CLOSE.resume, "the object slept");
    else if (typeof message === "string") connection.message(message);
    else connection.end(new DosqlError("protocol", "text was expected"));
  }

  override async webSocketClose(socket: WebSocket, code: number, reason: string): Promise<void> {
    const connection = this.#connections.get(socket);
    this.#connections.delete(socket);
    connection?.closed(code, reason);
  }

  override async webSocketError(socket: WebSocket): Promise<void> {
    await this.webSocketClose(socket, 1006, "");
  }

  #own(): Database {
    const { shard } = this.home;
    // A database that was deleted and made anew has another shard.
    if (this.#known?.shard !== shard) this.#known = { shard, database: objectDatabase(shard) };
    return this.#known.database;
  }

  #parts({ epoch, ...allowed }: Allowed, lasting: boolean): TargetParts {
    return {
      access: { ...allowed, ...(epoch === null ? {} : { epoch }), database: this.#own() },
      clock: workersClock,
      texts: this.#texts,
      version: VERSION,
      lasting,
      apart: true,
      idle: lasting ? null : this.#idle,
      open: new OpenObjects(),
      room: () => undefined,
    };
  }
}

/** The shard of the object, in which a transaction cannot stay open from one message to another. */
function objectDatabase(shard: Shard): Database {
  const local = new LocalDatabase(shard, () => null);
  return {
    session(options = {}): Session {
      const session = local.session({ pragmas: "home", ...options });
      session.begin = () => {
        throw new DosqlError("unsupported", "transactions over a Durable Object's WebSocket");
      };
      return session;
    },
    feed: {
      get head() {
        return local.feed.head;
      },
      slots: local.feed.slots,
      subscribe(options = {}): Subscription {
        if (options.heartbeatMs !== 0) return local.feed.subscribe(options);
        // Nothing else keeps an object awake that waits for changes.
        throw new DosqlError("unsupported", "subscriptions to an object without heartbeats");
      },
    },
    close: () => local.close(),
  };
}
