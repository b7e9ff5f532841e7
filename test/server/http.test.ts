import { describe, expect, test } from "vitest";
import { AbsentFeed } from "../engine/feed/absent-feed.ts";
import type { Crypto } from "../../src/ports/crypto.ts";
import { httpHandler } from "../../src/server/http.ts";
import type { HttpService } from "../../src/server/http.ts";
import { isLoopback, isTrustedHost } from "../../src/server/http-host.ts";

const TOKEN = "0123456789abcdef0123456789abcdef";
const compared: number[] = [];

/** Only what the handler uses; the "hash" keeps its argument apart and has one length. */
const crypto = {
  sha256(data: Uint8Array) {
    const hash = new Uint8Array(64);
    hash.set(data.slice(0, 60));
    hash[63] = data.length;
    return hash;
  },
  timingSafeEqual(a: Uint8Array, b: Uint8Array) {
    compared.push(a.length, b.length);
    return a.every((byte, i) => byte === b[i]);
  },
} as unknown as Crypto;

let ready = true;
const service: HttpService = {
  crypto,
  token: TOKEN,
  allowedHosts: ["db.example"],
  allowedOrigins: ["https://app.example"],
  ready: () => ready,
  feed: new AbsentFeed("in this test"),
  health: () => ({ version: "1.2.3", uptimeMs: 5, formatVersion: 1, databases: [], sessions: 2 }),
};
const handler = httpHandler(service);

async function call(
  path: string,
  options: { method?: string; headers?: Record<string, string> } = {},
): Promise<{ status: number; body: string; headers: Headers }> {
  const headers = { host: "127.0.0.1:8432", ...options.headers };
  const method = options.method ?? "GET";
  const response = await handler(new Request(`http://localhost${path}`, { method, headers }));
  return { status: response.status, body: await response.text(), headers: response.headers };
}

const bearer = { authorization: `Bearer ${TOKEN}` };

describe("routes", () => {
  test("livez and readyz are open, and readyz says when it is not", async () => {
    expect(await call("/livez")).toMatchObject({ status: 200, body: "ok\n" });
    expect(await call("/readyz")).toMatchObject({ status: 200, body: "ready\n" });
    ready = false;
    expect(await call("/readyz")).toMatchObject({ status: 503 });
    expect(await call("/livez")).toMatchObject({ status: 200 });
    ready = true;
  });

  test("health needs the token", async () => {
    const refused = await call("/health");
    expect(refused.status).toBe(401);
    expect(refused.headers.get("www-authenticate")).toContain("Bearer");
    const { status, body } = await call("/health", { headers: bearer });
    expect(status).toBe(200);
    expect(JSON.parse(body)).toEqual({
      version: "1.2.3",
      uptimeMs: 5,
      formatVersion: 1,
      databases: [],
      sessions: 2,
    });
  });

  test.each(["", "Bearer", "Bearer x", `Basic ${TOKEN}`, `Bearer ${TOKEN}0`, `Bearer ${TOKEN} x`])(
    "the header %j does not open it",
    async (authorization) => {
      expect((await call("/health", { headers: { authorization } })).status).toBe(401);
    },
  );

  test("what is compared has one length, whatever was sent", async () => {
    compared.length = 0;
    await call("/health", { headers: { authorization: "Bearer short" } });
    await call("/health", { headers: { authorization: `Bearer ${"long".repeat(50)}` } });
    expect(new Set(compared).size).toBe(1);
  });

  test("unknown routes are hidden without the token and 404 with it", async () => {
    expect((await call("/nothing")).status).toBe(401);
    const { status, body } = await call("/nothing", { headers: bearer });
    expect(status).toBe(404);
    expect(JSON.parse(body)).toEqual({ error: { code: "not-found", message: "no such route" } });
  });

  test("methods", async () => {
    const refused = await call("/health", { method: "POST", headers: bearer });
    expect(refused.status).toBe(405);
    expect(refused.headers.get("allow")).toBe("GET, HEAD");
    expect(await call("/livez", { method: "HEAD" })).toMatchObject({ status: 200, body: "" });
  });

  test("a failure inside is an answer, not a crash, and tells nothing", async () => {
    const broken = httpHandler({
      ...service,
      health() {
        throw new TypeError("secret");
      },
    });
    const headers = { host: "localhost", ...bearer };
    const response = await broken(new Request("http://localhost/health", { headers }));
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain("secret");
  });
});

describe("strangers in the browser", () => {
  test.each([
    "evil.example",
    "evil.example:8432",
    "127.0.0.1.evil.example",
    "localhost.evil.example",
    "",
  ])("the Host %j is refused on every route", async (host) => {
    for (const path of ["/livez", "/health"]) {
      const { status } = await call(path, { headers: { ...bearer, host } });
      expect(status).toBe(403);
    }
  });

  test.each([
    "localhost",
    "LOCALHOST:1",
    "127.0.0.1:8432",
    "[::1]:8432",
    "192.168.1.5",
    "DB.example:80",
  ])("the Host %j is accepted", async (host) => {
    expect((await call("/livez", { headers: { host } })).status).toBe(200);
  });

  test("an Origin is refused unless it is allowed", async () => {
    for (const origin of ["https://evil.example", "null", "http://127.0.0.1:8432"]) {
      expect((await call("/health", { headers: { ...bearer, origin } })).status).toBe(403);
    }
    const headers = { ...bearer, origin: "https://app.example" };
    expect((await call("/health", { headers })).status).toBe(200);
  });
});

test("what is loopback", () => {
  for (const host of ["127.0.0.1", "127.1.2.3", "localhost", "::1", "[::1]", "::ffff:127.0.0.1"]) {
    expect(isLoopback(host)).toBe(true);
  }
  for (const host of ["0.0.0.0", "::", "10.0.0.1", "127.0.0.1.example", "example", ""]) {
    expect(isLoopback(host)).toBe(false);
  }
  expect(isTrustedHost("[::1", [])).toBe(false);
});
