import { DosqlError } from "../base/errors.ts";
import type { Subscription } from "../engine/feed/change-feed.ts";
import { LocalDatabase } from "../engine/local-database.ts";
import type { Database, Session } from "../engine/session.ts";
import type { Shard } from "../engine/shard.ts";
import { workersClock } from "../platform/workers/clock.ts";
import { hibernatingSocket, upgraded } from "../platform/workers/hibernating-socket.ts";
import type { Access } from "../rpc/api/access.ts";
import { answerBatch } from "../rpc/api/batch-answer.ts";
import { CLOSE } from "../rpc/api/close-code.ts";
import { boundedText, failure, reply } from "../rpc/api/endpoint.ts";
import { IdleSessions } from "../rpc/api/idle-sessions.ts";
import { RPC_PROTOCOL } from "../rpc/api/rpc-protocol.ts";
import { SocketConnection } from "../rpc/api/socket-connection.ts";
import { StatementTexts, statementHash } from "../rpc/api/statement-texts.ts";
import type { TargetParts } from "../rpc/api/target-parts.ts";
import { OpenObjects } from "../rpc/api/target-parts.ts";
import { VERSION } from "../server/version.ts";
import { DoSQLShard } from "./shard-object.workers.ts";

/** Where `rpcEndpoint` tells the object what it found a client's token to allow. */
export const ACCESS_HEADER = "x-dosql-access";

/** What a connection is about; it is kept with the socket while the object sleeps. */
type Allowed = Omit<Access, "database">;

/**
 * A `DoSQLShard` that serves `dosql/client` as well, behind `rpcEndpoint`. An idle connection lets
 * the object sleep. The objects of a connection are in memory only: one that wakes an object up
 * is closed, and the client connects again and repeats its call, which happens once.
 */
export class DoSQLRpcShard extends DoSQLShard {
  readonly #connections = new Map<WebSocket, SocketConnection>();
  readonly #idle = new IdleSessions();
  #known: { readonly shard: Shard; readonly database: Database } | null = null;
  readonly #texts = new StatementTexts(async (text) => {
    const bytes = new TextEncoder().encode(text);
    return statementHash(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
  });

  /** Requests of `rpcEndpoint`, which has looked at the token. */
  override async fetch(request: Request): Promise<Response> {
    const header = request.headers.get(ACCESS_HEADER);
    if (header === null) return new Response("not found", { status: 404 });
    const allowed = JSON.parse(header) as Allowed;
    if (request.headers.get("upgrade")?.toLowerCase() !== "websocket") {
      try {
        return reply(
          200,
          await answerBatch(await boundedText(request), this.#parts(allowed, false)),
        );
      } catch (error) {
        return failure(error);
      }
    }
    const { 0: client, 1: server } = new WebSocketPair();
    this.ctx.acceptWebSocket(server);
    server.serializeAttachment(allowed);
    const parts = this.#parts(allowed, true);
    this.#connections.set(server, new SocketConnection(hibernatingSocket(server), parts));
    return upgraded(client, RPC_PROTOCOL);
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

  #parts(allowed: Allowed, lasting: boolean): TargetParts {
    return {
      access: { ...allowed, database: this.#own() },
      clock: workersClock,
      texts: this.#texts,
      version: VERSION,
      lasting,
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
