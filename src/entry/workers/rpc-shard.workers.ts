import { DosqlError } from "../../base/errors.ts";
import type { Subscription } from "../../engine/feed/change-feed.ts";
import type { DatabaseIdentity } from "../../engine/database-identity.ts";
import { checkIdentity, noSuchDatabase, readIdentity } from "../../engine/database-identity.ts";
import { LocalDatabase } from "../../engine/session/local-database.ts";
import type { Database, Session } from "../../engine/session/session.ts";
import type { Shard } from "../../engine/shard.ts";
import { workersClock } from "../../platform/workers/clock.ts";
import {
  closedSocket,
  hibernatingSocket,
  upgraded,
} from "../../platform/workers/hibernating-socket.ts";
import { randomHex, sha256 } from "../../platform/workers/web-crypto.ts";
import { answerBatch } from "../../rpc/api/batch-answer.ts";
import { CLOSE, closing } from "../../rpc/api/close-code.ts";
import { boundedText, failure, reply } from "../../rpc/api/endpoint.ts";
import { IdleSessions } from "../../rpc/api/idle-sessions.ts";
import { RPC_PROTOCOL } from "../../rpc/api/rpc-protocol.ts";
import { SocketConnection } from "../../rpc/api/socket-connection.ts";
import { StatementTexts } from "../../rpc/api/statement-texts.ts";
import type { TargetParts } from "../../rpc/api/target-parts.ts";
import { NARROW_LIMITS, OpenObjects } from "../../rpc/api/target-parts.ts";
import type { Permission } from "../../rpc/api/token-access.ts";
import { MAIN_DATABASE } from "../../server/directory/database-name.ts";
import { VERSION } from "../../server/version.ts";
import { DoSQLShard } from "./shard-object.workers.ts";

/** How a request for a WebSocket names what `rpcEndpoint` had admitted. */
export const TICKET_HEADER = "x-dosql-ticket";

/** The request follows at once. */
const TICKET_MS = 30_000;

/** What a connection is about. */
export interface Allowed extends Permission {
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
  readonly #texts = new StatementTexts(sha256);
  /** What was admitted, until its request comes. */
  readonly #tickets = new Map<string, { readonly allowed: Allowed; readonly sinceMs: number }>();

  /**
   * Answers a batch of calls for `rpcEndpoint`, which has looked at the token. No request from
   * outside becomes a call of a method, whoever hands it on.
   *
   * @internal
   */
  async answerCalls(asked: Allowed, calls: ReadableStream | null): Promise<Response> {
    try {
      const allowed = { ...asked, epoch: await this.#epoch(asked) };
      const body = await boundedText(calls);
      // After the body came nothing else may come in between.
      const parts = this.#parts({ ...allowed, epoch: await this.#epoch(allowed) }, false);
      return reply(200, await answerBatch(body, parts));
    } catch (error) {
      return failure(error);
    }
  }

  /**
   * Admits one WebSocket that `rpcEndpoint` is about to ask for: a secret for its request, since
   * what a request says of itself could have been written by anybody.
   *
   * @internal
   */
  async admit(allowed: Allowed): Promise<string> {
    const sinceMs = workersClock.nowMs();
    for (const [old, ticket] of this.#tickets) {
      if (sinceMs - ticket.sinceMs > TICKET_MS) this.#tickets.delete(old);
    }
    const name = randomHex(16);
    this.#tickets.set(name, { allowed, sinceMs });
    return name;
  }

  /** Requests of `rpcEndpoint` that were admitted. */
  override async fetch(request: Request): Promise<Response> {
    const name = request.headers.get(TICKET_HEADER);
    const isSocket = request.headers.get("upgrade")?.toLowerCase() === "websocket";
    if (name === null || !isSocket) return new Response("not found", { status: 404 });
    const ticket = this.#tickets.get(name);
    this.#tickets.delete(name);
    // The object was evicted in between; the client comes again.
    if (ticket === undefined) return closedSocket(RPC_PROTOCOL, CLOSE.resume, "not admitted");
    try {
      const { allowed } = ticket;
      return this.#accept({ ...allowed, epoch: await this.#epoch(allowed) });
    } catch (error) {
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
      open: new OpenObjects(NARROW_LIMITS),
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
