/*
 * `dosql copy` from a real D1, which answers by its binding behind the few pages of the REST API
 * that a copy asks, to a Worker of ours.
 */
import { createServer } from "node:http";
import type { IncomingMessage, Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Log, LogLevel, Miniflare, convertV4MiniflareOptions } from "miniflare";
import { afterAll, beforeAll, expect, it } from "vitest";
import { dosql, scratchFolder } from "../../test/cli/run-dosql.ts";
import type { RestWorker } from "./rest-worker.ts";
import { startRestWorker } from "./rest-worker.ts";
import { COMPATIBILITY_DATE } from "./workerd.ts";

interface D1 {
  prepare(sql: string): { raw(options: { columnNames: true }): Promise<unknown[][]> };
  exec(sql: string): Promise<unknown>;
}

const ID = "0f0f0f0f-0000-4000-8000-000000000001";
const TIMEOUT_MS = 120_000;

let miniflare: Miniflare;
let db: D1;
let api: Server;
let target: RestWorker;

beforeAll(async () => {
  miniflare = new Miniflare({
    ...convertV4MiniflareOptions({
      log: new Log(LogLevel.NONE),
      cf: false,
      modules: true,
      script: "export default {}",
      compatibilityDate: COMPATIBILITY_DATE,
      d1Databases: ["DB"],
    }),
    telemetry: { enabled: false },
  });
  db = await miniflare.getD1Database("DB");
  api = createServer((request, response) => {
    void answer(request).then(({ status, ...value }) => {
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify(value));
    });
  }).listen(0, "127.0.0.1");
  target = await startRestWorker();
}, TIMEOUT_MS);

afterAll(async () => {
  api?.close();
  await Promise.all([miniflare?.dispose(), target?.stop()]);
});

/** In the words of Cloudflare's API: it lists by name, and knows databases by their id. */
async function answer(
  request: IncomingMessage,
): Promise<{ status: number; [key: string]: unknown }> {
  const base = "/accounts/acme/d1/database";
  const good = (result: unknown) => ({ status: 200, success: true, errors: [], result });
  const bad = (status: number, message: string) => {
    return { status, success: false, errors: [{ code: 7500, message }], result: null };
  };
  if (request.headers.authorization !== "Bearer cloudflare's")
    return bad(401, "Authentication error");
  if (request.url === `${base}?name=shop`) return good([{ uuid: ID, name: "shop" }]);
  if (request.url !== `${base}/${ID}/raw`) return bad(404, "no such page");
  let text = "";
  for await (const piece of request) text += String(piece);
  const { sql } = JSON.parse(text) as { sql: string };
  try {
    const [columns, ...rows] = await db.prepare(sql).raw({ columnNames: true });
    return good([{ success: true, meta: {}, results: { columns, rows } }]);
  } catch (error) {
    return bad(400, String(error));
  }
}

const copy = async (...words: string[]) => {
  const { port } = api.address() as AddressInfo;
  const { code, out, err } = await dosql(
    ["copy", "d1:shop", new URL(target.url).origin, "--json", ...words],
    {
      env: {
        CLOUDFLARE_API_BASE_URL: `http://127.0.0.1:${port}`,
        CLOUDFLARE_API_TOKEN: "cloudflare's",
        CLOUDFLARE_ACCOUNT_ID: "acme",
        DOSQL_TOKEN: target.token,
      },
    },
  );
  return { code, err, ...JSON.parse(out || "{}") };
};

