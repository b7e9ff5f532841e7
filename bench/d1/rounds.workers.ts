/*
 * One round of the D1 benchmark, inside workerd: each operation on each database, timed by the
 * Worker itself, so that nothing of the way into workerd is measured.
 */
import { DurableObject } from "cloudflare:workers";
import { RpcSession, RpcTarget } from "capnweb";
import type { ShardNamespace } from "../../src/entry/d1.ts";
import type { RpcNamespace } from "../../src/entry/workers/rpc-endpoint.workers.ts";
import { d1, rpcEndpoint } from "../../src/entry/worker.ts";
import { hibernatingSocket } from "../../src/platform/workers/hibernating-socket.ts";
import { SocketTransport } from "../../src/rpc/socket-transport.ts";

export { DoSQLRpcShard, DoSQLShard } from "../../src/entry/worker.ts";

interface Env {
  readonly DOSQL: ShardNamespace;
  readonly D1_0?: D1Database;
  /** A D1 binding over `DoSQLD1`, by the wire that this Worker's flags choose. */
  readonly SERVICE: D1Database;
  /** The same over a service that answers a constant. */
  readonly FLOOR: D1Database;
  readonly RPC: RpcNamespace;
  readonly CONSTANT: DurableObjectNamespace<Constant>;
}

class Answer extends RpcTarget {
  nothing(): number {
    return 1;
  }
}

/**
 * What a capnweb call costs that answers a constant, on the way that clients of `DoSQLRpcShard`
 * take: a WebSocket that ends in an object and hibernates.
 */
export class Constant extends DurableObject {
  readonly #transports = new Map<WebSocket, SocketTransport>();

  override async fetch(): Promise<Response> {
    const { 0: client, 1: server } = new WebSocketPair();
    this.ctx.acceptWebSocket(server);
    const transport = new SocketTransport(hibernatingSocket(server), () => server.close());
    this.#transports.set(server, transport);
    new RpcSession(transport, new Answer());
    return new Response(null, { status: 101, webSocket: client });
  }

  override async webSocketMessage(socket: WebSocket, message: string | ArrayBuffer): Promise<void> {
    this.#transports.get(socket)?.message(String(message));
  }
}

const rpc = rpcEndpoint();

/** Slices of a round; the two databases take turns, so that a slow moment hits both. */
const SLICES = 5;

/** How often an operation runs in a slice: long enough for a clock of one millisecond. */
const REPEATS = { select: 40, insert: 20, batch100: 4, rows1000: 4 } as const;

type Operation = keyof typeof REPEATS;

const OPERATIONS: Readonly<Record<Operation, (db: D1Database, i: number) => Promise<unknown>>> = {
  select: (db, i) =>
    db
      .prepare("SELECT * FROM item WHERE id = ?")
      .bind((i % 1000) + 1)
      .first(),
  insert: (db, i) =>
    db.prepare("INSERT INTO entry (name, n) VALUES (?, ?)").bind("a name", i).run(),
  batch100: (db, i) => {
    const insert = db.prepare("INSERT INTO entry (name, n) VALUES (?, ?)");
    return db.batch(Array.from({ length: 100 }, (_, k) => insert.bind("a name", i + k)));
  },
  rows1000: (db) => db.prepare("SELECT * FROM item").all(),
};

async function fill(db: D1Database): Promise<void> {
  await db.batch([
    db.prepare("CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT, price REAL, stock INTEGER)"),
    db.prepare(
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) " +
        "INSERT INTO item SELECT i, 'item number ' || i, i * 1.5, i % 10 FROM n",
    ),
    db.prepare("CREATE TABLE entry (id INTEGER PRIMARY KEY, name TEXT, n REAL)"),
  ]);
}

/** Microseconds per call. */
async function measure(db: D1Database, operation: Operation): Promise<number> {
  const run = OPERATIONS[operation];
  const repeats = REPEATS[operation];
  const started = performance.now();
  for (let i = 0; i < repeats; i++) await run(db, i);
  return ((performance.now() - started) * 1000) / repeats;
}

/** Both, or ours alone where this Worker has no D1. */
async function measureBoth(
  reference: D1Database | undefined,
  ours: D1Database,
  operation: Operation,
): Promise<{ d1: number; dosql: number }> {
  const sum = { d1: 0, dosql: 0 };
  for (let slice = 0; slice < SLICES; slice++) {
    if (reference !== undefined) sum.d1 += await measure(reference, operation);
    sum.dosql += await measure(ours, operation);
  }
  return { d1: sum.d1 / SLICES, dosql: sum.dosql / SLICES };
}

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === "/constant") {
      return env.CONSTANT.get(env.CONSTANT.idFromName("constant")).fetch(request);
    }
    const answer = await rpc(request, { DOSQL: env.RPC, DOSQL_TOKEN: "token-of-the-benchmark" });
    if (answer !== null) return answer;
    const wiring = searchParams.get("wiring") ?? "";
    if (wiring.endsWith("-floor")) {
      return Response.json({ select: await measureBoth(undefined, env.FLOOR, "select") });
    }
    const ours: D1Database = wiring === "stub" ? d1(env.DOSQL) : env.SERVICE;
    if (pathname === "/fill") {
      if (wiring === "stub" && env.D1_0) await fill(env.D1_0);
      await fill(ours);
      return Response.json({ filled: true });
    }
    const times: Record<string, { d1: number; dosql: number }> = {};
    for (const operation of Object.keys(OPERATIONS) as Operation[]) {
      times[operation] = await measureBoth(env.D1_0, ours, operation);
    }
    return Response.json(times);
  },
};
