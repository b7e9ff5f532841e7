import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { spawnSync } from "node:child_process";
import * as path from "node:path";
import pg from "pg";
import { beforeEach, describe, expect, test, vi } from "vitest";
import Database from "dosql/better-sqlite3";
import { open } from "dosql";
import { d1 } from "dosql/d1";
import { serve as serveHere } from "dosql/server";
import { atEnd, collect, dosql, scratchFolder, serve, start } from "./run-dosql.ts";
import type { Finished, Served } from "./run-dosql.ts";

const NO_PSQL = spawnSync("psql", ["--version"]).error !== undefined;
/** Longer than anything here takes, on a busy machine too. */
const PATIENCE = { timeout: 20_000, interval: 20 };

let data: string;

beforeEach(() => {
  data = path.join(scratchFolder(), "data");
});

interface Line {
  readonly event: string;
  readonly lsn: number;
  readonly origin?: string;
  readonly records?: readonly {
    readonly op: string;
    readonly table: string;
    readonly after?: Readonly<Record<string, unknown>>;
  }[];
  /** When it came. */
  readonly atMs: number;
}

/** A running `dosql tail`. */
class Tail {
  readonly lines: Line[] = [];
  readonly child: ChildProcess;
  readonly finished: Promise<Finished>;
  err = "";

  constructor(words: readonly string[], env: Record<string, string> = {}) {
    this.child = start(["tail", ...words], { env });
    this.finished = collect(this.child);
    let rest = "";
    this.child.stdout?.on("data", (chunk: string) => {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop() ?? "";
      const atMs = performance.now();
      for (const line of lines) this.lines.push({ ...(JSON.parse(line) as Line), atMs });
    });
    this.child.stderr?.on("data", (chunk: string) => (this.err += chunk));
  }

  /** What `v` was in each row that was inserted. */
  get values(): unknown[] {
    return this.lines
      .flatMap(({ records }) => records ?? [])
      .filter(({ op }) => op === "insert")
      .map(({ after }) => after?.["v"]);
  }

  async until(check: () => boolean): Promise<void> {
    await vi.waitFor(() => {
      if (!check()) throw new Error(`not yet: ${JSON.stringify(this.values)} ${this.err}`);
    }, PATIENCE);
  }

  async stop(): Promise<Finished> {
    this.child.kill("SIGINT");
    return this.finished;
  }
}

async function client(server: Pick<Served, "pgUrl">): Promise<pg.Client> {
  const connected = new pg.Client({ connectionString: server.pgUrl });
  connected.on("error", () => undefined);
  await connected.connect();
  atEnd(() => void connected.end().catch(() => undefined));
  return connected;
}

async function makeTable(server: Pick<Served, "pgUrl">): Promise<pg.Client> {
  const connected = await client(server);
  await connected.query("CREATE TABLE t (id INTEGER PRIMARY KEY, v)");
  return connected;
}

/** psql with a script that goes on; a write is over when its tag was printed. */
function psqlWriter(pgUrl: string): (sql: string) => Promise<void> {
  const child = spawn("psql", [pgUrl, "--no-psqlrc"], { stdio: ["pipe", "pipe", "inherit"] });
  atEnd(() => void child.kill());
  let tags = 0;
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    tags += text.split("INSERT 0 1").length - 1;
  });
  let sent = 0;
  return async (sql) => {
    const mine = ++sent;
    child.stdin.write(`${sql};\n`);
    await vi.waitFor(() => expect(tags).toBeGreaterThanOrEqual(mine), { ...PATIENCE, interval: 5 });
  };
}

