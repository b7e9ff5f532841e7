import { createServer } from "node:net";
import type { Server, Socket } from "node:net";
import type { ByteSession, ByteSink, ConnectionFacts } from "../../../ports/byte-stream.ts";
import { bindPath, listen, listenPath } from "./listen.ts";
import { WakefulLoop } from "./wakeful-loop.ts";

/**
 * Sockets above this many more than the sessions allowed are dropped unread: those in between
 * are told that there are too many, and CancelRequests need a way in.
 */
const SPARE_CONNECTIONS = 64;
/** A peer that went away without a word is noticed after about this long. */
const KEEP_ALIVE_DELAY_MS = 60_000;
/** At the end, a client that does not take its last bytes is cut off after this long. */
const STOP_TIMEOUT_MS = 2_000;
/** One that was ended, and took all, may say goodbye for so long: it may sleep until it asks. */
const GOODBYE_MS = 2_000;

/** How a listener makes sessions. */
export interface PgListenerOptions {
  readonly host: string;
  readonly port: number;
  readonly maxConnections: number;
  openSession(sink: ByteSink, facts: ConnectionFacts): ByteSession;
}

/** A server that listens. */
export interface PgListener {
  readonly port: number;
  /** Sockets open now. */
  readonly connections: number;
  /** Takes no new connections and ends those there are. */
  stop(): Promise<void>;
}

/** A listener that keeps no process alive, and begins and ends without being waited for. */
export type HeldListener = Omit<PgListener, "port" | "stop"> & { stop(): void };

interface Connection {
  readonly socket: Socket;
  readonly session: ByteSession;
  /** Settles when the session knows that its socket is gone. */
  readonly gone: Promise<void>;
}

/**
 * Serves protocol sessions over TCP.
 *
 * @throws DosqlError `address` when the address cannot be bound
 */
export async function listenPg(options: PgListenerOptions): Promise<PgListener> {
  const connections = new Set<Connection>();
  const server = serverFor(connections, options, new WakefulLoop());
  const port = await listen(server, options.host, options.port, "--pg-port");
  return listenerOf(server, port, connections);
}

/**
 * The same over a unix socket, for processes of this machine that may enter its folder.
 *
 * @throws DosqlError `address`
 */
export async function listenPgPath(path: string, options: SessionOptions): Promise<PgListener> {
  const connections = new Set<Connection>();
  const server = serverFor(connections, options, new WakefulLoop());
  await listenPath(server, path);
  return listenerOf(server, 0, connections);
}

/**
 * The same at once, for a program that has something else to do. Null where the system does not
 * let it.
 */
export function holdPgPath(path: string, options: SessionOptions): HeldListener | null {
  const connections = new Set<Connection>();
  const server = serverFor(connections, options, null, (socket) => socket.unref());
  server.on("error", () => undefined);
  if (!bindPath(server, path)) return null;
  server.unref();
  return {
    get connections() {
      return connections.size;
    },
    stop() {
      server.close();
      for (const { socket, session } of connections) {
        session.shutdown();
        socket.destroySoon();
      }
    },
  };
}

type SessionOptions = Omit<PgListenerOptions, "host" | "port">;

function serverFor(
  connections: Set<Connection>,
  options: SessionOptions,
  wakeful: WakefulLoop | null,
  accept: (socket: Socket) => unknown = () => undefined,
): Server {
  const server = createServer({ noDelay: true, keepAlive: true }, (socket) => {
    accept(socket);
    serve(socket, connections, options, wakeful);
  });
  server.maxConnections = options.maxConnections + SPARE_CONNECTIONS;
  return server;
}

function listenerOf(server: Server, port: number, connections: Set<Connection>): PgListener {
  return {
    port,
    get connections() {
      return connections.size;
    },
    stop: () => stop(server, connections),
  };
}

function serve(
  socket: Socket,
  connections: Set<Connection>,
  options: SessionOptions,
  wakeful: WakefulLoop | null,
): void {
  socket.setKeepAlive(true, KEEP_ALIVE_DELAY_MS);
  const session = options.openSession(socketSink(socket, wakeful), {
    address: socket.remoteAddress ?? "",
    connections: connections.size + 1,
  });
  const { promise: gone, resolve } = Promise.withResolvers<void>();
  const connection = { socket, session, gone };
  connections.add(connection);
  socket.on("data", (bytes) => session.receive(bytes));
  socket.on("drain", () => session.drained());
  // A reset arrives as an error, and then as the end like any other.
  socket.on("error", () => undefined);
  socket.on("close", () => {
    connections.delete(connection);
    session.closed();
    resolve();
  });
}

function socketSink(socket: Socket, wakeful: WakefulLoop | null): ByteSink {
  // Who comes by a path may sleep until it asks again, and does not say goodbye before.
  const byPath = socket.remoteAddress === undefined;
  return {
    write(bytes) {
      wakeful?.answered();
      return socket.write(bytes);
    },
    end: () => (byPath ? socket.destroySoon() : endSoon(socket)),
    pauseInput: () => void socket.pause(),
    resumeInput: () => void socket.resume(),
  };
}

/** What a client of TCP has sent meanwhile must be read, or it would not hear why it was ended. */
function endSoon(socket: Socket): void {
  socket.once("finish", () => socket.setTimeout(GOODBYE_MS, () => socket.destroy()));
  socket.end();
}

async function stop(server: Server, connections: Set<Connection>): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const gone = Array.from(connections, (connection) => connection.gone);
  for (const { socket, session } of connections) {
    // What there was to say is said: a client that sleeps would not say goodbye.
    if (socket.writableFinished) socket.destroy();
    else socket.once("finish", () => socket.destroy());
    session.shutdown();
  }
  const cutOff = setTimeout(() => {
    for (const { socket } of connections) socket.destroy();
  }, STOP_TIMEOUT_MS);
  await closed;
  await Promise.all(gone);
  clearTimeout(cutOff);
}
