import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LocalDatabase } from "../../src/engine/session/local-database.ts";
import { connect } from "../../src/entry/client.ts";
import { d1 } from "../../src/entry/d1.ts";
import { openNodeShard } from "../../src/entry/node/node-shard.ts";
import { systemClock } from "../../src/platform/node/clock.ts";
import { nodeCrypto } from "../../src/platform/node/crypto.ts";
import type { HttpListener } from "../../src/platform/node/net/http-listener.ts";
import { listenHttp } from "../../src/platform/node/net/http-listener.ts";
import { WebSockets } from "../../src/platform/node/net/web-sockets.ts";
import { RpcEndpoint } from "../../src/rpc/api/endpoint.ts";
import { RPC_PROTOCOL } from "../../src/rpc/api/rpc-protocol.ts";
import { StatementTexts } from "../../src/rpc/api/statement-texts.ts";
import { ALL_CASES } from "./cases/all-cases.ts";
import type { Answers } from "./contract.ts";
import { answer } from "./contract.ts";
import { answersOnNode } from "./drivers.ts";
import type { AllAnswers } from "./drivers.ts";

/** An RPC server with a database of its own for each name. */
class ManyDatabases {
  readonly #folder: string;
  readonly #opened = new Map<string, LocalDatabase>();
  #listener: HttpListener | null = null;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async start(): Promise<number> {
    const endpoint = new RpcEndpoint({
      clock: systemClock,
      texts: new StatementTexts((text) => {
        return nodeCrypto.sha256(new TextEncoder().encode(text));
      }),
      version: "test",
      authorize: async ({ database: name }) => {
        const database = this.#open(name);
        return { database, name, readOnly: false, expiresMs: null };
      },
    });
    const sockets = new WebSockets((request) => {
      return { protocol: RPC_PROTOCOL, open: (socket) => endpoint.serve(request, socket) };
    });
    const handler = (request: Request): Promise<Response> => endpoint.answer(request);
    this.#listener = await listenHttp("127.0.0.1", 0, handler, { sockets, isUpload: () => true });
    return this.#listener.port;
  }

  async stop(): Promise<void> {
    await this.#listener?.stop();
    for (const database of this.#opened.values()) await database.close();
  }

  #open(name: string): LocalDatabase {
    const known = this.#opened.get(name);
    if (known !== undefined) return known;
    const database = new LocalDatabase(openNodeShard(`${this.#folder}/${name}.sqlite`));
    this.#opened.set(name, database);
    return database;
  }
}

/** Answers that tell of the file: its path, and its pages, of which the keys of calls take two. */
const OF_THE_FILE = /database_list|page_count|dbstat/;

function comparable(answers: Answers | undefined): unknown {
  return Object.entries(answers ?? {}).filter(([label]) => !OF_THE_FILE.test(label));
}

describe.each(["ws", "http"])("the D1 face over capnweb (%s) answers as it does at home", (way) => {
  const folder = mkdtempSync(path.join(tmpdir(), "dosql-d1-rpc-"));
  const server = new ManyDatabases(folder);
  const remote: AllAnswers = {};
  let local: AllAnswers = {};

  beforeAll(async () => {
    const port = await server.start();
    local = await answersOnNode(folder);
    for (const [i, theCase] of ALL_CASES.entries()) {
      const database = `remote-${i}`;
      await using db = await connect(`${way}://127.0.0.1:${port}`, { token: "any", database });
      const answers = await answer(theCase, d1(db));
      remote[theCase.name] = JSON.parse(JSON.stringify(answers)) as Answers;
    }
  });

  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  it.each(ALL_CASES.map(({ name }) => name))("%s", (name) => {
    expect(comparable(remote[name])).toEqual(comparable(local[name]));
  });
});
