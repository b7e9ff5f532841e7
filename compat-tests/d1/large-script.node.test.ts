/*
 * Scripts that one event of a Durable Object is too short for: in workerd, by the real wrangler and
 * by the API itself. `LARGE_MB=1000 vitest run --project node compat-tests/d1/large-script` takes a
 * larger one.
 */
import {
  createReadStream,
  createWriteStream,
  mkdtempSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { RestWorker } from "./rest-worker.ts";
import { startRestWorker } from "./rest-worker.ts";
import type { WranglerCli } from "./wrangler-cli.ts";
import { wranglerCli } from "./wrangler-cli.ts";

const LARGE_MB = Number(process.env["LARGE_MB"] ?? 64);
/** Beyond what is run in one event. */
const SLICED_MB = 20;
const TIMEOUT_MS = 120_000 + LARGE_MB * 2_000;
/** The one that wrangler asks for. */
const ACCOUNT = "0123456789abcdef0123456789abcdef";
/** While a script is made nobody sees that the other side closes idle connections. */
const ONE_USE = { connection: "close" };
const IMPORTING = "Currently processing a long-running import.";
const PADDING = "x".repeat(400);

const folder = mkdtempSync(path.join(tmpdir(), "dosql-large-"));
let api: RestWorker;
let cli: WranglerCli;

beforeAll(async () => {
  api = await startRestWorker(folder);
  cli = wranglerCli(api.url, api.token);
}, 60_000);

afterAll(async () => {
  cli?.remove();
  await api?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Lines come before what they refer to, and a full-text table and an index after both. */
function* script(megabytes: number, end = ""): Generator<string> {
  yield "PRAGMA defer_foreign_keys=TRUE;\n";
  yield "CREATE TABLE line (id INTEGER PRIMARY KEY AUTOINCREMENT, note REFERENCES note, t TEXT);\n";
  yield "CREATE TABLE note (id INTEGER PRIMARY KEY, t TEXT);\n";
  const texts = [0, 1].map((part) => `VALUES(%,${part === 0 ? "%," : ""}'☃ % ${PADDING}');\n`);
  for (const [table, values = ""] of [
    ["line", texts[0]],
    ["note", texts[1]],
  ]) {
    for (let id = 1, length = 0; length < megabytes * 500_000; id += 1) {
      const line = `INSERT INTO "${table}" ${values.replaceAll("%", String(id))}`;
      length += line.length;
      yield line;
    }
  }
  yield "INSERT INTO note SELECT id, 'more' FROM line WHERE id > (SELECT max(id) FROM note);\n";
  yield "INSERT INTO note VALUES (0, 'no ON CONFLICT');\n";
  yield "CREATE VIRTUAL TABLE words USING fts5(w);\n";
  yield "INSERT INTO words SELECT t FROM note WHERE id <= 1000;\n";
  yield "CREATE INDEX by_note ON line (note);\nCREATE VIEW texts AS SELECT t FROM note;\n";
  yield "CREATE TRIGGER instead INSTEAD OF INSERT ON texts BEGIN SELECT 1; END;\n";
  yield `CREATE TRIGGER again AFTER INSERT ON note BEGIN SELECT 1; SELECT 2; END;\n${end}`;
}

/** In a slice that was committed long before the script fails. */
const EARLY =
  "CREATE TABLE kept (a); INSERT INTO kept VALUES (1); CREATE VIEW early AS SELECT a FROM kept;\n" +
  "CREATE TRIGGER no AFTER DELETE ON kept BEGIN SELECT RAISE(ABORT, 'no'); END;\n" +
  "CREATE VIRTUAL TABLE found USING fts5(w); INSERT INTO found VALUES ('x');\n";

async function ask(route: string, body?: unknown): Promise<any> {
  const response = await fetch(`${api.url}/accounts/${ACCOUNT}/d1/database${route}`, {
    method: body === undefined ? "GET" : "POST",
    headers: { authorization: `Bearer ${api.token}`, ...ONE_USE },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return response.json();
}

/** Creates a database, uploads a script, and answers with its name there. */
async function upload(name: string, lines: Iterable<string>): Promise<string> {
  await ask("", { name });
  const { result } = await ask(`/${name}/import`, { action: "init", etag: "x" });
  const body = Readable.toWeb(Readable.from(lines).map((line) => Buffer.from(line)));
  const put = { method: "PUT", body, duplex: "half", headers: ONE_USE } as unknown as RequestInit;
  expect((await fetch(result.upload_url, put)).status).toBe(200);
  return result.filename;
}

/** Asks until it is over. */
async function finish(name: string, begun: any, between?: () => Promise<void>): Promise<any> {
  let said = begun;
  while (said.result?.status === "active") {
    await between?.();
    const current_bookmark = said.result.at_bookmark;
    said = await ask(`/${name}/import`, { action: "poll", current_bookmark });
  }
  return said;
}

const rows = async (name: string, sql: string): Promise<any> => {
  const { result, errors } = await ask(`/${name}/query`, { sql });
  return result?.[0]?.results ?? errors[0].message;
};

const TOTALS =
  "SELECT (SELECT count(*) FROM line) AS lines, (SELECT sum(id) FROM note) AS notes, " +
  "(SELECT count(*) FROM words WHERE words MATCH '7') AS found, " +
  "(SELECT seq FROM sqlite_sequence WHERE name = 'line') AS seq, " +
  "(SELECT sum(length(CAST(t AS BLOB))) FROM note) AS bytes";

it(`moves ${LARGE_MB} MB in and out by wrangler`, { timeout: TIMEOUT_MS }, async () => {
  await ask("", { name: "large" });
  const file = path.join(cli.folder, "large.sql");
  await pipeline(Readable.from(script(LARGE_MB)), createWriteStream(file));
  expect(statSync(file).size).toBeGreaterThan(LARGE_MB * 1_000_000);
  const taken = await cli.d1("execute", "large", "--remote", "--yes", "--file", "large.sql");
  expect(taken.code, taken.out + taken.err).toBe(0);
  const [totals] = await rows("large", TOTALS);
  expect(totals).toMatchObject({ found: 1, seq: totals.lines });
  expect(totals.bytes).toBeGreaterThan(LARGE_MB * 400_000);

  const given = await cli.d1("export", "large", "--remote", "-y", "--output", "out.sql");
  expect(given.code, given.out + given.err).toBe(0);
  await ask("", { name: "copy" });
  const back = await cli.d1("execute", "copy", "--remote", "--yes", "--file", "out.sql");
  expect(back.code, back.out + back.err).toBe(0);
  expect(await rows("copy", TOTALS)).toEqual([totals]);
  let bytes = 0;
  for await (const piece of createReadStream(path.join(cli.folder, "out.sql"))) {
    bytes += (piece as Buffer).length;
  }
  console.log(`exported ${bytes} bytes; workerd's peak: ${api.peakBytes()} bytes`);
});

it("shows nobody a part of it, and one at a time", { timeout: TIMEOUT_MS }, async () => {
  const filename = await upload("hidden", script(44));
  const begun = await ask("/hidden/import", { action: "ingest", filename });
  expect(begun.result).toMatchObject({ status: "active", at_bookmark: filename });
  const again = await ask("/hidden/import", { action: "ingest", filename });
  expect(again.result).toMatchObject({
    success: false,
    error: expect.stringContaining("Currently processing a long-running import"),
  });
  const seen = new Set<unknown>();
  const done = await finish("hidden", begun, async () => {
    for (const sql of ["SELECT count(*) AS n FROM line", "CREATE TABLE mine (a)"]) {
      seen.add(await rows("hidden", sql));
    }
  });
  expect([...seen]).toEqual([IMPORTING]);
  expect(done).toMatchObject({ result: { status: "complete" } });
  const [{ lines, seq }] = await rows("hidden", TOTALS);
  expect(lines).toBe(seq);
  // Whoever did not hear it asks again.
  const poll = { action: "poll", current_bookmark: filename };
  expect((await ask("/hidden/import", poll)).result).toEqual(done.result);
  expect(await rows("hidden", "INSERT INTO line (note) VALUES (-1)")).toMatch(/FOREIGN KEY/);
});

it("leaves nothing of a script that fails at its end", { timeout: TIMEOUT_MS }, async () => {
  const ends: [string, RegExp][] = [
    ["nonsense;", /^statement \d{5}: near "nonsense": syntax error/],
    ["INSERT INTO line (note) VALUES (-1);", /^(?:statement \d{5}: )?FOREIGN KEY constraint/],
    ["DELETE FROM note WHERE id = 7;", /DELETE in a script of more than 16 MiB/],
  ];
  for (const [i, [end, message]] of ends.entries()) {
    const name = `failing-${i}`;
    const lines = [EARLY, ...script(SLICED_MB, end)];
    const filename = await upload(name, lines);
    const said = await finish(name, await ask(`/${name}/import`, { action: "ingest", filename }));
    expect(said).toMatchObject({ success: false, errors: [{ message: expect.any(String) }] });
    expect(said.errors[0].message).toMatch(message);
    const left = "SELECT name FROM sqlite_master WHERE name NOT GLOB '_*'";
    // It stays where it was made once, as in any SQLite.
    expect(await rows(name, left)).toEqual([{ name: "sqlite_sequence" }]);
    expect(await rows(name, "SELECT * FROM sqlite_sequence")).toEqual([]);
  }
  const filename = await upload("failing-0", script(SLICED_MB));
  const begun = await ask("/failing-0/import", { action: "ingest", filename });
  expect((await finish("failing-0", begun)).result.status).toBe("complete");
});

it("leaves tables that were there before as they were", { timeout: TIMEOUT_MS }, async () => {
  await ask("", { name: "used" });
  const before = Array.from(script(2, EARLY)).join("");
  const file = path.join(cli.folder, "used.sql");
  writeFileSync(file, before);
  const first = await cli.d1("execute", "used", "--remote", "--yes", "--file", "used.sql");
  expect(first.code, first.out + first.err).toBe(0);
  const [totals] = await rows("used", TOTALS);
  const schema = await rows("used", "SELECT * FROM sqlite_master ORDER BY name");
  const more = function* (end: string): Generator<string> {
    yield "UPDATE kept SET a = 2; DROP TABLE kept; CREATE TABLE kept (b); CREATE TABLE new (a);\n";
    yield "INSERT INTO words VALUES ('7 7 7');\n";
    for (let id = 0, length = 0; length < SLICED_MB * 1_000_000; id += 1) {
      const line = `INSERT INTO note VALUES (${1_000_000 + id}, '${id} ${PADDING}');\n`;
      length += line.length;
      yield line;
    }
    yield end;
  };
  await pipeline(Readable.from(more("nonsense;")), createWriteStream(file));
  const failed = await cli.d1("execute", "used", "--remote", "--yes", "--file", "used.sql");
  expect(failed.code).not.toBe(0);
  expect(failed.out + failed.err).toMatch(/near "nonsense": syntax error/);
  expect(await rows("used", TOTALS)).toEqual([totals]);
  expect(await rows("used", "SELECT a FROM kept")).toEqual([{ a: 1 }]);
  const now = await rows("used", "SELECT * FROM sqlite_master ORDER BY name");
  const facts = (all: any[]): unknown[] => all.map(({ type, name, sql }) => [type, name, sql]);
  expect(facts(now)).toEqual(facts(schema));

  await pipeline(Readable.from(more("")), createWriteStream(file));
  const taken = await cli.d1("execute", "used", "--remote", "--yes", "--file", "used.sql");
  expect(taken.code, taken.out + taken.err).toBe(0);
  expect(await rows("used", "SELECT count(*) AS n FROM new")).toEqual([{ n: 0 }]);
  expect((await rows("used", TOTALS))[0].found).toBe(totals.found + 1);
});

it("goes on after a restart, although nobody asks", { timeout: TIMEOUT_MS }, async () => {
  const filename = await upload("restarted", script(44));
  const begun = await ask("/restarted/import", { action: "ingest", filename });
  expect(begun.result.status).toBe("active");
  await api.stop();
  api = await startRestWorker(folder);
  expect(await rows("restarted", "SELECT 1 AS n")).toBe(IMPORTING);
  let state: unknown;
  do {
    await new Promise((resolve) => setTimeout(resolve, 500));
    state = await rows("restarted", TOTALS);
  } while (state === IMPORTING);
  const poll = { action: "poll", current_bookmark: filename };
  const { result, errors } = await ask("/restarted/import", poll);
  expect(errors).toEqual([]);
  const [{ lines, seq, found }] = state as any[];
  expect([lines, found]).toEqual([seq, 1]);
  expect(result).toMatchObject({ status: "complete", result: { num_queries: expect.any(Number) } });
  expect(result.result.num_queries).toBeGreaterThan(2 * lines);
});
