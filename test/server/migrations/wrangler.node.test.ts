import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { NodeSqlDriver } from "../../../src/platform/node/sqlite/sqlite-driver.ts";
import type { SqlClient } from "../../../src/ports/sql-client.ts";
import { migrationHistory } from "../../../src/server/migrations/history.ts";
import { migrate } from "../../../src/server/migrations/migrate.ts";
import { driverClient } from "../../../src/server/session-client.ts";
import { Scratch, openEngine, openFile } from "./scratch.ts";

const WRANGLER = path.join(import.meta.dirname, "../../../node_modules/wrangler/bin/wrangler.js");

const FILES = {
  "wrangler.toml": `name = "shop"
compatibility_date = "2026-08-15"
[[d1_databases]]
binding = "DB"
database_name = "shop"
database_id = "00000000-0000-0000-0000-000000000001"
migrations_dir = "db"
migrations_table = "applied"
`,
  "db/0001_init.sql": `-- The first
CREATE TABLE a (id INTEGER PRIMARY KEY, b TEXT);
CREATE TABLE log (n);
CREATE TRIGGER t AFTER INSERT ON a
BEGIN INSERT INTO log VALUES (new.id); INSERT INTO log VALUES (0); END;
INSERT INTO a VALUES (1, 'x;y');
`,
  "db/0002_it's.sql": "BEGIN TRANSACTION; INSERT INTO a VALUES (2, 'z'); COMMIT;",
  "db/0003_rebuild.sql": `CREATE TABLE p (id INTEGER PRIMARY KEY, x);
CREATE TABLE c (id INTEGER PRIMARY KEY, p REFERENCES p);
INSERT INTO p VALUES (1, 'a'); INSERT INTO c VALUES (10, 1);
PRAGMA defer_foreign_keys = true;
CREATE TABLE n (id INTEGER PRIMARY KEY, y);
INSERT INTO n SELECT * FROM p;
DROP TABLE p;
ALTER TABLE n RENAME TO p;
PRAGMA defer_foreign_keys = false;
`,
  "db/0010_empty.sql": "-- nothing\n",
};

/** Runs the real wrangler on its local D1, without asking the network. */
function wrangler(scratch: Scratch, ...words: readonly string[]): string {
  const state = ["--local", "--persist-to", scratch.at("state")];
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [WRANGLER, "d1", "migrations", ...words, "shop", ...state],
    {
      cwd: scratch.folder,
      encoding: "utf8",
      timeout: 60_000,
      env: {
        ...process.env,
        HOME: scratch.folder,
        XDG_CONFIG_HOME: scratch.folder,
        CI: "1",
        NO_COLOR: "1",
        WRANGLER_SEND_METRICS: "false",
        WRANGLER_HIDE_BANNER: "true",
        WRANGLER_LOG_PATH: scratch.at("log"),
        CLOUDFLARE_CF_FETCH_ENABLED: "false",
      },
    },
  );
  expect(status, stdout + stderr).toBe(0);
  return stdout;
}

/** The file of wrangler's local D1. */
function d1File(scratch: Scratch): string {
  const folder = scratch.at("state/v3/d1/miniflare-D1DatabaseObject");
  const file = fs.readdirSync(folder).find((name) => /^[\da-f]{64}\.sqlite$/.test(name));
  return path.join(folder, file ?? "");
}

function open(file: string): SqlClient {
  return driverClient(new NodeSqlDriver(file, { wal: false }), file);
}

async function states(client: SqlClient, scratch: Scratch): Promise<string> {
  const history = await migrationHistory(client, scratch.set());
  return history.map(({ name, state }) => `${name}:${state}`).join(" ");
}

/** The schema with its texts, and the rows, but for the times and for D1's own table. */
async function contents(client: SqlClient): Promise<unknown[]> {
  const answers = [];
  for (const sql of [
    "SELECT type, name, sql FROM sqlite_schema WHERE name <> '_cf_METADATA' ORDER BY name",
    "SELECT id, name, typeof(applied_at), length(applied_at) FROM applied ORDER BY id",
    "SELECT * FROM a ORDER BY id",
    "SELECT * FROM log",
    "SELECT * FROM p, c",
    "SELECT * FROM sqlite_sequence",
  ]) {
    answers.push((await client.run(sql)).rows);
  }
  return answers;
}

test("wrangler and we keep the same books, and each sees what the other applied", async () => {
  const scratch = new Scratch(FILES);
  wrangler(scratch, "apply");
  const theirs = open(d1File(scratch));
  try {
    expect(await states(theirs, scratch)).toBe(
      "0001_init.sql:applied 0002_it's.sql:applied 0003_rebuild.sql:applied 0010_empty.sql:applied",
    );
    expect(await migrate(theirs, scratch.set())).toMatchObject({ result: "done", applied: [] });
    const wanted = await contents(theirs);
    expect(wanted[1]).toHaveLength(4);
    for (const client of [openFile(scratch), openEngine(scratch)]) {
      expect((await migrate(client, scratch.set())).applied.map(({ name }) => name)).toEqual([
        "0001_init.sql",
        "0002_it's.sql",
        "0003_rebuild.sql",
        "0010_empty.sql",
      ]);
      expect(await contents(client)).toEqual(wanted);
    }
    scratch.write({
      "db/0011_more.sql": "INSERT INTO a VALUES (3, 'm')",
      "db/0012_x.sql": "SELECT 1;",
    });
    await migrate(theirs, scratch.set(), { to: "0011_more" });
  } finally {
    await theirs.close();
  }
  const list = wrangler(scratch, "list");
  expect(list).toContain("0012_x.sql");
  expect(list).not.toContain("0011_more.sql");
  wrangler(scratch, "apply");
  const database = new DatabaseSync(d1File(scratch));
  const names = database.prepare("SELECT id, name FROM applied WHERE id > 4").all();
  database.close();
  expect(names.map((row) => ({ ...row }))).toEqual([
    { id: 5, name: "0011_more.sql" },
    { id: 6, name: "0012_x.sql" },
  ]);
}, 120_000);
