import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import type { D1ApiEnv } from "../../../src/entry/worker.ts";
import { d1Api } from "../../../src/entry/worker.ts";
import { workersSigner } from "../../../src/platform/workers/web-signer.ts";
import type { TokenClaims } from "../../../src/server/token-claims.ts";
import { signToken } from "../../../src/server/token-claims.ts";

const KEY = "a key of the deployment's own";
const api = d1Api();

function signed(claims: Partial<TokenClaims>, secret = KEY): Promise<string> {
  const expiresMs = Date.now() + 60_000;
  const all = { subject: "", databases: null, readOnly: false, expiresMs, notBeforeMs: null };
  return signToken({ ...all, ...claims }, new TextEncoder().encode(secret), workersSigner);
}

async function ask(own: Partial<D1ApiEnv>, token: string, path: string, body?: object) {
  const { DOSQL, DOSQL_CATALOG } = env;
  const request = new Request(`https://worker.example/client/v4/accounts/jwt/d1/database${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const response = await api(request, { DOSQL, DOSQL_CATALOG, DOSQL_KEY: "jwt", ...own });
  return response?.status;
}

it("The D1 REST API takes JSON Web Tokens, also without DOSQL_TOKEN", async () => {
  const own = { DOSQL_JWT_KEY: KEY };
  expect(await ask(own, await signed({}), "", { name: "shop" })).toBe(200);
  const shop = await signed({ databases: ["shop"] });
  const query = (sql: string) => ({ sql });
  expect(await ask(own, shop, "/shop/query", query("CREATE TABLE t (a)"))).toBe(200);
  expect(await ask(own, shop, "", { name: "blog" })).toBe(403);
  const other = await signed({ databases: ["blog"] });
  expect(await ask(own, other, "/shop/query", query("SELECT 1"))).toBeGreaterThan(400);
  const reader = await signed({ databases: ["shop"], readOnly: true });
  expect(await ask(own, reader, "/shop/query", query("SELECT 1"))).toBe(200);
  expect(await ask(own, reader, "/shop/query", query("INSERT INTO t VALUES (1)"))).not.toBe(200);
  for (const token of [KEY, "", await signed({}, `${KEY}x`), await signed({ expiresMs: 1000 })]) {
    expect(await ask(own, token, ""), token).toBeGreaterThan(399);
  }
});

it("signs with DOSQL_TOKEN where there is no other key", async () => {
  const own = { DOSQL_TOKEN: "the-token-of-this-worker" };
  expect(await ask(own, own.DOSQL_TOKEN, "")).toBe(200);
  expect(await ask(own, await signed({}, own.DOSQL_TOKEN), "")).toBe(200);
  expect(await ask({ ...own, DOSQL_JWT_KEY: KEY }, await signed({}, own.DOSQL_TOKEN), "")).toBe(
    401,
  );
});
