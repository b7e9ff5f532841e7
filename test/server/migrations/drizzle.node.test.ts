import { describe, expect, test } from "vitest";
import { nodeCrypto } from "../../../src/platform/node/crypto.ts";
import { nodeFiles } from "../../../src/platform/node/files/files.ts";
import { folderForNew } from "../../../src/server/migrations/folder.ts";
import { migrationHistory } from "../../../src/server/migrations/history.ts";
import { migrate } from "../../../src/server/migrations/migrate.ts";
import { newMigration } from "../../../src/server/migrations/new-migration.ts";
import type { SqlClient } from "../../../src/ports/sql-client.ts";
import { CLIENTS, Scratch, answer, openFile } from "./scratch.ts";

// What drizzle-kit 0.31 writes for a table whose column loses NOT NULL.
const REBUILD = `PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE \`__new_users\` (
\t\`id\` integer PRIMARY KEY NOT NULL,
\t\`nick\` text DEFAULT 'z'
);
--> statement-breakpoint
INSERT INTO \`__new_users\`("id", "nick")
 SELECT "id", "nick" FROM \`users\`;--> statement-breakpoint
DROP TABLE \`users\`;--> statement-breakpoint
ALTER TABLE \`__new_users\` RENAME TO \`users\`;--> statement-breakpoint
PRAGMA foreign_keys=ON;`;

const INIT = `CREATE TABLE \`posts\` (
\t\`id\` integer PRIMARY KEY NOT NULL,
\t\`user\` integer NOT NULL,
\tFOREIGN KEY (\`user\`) REFERENCES \`users\`(\`id\`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE \`users\` (\`id\` integer PRIMARY KEY NOT NULL, \`nick\` text DEFAULT 'y' NOT NULL)`;

function journal(...entries: readonly (readonly [string, number])[]): Record<string, string> {
  const list = entries.map(([tag, when], idx) => ({
    idx,
    version: "6",
    when,
    tag,
    breakpoints: true,
  }));
  const text = JSON.stringify({ version: "7", dialect: "sqlite", entries: list }, null, 2);
  return { "drizzle/meta/_journal.json": text };
}

const FILES = { "drizzle/0000_init.sql": INIT, "drizzle/0001_rebuild.sql": REBUILD };
const JOURNAL = journal(["0000_init", 1_795_275_687_773], ["0001_rebuild", 1_795_275_704_237]);

/** The table as drizzle-orm 0.45 makes it, with rows as it writes them. */
async function drizzleTable(client: SqlClient, ...rows: readonly string[]): Promise<void> {
  await client.run(`CREATE TABLE IF NOT EXISTS "__drizzle_migrations" (
\t\t\t\tid SERIAL PRIMARY KEY,
\t\t\t\thash text NOT NULL,
\t\t\t\tcreated_at numeric
\t\t\t)`);
  for (const row of rows) {
    await client.run(`INSERT INTO __drizzle_migrations ("hash", "created_at") VALUES (${row})`);
  }
}

async function states(client: SqlClient, scratch: Scratch): Promise<string> {
  const history = await migrationHistory(client, scratch.set());
  return history.map(({ name, state }) => `${name}:${state}`).join(" ");
}

describe.each(CLIENTS)("drizzle's journal through %s", (_name, open) => {
  test("is applied as drizzle does, and its table has the same rows", async () => {
    const scratch = new Scratch({ ...FILES, ...JOURNAL });
    const client = open(scratch);
    const first = await migrate(client, scratch.set(), { to: "0000_init" });
    expect(first.applied).toEqual([{ name: "0000_init", statements: 2 }]);
    await client.run("INSERT INTO users VALUES (1, 'a')");
    await client.run("INSERT INTO posts VALUES (1, 1)");
    expect((await migrate(client, scratch.set())).applied).toHaveLength(1);
    expect(await answer(client, "SELECT * FROM posts")).toBe("1|1");
    const table = "SELECT id, hash, created_at, typeof(created_at) FROM __drizzle_migrations";
    const [init, rebuild] = scratch.set().migrations;
    expect(await answer(client, table)).toBe(
      `null|${init?.checksum}|1795275687773|integer ` +
        `null|${rebuild?.checksum}|1795275704237|integer`,
    );
    expect(
      await answer(client, "SELECT name, type FROM pragma_table_info('__drizzle_migrations')"),
    ).toBe("id|SERIAL hash|TEXT created_at|numeric");
  });

  test("what drizzle applied is applied; what it would pass over is out of order", async () => {
    const scratch = new Scratch({ ...FILES, ...JOURNAL });
    const client = open(scratch);
    const [init] = scratch.set().migrations;
    await drizzleTable(client, `'${init?.checksum}', 1795275687773.0`);
    expect(await states(client, scratch)).toBe("0000_init:applied 0001_rebuild:pending");
    // In a Durable Object drizzle writes no hash.
    await client.run("UPDATE __drizzle_migrations SET hash = ''");
    expect(await states(client, scratch)).toBe("0000_init:applied 0001_rebuild:pending");
    await client.run("UPDATE __drizzle_migrations SET hash = 'x'");
    expect(await states(client, scratch)).toBe("0000_init:changed 0001_rebuild:pending");
    await client.run("UPDATE __drizzle_migrations SET created_at = 1795275704237");
    expect(await states(client, scratch)).toBe("0000_init:out-of-order 0001_rebuild:changed");
    await expect(migrate(client, scratch.set(), { allowChanged: true })).rejects.toThrow(
      "0000_init: not applied, but older than what is",
    );
  });

  test("names what is applied and gone by its tag or its time", async () => {
    const scratch = new Scratch({ ...FILES, ...JOURNAL });
    const client = open(scratch);
    scratch.remove("drizzle/0000_init.sql");
    await expect(migrationHistory(client, scratch.set())).rejects.toThrow(
      "0000_init.sql is in drizzle's journal, but not in the folder",
    );
    await drizzleTable(client, "'a', 1795275687773", "'b', 1", "'c', NULL");
    expect(await states(client, scratch)).toBe(
      "0000_init:missing made at 1970-01-01T00:00:00.001Z:missing " +
        "made at an unknown time:missing 0001_rebuild:pending",
    );
  });

  test("is not mixed up with drizzle 1", async () => {
    const scratch = new Scratch({ ...FILES, ...JOURNAL });
    const client = open(scratch);
    await drizzleTable(client);
    await client.run("ALTER TABLE __drizzle_migrations ADD COLUMN name text");
    await client.run("ALTER TABLE __drizzle_migrations ADD COLUMN applied_at TEXT");
    await expect(migrationHistory(client, scratch.set())).rejects.toThrow(
      "__drizzle_migrations was brought to drizzle 1, the folder was not",
    );
  });
});

