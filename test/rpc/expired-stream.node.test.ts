import { expect, it } from "vitest";
import { nodeCrypto } from "../../src/platform/node/crypto.ts";
import { signToken } from "../../src/server/token-claims.ts";
import { Served } from "./served.ts";

it("a result in parts ends with the token that it was asked with", async () => {
  await using served = await Served.start();
  const expiresMs = (Math.floor(Date.now() / 1000) + 2) * 1000;
  const token = await signToken(
    { subject: "", databases: ["main"], readOnly: true, expiresMs, notBeforeMs: null },
    new TextEncoder().encode(served.server.token),
    nodeCrypto,
  );
  const db = await served.connect("ws", { token });
  const rows = db.iterate(
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4000) " +
      "SELECT i, hex(zeroblob(500)) FROM n",
  );
  expect((await rows.next()).value?.[0]).toBe(1n);
  const { promise: expired, resolve } = Promise.withResolvers<void>();
  setTimeout(resolve, expiresMs - Date.now() + 20);
  await expired;
  let last = 1n;
  const rest = async (): Promise<void> => {
    for await (const [i] of rows) last = i as bigint;
  };
  await expect(rest()).rejects.toMatchObject({
    name: "DosqlError",
    code: "authentication",
    message: "the token has expired",
  });
  // What was on its way is read; what was not is not.
  expect(last).toBeLessThan(4000n);
});
