/*
 * The real `wrangler d1` against our REST API, in both homes: `dosql serve` on Node, and a Worker
 * in `wrangler dev`.
 */
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serve } from "../../src/entry/server.ts";
import { bundleWorker } from "./ways-in/workers.ts";
import type { WranglerAnswer, WranglerCli } from "./wrangler-cli.ts";
import { wranglerCli } from "./wrangler-cli.ts";
import { startWranglerDev } from "./wrangler-dev.ts";

const TOKEN = "a-token-for-this-test";
const ACCOUNT = "0123456789abcdef0123456789abcdef";
const STEP_MS = 120_000;

/** Where the API is, and how it ends. */
interface Api {
  readonly url: string;
  readonly token: string;
  stop(): Promise<void>;
}

async function onNode(): Promise<Api> {
  const data = mkdtempSync(path.join(tmpdir(), "dosql-rest-"));
  const server = await serve({ data, httpPort: 0, pgPort: 0 });
  return {
    url: `${server.httpUrl.replace(/\/$/, "")}/client/v4`,
    token: server.token,
    async stop() {
      await server.close();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

async function onWorkers(): Promise<Api> {
  const folder = mkdtempSync(path.join(tmpdir(), "dosql-service-"));
  const main = new URL("service/main.workers.ts", import.meta.url);
  // A module of its own: wrangler would load the Worker again whenever a source file changes.
  writeFileSync(path.join(folder, "main.workers.ts"), await bundleWorker(main));
  const config = path.join(folder, "wrangler.toml");
  copyFileSync(path.join(import.meta.dirname, "service/wrangler.toml"), config);
  const dev = await startWranglerDev({ DOSQL_TOKEN: TOKEN }, config);
  return {
    url: `${dev.url}/client/v4`,
    token: TOKEN,
    async stop() {
      await dev.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const SCRIPT = [
  "PRAGMA defer_foreign_keys=TRUE;",
  "CREATE TABLE author (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL);",
  "CREATE TABLE book (id INTEGER PRIMARY KEY, author REFERENCES author, t, x BLOB, r REAL);",
  "INSERT INTO book VALUES (9007199254740993, 7, 'it''s; -- \"so\" \u{1f4a5}', x'00ff', 1.5);",
  "INSERT INTO author VALUES (7, 'Ada');",
  "CREATE VIRTUAL TABLE words USING fts5(w);",
  "INSERT INTO words VALUES ('hello world'), ('good bye');",
  "CREATE TRIGGER named AFTER INSERT ON author BEGIN",
  "  INSERT INTO words VALUES (new.name); SELECT 1;",
  "END;",
  "CREATE INDEX by_author ON book (author);",
  "CREATE VIEW titles AS SELECT t FROM book;",
].join("\n");

/** Rows of more than one piece. */
const MANY = Array.from(
  { length: 4_000 },
  (_, i) => `INSERT INTO many VALUES (${i}, '${i}${"x".repeat(200)}');`,
);

const json = ({ out, err, code }: WranglerAnswer): any => {
  expect(code, out + err).toBe(0);
  return JSON.parse(out.slice(Math.max(0, out.search(/^[[{]/m))));
};

const HOMES: readonly (readonly [string, () => Promise<Api>])[] = [
  ["dosql serve", onNode],
  ["wrangler dev", onWorkers],
];

describe.each(HOMES)("wrangler d1 against %s", (_home, start) => {
  let api: Api;
  let cli: WranglerCli;

  beforeAll(async () => {
    api = await start();
    cli = wranglerCli(api.url, api.token);
  }, 90_000);

  afterAll(async () => {
    cli?.remove();
    await api?.stop();
  });

  const execute = async (name: string, sql: string): Promise<any> =>
    json(await cli.d1("execute", name, "--remote", "--json", "--command", sql));
  const rest = async (route: string, init: RequestInit = {}): Promise<any> => {
    const headers = { authorization: `Bearer ${api.token}` };
    const address = `${api.url}/accounts/${ACCOUNT}/d1/database${route}`;
    return (await fetch(address, { headers, ...init })).json();
  };
  const importScript = async (name: string, script: string): Promise<WranglerAnswer> => {
    writeFileSync(path.join(cli.folder, "in.sql"), script);
    return cli.d1("execute", name, "--remote", "--yes", "--json", "--file", "in.sql");
  };
  const exportTo = async (name: string, file: string, ...more: string[]): Promise<string> => {
    const said = await cli.d1("export", name, "--remote", "-y", "--output", file, ...more);
    expect(said.code, said.out + said.err).toBe(0);
    return readFileSync(path.join(cli.folder, file), "utf8");
  };

  it("creates, lists and describes", { timeout: STEP_MS }, async () => {
    const made = await cli.d1("create", "shop");
    expect(made.code, made.out + made.err).toBe(0);
    const again = await cli.d1("create", "shop");
    expect(again.code).toBe(1);
    expect(again.err).toContain("A database with that name already exists");
    const bad = await cli.d1("create", "no such name");
    expect(bad.err).toContain("is no name of a database");
    const listed = json(await cli.d1("list", "--json"));
    expect(listed.map(({ name }: { name: string }) => name)).toEqual(["main", "shop"]);
    const info = json(await cli.d1("info", "shop", "--json"));
    expect(info).toMatchObject({ name: "shop", uuid: listed[1].uuid, num_tables: 0 });
    expect(made.out).toContain(info.uuid);
    expect((await cli.d1("info", "shoq")).err).toContain("Couldn't find a D1 DB");
  });

  it("lets nobody in without the token", { timeout: STEP_MS }, async () => {
    const stranger = wranglerCli(api.url, "another-token");
    try {
      const said = await stranger.d1("list");
      expect(said.code).toBe(1);
      expect(said.err).toContain("Authentication error [code: 10000]");
    } finally {
      stranger.remove();
    }
    const headers = { authorization: "Basic eDp5" };
    expect(await rest("", { headers })).toMatchObject({ success: false });
    const forged = `/upload/${Date.now()}-0123456789abcdef?signature=${"0".repeat(64)}`;
    const { result } = await rest("/shop");
    const put = { method: "PUT", body: "DROP TABLE t", headers: {} };
    expect(await rest(`/${result.uuid}${forged}`, put)).toMatchObject({
      errors: [{ code: 10000 }],
    });
  });

  it("executes commands, all of one or nothing", { timeout: STEP_MS }, async () => {
    const [made, inserted, read] = await execute(
      "shop",
      "CREATE TABLE t (a INTEGER PRIMARY KEY, b); INSERT INTO t (b) VALUES ('x'), (2) " +
        "RETURNING a; SELECT * FROM t",
    );
    expect(made).toMatchObject({ success: true, results: [] });
    expect(inserted).toMatchObject({ results: [{ a: 1 }, { a: 2 }], meta: { changes: 2 } });
    expect(read.results).toEqual([
      { a: 1, b: "x" },
      { a: 2, b: 2 },
    ]);
    const failed = await cli.d1(
      ...["execute", "shop", "--remote", "--command", "DELETE FROM t; SELECT nope FROM t"],
    );
    expect(failed.code).toBe(1);
    expect(failed.err).toContain("no such column: nope at offset 7: SQLITE_ERROR [code: 7500]");
    expect((await execute("shop", "SELECT count(*) AS n FROM t"))[0].results).toEqual([{ n: 2 }]);
  });

  it("answers rows as arrays, and takes values", { timeout: STEP_MS }, async () => {
    const query = { sql: "SELECT ? AS a, b AS a FROM t WHERE b = ?", params: [1, "x"] };
    const post = { method: "POST", body: JSON.stringify(query) };
    const raw = await rest("/shop/raw", post);
    expect(raw.result[0].results).toEqual({ columns: ["a", "a"], rows: [[1, "x"]] });
    const bad = { method: "POST", body: JSON.stringify({ sql: "SELECT 1", params: 7 }) };
    expect(await rest("/shop/query", bad)).toMatchObject({ success: false, result: null });
    const batch = {
      method: "POST",
      body: JSON.stringify({ batch: [query, { sql: "SELECT 2 AS b" }] }),
    };
    const both = await rest("/shop/query", batch);
    expect(both.result.map(({ results }: { results: unknown }) => results)).toEqual([
      [{ a: "x" }],
      [{ b: 2 }],
    ]);
    expect(await rest("/shop/nowhere")).toMatchObject({ errors: [{ code: 7000 }] });
  });

  it("applies migrations", { timeout: STEP_MS }, async () => {
    const { result } = await rest("/shop");
    writeFileSync(
      path.join(cli.folder, "wrangler.toml"),
      `name = "app"\nmain = "app.js"\ncompatibility_date = "2026-08-15"\n[[d1_databases]]\n` +
        `binding = "DB"\ndatabase_name = "shop"\ndatabase_id = "${result.uuid}"\n`,
    );
    const folder = path.join(cli.folder, "migrations");
    mkdirSync(folder);
    writeFileSync(path.join(folder, "0001_first.sql"), "CREATE TABLE m (a);\n-- done\n");
    writeFileSync(
      path.join(folder, "0002_second.sql"),
      "ALTER TABLE m ADD COLUMN b;\nCREATE TRIGGER g AFTER INSERT ON m BEGIN\n" +
        "  UPDATE m SET b = 'triggered; ' || a;\n  SELECT 1;\nEND;\n" +
        "INSERT INTO m (a) VALUES (1);\n",
    );
    const before = await cli.d1("migrations", "list", "shop", "--remote");
    expect(before.out).toContain("0002_second.sql");
    const applied = await cli.d1("migrations", "apply", "shop", "--remote");
    expect(applied.code, applied.out + applied.err).toBe(0);
    const after = await cli.d1("migrations", "list", "shop", "--remote");
    expect(after.out).toContain("No migrations to apply");
    const [rows] = await execute("shop", "SELECT * FROM m");
    expect(rows.results).toEqual([{ a: 1, b: "triggered; 1" }]);
    writeFileSync(path.join(folder, "0003_wrong.sql"), "CREATE TABLE half (a);\nnonsense;\n");
    const failed = await cli.d1("migrations", "apply", "shop", "--remote");
    expect(failed.code).toBe(1);
    const [tables] = await execute("shop", "SELECT name FROM sqlite_master WHERE name = 'half'");
    expect(tables.results).toEqual([]);
  });

  it("imports and exports, full-text tables too", { timeout: 2 * STEP_MS }, async () => {
    for (const name of ["one", "two"]) {
      expect((await cli.d1("create", name)).code).toBe(0);
    }
    const big = ["CREATE TABLE many (a INTEGER PRIMARY KEY, b);", ...MANY].join("\n");
    const [done] = json(await importScript("one", `${SCRIPT}\n${big}`));
    expect(done.results[0]["Total queries executed"]).toBe(10 + 4_001);
    const text = await exportTo("one", "one.sql");
    expect(text.length).toBeGreaterThan(800_000);
    json(await importScript("two", text));
    expect(await exportTo("two", "two.sql")).toBe(text);
    const [found] = await execute("two", "SELECT w FROM words WHERE words MATCH 'world'");
    expect(found.results).toEqual([{ w: "hello world" }]);
    const [exact] = await execute(
      "two",
      "SELECT CAST(id AS TEXT) AS id, author, t, hex(x) AS x, typeof(r) AS r FROM book",
    );
    expect(exact.results).toEqual([
      { id: "9007199254740993", author: 7, t: 'it\'s; -- "so" \u{1f4a5}', x: "00FF", r: "real" },
    ]);
    const only = await exportTo("one", "book.sql", "--table", "book", "--no-data");
    expect(only).toContain("CREATE TABLE book");
    expect(only).not.toMatch(/INSERT|author \(id/);
  });

  it("takes a script as a whole or not at all", { timeout: STEP_MS }, async () => {
    const failed = await importScript("one", "CREATE TABLE half (a); nonsense;");
    expect(failed.code).toBe(1);
    expect(failed.err + failed.out).toContain("syntax error");
    const [tables] = await execute("one", "SELECT name FROM sqlite_master WHERE name = 'half'");
    expect(tables.results).toEqual([]);
    const poll = {
      method: "POST",
      body: JSON.stringify({ action: "poll", current_bookmark: "x" }),
    };
    expect((await rest("/one/import", poll)).result).toMatchObject({ success: false });
    const wrong = { action: "ingest", filename: "../../../../etc/passwd" };
    const post = { method: "POST", body: JSON.stringify(wrong) };
    expect(await rest("/one/import", post)).toMatchObject({ errors: [{ code: 7400 }] });
  });

  it("keeps the children of a table that a file makes anew", { timeout: STEP_MS }, async () => {
    json(
      await importScript(
        "one",
        "CREATE TABLE parent (id INTEGER PRIMARY KEY);\nINSERT INTO parent VALUES (1);\n" +
          "CREATE TABLE child (p REFERENCES parent ON DELETE CASCADE);\n" +
          "INSERT INTO child VALUES (1);\n",
      ),
    );
    json(
      await importScript(
        "one",
        "PRAGMA foreign_keys=OFF;\nCREATE TABLE new_parent (id INTEGER PRIMARY KEY, more);\n" +
          "INSERT INTO new_parent (id) SELECT id FROM parent;\nDROP TABLE parent;\n" +
          "ALTER TABLE new_parent RENAME TO parent;\nPRAGMA foreign_keys=ON;\n",
      ),
    );
    const [rows] = await execute("one", "SELECT p, id, more FROM child JOIN parent ON id = p");
    expect(rows.results).toEqual([{ p: 1, id: 1, more: null }]);
  });

  it("tells positions and what ran", { timeout: STEP_MS }, async () => {
    const { bookmark } = json(await cli.d1("time-travel", "info", "shop", "--json"));
    expect(bookmark).toMatch(/^[0-9a-f]{16}-[0-9a-f]{16}$/);
    await execute("shop", "DELETE FROM t WHERE a = 1");
    const later = json(await cli.d1("time-travel", "info", "shop", "--json"));
    expect(later.bookmark > bookmark).toBe(true);
    const insights = json(
      await cli.d1("insights", "shop", "--sort-by", "count", "--limit", "3", "--json"),
    );
    expect(insights.length).toBeGreaterThan(0);
    expect(insights.length).toBeLessThanOrEqual(3);
    const info = json(await cli.d1("info", "shop", "--json"));
    expect(info.write_queries_24h).toBeGreaterThan(0);
    const text = json(await cli.d1("insights", "shop", "--limit", "100", "--json"));
    expect(text.map(({ query }: { query: string }) => query)).toContain(
      "DELETE FROM t WHERE a = 1",
    );
  });

  it("goes back in time, and forth again", { timeout: STEP_MS }, async () => {
    await execute("shop", "CREATE TABLE past (a)");
    await execute("shop", "INSERT INTO past VALUES ('kept')");
    const { bookmark } = json(await cli.d1("time-travel", "info", "shop", "--json"));
    await execute("shop", "UPDATE past SET a = 'lost'; INSERT INTO past VALUES ('more')");
    const restored = json(
      await cli.d1("time-travel", "restore", "shop", "--bookmark", bookmark, "--json"),
    );
    const [then] = await execute("shop", "SELECT a FROM past");
    expect(then.results).toEqual([{ a: "kept" }]);
    const post = { method: "POST" };
    const route = `/shop/time_travel/restore?bookmark=${restored.previous_bookmark}`;
    expect(await rest(route, post)).toMatchObject({ success: true });
    const [again] = await execute("shop", "SELECT a FROM past");
    expect(again.results).toEqual([{ a: "lost" }, { a: "more" }]);
    const future = new Date(Date.now() + 3_600_000).toISOString();
    const asked = await rest(`/shop/time_travel/bookmark?timestamp=${future}`);
    expect(
      asked.result.bookmark <= (await rest("/shop/time_travel/bookmark")).result.bookmark,
    ).toBe(true);
    expect(await rest("/shop/time_travel/restore?bookmark=nonsense", post)).toMatchObject({
      errors: [{ code: 7400 }],
    });
  });

  it("deletes", { timeout: STEP_MS }, async () => {
    for (const name of ["shop", "one", "two"]) {
      const said = await cli.d1("delete", name, "-y");
      expect(said.code, said.out + said.err).toBe(0);
    }
    expect(json(await cli.d1("list", "--json"))).toMatchObject([{ name: "main" }]);
    expect(await rest("/shop")).toMatchObject({ errors: [{ code: 7404 }] });
    expect((await cli.d1("create", "shop")).code).toBe(0);
    const [tables] = await execute(
      "shop",
      "SELECT count(*) AS n FROM sqlite_master WHERE name NOT GLOB '_*'",
    );
    expect(tables.results).toEqual([{ n: 0 }]);
  });

  it("pages by number and by cursor", { timeout: STEP_MS }, async () => {
    const names = Array.from({ length: 25 }, (_, i) => `page-${String(i).padStart(2, "0")}`);
    for (const name of names) {
      const made = await rest("", { method: "POST", body: JSON.stringify({ name }) });
      expect(made.success, JSON.stringify(made)).toBe(true);
    }
    // wrangler asks page by page, ten at a time.
    const listed = json(await cli.d1("list", "--json"));
    expect(listed.map(({ name }: { name: string }) => name)).toEqual(["main", ...names, "shop"]);
    const third = await rest("?page=3&per_page=10");
    expect(third).toMatchObject({ result_info: { page: 3, count: 7, total_count: 27 } });
    const first = await rest("?per_page=20&name=page-");
    const second = await rest(`?per_page=20&name=page-&cursor=${first.result_info.cursor}`);
    expect([...first.result, ...second.result].map(({ name }) => name)).toEqual(names);
    expect(second.result_info.cursor).toBeUndefined();
  });
});
