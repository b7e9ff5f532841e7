import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { listen } from "./listen.ts";

/** Headers larger than this are no honest request; Node answers 431. */
const MAX_HEADER_BYTES = 16 * 1024;
/** No route takes a large body yet. */
const MAX_BODY_BYTES = 1024 * 1024;
/** A client that dribbles its headers holds a socket no longer than this. */
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 60_000;
const KEEP_ALIVE_TIMEOUT_MS = 5_000;
const MAX_CONNECTIONS = 512;
/** At the end, a request that is still coming in is cut off after this long. */
const STOP_TIMEOUT_MS = 2_000;

/** A server that listens. */
export interface HttpListener {
  readonly port: number;
  /** Takes no new connections, ends idle ones, waits for running requests. */
  stop(): Promise<void>;
}

/**
 * Serves a fetch-style handler over HTTP/1.1.
 *
 * @throws DosqlError `address` when the address cannot be bound
 */
export async function listenHttp(
  host: string,
  port: number,
  handler: (request: Request) => Promise<Response>,
): Promise<HttpListener> {
  const server = createServer(
    {
      maxHeaderSize: MAX_HEADER_BYTES,
      headersTimeout: HEADERS_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    },
    (incoming, outgoing) => {
      answer(handler, incoming, outgoing).catch(() => outgoing.destroy());
    },
  );
  server.maxConnections = MAX_CONNECTIONS;
  const bound = await listen(server, host, port, "--http-port");
  return { port: bound, stop: () => stop(server) };
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const cutOff = setTimeout(() => server.closeAllConnections(), STOP_TIMEOUT_MS);
    server.close(() => {
      clearTimeout(cutOff);
      resolve();
    });
    server.closeIdleConnections();
  });
}

async function answer(
  handler: (request: Request) => Promise<Response>,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const body = await readBody(incoming);
  if (body === null) {
    outgoing.writeHead(413, { connection: "close" }).end();
    return;
  }
  const request = toRequest(incoming, body);
  if (request === null) {
    outgoing.writeHead(400, { connection: "close" }).end();
    return;
  }
  const response = await handler(request);
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.end(new Uint8Array(await response.arrayBuffer()));
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

function toRequest(incoming: IncomingMessage, body: Buffer): Request | null {
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
      ...(method === "GET" || method === "HEAD" ? {} : { body: new Uint8Array(body) }),
    });
  } catch {
    return null;
  }
}
