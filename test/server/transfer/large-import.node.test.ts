/* Scripts of more than 16 MiB on Node, into a database that has tables: all or nothing. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Server } from "../../../src/entry/server.ts";
import { serve } from "../../../src/entry/server.ts";

const ROW = "x".repeat(1_000_000);
const ROWS = 18;

let data = "";
let server: Server;

beforeEach(async () => {
  data = mkdtempSync(path.join(tmpdir(), "dosql-large-import-"));
  server = await serve({ data, httpPort: 0, pgPort: 0 });
  for (const sql of BEFORE) await run(sql);
});

afterEach(async () => {
  await server.close();
  rmSync(data, { recursive: true, force: true });
});

const run = async (sql: string): Promise<unknown[]> =>
  (await server.database.session({ integers: "number" }).execute(sql, [])).rows;

async function ask(body: object): Promise<any> {
  const base = server.httpUrl.replace(/\/$/, "");
  const response = await fetch(`${base}/client/v4/accounts/acme/d1/database/main/import`, {
    method: "POST",
    headers: { authorization: `Bearer ${server.token}` },
    body: JSON.stringify(body),
  });
  return response.json();
}

const BEFORE = [
  "CREATE TABLE parent (id INTEGER PRIMARY KEY, name TEXT UNIQUE)",
  "CREATE TABLE child (id INTEGER PRIMARY KEY AUTOINCREMENT, parent REFERENCES parent, t)",
  "CREATE TABLE gone (v)",
  "CREATE VIRTUAL TABLE words USING fts5(w)",
  "CREATE TRIGGER told AFTER INSERT ON child BEGIN INSERT INTO words VALUES (new.t); END",
  "INSERT INTO parent VALUES (1, 'one')",
  "INSERT INTO child (parent, t) VALUES (1, 'first')",
  "INSERT INTO gone VALUES (1), (2)",
];

const script = (end: string): string =>
  [
    "INSERT INTO parent VALUES (2, 'two')",
    ...Array.from({ length: ROWS }, () => `INSERT INTO child (parent, t) VALUES (2, '${ROW}')`),
    "ALTER TABLE parent ADD COLUMN more",
    "DROP TRIGGER told",
    "DROP TABLE gone",
    "CREATE TABLE gone (other)",
    "CREATE INDEX by_parent ON child (parent)",
    end,
  ].join(";\n");

/** What became of it; `between` runs while it goes on. */
async function imported(text: string, between: () => Promise<void>): Promise<any> {
  const { result } = await ask({ action: "init" });
  expect((await fetch(result.upload_url, { method: "PUT", body: text })).status).toBe(200);
  const done = ask({ action: "ingest", filename: result.filename });
  await between();
  let said = await done;
  while (said.result?.status === "active") {
    said = await ask({ action: "poll", current_bookmark: result.filename });
  }
  return said;
}

async function stateOf(): Promise<unknown> {
  return {
    schema: await run("SELECT type, name, sql FROM sqlite_schema ORDER BY 1, 2"),
    sequence: await run("SELECT * FROM sqlite_sequence"),
    parents: await run("SELECT * FROM parent"),
    children: await run("SELECT id, parent, length(t) FROM child"),
    gone: await run("SELECT * FROM gone"),
    found: await run("SELECT rowid, length(w) FROM words"),
  };
}

it("leaves all as it was when the last statement fails", { timeout: 60_000 }, async () => {
  const before = await stateOf();
  for (const [end, message] of [
    ["nonsense", /near "nonsense"/],
    ["INSERT INTO child (parent) VALUES (77)", /FOREIGN KEY/],
    ["INSERT INTO parent VALUES (1, 'again', NULL)", /UNIQUE/],
  ] as const) {
    const said = await imported(script(end), async () => {
      // Nobody sees a part of it.
      expect(await stateOf()).toEqual(before);
    });
    expect(said.success).toBe(false);
    expect(said.errors[0].message).toMatch(message);
    expect(await stateOf()).toEqual(before);
  }
});

it("comes as a whole", { timeout: 60_000 }, async () => {
  const said = await imported(script("INSERT INTO gone VALUES (3)"), async () => undefined);
  expect(said.result.result.num_queries).toBe(ROWS + 7);
  expect(await run("SELECT count(*), sum(length(t)) FROM child")).toEqual([
    [1 + ROWS, 5 + ROWS * ROW.length],
  ]);
  expect(await run("SELECT other FROM gone")).toEqual([[3]]);
});
