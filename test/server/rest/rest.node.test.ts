/* The REST API over a server's own databases: what wrangler never asks. */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Server } from "../../../src/entry/server.ts";
import { serve } from "../../../src/entry/server.ts";
import { nodeCrypto } from "../../../src/platform/node/crypto.ts";
import { signToken } from "../../../src/server/token-claims.ts";

let data = "";
let server: Server;

beforeEach(async () => {
  data = mkdtempSync(path.join(tmpdir(), "dosql-rest-"));
  server = await serve({ data, httpPort: 0, pgPort: 0 });
});

afterEach(async () => {
  await server.close();
  rmSync(data, { recursive: true, force: true });
});

interface Asked {
  readonly method?: string;
  readonly body?: unknown;
  readonly token?: string;
  readonly account?: string;
}

async function ask(route: string, { method = "POST", body, token, account }: Asked = {}) {
  const base = server.httpUrl.replace(/\/$/, "");
  const address = `${base}/client/v4/accounts/${account ?? "acme"}/d1/database${route}`;
  const response = await fetch(address, {
    method,
    headers: { authorization: `Bearer ${token ?? server.token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, ...((await response.json()) as any) };
}

const query = (name: string, sql: string, more: Asked = {}) =>
  ask(`/${name}/query`, { ...more, body: { sql } });

const tokenFor = (databases: string[] | null, readOnly: boolean): Promise<string> =>
  signToken(
    { subject: "", databases, readOnly, expiresMs: Date.now() + 60_000, notBeforeMs: null },
    new TextEncoder().encode(server.token),
    nodeCrypto,
  );

describe("the D1 REST API", () => {
  it("answers with D1's envelope, statuses and numbers", async () => {
    expect(await ask("", { body: { name: "shop" } })).toMatchObject({
      status: 200,
      success: true,
      errors: [],
      messages: [],
      result: { name: "shop", uuid: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    });
    expect(await ask("", { body: { name: "shop" } })).toMatchObject({
      status: 400,
      success: false,
      result: null,
      errors: [{ code: 7502 }],
    });
    expect(await query("shop", "SELECT nope")).toMatchObject({
      status: 400,
      errors: [{ code: 7500, message: "no such column: nope at offset 7: SQLITE_ERROR" }],
    });
    expect(await query("nobody", "SELECT 1")).toMatchObject({
      status: 404,
      errors: [{ code: 7404 }],
    });
    expect(await query("shop", "SELECT 1", { token: "x" })).toMatchObject({
      status: 401,
      errors: [{ code: 10000 }],
    });
    expect(await ask("", { body: { name: "a", jurisdiction: "eu" } })).toMatchObject({
      status: 501,
      errors: [{ message: expect.stringContaining("jurisdiction") }],
    });
    expect(await ask("/main", { method: "DELETE" })).toMatchObject({ status: 501 });
  });

  it("runs a text as one transaction", async () => {
    expect((await query("main", "CREATE TABLE t (a UNIQUE)")).success).toBe(true);
    expect(
      (await query("main", "INSERT INTO t VALUES (1); INSERT INTO t VALUES (1)")).success,
    ).toBe(false);
    expect((await query("main", "SELECT count(*) AS n FROM t")).result[0].results).toEqual([
      { n: 0 },
    ]);
    const inside = await server.database.session().execute("SELECT count(*) FROM t", []);
    expect(inside.rows).toEqual([[0n]]);
  });

  it("shows an account its own databases only", async () => {
    await ask("", { body: { name: "shop" } });
    const { result } = await ask("/shop", { method: "GET" });
    const other = { method: "GET", account: "evil" };
    expect(await ask(`/${result.uuid}`, other)).toMatchObject({ status: 404 });
    expect((await ask("", other)).result.map((one: any) => one.name)).toEqual(["main"]);
    expect((await query("shop", "SELECT 1", { account: "evil" })).status).toBe(404);
    expect((await ask("/shop", { method: "DELETE", account: "evil" })).status).toBe(404);
    expect((await ask("", { body: { name: "shop" }, account: "evil" })).errors[0].code).toBe(7502);
  });

  it("keeps tokens to their databases, and those that only read to reading", async () => {
    for (const name of ["shop", "other"]) await ask("", { body: { name } });
    await query("shop", "CREATE TABLE t (a); INSERT INTO t VALUES (1)");
    const reading = { token: await tokenFor(["shop"], true) };
    expect((await query("shop", "SELECT a FROM t", reading)).result[0].results).toEqual([{ a: 1 }]);
    const asked = await query("shop", "PRAGMA table_info(t); PRAGMA user_version", reading);
    expect(asked.result[0].results).toMatchObject([{ name: "a" }]);
    for (const sql of [
      "DELETE FROM t",
      "SELECT 1; DELETE FROM t",
      "PRAGMA optimize",
      "EXPLAIN PRAGMA optimize",
      "PRAGMA foreign_keys = OFF",
      "WITH x AS (SELECT 1) INSERT INTO t SELECT * FROM x",
      "DROP TABLE t",
      "PRAGMA user_version = 7",
      "VACUUM",
    ]) {
      expect(await query("shop", sql, reading), sql).toMatchObject({
        status: 403,
        errors: [{ code: 7403 }],
      });
    }
    for (const route of ["/shop/import", "/shop/time_travel/restore?bookmark=x"]) {
      expect(await ask(route, { ...reading, body: { action: "init" } }), route).toMatchObject({
        status: 403,
      });
    }
    const acting = "SELECT 1; SELECT * FROM pragma_optimize(65538)";
    expect((await query("shop", acting, reading)).success).toBe(false);
    const statistics = "SELECT count(*) AS n FROM sqlite_master WHERE name = 'sqlite_stat1'";
    expect((await query("shop", statistics)).result[0].results).toEqual([{ n: 0 }]);
    expect((await ask("/shop", { ...reading, method: "DELETE" })).status).toBe(403);
    // A name is one for all accounts: to make and to free it takes a token for all of them.
    const scoped = { token: await tokenFor(["shop", "new"], false) };
    expect((await ask("/shop", { ...scoped, method: "DELETE" })).status).toBe(403);
    expect((await ask("", { ...scoped, body: { name: "new" } })).status).toBe(403);
    expect((await query("other", "SELECT 1", reading)).status).toBe(404);
    const listed = await ask("", { ...reading, method: "GET" });
    expect(listed.result.map((one: any) => one.name)).toEqual(["shop"]);
    const writing = { token: await tokenFor(["shop"], false) };
    expect((await query("shop", "DELETE FROM t", writing)).success).toBe(true);
    expect((await ask("", { ...writing, body: { name: "third" } })).status).toBe(403);
  });

  it("names no folder by what a client says", async () => {
    const made = await ask("", { body: { name: "a.b:c@d" } });
    expect(made.success).toBe(true);
    const folders = readdirSync(path.join(data, "databases"));
    expect(new Set(folders)).toEqual(new Set([made.result.uuid, "main"]));
    expect(await ask("", { body: { name: "../../x" } })).toMatchObject({ status: 400 });
    expect((await query("..%2F..%2Fx", "SELECT 1")).status).toBe(404);
  });

  it("opens and closes many, and keeps what they hold over a restart", async () => {
    const names = Array.from({ length: 45 }, (_, i) => `db${i}`);
    for (const name of names) {
      await ask("", { body: { name } });
      expect((await query(name, `CREATE TABLE t AS SELECT '${name}' AS a`)).success, name).toBe(
        true,
      );
    }
    await ask("/db7", { method: "DELETE" });
    await server.close();
    server = await serve({ data, httpPort: 0, pgPort: 0 });
    for (const name of names.filter((one) => one !== "db7")) {
      expect((await query(name, "SELECT a FROM t")).result[0].results).toEqual([{ a: name }]);
    }
    expect((await query("db7", "SELECT a FROM t")).status).toBe(404);
    await ask("", { body: { name: "db7" } });
    expect((await query("db7", "SELECT a FROM t")).errors[0].message).toContain("no such table");
  });

  it("takes uploads and gives downloads only by addresses that it made", async () => {
    for (const name of ["shop", "other"]) await ask("", { body: { name } });
    const { result } = await ask("/shop/import", { body: { action: "init", etag: "x" } });
    // Twice it would run as well as once; it is long enough for two to meet.
    const script = `CREATE TABLE IF NOT EXISTS t (a);${"INSERT INTO t VALUES (1);".repeat(1000)}`;
    const put = async (address: string): Promise<number> =>
      (await fetch(address, { method: "PUT", body: script })).status;
    const other = (await ask("/other", { method: "GET" })).result.uuid;
    const shop = (await ask("/shop", { method: "GET" })).result.uuid;
    const address: string = result.upload_url;
    const old = address.replace(/upload\/\d+/, "upload/1000000000000");
    for (const wrong of [`${address}0`, address.replace(shop, other), old]) {
      expect(await put(wrong), wrong).toBe(401);
    }
    expect(await put(address)).toBe(200);
    const body = { action: "ingest", filename: result.filename };
    expect((await ask("/other/import", { body })).success).toBe(false);
    // A client that hears nothing asks again: it runs once.
    const twice = await Promise.all([1, 2].map(() => ask("/shop/import", { body })));
    expect(twice.filter(({ success }) => success === true)).toHaveLength(1);
    const count = await query("shop", "SELECT count(*) AS n FROM t");
    expect(count.result[0].results).toEqual([{ n: 1000 }]);
    const options = { output_format: "polling", dump_options: { tables: ["t"] } };
    const made = (await ask("/shop/export", { body: options })).result.result;
    expect(await (await fetch(made.signed_url)).text()).toContain("CREATE TABLE t (a);");
    const more = made.signed_url.replace("%22t%22", "%22u%22");
    expect((await fetch(more)).status).toBe(401);
  });

  it("binds addresses to the database of their time, and takes an upload once", async () => {
    await ask("", { body: { name: "shop" } });
    await query("shop", "CREATE TABLE secret AS SELECT 1 AS a");
    const exporting = { body: { output_format: "polling", dump_options: {} } };
    const download = (await ask("/shop/export", exporting)).result.result.signed_url;
    const upload = async (): Promise<any> =>
      (await ask("/shop/import", { body: { action: "init" } })).result;
    const [early, late] = [await upload(), await upload()];
    const put = async (address: string, body = "CREATE TABLE u (a)"): Promise<number> =>
      (await fetch(address, { method: "PUT", body })).status;
    expect([await put(early.upload_url), await put(early.upload_url)]).toEqual([200, 400]);
    const body = { action: "ingest", filename: early.filename };
    expect((await ask("/shop/import", { body })).result.status).toBe("complete");
    expect(await put(early.upload_url)).toBe(400);
    expect((await fetch(download)).status).toBe(200);
    for (const [from, to] of [
      [/epoch=\d+/, "epoch=1"],
      [/signature=/, "more=1&signature="],
      [/options=[^&]+&/, ""],
    ] as const) {
      expect((await fetch(download.replace(from, to))).status, String(from)).toBe(401);
    }
    await ask("/shop", { method: "DELETE" });
    expect((await ask("", { body: { name: "shop" } })).success).toBe(true);
    await query("shop", "CREATE TABLE other AS SELECT 2 AS a");
    expect((await fetch(download)).status).toBe(401);
    expect(await put(late.upload_url)).toBe(401);
  });

  it("takes an upload in parts, in their order", async () => {
    await ask("", { body: { name: "shop" } });
    const begin = async (): Promise<any> =>
      (await ask("/shop/import", { body: { action: "init" } })).result;
    const put = async (address: string, body: string, range: string): Promise<number> => {
      const headers = { "content-range": `bytes ${range}` };
      return (await fetch(address, { method: "PUT", body, headers })).status;
    };
    const { upload_url: address, filename } = await begin();
    expect(await put(address, "TABLE t (a);", "7-18/*")).toBe(400);
    expect(await put(address, "CREATE ", "0-6/*")).toBe(200);
    const ingest = { body: { action: "ingest", filename } };
    expect((await ask("/shop/import", ingest)).success).toBe(false);
    expect(await put(address, "TABLE t (a);", "7-18/*")).toBe(200);
    expect(await put(address, "DROP TABLE t", "19-30/31")).toBe(200);
    expect(await put(address, "CREATE ", "0-6/*")).toBe(400);
    expect((await ask("/shop/import", ingest)).result.result.num_queries).toBe(2);
    for (const [first, second] of [
      ["0-6/*", "9-20/21"],
      ["0-6/7", "7-18/19"],
    ] as const) {
      const again = await begin();
      expect(await put(again.upload_url, "CREATE ", first)).toBe(200);
      expect(await put(again.upload_url, "TABLE t (a);", second)).toBe(400);
    }
    const { upload_url: other } = await begin();
    for (const range of ["7-0/*", "0-6/9", "x", "*/7", "0-5/*", "0-7/8"]) {
      expect(await put(other, "CREATE ", range), range).toBe(400);
    }
  });

  it("tells what an import came to until long after it", async () => {
    await ask("", { body: { name: "shop" } });
    const { result } = await ask("/shop/import", { body: { action: "init" } });
    await fetch(result.upload_url, { method: "PUT", body: "CREATE TABLE t (a); nonsense" });
    const { filename } = result;
    const failed = await ask("/shop/import", { body: { action: "ingest", filename } });
    const poll = (bookmark: string) =>
      ask("/shop/import", { body: { action: "poll", current_bookmark: bookmark } });
    expect(failed.errors[0].message).toContain("syntax error");
    expect((await poll(filename)).errors).toEqual(failed.errors);
    for (const nothing of ["x", `${filename}0`]) {
      const said = { success: false, error: "Not currently importing anything." };
      expect((await poll(nothing)).result).toEqual(said);
    }
  });

  it("refuses what are no options of an export", async () => {
    await ask("", { body: { name: "shop" } });
    for (const body of [
      { dump_options: { schema: true } },
      { dump_options: { no_schema: "yes" } },
      { dump_options: { no_data: 1 } },
      { dump_options: { tables: "t" } },
      { dump_options: { tables: [1] } },
      { dump_options: [] },
      { dump_options: "all" },
      { dump_options: { no_schema: true, no_data: true } },
      { output_format: "file" },
    ]) {
      expect(await ask("/shop/export", { body }), JSON.stringify(body)).toMatchObject({
        status: 400,
        errors: [{ code: 7400 }],
      });
    }
    const nulls = { dump_options: { no_schema: null, no_data: false, tables: null } };
    expect((await ask("/shop/export", { body: nulls })).status).toBe(200);
  });

  it("keeps the children of a table that an import makes anew", async () => {
    await ask("", { body: { name: "shop" } });
    let uploads = 0;
    const ingest = async (text: string): Promise<any> => {
      const init = { action: "init", etag: String(uploads++) };
      const { result } = await ask("/shop/import", { body: init });
      expect((await fetch(result.upload_url, { method: "PUT", body: text })).status).toBe(200);
      return ask("/shop/import", { body: { action: "ingest", filename: result.filename } });
    };
    const rows = async (sql: string): Promise<unknown> =>
      (await query("shop", sql)).result[0].results;
    await ingest(
      "CREATE TABLE p (id INTEGER PRIMARY KEY); INSERT INTO p VALUES (1), (2);\n" +
        "CREATE TABLE c (p REFERENCES p ON DELETE CASCADE); INSERT INTO c VALUES (1), (2);",
    );
    const rebuild =
      "PRAGMA foreign_keys=OFF;\nCREATE TABLE n (id INTEGER PRIMARY KEY, more);\n" +
      "INSERT INTO n (id) SELECT id FROM p;\nDROP TABLE p;\nALTER TABLE n RENAME TO p;\n";
    expect(JSON.stringify(await ingest(`${rebuild}nonsense;`))).toContain("line 6: near");
    expect(await rows("SELECT * FROM p")).toEqual([{ id: 1 }, { id: 2 }]);
    await ingest(`${rebuild}PRAGMA foreign_keys=ON;`);
    expect(await rows("SELECT * FROM p WHERE id = 1")).toEqual([{ id: 1, more: null }]);
    expect(await rows("SELECT p FROM c")).toEqual([{ p: 1 }, { p: 2 }]);
    expect((await query("shop", "INSERT INTO c VALUES (3)")).success).toBe(false);
    const early = await ingest("INSERT INTO c VALUES (9); PRAGMA foreign_keys = 0;");
    expect(JSON.stringify(early)).toContain("INSERT of c needs foreign keys on");
    await ingest("-- foreign_keys are on\nDELETE FROM p WHERE id = 1;");
    expect(await rows("SELECT p FROM c")).toEqual([{ p: 2 }]);
  });

  it("asks by GraphQL only for what it knows", async () => {
    const base = server.httpUrl.replace(/\/$/, "");
    const { result } = await ask("/main", { method: "GET" });
    const body = JSON.stringify({
      query: "query { viewer { zones { name } } }",
      variables: { accountTag: "acme", filter: { AND: [{ databaseId: result.uuid }] } },
    });
    const headers = { authorization: `Bearer ${server.token}` };
    const response = await fetch(`${base}/client/v4/graphql`, { method: "POST", headers, body });
    expect(await response.json()).toMatchObject({
      data: null,
      errors: [{ message: expect.stringContaining("d1QueriesAdaptiveGroups") }],
    });
  });
});
