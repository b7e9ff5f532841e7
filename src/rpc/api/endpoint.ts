import { DosqlError } from "../../base/errors.ts";
import type { ErrorCode } from "../../base/errors.ts";
import type { Clock } from "../../ports/clock.ts";
import type { MessageSocket, SocketListener } from "../../ports/message-socket.ts";
import type { Access } from "./access.ts";
import { answerBatch } from "./batch-answer.ts";
import { closing } from "./close-code.ts";
import { MAX_MESSAGE_LENGTH } from "./guarded-transport.ts";
import { IdleSessions } from "./idle-sessions.ts";
import { RPC_PROTOCOL, protocolToken } from "./rpc-protocol.ts";
import { SocketConnection } from "./socket-connection.ts";
import type { StatementTexts } from "./statement-texts.ts";
import type { HeldLimits, TargetParts } from "./target-parts.ts";
import { OpenObjects } from "./target-parts.ts";

/** Messages that wait until a token is looked at, which may take a moment. */
const MAX_EARLY_LENGTH = 1_048_576;

export interface EndpointParts {
  readonly clock: Clock;
  readonly texts: StatementTexts;
  readonly version: string;
  /** What a connection may hold. Default: what a server with memory to spare allows. */
  readonly limits?: HeldLimits;
  /** @throws DosqlError `authentication`, `permission`, `no-such-database` */
  authorize(caller: Caller): Promise<Access>;
}

/** Who calls, as a request says it. */
export interface Caller {
  readonly token: string;
  readonly database: string;
  /** The one of its name that the client opened; null when it just opens it. */
  readonly epoch: number | null;
}

/** The RPC of a server: HTTP batches and WebSockets. */
export class RpcEndpoint {
  readonly #parts: EndpointParts;
  readonly #connections = new Set<SocketConnection>();
  readonly #idle = new IdleSessions();

  constructor(parts: EndpointParts) {
    this.#parts = parts;
  }

  /** Answers a POST. Never throws. */
  async answer(request: Request): Promise<Response> {
    try {
      const access = await this.#parts.authorize(callerOf(request));
      try {
        const body = await boundedText(request.body);
        return reply(200, await answerBatch(body, this.#targets(access, false)));
      } finally {
        access.release?.();
      }
    } catch (error) {
      return failure(error);
    }
  }

  /**
   * Serves a WebSocket. A client that may not be here is told by the code with which it is closed:
   * of a refused upgrade it would learn nothing.
   */
  serve(request: Request, socket: MessageSocket): SocketListener {
    return new Doorway(socket, async () => {
      const access = await this.#parts.authorize(callerOf(request));
      const connection = new SocketConnection(socket, this.#targets(access, true));
      connection.watchExpiry();
      access.watchEnd?.((error) => connection.end(error));
      this.#connections.add(connection);
      return {
        message: (text) => connection.message(text),
        closed: (code, reason) => {
          this.#connections.delete(connection);
          connection.closed(code, reason);
          access.release?.();
        },
      };
    });
  }

  /** Tells all clients that the server stops. */
  shutdown(): void {
    for (const connection of this.#connections) connection.shutdown();
  }

  #targets(access: Access, lasting: boolean): TargetParts {
    const { clock, texts, version, limits } = this.#parts;
    const open = new OpenObjects(limits);
    const idle = lasting ? null : this.#idle;
    const room = (): void => undefined;
    return { access, clock, texts, version, lasting, apart: false, idle, open, room };
  }
}

/** A socket whose client is still being looked at. */
class Doorway implements SocketListener {
  readonly #socket: MessageSocket;
  #early: string[] = [];
  #earlyLength = 0;
  #inside: SocketListener | null = null;
  #closed: [number, string] | null = null;
  #refused = false;

  constructor(socket: MessageSocket, enter: () => Promise<SocketListener>) {
    this.#socket = socket;
    enter().then(
      (inside) => this.#enter(inside),
      (error: unknown) => this.#refuse(error),
    );
  }

  message(text: string): void {
    if (this.#inside !== null) return this.#inside.message(text);
    if (this.#refused) return;
    this.#earlyLength += text.length;
    if (this.#earlyLength <= MAX_EARLY_LENGTH) this.#early.push(text);
    else this.#refuse(new DosqlError("limit", "too much was sent before the token was checked"));
  }

  closed(code: number, reason: string): void {
    this.#closed = [code, reason];
    this.#inside?.closed(code, reason);
  }

  #enter(inside: SocketListener): void {
    this.#inside = inside;
    for (const text of this.#early) inside.message(text);
    this.#early = [];
    if (this.#closed !== null) inside.closed(...this.#closed);
  }

  #refuse(error: unknown): void {
    this.#refused = true;
    this.#early = [];
    const known = error instanceof DosqlError ? error : new DosqlError("bug", "internal error");
    this.#socket.close(...closing(known));
  }
}

/**
 * Whether a request asks for our protocol, and its token and database. A browser cannot set a
 * header of a WebSocket, so the token may come as a subprotocol.
 *
 * @throws DosqlError `authentication` without a token, `protocol`
 */
export function callerOf(request: Request): Caller {
  const { searchParams } = new URL(request.url);
  const database = searchParams.get("database") ?? "main";
  const epoch = searchParams.get("epoch");
  const bearer = /^bearer +(\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  const token = bearer ?? protocolToken(request.headers.get("sec-websocket-protocol") ?? "");
  if (token === null) throw new DosqlError("authentication", "a valid bearer token is required");
  return { token, database, epoch: epoch === null ? null : readEpoch(epoch) };
}

/** What is no number would be no check. */
function readEpoch(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new DosqlError("protocol", "the epoch of a database is a whole number");
}

/** @throws DosqlError `limit` as soon as it is too long */
export async function boundedText(body: ReadableStream<Uint8Array> | null): Promise<string> {
  const reader = body?.getReader();
  const utf8 = new TextDecoder();
  let text = "";
  for (;;) {
    const step = await reader?.read();
    if (step === undefined || step.done) return text + utf8.decode();
    text += utf8.decode(step.value, { stream: true });
    if (text.length > MAX_MESSAGE_LENGTH) {
      await reader?.cancel();
      throw new DosqlError("limit", "the batch of calls is too large");
    }
  }
}

/** Whether a request offers the protocol. */
export function offersRpc(request: Request): boolean {
  const header = request.headers.get("sec-websocket-protocol") ?? "";
  return header.split(",").some((offer) => offer.trim() === RPC_PROTOCOL);
}

const STATUSES: Readonly<Partial<Record<ErrorCode, number>>> = {
  authentication: 401,
  permission: 403,
  "not-found": 404,
  "no-such-database": 404,
  limit: 413,
  protocol: 400,
  "invalid-argument": 400,
};

/** What a call over HTTP is answered that is not served. */
export function failure(error: unknown): Response {
  const known = error instanceof DosqlError ? error : new DosqlError("bug", "internal error");
  const { code, message, hint } = known;
  return reply(STATUSES[code] ?? 500, `${JSON.stringify({ error: { code, message, hint } })}\n`);
}

export function reply(status: number, body: string): Response {
  return new Response(body, {
    status,
    headers: {
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "content-type": "text/plain; charset=utf-8",
    },
  });
}