describe("in one process: a server, the D1 face and the better-sqlite3 face", () => {
  test("every write is told once, in order, in another process", async () => {
    await using server = await serveHere({ data, pgPort: 0, httpPort: 0 });
    const pgClient = await makeTable(server);
    const database = open(data);
    const overD1 = d1(database);
    const face = new Database(data);
    const insert = face.prepare("INSERT INTO t (v) VALUES (?)");
    const psql = NO_PSQL ? null : psqlWriter(server.pgUrl);
    const writers: ((v: string) => unknown)[] = [
      (v) =>
        psql === null
          ? pgClient.query("INSERT INTO t (v) VALUES ($1)", [v])
          : psql(`INSERT INTO t (v) VALUES ('${v}')`),
      (v) => overD1.prepare("INSERT INTO t (v) VALUES (?)").bind(v).run(),
      (v) => insert.run(v),
      (v) => server.database.session().execute("INSERT INTO t (v) VALUES (?)", [v]),
    ];
    const tail = new Tail(["--data", data, "--from", "start"]);
    const wanted: string[] = [];
    const delaysMs: number[] = [];
    for (let i = 0; i < 40; i++) {
      const v = `${i % writers.length}:${i}`;
      await writers[i % writers.length]?.(v);
      const doneMs = performance.now();
      wanted.push(v);
      await tail.until(() => tail.values.length === wanted.length);
      delaysMs.push((tail.lines.at(-1)?.atMs ?? Infinity) - doneMs);
    }
    expect(tail.values).toEqual(wanted);
    expect(delaysMs.toSorted((a, b) => a - b)[delaysMs.length / 2]).toBeLessThan(1_000);

    // All at once: who is first is open, that each is told once and in its own order is not.
    const many = 25;
    const rounds = writers.map(async (write, writer) => {
      for (let i = 0; i < many; i++) {
        await write(`${writer}:${100 + i}`);
        await new Promise((resolve) => setImmediate(resolve));
      }
    });
    await Promise.all(rounds);
    await tail.until(() => tail.values.length === wanted.length + many * writers.length);
    const later = tail.values.slice(wanted.length).map(String);
    for (const [writer] of writers.entries()) {
      const own = later.filter((v) => v.startsWith(`${writer}:`));
      expect(own).toEqual(Array.from({ length: many }, (_, i) => `${writer}:${100 + i}`));
    }
    const stored = face.prepare("SELECT v FROM t ORDER BY id").pluck().all();
    expect(tail.values).toEqual(stored);
    const lsns = tail.lines.map(({ lsn }) => lsn);
    expect(lsns).toEqual(lsns.toSorted((a, b) => a - b));
    expect(new Set(lsns).size).toBe(lsns.length);

    expect(await tail.stop()).toMatchObject({ code: 0, err: "" });
    face.close();
    await database.close();
  }, 60_000);

  test("writers take turns on transactions", async () => {
    await using server = await serveHere({ data, pgPort: 0, httpPort: 0 });
    const pgClient = await makeTable(server);
    const face = new Database(data);
    face.exec("BEGIN; INSERT INTO t (v) VALUES ('face 1')");
    const waiting = pgClient.query("INSERT INTO t (v) VALUES ('pg')");
    await new Promise((resolve) => setTimeout(resolve, 50));
    face.exec("INSERT INTO t (v) VALUES ('face 2'); COMMIT");
    await waiting;
    const { out } = await dosql(["tail", "--data", data, "--from", "start", "--no-follow"]);
    const lines = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Line);
    expect(lines.map(({ records }) => records?.map(({ after }) => after?.["v"]))).toEqual([
      [undefined],
      ["face 1", "face 2"],
      ["pg"],
    ]);
    face.close();
  });
});

