import { describe, expect, it } from "vitest";
import type { Signer } from "../../src/ports/signer.ts";
import type { TokenClaims } from "../../src/server/token-claims.ts";
import {
  isClaimsToken,
  opensDatabase,
  readToken,
  signToken,
} from "../../src/server/token-claims.ts";

const NOW_MS = 1_700_000_000_000;
const SECRET = new TextEncoder().encode("a secret of thirty-two characters");

/** The web's crypto, which both homes have. */
const signer: Signer = {
  async hmacSha256(key, data) {
    const usage = { name: "HMAC", hash: "SHA-256" };
    const own = await crypto.subtle.importKey("raw", Uint8Array.from(key), usage, false, ["sign"]);
    return new Uint8Array(await crypto.subtle.sign("HMAC", own, Uint8Array.from(data)));
  },
  timingSafeEqual: (a, b) => a.length === b.length && a.every((byte, at) => byte === b[at]),
};

const CLAIMS: TokenClaims = {
  subject: "reports",
  databases: ["main", "other"],
  readOnly: true,
  expiresMs: NOW_MS + 60_000,
  notBeforeMs: NOW_MS - 1000,
};

const read = (token: string, nowMs = NOW_MS): Promise<TokenClaims> =>
  readToken(token, SECRET, { signer, nowMs });

function part(value: unknown): string {
  return Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString(
    "base64url",
  );
}

/** A token with a right signature, whatever it says. */
async function signed(payload: unknown, header: unknown = { alg: "HS256" }): Promise<string> {
  const text = `${part(header)}.${part(payload)}`;
  const mac = await signer.hmacSha256(SECRET, new TextEncoder().encode(text));
  return `${text}.${Buffer.from(mac).toString("base64url")}`;
}

const GOOD = { aud: "dosql", exp: NOW_MS / 1000 + 60, db: "*" };

describe("a token", () => {
  it("says what it was made to say", async () => {
    const token = await signToken(CLAIMS, SECRET, signer);
    expect(isClaimsToken(token)).toBe(true);
    expect(await read(token)).toEqual(CLAIMS);
    const all = { ...CLAIMS, subject: "", databases: null, readOnly: false, notBeforeMs: null };
    expect(await read(await signToken(all, SECRET, signer))).toEqual(all);
  });

  it("is what RFC 7515 says it is", async () => {
    // Appendix A.1: the key, and the token that it signs, whose audience is not ours.
    const key = Buffer.from(
      "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow",
      "base64url",
    );
    const token =
      "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQog" +
      "Imh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    const reading = readToken(token, key, { signer, nowMs: 0 });
    await expect(reading).rejects.toThrow("the token is for somebody else");
  });

  it("opens the databases it names", async () => {
    expect(opensDatabase(CLAIMS, "main")).toBe(true);
    expect(opensDatabase(CLAIMS, "mai")).toBe(false);
    expect(opensDatabase({ ...CLAIMS, databases: null }, "any")).toBe(true);
    expect((await read(await signed({ ...GOOD, db: "one" }))).databases).toEqual(["one"]);
    expect(await read(await signed({ ...GOOD, aud: ["x", "dosql"] }))).toMatchObject({
      databases: null,
      readOnly: false,
    });
  });

  it.each([
    ["has expired", { ...GOOD, exp: NOW_MS / 1000 }],
    ["is not valid yet", { ...GOOD, nbf: NOW_MS / 1000 + 6 }],
    ["is for somebody else", { ...GOOD, aud: "other" }],
    ["is for somebody else", { ...GOOD, aud: undefined }],
    ["says not when it ends", { ...GOOD, exp: undefined }],
    ["says not when it ends", { ...GOOD, exp: "2100" }],
    ["says not rightly when it begins", { ...GOOD, nbf: "x" }],
    ["says not rightly what it opens", { ...GOOD, db: undefined }],
    ["says not rightly what it opens", { ...GOOD, db: [1] }],
    ["says not rightly what it opens", { ...GOOD, ro: "true" }],
    ["is none", "not JSON"],
    ["is none", []],
  ])("that %s is refused", async (why, payload) => {
    await expect(read(await signed(payload))).rejects.toMatchObject({
      code: "authentication",
      message: `the token ${why}`,
    });
  });

  it.each([
    { alg: "none" },
    { alg: "None" },
    { alg: "HS512" },
    { alg: "RS256" },
    { alg: ["HS256"] },
    {},
    { alg: "HS256", typ: "at+jwt" },
    { alg: "HS256", crit: ["exp"] },
  ])("with the header %j is refused", async (header) => {
    await expect(read(await signed(GOOD, header))).rejects.toMatchObject({
      code: "authentication",
    });
    const [head, payload] = (await signed(GOOD, header)).split(".");
    await expect(read(`${head}.${payload}.`)).rejects.toMatchObject({ code: "authentication" });
  });

  it("with one character changed is refused, anywhere", async () => {
    const token = await signToken(CLAIMS, SECRET, signer);
    for (let at = 0; at < token.length; at++) {
      // The last character carries bits that mean nothing.
      if (at === token.length - 1) continue;
      const other = token[at] === "A" ? "B" : "A";
      const changed = token.slice(0, at) + other + token.slice(at + 1);
      await expect(read(changed), changed).rejects.toMatchObject({ code: "authentication" });
    }
  });

  it("needs a secret worth the name", async () => {
    const short = new Uint8Array(15);
    await expect(signToken(CLAIMS, short, signer)).rejects.toMatchObject({
      code: "invalid-argument",
    });
    const token = await signToken(CLAIMS, SECRET, signer);
    await expect(readToken(token, short, { signer, nowMs: NOW_MS })).rejects.toMatchObject({
      code: "invalid-argument",
    });
    await expect(
      readToken(token, new Uint8Array(16), { signer, nowMs: NOW_MS }),
    ).rejects.toMatchObject({ message: "the token has a wrong signature" });
  });

  it("of great length is not looked at", async () => {
    const token = await signed({ ...GOOD, sub: "x".repeat(8192) });
    await expect(read(token)).rejects.toMatchObject({ message: "the token is none" });
  });
});
