import { spawn } from "node:child_process";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { connect as connectTcp } from "node:net";
import { describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { RPC_PROTOCOL, tokenProtocol } from "../../src/rpc/api/rpc-protocol.ts";
import { base64Url } from "../../src/rpc/api/statement-texts.ts";
import { nodeCrypto } from "../../src/platform/node/crypto.ts";
import { signToken } from "../../src/server/token-claims.ts";
import { rawCall } from "./raw-batch.ts";
import { Served } from "./served.ts";

interface Opened {
  readonly socket: WebSocket;
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
}

async function open(served: Served, path = "/rpc", protocols?: string[]): Promise<Opened> {
  const token = tokenProtocol(served.server.token);
  const socket = new WebSocket(served.url() + path, protocols ?? [RPC_PROTOCOL, token]);
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.on("close", (code, reason) => resolve({ code, reason: reason.toString() }));
  });
  await new Promise((resolve, reject) => socket.on("open", resolve).on("error", reject));
  return { socket, closed };
}

/** The server serves others all the same. */
async function expectAlive(served: Served): Promise<void> {
  const db = await served.connect();
  expect((await db.query("SELECT 1")).rows).toEqual([[1n]]);
}

describe("frames that are not the protocol", () => {
  it.each([
    "",
    "nonsense",
    "{}",
    "null",
    "[]",
    '["push"]',
    '["pull",7]',
    '["resolve",0,1]x',
    '["push",["pipeline",0,["constructor"],[]]]\u0000',
    '["release",99,1]',
    // capnweb takes these, and keeps what the client seems to let go.
    '["release",0,0]',
    '["release",0,-1]',
    '["release",0,0.5]',
    '["release",0]',
    `["push",["pipeline",0,["${"x".repeat(1000)}"],[]]]`,
    `["push",${"[".repeat(600)}${"]".repeat(600)}]`,
    // What capnweb has besides calls: a few nested maps would keep a server busy for ever.
    '["push",["remap",0,[],[],[["pipeline",0,["ping"],[]]]]]',
    '["push",["pipeline",0,["session"],[["remap",0,[],[],[1]]]]]',
    '["push",["pipeline",0,["session"],[{"a":[[["export",1]]]}]]]',
    '["push",["import",0]]',
    '["push",{}]',
    '["stream",["pipeline",0,["ping"],[]]]',
    '["pipe"]',
    '["reject",0,1]',
  ])("%j ends the connection that sent it", async (frame) => {
    await using served = await Served.start();
    const { socket, closed } = await open(served);
    socket.send(frame);
    expect((await closed).code).toBe(4400);
    await expectAlive(served);
  });

  it("of bytes end it too", async () => {
    await using served = await Served.start();
    const { socket, closed } = await open(served);
    socket.send(new Uint8Array(10));
    expect((await closed).code).toBe(1003);
  });

  it("that are too large are refused by their length, before they come", async () => {
    await using served = await Served.start();
    const { port } = new URL(served.server.httpUrl);
    const token = tokenProtocol(served.server.token);
    const before = process.memoryUsage().arrayBuffers;
    const answer = await new Promise<Buffer>((resolve) => {
      const socket = connectTcp(Number(port), "127.0.0.1");
      const chunks: Buffer[] = [];
      socket.on("data", (data) => {
        chunks.push(data);
        if (chunks.length > 1) return;
        // A text frame that says it has a tebibyte, of which a little comes.
        const header = Buffer.from([0x81, 0xff, 0, 0, 1, 0, 0, 0, 0, 0, 1, 2, 3, 4]);
        socket.write(Buffer.concat([header, Buffer.alloc(1000)]));
      });
      socket.on("close", () => resolve(Buffer.concat(chunks)));
      socket.write(
        `GET /rpc HTTP/1.1\r\nHost: localhost:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
          "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n" +
          `Sec-WebSocket-Protocol: ${RPC_PROTOCOL}, ${token}\r\n\r\n`,
      );
    });
    // The close frame: 0x88, two bytes of code, 1009.
    expect(answer.includes(Buffer.from([0x88, 0x02, 1009 >> 8, 1009 & 255]))).toBe(true);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100_000_000);
    await expectAlive(served);
  });
});

describe("calls that are none", () => {
  it.each([
    "x",
    "7",
    "null",
    '{"s":1}',
    '{"s":[1]}',
    '{"s":[[1]]}',
    '{"s":[[["short"]]]}',
    '{"s":[["SELECT ?",{}]]}',
    '{"s":[["SELECT ?",["i","1e3"]]]}',
    '{"s":[["SELECT ?",["z","1"]]]}',
    '{"s":[["SELECT ?",1.5]]}',
    '{"s":[["SELECT 1"]],"t":-1}',
    '{"s":[["SELECT 1"]],"k":"short"}',
  ])("%s is refused, and the connection goes on", async (call) => {
    await using served = await Served.start();
    const { socket } = await open(served);
    const answers: string[] = [];
    const two = new Promise<void>((resolve) => {
      socket.on("message", (data: Buffer) => {
        answers.push(data.toString());
        if (answers.length === 2) resolve();
      });
    });
    for (const [at, text] of [call, '{"s":[["SELECT 7"]]}'].entries()) {
      socket.send(JSON.stringify(["push", ["pipeline", 0, ["session"], [{}]]]));
      socket.send(JSON.stringify(["push", ["pipeline", at * 2 + 1, ["run"], [text]]]));
      socket.send(JSON.stringify(["pull", at * 2 + 2]));
    }
    await two;
    expect(answers.find((text) => text.startsWith('["reject",2'))).toMatch(/"protocol"/);
    expect(answers.find((text) => text.startsWith('["resolve",4'))).toMatch(/7/);
    socket.close();
  });
});

function refusedUpgrade(): string {
  return (
    "GET /other HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
  );
}

describe("a request for a WebSocket", () => {
  it.each([
    ["another path", "/other", undefined, "404"],
    ["no protocol of ours", "/rpc", ["other"], "400"],
  ])("with %s is refused", async (_name, path, protocols, status) => {
    await using served = await Served.start();
    await expect(open(served, path, protocols)).rejects.toThrow(status);
  });

  it("from a page elsewhere is refused", async () => {
    await using served = await Served.start();
    const socket = new WebSocket(`${served.url()}/rpc`, [RPC_PROTOCOL], {
      origin: "https://evil.example",
    });
    const error = await new Promise<Error>((resolve) => socket.on("error", resolve));
    expect(error.message).toContain("403");
  });

  it("that is refused and reset ends nothing else", { timeout: 30_000 }, async () => {
    await using served = await Served.start();
    const { port } = new URL(served.server.httpUrl);
    // From another process, whose resets come at any moment. Nobody would catch the error.
    const client = `
      const { connect } = require("node:net");
      const end = (n) => {
        if (n === 0) return;
        const socket = connect(${port}, "127.0.0.1", () => {
          socket.write(${JSON.stringify(refusedUpgrade())});
          if (n % 2) socket.resetAndDestroy(); else setImmediate(() => socket.resetAndDestroy());
        });
        socket.on("error", () => undefined).on("close", () => end(n - 1));
      };
      end(300);`;
    const child = spawn(process.execPath, ["-e", client]);
    await new Promise((resolve) => child.once("close", resolve));
    await expectAlive(served);
  });

  it("that is refused keeps no connection", async () => {
    await using served = await Served.start();
    const port = Number(new URL(served.server.httpUrl).port);
    // One that would stay for ever: it never says goodbye.
    const socket = connectTcp({ port, host: "127.0.0.1", allowHalfOpen: true });
    const failed = new Promise((resolve) => socket.once("error", resolve));
    socket.resume().write(refusedUpgrade());
    await new Promise((resolve) => socket.once("end", resolve));
    const timer = setInterval(() => socket.write("x"), 20);
    await failed;
    clearInterval(timer);
  });
});

/** What this process holds, without what it only has not swept yet. */
function heldBytes(): number {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const MEGABYTE = JSON.stringify({ s: [["SELECT printf('%.*c', 1000000, 'x')"]] });

describe("a client that asks and does not read", () => {
  it.each([
    ["rows", ["pipeline", 1, ["run"], [MEGABYTE]]],
    ["the schema", ["pipeline", 0, ["schema"], []]],
  ])("%s is read no further, so that memory stays bounded", async (_what, call) => {
    await using served = await Served.start();
    const db = await served.connect();
    await db.query(`CREATE TABLE t (a /* ${"x".repeat(1_000_000)} */)`);
    const { socket, closed } = await open(served);
    socket.pause();
    let id = 1;
    socket.send(JSON.stringify(["push", ["pipeline", 0, ["session"], [{}]]]));
    for (let n = 0; n < 300; n++) {
      socket.send(JSON.stringify(["push", call]));
      socket.send(JSON.stringify(["pull", ++id]));
    }
    const before = heldBytes();
    // Until it comes to rest: the first answers may take a moment.
    for (let last = 0, grown = 5_000_000; grown - last > 2_000_000;) {
      await new Promise((resolve) => setTimeout(resolve, 1500));
      [last, grown] = [grown, heldBytes() - before];
    }
    // 300 MB were asked for.
    expect(heldBytes() - before).toBeLessThan(150_000_000);
    await expectAlive(served);
    let answers = 0;
    const all = new Promise<void>((resolve) => {
      socket.on("message", () => {
        if (++answers === 300) resolve();
      });
    });
    socket.resume();
    await all;
    socket.close();
    await closed;
  });
});

describe("a client that keeps what it was answered", () => {
  it("gets no more until it lets go, read or not", { timeout: 60_000 }, async () => {
    await using served = await Served.start();
    const { socket } = await open(served);
    const sql = "SELECT printf('%.*c', 10000000, 'x')";
    const call = (text: string) => [JSON.stringify({ s: [[text]] })];
    let id = 1;
    const ask = async (text: string, wanted: boolean): Promise<string> => {
      const answer = new Promise<string>((resolve) => {
        socket.once("message", (data: Buffer) => resolve(data.toString()));
      });
      id++;
      socket.send(JSON.stringify(["push", ["pipeline", 1, ["run"], call(text)]]));
      if (!wanted) return "";
      socket.send(JSON.stringify(["pull", id]));
      return (await answer).slice(0, 200);
    };
    socket.send(JSON.stringify(["push", ["pipeline", 0, ["session"], [{}]]]));
    for (let n = 0; n < 14; n++) {
      expect(await ask(sql, true)).toMatch(/^\["resolve"/);
      await ask(sql, false);
    }
    expect(await ask(sql, true)).toMatch(/"reject".*too many answers.*"limit"/);
    // Answers that were read are counted one by one.
    for (let n = 0; n < 3; n++) socket.send(JSON.stringify(["release", 2 + 2 * n, 1]));
    expect(await ask("SELECT 7", true)).toMatch(/^\["resolve".*7/);
    socket.close();
    await expectAlive(served);
  });
});

describe("a client that lets go of some answers", () => {
  // Twice as long on the wire as here: counted by that, two that go would make room for four.
  const quotes = JSON.stringify({ s: [[`SELECT printf('%.*c', 5000000, '"')`]] });
  const heading = JSON.stringify({ s: [[`SELECT 1 AS "${"x".repeat(12_000_000)}"`]] });

  const text = ["pipeline", 1, ["run"], [quotes]];
  const list = ["pipeline", 0, ["schema"], []];

  it.each([
    ["texts", text, text],
    ["columns", text, ["pipeline", 2, ["head"], []]],
    ["lists", list, list],
  ])("of %s gets room for those only", { timeout: 60_000 }, async (_what, kept, gone) => {
    await using served = await Served.start();
    const db = await served.connect();
    await db.query(`CREATE TABLE t (a /* ${'"'.repeat(5_000_000)} */)`);
    const { socket } = await open(served);
    let id = 2;
    const ask = async (call: unknown): Promise<string> => {
      const answer = new Promise<string>((resolve) => {
        socket.once("message", (data: Buffer) => resolve(data.toString("latin1", 0, 300)));
      });
      id++;
      socket.send(JSON.stringify(["push", call]));
      socket.send(JSON.stringify(["pull", id]));
      return answer;
    };
    socket.send(JSON.stringify(["push", ["pipeline", 0, ["session"], [{}]]]));
    socket.send(JSON.stringify(["push", ["pipeline", 1, ["open"], [heading]]]));
    // 268 million characters are full after 54 or fewer.
    let last = "";
    for (let n = 0; n < 60 && !last.startsWith('["reject"'); n++) {
      await ask(gone);
      socket.send(JSON.stringify(["release", id, 1]));
      last = await ask(kept);
    }
    expect(last).toMatch(/"reject".*too many answers/);
    socket.close();
  });
});

describe("a client that keeps what failed", () => {
  const long = "x".repeat(3_000_000);

  it.each([
    ["a statement", 1, "run", JSON.stringify({ s: [[`SELECT 1 ${long} ${long}`]] })],
    ["a subscription", 0, "subscribe", { tables: [[long]] }],
    ["a slot", 0, "dropSlot", long],
  ])("of %s fills no memory", { timeout: 60_000 }, async (_what, object, method, given) => {
    await using served = await Served.start();
    const { socket } = await open(served);
    const call = JSON.stringify(["push", ["pipeline", object, [method], [given]]]);
    let id = 1;
    const settle = async (): Promise<void> => {
      const answer = new Promise((resolve) => socket.once("message", resolve));
      id++;
      socket.send(JSON.stringify(["push", ["pipeline", 0, ["ping"], []]]));
      socket.send(JSON.stringify(["pull", id]));
      await answer;
    };
    socket.send(JSON.stringify(["push", ["pipeline", 0, ["session"], [{}]]]));
    await settle();
    const before = heldBytes();
    for (let n = 0; n < 30; n++) {
      id++;
      socket.send(call);
      await settle();
    }
    // 90 MB of texts were sent, or more; the last of them may wait for their turn.
    await expect.poll(() => heldBytes() - before, { timeout: 20_000 }).toBeLessThan(60_000_000);
    socket.close();
  });
});

describe("results that wait to be fetched", () => {
  it(
    "take no more than a connection may hold, however few they are",
    { timeout: 60_000 },
    async () => {
      await using served = await Served.start();
      const { socket } = await open(served);
      const sql =
        "SELECT printf('%.*c', 1000000, 'x') FROM (VALUES (1)) , (WITH n(i) AS (SELECT 1 " +
        "UNION ALL SELECT i + 1 FROM n LIMIT 150) SELECT i FROM n)";
      let id = 1;
      const ask = async (): Promise<string> => {
        const answer = new Promise<string>((resolve) => {
          socket.once("message", (data: Buffer) => resolve(data.toString()));
        });
        id++;
        socket.send(
          JSON.stringify(["push", ["pipeline", 1, ["open"], [JSON.stringify({ s: [[sql]] })]]]),
        );
        socket.send(JSON.stringify(["pull", id]));
        return answer;
      };
      socket.send(JSON.stringify(["push", ["pipeline", 0, ["session"], [{}]]]));
      // 150 MB each.
      expect(await ask()).toMatch(/^\["resolve"/);
      expect(await ask()).toMatch(/^\["resolve"/);
      const third = await ask();
      const fourth = await ask();
      expect([third, fourth].join()).toMatch(/"reject".*too many open objects/);
      socket.close();
    },
  );
});

describe("the hash of a text", () => {
  it("says nothing of what others run", async () => {
    await using served = await Served.start();
    const sql = `SELECT 'a secret of somebody' /* ${"long ".repeat(30)} */`;
    const claims = { databases: ["main"], readOnly: true, notBeforeMs: null };
    const secret = new TextEncoder().encode(served.server.token);
    const ask = async (subject: string, text: string | readonly string[]) => {
      const expiresMs = Date.now() + 60_000;
      const token = await signToken({ ...claims, subject, expiresMs }, secret, nodeCrypto);
      const send = async (body: string): Promise<string> => {
        const headers = { authorization: `Bearer ${token}` };
        const answer = await fetch(`${served.url("http")}/rpc`, { method: "POST", headers, body });
        return await answer.text();
      };
      return (await rawCall(send, { s: [[text]] })).text;
    };
    const hash = base64Url(nodeCrypto.sha256(new TextEncoder().encode(sql)));
    expect(await ask("ann", sql)).toContain("a secret");
    expect(await ask("ann", [hash])).toContain("a secret");
    expect(await ask("bob", [hash])).toContain("unknown");
  });
});

describe("a client without a token", () => {
  it("hears so although its body never ends", { timeout: 30_000 }, async () => {
    await using served = await Served.start();
    const socket = connectTcp(Number(new URL(served.server.httpUrl).port), "127.0.0.1");
    const answer = new Promise<string>((resolve) => {
      socket.once("data", (data) => resolve(data.toString()));
    });
    socket.write(
      "POST /client/v4/accounts/a/d1/database HTTP/1.1\r\nHost: localhost\r\n" +
        "Content-Length: 100000\r\n\r\n",
    );
    const timer = setInterval(() => socket.write("x"), 100);
    expect(await answer).toContain("401");
    clearInterval(timer);
    socket.destroy();
  });

  it("is cut off when it does not go", async () => {
    await using served = await Served.start();
    const { port } = new URL(served.server.httpUrl);
    const ended = new Promise<void>((resolve) => {
      const socket = connectTcp(Number(port), "127.0.0.1");
      // Never an answer to the close frame.
      socket.on("data", () => undefined).on("close", () => resolve());
      socket.write(
        `GET /rpc HTTP/1.1\r\nHost: localhost:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
          "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n" +
          `Sec-WebSocket-Protocol: ${RPC_PROTOCOL}, dosql.token.none-of-yours\r\n\r\n`,
      );
    });
    await ended;
  });
});

describe("a timeout that no timer can count", () => {
  it("is a very long one", async () => {
    await using served = await Served.start();
    const db = await served.connect("ws", { connectTimeoutMs: 1e12, requestTimeoutMs: 1e12 });
    const slow =
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 300000) " +
      "SELECT count(*) FROM n";
    const { rows } = await db.query(slow, [], { statementTimeoutMs: 1e12 });
    expect(rows).toEqual([[300_000n]]);
  });
});