describe("dosql tail", () => {
  test("goes on where it was when the server comes back, at another port", async () => {
    const first = await serve(data);
    const tail = new Tail(["--data", data, "--from", "start"]);
    const before = await makeTable(first);
    await tail.until(() => tail.lines.length === 1);
    await before.query("INSERT INTO t (v) VALUES (1)");
    await tail.until(() => tail.values.length === 1);
    await first.stop();
    const second = await serve(data);
    await (await client(second)).query("INSERT INTO t (v) VALUES (2)");
    await tail.until(() => tail.values.length === 2);
    await second.stop("SIGKILL");
    const third = await serve(data);
    await (await client(third)).query("INSERT INTO t (v) VALUES (3)");
    await tail.until(() => tail.values.length === 3);
    expect(tail.values).toEqual([1, 2, 3]);
    expect((await tail.stop()).code).toBe(0);
    expect(tail.err).toContain("waiting for the server");
  }, 60_000);

  test("follows a renamed table over a restart", async () => {
    const first = await serve(data);
    const before = await makeTable(first);
    const tail = new Tail(["--data", data, "-t", "t", "--from", "start"]);
    await tail.until(() => tail.lines.length === 1);
    await before.query("ALTER TABLE t RENAME TO u");
    await tail.until(() => tail.lines.length === 2);
    await first.stop();
    const second = await serve(data);
    const after = await client(second);
    await after.query("INSERT INTO u (v) VALUES (1)");
    await after.query("CREATE TABLE t (v)");
    await after.query("INSERT INTO t (v) VALUES (2)");
    await tail.until(() => tail.values.length === 2);
    expect(tail.values).toEqual([1, 2]);
    await tail.stop();
  }, 60_000);

  test("goes on from a slot, and confirms there", async () => {
    const server = await serve(data);
    const writer = await makeTable(server);
    const words = ["--data", data, "--slot", "mail"];
    expect(await dosql(["tail", ...words])).toMatchObject({ code: 1, err: /no replication slot/ });
    const tail = new Tail([...words, "--create", "-t", "t"]);
    await tail.until(() => true);
    await vi.waitFor(async () => {
      const { out } = await dosql(["info", "--data", data, "--json"]);
      const { changes } = JSON.parse(out) as { changes: { slots: { active: boolean }[] } };
      expect(changes.slots[0]?.active).toBe(true);
    }, PATIENCE);
    await writer.query("INSERT INTO t (v) VALUES (1)");
    await tail.until(() => tail.values.length === 1);
    expect((await tail.stop()).code).toBe(0);
    await writer.query("INSERT INTO t (v) VALUES (2)");
    const next = await dosql(["tail", ...words, "--no-follow"]);
    expect(next).toMatchObject({ code: 0, out: /"v":2/ });
    expect(next.out).not.toContain('"v":1');
    expect(await dosql(["tail", ...words, "--no-follow"])).toMatchObject({ code: 0, out: "" });
    const { out } = await dosql(["info", "--data", data]);
    expect(out).toMatch(/capture +on, log up to 6\n +slot +mail at 6, 0 behind\n/);
  }, 60_000);

  test("opens a folder that nobody owns", async () => {
    const server = await serve(data);
    const writer = await makeTable(server);
    await writer.query("INSERT INTO t (v) VALUES (1), (x'00ff')");
    await server.stop();
    const from = async (...words: string[]): Promise<Line[]> => {
      const { code, out } = await dosql(["tail", "--data", data, "--no-follow", ...words]);
      expect(code).toBe(0);
      return out === ""
        ? []
        : out
            .trim()
            .split("\n")
            .map((line) => JSON.parse(line) as Line);
    };
    expect(await from()).toEqual([]);
    expect((await from("--from", "start")).map(({ lsn }) => lsn)).toEqual([2, 5]);
    expect((await from("--from", "2")).map(({ lsn }) => lsn)).toEqual([5]);
    expect((await from("--from", "start", "--operation", "ddl")).map(({ lsn }) => lsn)).toEqual([
      2,
    ]);
    expect((await from("--from", "1999-12-31")).map(({ lsn }) => lsn)).toEqual([2, 5]);
    expect(await from("--from", "2999-12-31")).toEqual([]);
    expect(await from("--from", "snapshot")).toMatchObject([
      {
        event: "snapshot",
        rows: [
          [1, 1],
          [2, { $blob: "AP8=" }],
        ],
      },
      { event: "snapshot-end", lsn: 5 },
    ]);
  });

  test("follows a folder that it has opened itself", async () => {
    await (await serve(data)).stop();
    const tail = new Tail(["--data", data, "--heartbeats"]);
    await tail.until(() => tail.lines.length === 1);
    expect(tail.lines[0]).toMatchObject({ event: "begin", lsn: 0 });
    expect((await dosql(["serve", "--data", data])).code).toBe(3);
    expect(await tail.stop()).toMatchObject({ code: 0, err: "" });
  });

  test("reaches a server by its address and token", async () => {
    const server = await serve(data);
    await makeTable(server);
    const words = ["tail", "--url", server.httpUrl, "--from", "start", "--no-follow"];
    const good = await dosql(words, { env: { DOSQL_TOKEN: server.token } });
    expect(good).toMatchObject({ code: 0, out: /CREATE TABLE t/ });
    const bad = await dosql(words, { env: { DOSQL_TOKEN: "x".repeat(64) } });
    expect(bad).toMatchObject({ code: 5, err: /refuses the token\nhint: .*DOSQL_TOKEN/ });
    expect(await dosql(words)).toMatchObject({ code: 5, err: /wants a token/ });
    await server.stop();
    const none = await dosql(words, { env: { DOSQL_TOKEN: server.token } });
    expect(none).toMatchObject({ code: 5, err: /cannot reach/ });
  });

  test("refuses what makes no sense, by name", async () => {
    await (await serve(data)).stop();
    const refused: [string[], number, RegExp][] = [
      [["--from", "yesterday"], 2, /cannot begin at "yesterday"/],
      [["--from", "99"], 2, /after the log's head/],
      [["-t", "nosuch"], 1, /nosuch/],
      [["--operation", "upsert"], 2, /no operation "upsert"/],
      [["--create"], 2, /--slot/],
      [["--url", "http://127.0.0.1:1"], 2, /--data or --url/],
    ];
    for (const [words, code, err] of refused) {
      expect(await dosql(["tail", "--data", data, ...words])).toMatchObject({ code, err });
    }
  });

  test.each([
    [["--capture", "off"], "off"],
    [["--capture-except", "secret,other"], "on, except secret, other"],
  ])("is not for what is left out: serve %j", async (words, how) => {
    await (await serve(data, words)).stop();
    // It is kept, until somebody says otherwise.
    const server = await serve(data);
    expect((await dosql(["info", "--data", data])).out).toMatch(new RegExp(`capture +${how}\n`));
    const tail = await dosql(["tail", "--data", data, "--no-follow"]);
    if (how === "off") expect(tail).toMatchObject({ code: 1, err: /not captured/ });
    else expect(tail.code).toBe(0);
    await server.stop();
    await (await serve(data, ["--capture", "on"])).stop();
    expect((await dosql(["info", "--data", data])).out).toMatch(
      // Where a setting begins and ends is in the log.
      /capture +on(?:, log up to 1)?\n/,
    );
  });
});
