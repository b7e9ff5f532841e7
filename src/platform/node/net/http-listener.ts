import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { listen } from "./listen.ts";
import type { WebSockets } from "./web-sockets.ts";

/** Headers larger than this are no honest request; Node answers 431. */
const MAX_HEADER_BYTES = 16 * 1024;
/** Of bodies that are read as a whole. */
const MAX_BODY_BYTES = 1024 * 1024;
/** A client that dribbles its headers holds a socket no longer than this. */
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 60_000;
/** A body of any size takes its time, but it comes. */
const UPLOAD_IDLE_MS = 60_000;
const KEEP_ALIVE_TIMEOUT_MS = 5_000;
const MAX_CONNECTIONS = 512;
/** At the end, a request that is still coming in is cut off after this long. */
const STOP_TIMEOUT_MS = 2_000;

const DEFAULT_TIMEOUTS_MS = { request: REQUEST_TIMEOUT_MS, uploadIdle: UPLOAD_IDLE_MS };

/** A server that listens. */
export interface HttpListener {
  readonly port: number;
  /** Takes no new connections, ends idle ones, waits for running requests. */
  stop(): Promise<void>;
}

/** What is served beside requests with small bodies, and how long one waits for all of them. */
export interface HttpExtras {
  /** Default: 60 s for a request, 60 s without a byte for an upload. */
  readonly timeoutsMs?: { readonly request: number; readonly uploadIdle: number };
  readonly sockets?: WebSockets;
  /** Whether the body of a request may be of any size: its handler reads it piece by piece. */
  readonly isUpload?: (method: string, path: string) => boolean;
}

/**
 * Serves a fetch-style handler over HTTP/1.1, and WebSockets beside it.
 *
 * @throws DosqlError `address` when the address cannot be bound
 */
export async function listenHttp(
  host: string,
  port: number,
  handler: (request: Request) => Promise<Response>,
  { sockets, isUpload, timeoutsMs = DEFAULT_TIMEOUTS_MS }: HttpExtras = {},
): Promise<HttpListener> {
  const bodies = new Set<Body>();
  const server = createServer(
    {
      maxHeaderSize: MAX_HEADER_BYTES,
      headersTimeout: HEADERS_TIMEOUT_MS,
      // It would end long uploads, too.
      requestTimeout: 0,
      keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    },
    (incoming, outgoing) => {
      const [path = ""] = (incoming.url ?? "").split("?");
      const uploads = isUpload?.(incoming.method ?? "", path) === true;
      answer(handler, { incoming, outgoing, bodies, uploads, timeoutsMs })
        .then(() => {
          if (!server.listening) endConnection(incoming, outgoing);
        })
        .catch(() => outgoing.destroy());
    },
  );
  server.maxConnections = MAX_CONNECTIONS;
  sockets?.attach(server);
  const bound = await listen(server, host, port, "--http-port");
  return {
    port: bound,
    async stop() {
      const stopped = stop(server, bodies);
      await sockets?.stop();
      await stopped;
    },
  };
}

/** Ends answers that have no end of their own, and waits for the others. */
async function stop(server: Server, bodies: ReadonlySet<Body>): Promise<void> {
  const stopped = closed(server);
  for (const body of bodies) await body.cancel().catch(() => undefined);
  await stopped;
}

/** Of a server that stops: a connection that is kept would be waited for. */
function endConnection(incoming: IncomingMessage, outgoing: ServerResponse): void {
  const end = (): void => void incoming.socket.end();
  if (outgoing.writableFinished) end();
  else outgoing.once("finish", end);
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const cutOff = setTimeout(() => server.closeAllConnections(), STOP_TIMEOUT_MS);
    server.close(() => {
      clearTimeout(cutOff);
      resolve();
    });
    server.closeIdleConnections();
  });
}

/** The body of an answer that is being sent. */
type Body = ReadableStreamDefaultReader<Uint8Array>;

