import { once } from "node:events";
import { get, request as ask } from "node:http";
import type { IncomingMessage } from "node:http";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { HttpListener } from "../../../src/platform/node/net/http-listener.ts";
import { listenHttp } from "../../../src/platform/node/net/http-listener.ts";

const CHUNK = new Uint8Array(64 * 1024).fill(120);

let listener: HttpListener | null = null;

afterEach(async () => {
  await listener?.stop();
  listener = null;
});

/** An answer without an end: how much of it was asked for, and whether somebody ended it. */
class Endless {
  chunks = 0;
  canceled = false;
  readonly response: Response;

  /** @param quiet nothing comes after the first chunk */
  constructor(quiet: boolean) {
    const pull = async (controller: ReadableStreamDefaultController): Promise<void> => {
      if (quiet && this.chunks > 0) return new Promise(() => undefined);
      this.chunks += 1;
      controller.enqueue(CHUNK);
    };
    const cancel = (): void => {
      this.canceled = true;
    };
    this.response = new Response(new ReadableStream({ pull, cancel }, { highWaterMark: 0 }));
  }
}

async function answerOf(response: Response): Promise<IncomingMessage> {
  listener = await listenHttp("127.0.0.1", 0, async () => response);
  const request = get({ host: "127.0.0.1", port: listener.port });
  request.on("error", () => undefined);
  const [answer] = (await once(request, "response")) as [IncomingMessage];
  answer.on("error", () => undefined);
  return answer;
}

describe("an answer that streams", () => {
  test("is asked for no faster than its client reads", async () => {
    const endless = new Endless(false);
    const answer = await answerOf(endless.response);
    let before = -1;
    // Until the buffers of both sockets are full.
    while (endless.chunks !== before) {
      before = endless.chunks;
      await sleep(200);
    }
    expect(endless.chunks).toBeGreaterThan(0);
    answer.resume();
    await vi.waitFor(() => expect(endless.chunks).toBeGreaterThan(before + 100));
    answer.destroy();
  });

  test.each([true, false])("ends when its client goes (quiet: %s)", async (quiet) => {
    const endless = new Endless(quiet);
    const answer = await answerOf(endless.response);
    await once(answer, "data");
    answer.destroy();
    await vi.waitFor(() => expect(endless.canceled).toBe(true));
    const { chunks } = endless;
    await sleep(50);
    expect(endless.chunks).toBe(chunks);
  });

  test("has begun although it says nothing yet", async () => {
    const silent = new ReadableStream({ pull: () => new Promise(() => undefined) });
    expect((await answerOf(new Response(silent, { status: 201 }))).statusCode).toBe(201);
  });

  test("ends whole when the listener stops", async () => {
    const answer = await answerOf(new Endless(true).response);
    let sizeBytes = 0;
    answer.on("data", (chunk: Uint8Array) => (sizeBytes += chunk.length));
    const ended = once(answer, "end");
    await once(answer, "data");
    await Promise.all([listener?.stop(), ended]);
    expect([sizeBytes, answer.complete]).toEqual([CHUNK.length, true]);
  });

  test("that breaks cuts the connection, so that nobody takes it for whole", async () => {
    let first = true;
    const pull = (controller: ReadableStreamDefaultController): void => {
      if (!first) throw new Error("broken");
      first = false;
      controller.enqueue(CHUNK);
    };
    const answer = await answerOf(new Response(new ReadableStream({ pull }, { highWaterMark: 0 })));
    answer.resume();
    await new Promise((resolve) => answer.once("close", resolve));
    expect(answer.complete).toBe(false);
  });
});

describe("a body that comes slowly", () => {
  const TIMEOUTS_MS = { request: 300, uploadIdle: 300 };

  /** What came of a body of some pieces, one every 100 ms, which may stop before its end. */
  async function send(path: string, pieces: number, ends: boolean): Promise<string> {
    const handler = async (request: Request): Promise<Response> =>
      new Response(String((await request.text()).length));
    listener = await listenHttp("127.0.0.1", 0, handler, {
      isUpload: (_method, asked) => asked === "/upload",
      timeoutsMs: TIMEOUTS_MS,
    });
    const request = ask({ host: "127.0.0.1", port: listener.port, path, method: "POST" });
    const answer = once(request, "response").then(
      async ([response]) =>
        String(await once((response as IncomingMessage).setEncoding("utf8"), "data")),
      () => "cut",
    );
    for (let sent = 0; sent < pieces && !request.destroyed; sent++) {
      request.write("x".repeat(10));
      await sleep(100);
    }
    if (ends) request.end();
    return answer;
  }

  test("may take its time when it is an upload", async () => {
    expect(await send("/upload", 12, true)).toBe("120");
  });

  test("may so also at a path with a query", async () => {
    expect(await send("/upload?database=main", 12, true)).toBe("120");
  });

  test("is cut off when it goes on behind its answer", async () => {
    listener = await listenHttp("127.0.0.1", 0, async () => new Response("no"), {
      isUpload: () => true,
      timeoutsMs: TIMEOUTS_MS,
    });
    const socket = connect(listener.port, "127.0.0.1");
    const ended = new Promise((resolve) => socket.once("error", resolve).once("close", resolve));
    socket.resume().write("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n");
    const timer = setInterval(() => socket.write("x"), 20);
    await ended;
    clearInterval(timer);
  });

  test("is cut off when nothing comes any more", async () => {
    expect(await send("/upload", 2, false)).toBe("cut");
  });

  test("is cut off when it is none", async () => {
    expect(await send("/other", 12, true)).toBe("cut");
  });
});