const SCHEMA = [
  "CREATE TABLE child (id INTEGER PRIMARY KEY AUTOINCREMENT, parent REFERENCES parent, t TEXT)",
  "CREATE TABLE parent (id INTEGER PRIMARY KEY, exact INTEGER, r REAL, b BLOB)",
  "CREATE TABLE empty (a, b, PRIMARY KEY (b, a)) WITHOUT ROWID",
  "CREATE VIRTUAL TABLE words USING fts5 (w)",
  "CREATE INDEX by_parent ON child (parent, lower(t))",
  "CREATE VIEW both AS SELECT t, exact FROM child JOIN parent ON parent.id = parent",
  "INSERT INTO parent VALUES (1, 9007199254740993, 0.1, x'00ff'), (2, -1, 1e300, zeroblob(9))",
  "INSERT INTO child (parent, t) SELECT 1 + value % 2, 'text ' || value || char(10) || '☃' FROM " +
    "json_each('[' || substr(replace(hex(zeroblob(1500)), '00', ',7'), 2) || ']')",
  "DELETE FROM child WHERE id = 1500",
  // Its literal is longer than D1 takes as a value, and than a Durable Object takes as a statement.
  "INSERT INTO parent VALUES (3, 0, 0.5, zeroblob(1500000)), (4, 0, 0.5, zeroblob(70000))",
  "INSERT INTO words VALUES ('hello world')",
  "INSERT INTO words (words, rank) VALUES ('rank', 'bm25(2.0)')",
  "CREATE TRIGGER noted AFTER INSERT ON child BEGIN INSERT INTO words VALUES (new.t); END",
];

it(
  "copies a D1 that is in use, FTS5 and 64-bit integers too",
  { timeout: TIMEOUT_MS },
  async () => {
    for (const sql of SCHEMA) await db.prepare(sql).raw({ columnNames: true });
    const first = await copy();
    expect(first, first.err).toMatchObject({ code: 0, result: "equal", copied: 1504 });
    expect(first.tables.map(({ name }: { name: string }) => name).sort()).toEqual([
      ...["child", "empty", "parent", "words"],
    ]);

    await db.exec("INSERT INTO child (parent, t) VALUES (1, 'late')");
    await db.exec("UPDATE parent SET exact = exact + 1 WHERE id = 1");
    const changed = await copy("--verify-only");
    expect(changed).toMatchObject({ code: 1, result: "different" });
    const names = changed.tables.filter(({ equal }: any) => !equal).map(({ name }: any) => name);
    expect(names.sort()).toEqual(["child", "parent", "words"]);
    const again = await copy("--again");
    expect(again, again.err).toMatchObject({ code: 0, result: "equal" });

    const headers = { authorization: `Bearer ${target.token}` };
    const ask = async (sql: string): Promise<unknown> => {
      const address = `${target.url}/accounts/any/d1/database/main/query`;
      const body = JSON.stringify({ sql });
      const answered: any = await (await fetch(address, { method: "POST", headers, body })).json();
      return answered.result?.[0]?.results ?? answered.errors;
    };
    expect(await ask("SELECT CAST(exact AS TEXT) AS e FROM parent WHERE id = 1")).toEqual([
      { e: "9007199254740994" },
    ]);
    expect(await ask("SELECT w FROM words WHERE words MATCH 'late'")).toEqual([{ w: "late" }]);
    expect(await ask("INSERT INTO child (t) VALUES ('next') RETURNING id")).toEqual([{ id: 1502 }]);
  },
);

it(
  "copies a file of more than one upload into a named database",
  { timeout: TIMEOUT_MS },
  async () => {
    const folder = scratchFolder();
    const file = path.join(folder, "long.sqlite");
    const long = new DatabaseSync(file);
    long.exec("CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT, x REAL)");
    long.exec(
      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40000) " +
        "INSERT INTO t SELECT i, i || hex(zeroblob(250)) || '☃', i / 3.0 FROM n",
    );
    long.close();
    const origin = new URL(target.url).origin;
    const headers = { authorization: `Bearer ${target.token}` };
    const create = { method: "POST", headers, body: JSON.stringify({ name: "long" }) };
    expect((await fetch(`${target.url}/accounts/any/d1/database`, create)).status).toBe(200);
    const env = { DOSQL_TOKEN: target.token };
    const { out, err } = await dosql(["copy", file, `${origin}/long`, "--json"], { env });
    expect(JSON.parse(out || "{}"), err).toMatchObject({ result: "equal", copied: 40_000 });
  },
);
