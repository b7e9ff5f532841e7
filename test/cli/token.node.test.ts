import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { nodeCrypto } from "../../src/platform/node/crypto.ts";
import type { TokenClaims } from "../../src/server/token-claims.ts";
import { readToken } from "../../src/server/token-claims.ts";
import { dosql } from "./run-dosql.ts";

const folder = mkdtempSync(join(tmpdir(), "dosql-token-"));
const OWN = "a-token-of-a-data-folder";
writeFileSync(join(folder, "token"), `${OWN}\n`);

afterAll(() => rmSync(folder, { recursive: true }));

function claims(token: string, secret = OWN): Promise<TokenClaims> {
  const own = new TextEncoder().encode(secret);
  return readToken(token.trim(), own, { signer: nodeCrypto, nowMs: Date.now() });
}

describe("dosql token", () => {
  it("makes a token of what was asked for", async () => {
    const words = ["--database", "shop", "--database", "blog", "--read-only", "--expires", "2h"];
    const made = await dosql(["token", "--data", folder, ...words, "--subject", "reports"]);
    expect(made).toMatchObject({ code: 0, err: "" });
    const { expiresMs, ...rest } = await claims(made.out);
    expect(rest).toEqual({
      subject: "reports",
      databases: ["shop", "blog"],
      readOnly: true,
      notBeforeMs: null,
    });
    expect(expiresMs).toBeGreaterThan(Date.now() + 7_000_000);
    expect(expiresMs).toBeLessThanOrEqual(Date.now() + 7_200_000);
  });

  it("has defaults, and takes DOSQL_TOKEN", async () => {
    const env = { DOSQL_TOKEN: "another-token-from-outside" };
    const made = await dosql(["token", "--database", "*"], { env });
    expect(await claims(made.out, env.DOSQL_TOKEN)).toMatchObject({ databases: null });
    const plain = await dosql(["token", "--data", folder], { env });
    expect(await claims(plain.out)).toMatchObject({ databases: ["main"], readOnly: false });
  });

  it.each([
    [["--data", folder, "--expires", "0h"], "no time"],
    [["--data", folder, "--expires", "1y"], "no time"],
    [["--data", folder, "--expires", "99999d"], "no time"],
    [["--data", join(folder, "nowhere")], "holds no token"],
  ])("refuses %j", async (words, message) => {
    const { code, out, err } = await dosql(["token", ...words], { cwd: folder });
    expect(code).not.toBe(0);
    expect(out).toBe("");
    expect(err).toContain(message);
  });
});
