import pg from "pg";
import { expect, it } from "vitest";
import { d1 } from "../../../src/entry/d1.ts";
import { Served } from "../../rpc/served.ts";
import { askInsights } from "./ask-insights.ts";

it("counts what came by RPC, by D1's face over it, by Postgres' protocol and by REST", async () => {
  await using served = await Served.start();
  const post = async (path: string, body: string): Promise<Response> => {
    const headers = { authorization: `Bearer ${served.server.token}` };
    const base = served.server.httpUrl.replace(/\/$/, "");
    return fetch(`${base}/client/v4${path}`, { method: "POST", headers, body });
  };
  const db = await served.connect();
  await db.query("CREATE TABLE t (a)");
  const insert = { sql: "INSERT INTO t VALUES (1)", params: [] };
  await db.batch([insert, insert]);
  await d1(db).prepare("SELECT a AS by_d1 FROM t").all();
  const client = new pg.Client(served.server.pgUrl);
  await client.connect();
  await client.query("SELECT a AS by_pg FROM t");
  await client.end();
  const route = "/accounts/acme/d1/database/main";
  await post(`${route}/query`, JSON.stringify({ sql: "SELECT a AS by_rest FROM t" }));
  const graphql = (body: string): Promise<Response> => post("/graphql", body);
  const expected = {
    "CREATE TABLE t (a)": 1,
    "INSERT INTO t VALUES (1)": 2,
    "SELECT a AS by_d1 FROM t": 1,
    "SELECT a AS by_pg FROM t": 1,
    "SELECT a AS by_rest FROM t": 1,
  };
  expect(await askInsights(graphql, "main")).toMatchObject(expected);
  // A script's statements are no queries.
  const { result } = (await (await post(`${route}/import`, '{"action":"init"}')).json()) as {
    result: { upload_url: string; filename: string };
  };
  await fetch(result.upload_url, { method: "PUT", body: "INSERT INTO t VALUES ('script');" });
  await post(`${route}/import`, JSON.stringify({ action: "ingest", filename: result.filename }));
  expect(Object.keys(await askInsights(graphql, "main"))).not.toContainEqual(
    expect.stringContaining("script"),
  );
  expect((await db.query("SELECT count(*) FROM t WHERE a = 'script'")).rows).toEqual([[1n]]);
  await served.restart();
  expect(await askInsights(graphql, "main")).toMatchObject(expected);
  const create = { method: "POST", body: JSON.stringify({ name: "other" }) };
  await post("/accounts/acme/d1/database", create.body);
  expect(await askInsights(graphql, "other")).toEqual({});
});
