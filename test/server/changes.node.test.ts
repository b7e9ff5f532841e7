import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { nodeCrypto } from "../../src/platform/node/crypto.ts";
import { CAPTURE_ON } from "../../src/engine/capture/capture-setting.ts";
import { httpHandler } from "../../src/server/http.ts";
import { ShardFixture } from "../engine/open-shard.ts";

const TOKEN = "0123456789abcdef0123456789abcdef";

let fixture: ShardFixture;
let handler: (request: Request) => Promise<Response>;

beforeEach(async () => {
  fixture = new ShardFixture({ capture: CAPTURE_ON });
  const { feed } = fixture.database;
  handler = httpHandler({
    crypto: nodeCrypto,
    token: TOKEN,
    allowedHosts: [],
    allowedOrigins: [],
    ready: () => true,
    health: () => ({ version: "1", uptimeMs: 0, formatVersion: 2, databases: [], sessions: 0 }),
    feed,
  });
  await run("CREATE TABLE t (id INTEGER PRIMARY KEY, v)");
  await run("INSERT INTO t VALUES (1, 'a')");
});

afterEach(() => fixture[Symbol.asyncDispose]());

async function run(sql: string): Promise<void> {
  await fixture.database.session().execute(sql, []);
}

function call(method: string, path: string, body?: unknown): Promise<Response> {
  const headers = { host: "localhost", authorization: `Bearer ${TOKEN}` };
  const init = body === undefined ? {} : { body: JSON.stringify(body) };
  return handler(new Request(`http://localhost${path}`, { method, headers, ...init }));
}

type Line = { readonly event: string; readonly lsn: number; readonly code?: string };

/** The lines of an answer, one at a time. */
async function* linesOf(response: Response): AsyncGenerator<Line> {
  let rest = "";
  for await (const chunk of response.body ?? []) {
    rest += new TextDecoder().decode(chunk as Uint8Array);
    const lines = rest.split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) yield JSON.parse(line) as Line;
  }
  expect(rest).toBe("");
}

async function next(lines: AsyncGenerator<Line>): Promise<Line> {
  const { value, done } = await lines.next();
  if (done === true) throw new Error("the stream is over");
  return value;
}

