import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { connect } from "../../src/entry/client.ts";

/** What a client says to whom every request is answered so. */
async function told(status: number, body: string): Promise<unknown> {
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(status).end(body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  try {
    return await connect(`http://127.0.0.1:${port}`, { token: "t", retryForMs: 0 }).catch(
      (error: unknown) => error,
    );
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const refusal = { code: "permission", message: "no", hint: "ask" };

it.each([
  ["a refusal of ours", 403, JSON.stringify({ error: refusal }), refusal],
  ["a page", 404, "<html>", { code: "protocol", message: /answered 404, and not as DoSQL/ }],
  ["another's JSON", 400, "{}", { code: "protocol", message: /answered 400, and not as DoSQL/ }],
  ["another's error", 400, '{"error":"no"}', { code: "protocol", message: "no" }],
  ["a proxy in trouble", 503, "busy", { code: "connection", message: "the server answered 503" }],
  ["nothing at all", 200, "", { code: "connection", message: /incomplete/ }],
  ["what is no message", 200, "<html>\n", { code: "protocol", message: /JSON/ }],
])("%s is told as what it is", async (_, status, body, { message, ...fields }) => {
  const error = await told(status, body);
  expect(error).toMatchObject({ name: "DosqlError", ...fields });
  expect((error as Error).message).toMatch(message);
});