interface Exchange {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  /** All bodies under way on this server. */
  readonly bodies: Set<Body>;
  /** The body is not read before the handler reads it. */
  readonly uploads: boolean;
  readonly timeoutsMs: { readonly request: number; readonly uploadIdle: number };
}

async function answer(
  handler: (request: Request) => Promise<Response>,
  { incoming, outgoing, bodies, uploads, timeoutsMs }: Exchange,
): Promise<void> {
  if (uploads) endIdle(incoming, outgoing, timeoutsMs.uploadIdle);
  const sent = uploads ? streamed(incoming) : await inTime(incoming, timeoutsMs.request);
  if (sent === null) {
    outgoing.writeHead(413, { connection: "close" }).end();
    return;
  }
  const request = toRequest(incoming, sent);
  if (request === null) {
    outgoing.writeHead(400, { connection: "close" }).end();
    return;
  }
  const response = await handler(request);
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  if (response.body === null) {
    outgoing.end();
    return;
  }
  // A stream that is quiet at first has begun all the same.
  outgoing.flushHeaders();
  const body: Body = response.body.getReader();
  bodies.add(body);
  try {
    await send(body, outgoing);
  } finally {
    bodies.delete(body);
  }
}

/** Reads no faster than the client takes it, and ends the body when the client is gone. */
async function send(body: Body, outgoing: ServerResponse): Promise<void> {
  const gone = (): void => {
    body.cancel().catch(() => undefined);
  };
  outgoing.once("close", gone);
  for (;;) {
    const { value, done } = await body.read();
    if (done) break;
    if (!outgoing.write(value)) await writable(outgoing);
  }
  outgoing.off("close", gone);
  outgoing.end();
}

function writable(outgoing: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const settle = (): void => {
      outgoing.off("drain", settle);
      outgoing.off("close", settle);
      resolve();
    };
    outgoing.once("drain", settle);
    outgoing.once("close", settle);
  });
}

/**
 * Ends the connection when a body stops to come before its end, or goes on to come when it was
 * answered: in one to two times `idleMs`.
 */
function endIdle(incoming: IncomingMessage, outgoing: ServerResponse, idleMs: number): void {
  const { socket } = incoming;
  let bytesRead = -1;
  let answered = false;
  const timer = setInterval(() => {
    if (incoming.complete) clearInterval(timer);
    else if (answered || socket.bytesRead === bytesRead) incoming.destroy();
    answered = outgoing.writableFinished;
    ({ bytesRead } = socket);
  }, idleMs);
  timer.unref();
  incoming.once("close", () => clearInterval(timer));
}

async function inTime(incoming: IncomingMessage, timeoutMs: number): Promise<Buffer | null> {
  const timer = setTimeout(() => incoming.destroy(), timeoutMs);
  try {
    return await readBody(incoming);
  } finally {
    clearTimeout(timer);
  }
}

/** Null when the body is too large; the rest of it is not read. */
async function readBody(incoming: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  // Leaving the loop must not destroy the socket: the answer still goes out on it.
  const body = incoming.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
  for await (const chunk of body) {
    sizeBytes += chunk.length;
    if (sizeBytes > MAX_BODY_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Read no faster than somebody takes it. */
function streamed(incoming: IncomingMessage): ReadableStream<Uint8Array> {
  return Readable.toWeb(incoming) as ReadableStream<Uint8Array>;
}

function toRequest(
  incoming: IncomingMessage,
  body: Buffer | ReadableStream<Uint8Array>,
): Request | null {
  const method = incoming.method ?? "GET";
  const headers = new Headers();
  for (const [name, values] of Object.entries(incoming.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value);
  }
  try {
    // The authority of this URL means nothing: whom the client asked for stands in `Host`.
    return new Request(new URL(incoming.url ?? "/", "http://localhost"), {
      method,
      headers,
      ...(method === "GET" || method === "HEAD" ? {} : { body: bodyOf(body), duplex: "half" }),
    });
  } catch {
    return null;
  }
}

function bodyOf(
  body: Buffer | ReadableStream<Uint8Array>,
): ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer> {
  return body instanceof ReadableStream ? body : new Uint8Array(body);
}