describe("drizzle 1's folders", () => {
  const files = {
    "drizzle/20261121154100_init/migration.sql": INIT,
    "drizzle/20261121154200_rebuild/migration.sql": REBUILD,
  };

  test("are applied, with rows as drizzle 1 writes them", async () => {
    const scratch = new Scratch(files);
    const client = openFile(scratch);
    expect((await migrate(client, scratch.set())).applied).toHaveLength(2);
    const [init] = scratch.set().migrations;
    const columns = "id, hash, created_at, name, applied_at GLOB '2*T*.???Z'";
    const sql = `SELECT ${columns} FROM __drizzle_migrations ORDER BY id LIMIT 1`;
    const whenMs = Date.parse("2026-11-21T15:41:00Z");
    expect(await answer(client, sql)).toBe(`1|${init?.checksum}|${whenMs}|20261121154100_init|1`);
    expect(await states(client, scratch)).toBe(
      "20261121154100_init:applied 20261121154200_rebuild:applied",
    );
  });

  test("need a table that drizzle 1 has upgraded", async () => {
    const scratch = new Scratch(files);
    const client = openFile(scratch);
    await drizzleTable(client, "'a', 1795275687773");
    await expect(migrate(client, scratch.set())).rejects.toThrow(
      "__drizzle_migrations was made by a drizzle before 1, the folder by 1",
    );
  });
});

describe("a new migration in drizzle's journal", () => {
  const home = { files: nodeFiles, clock: { nowMs: () => 1_795_275_700_000 }, hashing: nodeCrypto };
  const make = (scratch: Scratch, name: string): string =>
    newMigration(home, folderForNew(nodeFiles, { base: scratch.folder }), name);
  const snapshot = {
    version: "6",
    dialect: "sqlite",
    id: "6a1d1fbd-0f4f-4a1e-b8a4-4b5f5c1f1a11",
    prevId: "00000000-0000-0000-0000-000000000000",
    tables: { users: {} },
    _meta: { schemas: {}, tables: { '"x"': '"y"' }, columns: {} },
  };

  test("has an entry newer than all, and hands the snapshot on", async () => {
    const scratch = new Scratch({
      ...FILES,
      ...JOURNAL,
      "drizzle/meta/0001_snapshot.json": JSON.stringify(snapshot),
    });
    expect(make(scratch, "back fill")).toBe(scratch.at("drizzle/0002_back_fill.sql"));
    const { entries, version } = JSON.parse(scratch.text("drizzle/meta/_journal.json")) as {
      version: string;
      entries: object[];
    };
    expect(version).toBe("7");
    expect(entries).toHaveLength(3);
    expect(entries[2]).toEqual({
      idx: 2,
      version: "6",
      // The clock is behind the last entry here; drizzle passes over what is not newer.
      when: 1_795_275_704_238,
      tag: "0002_back_fill",
      breakpoints: true,
    });
    const next = JSON.parse(scratch.text("drizzle/meta/0002_snapshot.json")) as typeof snapshot;
    expect(next).toEqual({
      ...snapshot,
      id: next.id,
      prevId: snapshot.id,
      _meta: { schemas: {}, tables: {}, columns: {} },
    });
    expect(next.id).toMatch(/^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect(scratch.set().migrations.map(({ name }) => name)).toContain("0002_back_fill");
  });

  test("is left to drizzle-kit where more than that is needed", () => {
    const hint = { code: "unsupported", hint: "drizzle-kit generate --custom --name x" };
    const attempt = (files: Record<string, string>): unknown => {
      try {
        return make(new Scratch(files), "x");
      } catch (error) {
        return error;
      }
    };
    const whole = {
      ...FILES,
      ...JOURNAL,
      "drizzle/meta/0001_snapshot.json": JSON.stringify(snapshot),
    };
    expect(attempt({ ...FILES, ...JOURNAL })).toMatchObject(hint);
    expect(attempt({ ...whole, "drizzle/migrations.js": "" })).toMatchObject(hint);
    expect(attempt({ ...whole, ...journal(["0000_init", 1], ["20261121_b", 2]) })).toMatchObject(
      hint,
    );
    expect(attempt({ "drizzle/20261121154100_init/migration.sql": INIT })).toMatchObject(hint);
    expect(attempt(journal())).toMatchObject(hint);
    const taken = { ...whole, "drizzle/meta/0002_snapshot.json": "{}" };
    expect(attempt(taken)).toMatchObject({ code: "bad-file" });
    expect(attempt(whole)).toMatch(/0002_x\.sql$/);
  });
});
