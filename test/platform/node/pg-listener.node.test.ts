import * as net from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { listenPg } from "../../../src/platform/node/net/pg-listener.ts";
import type { PgListener } from "../../../src/platform/node/net/pg-listener.ts";
import type { ByteSession, ByteSink, ConnectionFacts } from "../../../src/ports/byte-stream.ts";

/** A session that writes down what happens to it. */
class Recorder implements ByteSession {
  readonly sink: ByteSink;
  readonly facts: ConnectionFacts;
  readonly events: string[] = [];
  received = 0;

  constructor(sink: ByteSink, facts: ConnectionFacts) {
    this.sink = sink;
    this.facts = facts;
  }

  receive(bytes: Uint8Array): void {
    this.received += bytes.length;
  }

  drained(): void {
    this.events.push("drained");
  }

  closed(): void {
    this.events.push("closed");
  }

  shutdown(): void {
    this.events.push("shutdown");
    this.sink.write(new TextEncoder().encode("bye"));
    this.sink.end();
  }
}

const sessions: Recorder[] = [];
const sockets: net.Socket[] = [];
let listener: PgListener | null = null;

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await listener?.stop();
  listener = null;
  sessions.length = 0;
});

async function start(maxConnections = 10): Promise<PgListener> {
  listener = await listenPg({
    host: "127.0.0.1",
    port: 0,
    maxConnections,
    openSession(sink, facts) {
      const session = new Recorder(sink, facts);
      sessions.push(session);
      return session;
    },
  });
  return listener;
}

async function connect(port: number): Promise<net.Socket> {
  const socket = net.connect(port, "127.0.0.1");
  socket.on("error", () => undefined);
  sockets.push(socket);
  await new Promise((resolve) => socket.once("connect", resolve));
  return socket;
}

async function sessionAt(index: number): Promise<Recorder> {
  await expect.poll(() => sessions.length).toBeGreaterThan(index);
  return sessions[index]!;
}

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 150));

describe("a connection", () => {
  test("carries bytes both ways and says where it comes from", async () => {
    const { port } = await start();
    const socket = await connect(port);
    const session = await sessionAt(0);
    expect(session.facts).toEqual({ address: "127.0.0.1", connections: 1 });
    socket.write("hello");
    await expect.poll(() => session.received).toBe(5);
    const answer = new Promise((resolve) => socket.once("data", (b) => resolve(b.toString())));
    expect(session.sink.write(new TextEncoder().encode("hi"))).toBe(true);
    expect(await answer).toBe("hi");
    socket.end();
    await expect.poll(() => session.events).toEqual(["closed"]);
  });

  test("that is not read from pushes back, and says when it has room again", async () => {
    const { port } = await start();
    const socket = await connect(port);
    const session = await sessionAt(0);
    socket.pause();
    let sent = 0;
    const chunk = new Uint8Array(64 * 1024);
    while (session.sink.write(chunk)) sent += chunk.length;
    await settle();
    while (sent < 64 * 1024 * 1024 && session.sink.write(chunk)) sent += chunk.length;
    expect(session.events).toEqual([]);
    socket.resume();
    await expect.poll(() => session.events).toContain("drained");
  });

  test("can be asked to hold its input", async () => {
    const { port } = await start();
    const socket = await connect(port);
    const session = await sessionAt(0);
    socket.write("a");
    await expect.poll(() => session.received).toBe(1);
    session.sink.pauseInput();
    socket.write("b".repeat(1000));
    await settle();
    expect(session.received).toBe(1);
    session.sink.resumeInput();
    await expect.poll(() => session.received).toBe(1001);
  });

  test("that breaks is closed once", async () => {
    const { port } = await start();
    const socket = await connect(port);
    const session = await sessionAt(0);
    socket.resetAndDestroy();
    await expect.poll(() => session.events).toEqual(["closed"]);
    session.sink.write(new Uint8Array(10));
    await settle();
    expect(session.events).toEqual(["closed"]);
  });
});

describe("a client that sleeps until it asks again", () => {
  test("does not keep the place of a connection that was ended", { timeout: 15_000 }, async () => {
    const running = await start();
    const socket = net.connect({ port: running.port, host: "127.0.0.1", allowHalfOpen: true });
    sockets.push(socket);
    socket.pause();
    socket.on("error", () => undefined);
    const session = await sessionAt(0);
    session.shutdown();
    await expect.poll(() => running.connections, { timeout: 10_000 }).toBe(0);
    // What it was told is there when it looks.
    const said = new Promise((resolve) => socket.once("data", (b) => resolve(b.toString())));
    socket.resume();
    expect(await said).toBe("bye");
  });
});

describe("many connections", () => {
  test("each knows how many there are; far too many are dropped unread", async () => {
    const { port } = await start(1);
    for (let i = 0; i < 65; i++) await connect(port);
    await sessionAt(64);
    expect(sessions[1]?.facts.connections).toBe(2);
    const extra = net.connect(port, "127.0.0.1");
    extra.on("error", () => undefined);
    await new Promise((resolve) => extra.once("close", resolve));
    expect(sessions).toHaveLength(65);
  });
});

describe("stop", () => {
  test("tells every session, lets last bytes out, and refuses new connections", async () => {
    const running = await start();
    const socket = await connect(running.port);
    const session = await sessionAt(0);
    const said = new Promise((resolve) => socket.once("data", (b) => resolve(b.toString())));
    await running.stop();
    expect(await said).toBe("bye");
    expect(session.events).toEqual(["shutdown", "closed"]);
    const late = net.connect(running.port, "127.0.0.1");
    const refused = await new Promise((resolve) => late.once("error", () => resolve(true)));
    expect(refused).toBe(true);
  });
});