describe("GET /v1/changes", () => {
  test("streams what was, and what happens", async () => {
    const response = await call("GET", "/v1/changes?from=start&heartbeat=0");
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("application/x-ndjson");
    const lines = linesOf(response);
    expect(await next(lines)).toEqual({ event: "begin", lsn: 0 });
    expect(await next(lines)).toMatchObject({ event: "transaction", lsn: 2 });
    expect(await next(lines)).toMatchObject({ event: "transaction", lsn: 4 });
    const waiting = next(lines);
    await run("UPDATE t SET v = 'b'");
    expect(await waiting).toMatchObject({
      lsn: 6,
      records: [{ op: "update", before: { id: 1, v: "a" }, after: { id: 1, v: "b" } }],
    });
    await lines.return(undefined);
  });

  test("ends with the database", async () => {
    const lines = linesOf(await call("GET", "/v1/changes"));
    expect(await next(lines)).toEqual({ event: "begin", lsn: 4 });
    const waiting = lines.next();
    fixture.database.feed.close();
    expect(await waiting).toEqual({ done: true, value: undefined });
  });

  test("that is not read any more frees its slot", async () => {
    await fixture.database.feed.slots.create("s", {});
    const active = (): unknown => fixture.database.feed.slots.get("s")?.active;
    const unread = await call("GET", "/v1/changes?slot=s");
    expect(active()).toBe(true);
    expect((await call("GET", "/v1/changes?slot=s")).status).toBe(409);
    await unread.body?.cancel();
    expect(active()).toBe(false);
    const lines = linesOf(await call("GET", "/v1/changes?slot=s"));
    await next(lines);
    await lines.return(undefined);
    expect(active()).toBe(false);
  });

  test("stops where the log ended, if asked to", async () => {
    const all = async (query: string): Promise<Line[]> => {
      const lines: Line[] = [];
      for await (const line of linesOf(await call("GET", `/v1/changes?${query}`))) lines.push(line);
      return lines;
    };
    const events = (lines: Line[]): string[] => lines.map(({ event, lsn }) => `${event} ${lsn}`);
    expect(events(await all("from=start&follow=false"))).toEqual([
      "begin 0",
      "transaction 2",
      "transaction 4",
      "end 4",
    ]);
    expect(events(await all("follow=false"))).toEqual(["begin 4", "end 4"]);
    // Nothing passes the filter.
    const none = events(await all("from=start&operations=delete&follow=false"));
    expect([none[0], none.at(-1)]).toEqual(["begin 0", "end 4"]);
    expect(events(await all("from=snapshot&follow=false"))).toEqual([
      "snapshot 4",
      "snapshot-end 4",
      "end 4",
    ]);
  });

  test("says in its last line what made it end", async () => {
    await fixture.database.feed.slots.create("s", { maxLag: 3 });
    const lines = linesOf(await call("GET", "/v1/changes?slot=s"));
    await next(lines);
    const waiting = next(lines);
    await run("INSERT INTO t VALUES (2, 1), (3, 1), (4, 1), (5, 1), (6, 1)");
    let last = await waiting;
    for await (const line of lines) last = line;
    expect(last).toMatchObject({ event: "error", code: "history-gone" });
  });

  test.each([
    ["?from=99", 400, "invalid-argument"],
    ["?what=1", 400, "invalid-argument"],
    ["?tables=nosuch", 404, "not-found"],
    ["?slot=nosuch", 404, "not-found"],
  ])("refuses %s", async (query, status, code) => {
    const response = await call("GET", `/v1/changes${query}`);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error: { code } });
  });

  test("needs the token, and is only read", async () => {
    const url = "http://localhost/v1/changes";
    const refused = await handler(new Request(url, { headers: { host: "localhost" } }));
    expect(refused.status).toBe(401);
    expect((await call("POST", "/v1/changes")).status).toBe(405);
  });
});

describe("/v1/slots", () => {
  test("creates, confirms, lists and drops", async () => {
    const created = await call("POST", "/v1/slots", { name: "mail", from: 2, maxLag: 1_000 });
    expect(created.status).toBe(201);
    expect(await created.json()).toMatchObject({ name: "mail", confirmedLsn: 2, maxLag: 1_000 });
    const confirmed = await call("POST", "/v1/slots/confirm", { name: "mail", lsn: 4 });
    expect(await confirmed.json()).toMatchObject({ name: "mail", confirmedLsn: 4 });
    expect(await (await call("GET", "/v1/slots")).json()).toMatchObject({
      slots: [{ name: "mail", lagEntries: 0, active: false, lost: null }],
    });
    expect((await call("DELETE", "/v1/slots?name=mail")).status).toBe(200);
    expect(await (await call("GET", "/v1/slots")).json()).toEqual({ slots: [] });
  });

  test.each([
    ["POST", "/v1/slots", { name: "a b" }, 400],
    ["POST", "/v1/slots", { name: "s", from: "snapshot" }, 400],
    ["POST", "/v1/slots", { name: "s", form: 1 }, 400],
    ["POST", "/v1/slots", [], 400],
    ["POST", "/v1/slots", { name: "there" }, 409],
    ["POST", "/v1/slots/confirm", { name: "there" }, 400],
    ["POST", "/v1/slots/confirm", { name: "there", lsn: 99 }, 400],
    ["POST", "/v1/slots/confirm", { name: "nosuch", lsn: 1 }, 404],
    ["DELETE", "/v1/slots", undefined, 400],
    ["DELETE", "/v1/slots?name=nosuch", undefined, 404],
  ])("refuses %s %s of %j with %i", async (method, path, body, status) => {
    await call("POST", "/v1/slots", { name: "there" });
    const response = await call(method, path, body);
    expect(response.status).toBe(status);
    expect(await response.json()).toHaveProperty("error.message");
  });
});
