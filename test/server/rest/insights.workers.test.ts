import { evictDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { d1, dosql } from "../../../src/entry/d1.ts";
import { DoSQLD1, d1Api, databases } from "../../../src/entry/worker.ts";
import { askInsights } from "./ask-insights.ts";

const api = d1Api();
const own = {
  DOSQL: env.DOSQL,
  DOSQL_CATALOG: env.DOSQL_CATALOG,
  DOSQL_KEY: "insights",
  DOSQL_TOKEN: "a-token-for-this-test",
};

async function post(path: string, body: string): Promise<Response> {
  const headers = { authorization: `Bearer ${own.DOSQL_TOKEN}` };
  const init = { method: "POST", headers, body };
  const answer = await api(new Request(`https://worker.example/client/v4${path}`, init), own);
  if (answer === null) throw new Error("nobody answered");
  return answer;
}
const insights = (name: string) => askInsights((body) => post("/graphql", body), name);

function bound(database: string): DoSQLD1 {
  return new DoSQLD1({ props: { database } } as never, own);
}

it("counts what came by a stub, by a service binding's two wires and by REST", async () => {
  const made = await post("/accounts/acme/d1/database", '{"name":"shop"}');
  const { result } = (await made.json()) as { result: { uuid: string } };
  const db = d1(databases(own).open("shop"));
  await db.exec("CREATE TABLE t (a)");
  const insert = db.prepare("INSERT INTO t VALUES (?)").bind(1);
  await db.batch([insert, insert]);
  await insert.run();
  await dosql(db).transaction(async (tx) => {
    await tx.prepare("UPDATE t SET a = 2").run();
  });
  for await (const _ of dosql(db).iterate(db.prepare("SELECT a AS streamed FROM t")));
  const fetched = await bound("shop").fetch(
    new Request("http://d1/query?resultsFormat=ROWS_AND_COLUMNS", {
      method: "POST",
      body: JSON.stringify({ sql: "SELECT a AS fetched FROM t", params: [] }),
    }),
  );
  expect(await fetched.json()).toMatchObject([{ success: true }]);
  const asked = [{ sql: "SELECT a AS called FROM t", params: [] }];
  expect(await bound("shop").query({ queries: asked })).toMatchObject({ success: true });
  const body = JSON.stringify({ sql: "SELECT a AS rested FROM t" });
  await post("/accounts/acme/d1/database/shop/query", body);
  // What `wrangler d1 info` makes us ask is nobody's query.
  await api(
    new Request("https://worker.example/client/v4/accounts/acme/d1/database/shop", {
      headers: { authorization: `Bearer ${own.DOSQL_TOKEN}` },
    }),
    own,
  );
  expect(await insights("shop")).toEqual({
    "CREATE TABLE t (a)": 1,
    "INSERT INTO t VALUES (?)": 3,
    "UPDATE t SET a = 2": 1,
    "SELECT a AS streamed FROM t": 1,
    "SELECT a AS fetched FROM t": 1,
    "SELECT a AS called FROM t": 1,
    "SELECT a AS rested FROM t": 1,
  });
  expect(await insights(result.uuid)).toEqual(await insights("shop"));
});

it("remembers what ran when the object was put away, and shows no table of it", async () => {
  await post("/accounts/acme/d1/database", '{"name":"asleep"}');
  const database = databases(own).open("asleep");
  const db = d1(database);
  await db.prepare("SELECT 1").first();
  const { WorkersDirectory } =
    await import("../../../src/entry/workers/workers-directory.workers.ts");
  const id = await new WorkersDirectory(own).directory.idOf("asleep");
  await evictDurableObject(env.DOSQL.get(env.DOSQL.idFromName(id)));
  expect(await insights("asleep")).toEqual({ "SELECT 1": 1 });
  const { results } = await db.prepare("SELECT name FROM sqlite_master").all();
  expect(results).toEqual([]);
});
