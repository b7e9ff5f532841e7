import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import type { ServerOptions, WebSocket } from "ws";
import type { MessageSocket, SocketListener } from "../../../ports/message-socket.ts";

/** Frames larger than this are refused by their header, before they are in memory. */
const MAX_PAYLOAD_BYTES = 33_554_432;
const MAX_SOCKETS = 512;
/** How often a client is asked whether it is there; one that missed two is gone. */
const PING_EVERY_MS = 30_000;
/** At the end, a client that does not close is cut off after this long. */
const STOP_TIMEOUT_MS = 1000;
/** A client that answers no close, as one that may not be here, is cut off after this long. */
const CLOSE_TIMEOUT_MS = 5000;
const UNSUPPORTED_DATA = 1003;

/** What is to become of a request for a WebSocket. */
export type SocketDecision =
  | { readonly status: number }
  | { readonly protocol: string; open(socket: MessageSocket): SocketListener };

/** WebSockets of an HTTP server. */
export class WebSockets {
  readonly #server: WebSocketServer;
  readonly #decide: (request: Request) => SocketDecision;
  readonly #alive = new WeakSet<WebSocket>();
  readonly #timer: NodeJS.Timeout;
  #stopped = false;

  constructor(decide: (request: Request) => SocketDecision) {
    this.#decide = decide;
    const options: ServerOptions & { closeTimeout: number } = {
      noServer: true,
      closeTimeout: CLOSE_TIMEOUT_MS,
      maxPayload: MAX_PAYLOAD_BYTES,
      perMessageDeflate: false,
      handleProtocols: (protocols) => [...protocols][0] ?? false,
    };
    this.#server = new WebSocketServer(options);
    this.#timer = setInterval(() => this.#ping(), PING_EVERY_MS);
    this.#timer.unref();
  }

  attach(server: Server): void {
    server.on("upgrade", (incoming, socket, head) => this.#upgrade(incoming, socket, head));
  }

  /** Closes what is left: whoever opened the sockets has said good-bye on them. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    const open = [...this.#server.clients];
    const closed = open.map((one) => new Promise((resolve) => one.once("close", resolve)));
    for (const one of open) one.close(1001);
    const cutOff = setTimeout(() => {
      for (const one of open) one.terminate();
    }, STOP_TIMEOUT_MS);
    await Promise.all(closed);
    clearTimeout(cutOff);
  }

  #upgrade(incoming: IncomingMessage, socket: Duplex, head: Buffer): void {
    const full = this.#stopped || this.#server.clients.size >= MAX_SOCKETS;
    const request = full ? null : toRequest(incoming);
    const decision = request === null ? { status: full ? 503 : 400 } : this.#decide(request);
    if ("status" in decision) {
      refuse(socket, decision.status);
      return;
    }
    // The offer that is taken comes first: what else is offered is no protocol.
    incoming.headers["sec-websocket-protocol"] = decision.protocol;
    this.#server.handleUpgrade(incoming, socket, head, (opened) => {
      this.#alive.add(opened);
      opened.on("pong", () => this.#alive.add(opened));
      serve(opened, decision.open(messageSocket(opened)));
    });
  }

  #ping(): void {
    for (const one of this.#server.clients) {
      if (!this.#alive.has(one)) one.terminate();
      this.#alive.delete(one);
      one.ping();
    }
  }
}

/** Nobody else listens to this socket: its reset would end the process, and it would stay open. */
function refuse(socket: Duplex, status: number): void {
  socket.on("error", () => undefined);
  socket.end(`HTTP/1.1 ${status} Refused\r\nconnection: close\r\n\r\n`, () => socket.destroy());
}

function serve(socket: WebSocket, listener: SocketListener): void {
  socket.on("message", (data: Buffer, isBinary) => {
    if (isBinary) socket.close(UNSUPPORTED_DATA, "text was expected");
    else listener.message(data.toString());
  });
  socket.on("close", (code, reason) => listener.closed(code, reason.toString()));
  // A broken frame: the library closes with the right code.
  socket.on("error", () => undefined);
}

function messageSocket(socket: WebSocket): MessageSocket {
  return {
    get bufferedBytes() {
      return socket.bufferedAmount;
    },
    send(text) {
      if (socket.readyState === socket.OPEN) socket.send(text);
    },
    close: (code, reason) => socket.close(code, reason),
    pause: () => socket.pause(),
    resume: () => socket.resume(),
  };
}

function toRequest(incoming: IncomingMessage): Request | null {
  const headers = new Headers();
  for (const [name, values] of Object.entries(incoming.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value);
  }
  try {
    return new Request(new URL(incoming.url ?? "/", "http://localhost"), { headers });
  } catch {
    return null;
  }
}
