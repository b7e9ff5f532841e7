import { execFile, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as net from "node:net";
import * as path from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { beforeEach, describe, expect, test } from "vitest";
import { CHINOOK, STORE, atEnd, dosql, scratchFolder, serve, start, collect } from "./run-dosql.ts";

const NO_PSQL = spawnSync("psql", ["--version"]).error !== undefined;
let data: string;

beforeEach(() => {
  data = path.join(scratchFolder(), "data");
});

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  atEnd(() => void client.end().catch(() => undefined));
  return client;
}

/** The SQLSTATE with which a connection is refused. */
async function refusal(url: string): Promise<string | undefined> {
  try {
    await connect(url);
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
  return undefined;
}

function withUser(url: string, user: string, database = "main"): string {
  const parsed = new URL(url);
  parsed.username = user.split(":")[0] ?? "";
  parsed.password = user.split(":")[1] ?? "";
  parsed.pathname = `/${database}`;
  return parsed.href;
}

describe("start", () => {
  test("one line of JSON, the folder with its owner and a private token", async () => {
    const server = await serve(data);
    expect(server.data).toBe(data);
    expect(server.pid).toBe(server.child.pid);
    expect(new URL(server.pgUrl).searchParams.get("options")).toBe("-c dosql.dialect=sqlite");
    expect(fs.readFileSync(path.join(data, "token"), "utf8").trim()).toBe(server.token);
    expect(fs.statSync(path.join(data, "token")).mode & 0o777).toBe(0o600);
    const owner = JSON.parse(fs.readFileSync(path.join(data, "owner"), "utf8")) as object;
    expect(owner).toMatchObject({ pid: server.pid, pgUrl: server.pgUrl, httpUrl: server.httpUrl });
    await server.stop();
    const again = await serve(data);
    expect(again.token).toBe(server.token);
  });

  test("for people: what to paste", async () => {
    const child = start(["serve", "--data", data, "--pg-port", "0", "--http-port", "0"]);
    const finished = collect(child);
    const text = await new Promise<string>((resolve) => {
      let seen = "";
      child.stdout?.on("data", (chunk: string) => {
        seen += chunk;
        if (seen.includes("ready")) resolve(seen);
      });
    });
    expect(text).toMatch(
      /psql "postgresql:\/\/dosql@127\.0\.0\.1:\d+\/main\?options=-c%20dosql\.dialect%3Dsqlite"/,
    );
    expect(text).toMatch(/http:\/\/127\.0\.0\.1:\d+/);
    expect(text).toContain(path.join(data, "token"));
    child.kill("SIGINT");
    const { code, err } = await finished;
    expect({ code, err }).toEqual({ code: 0, err: "dosql: SIGINT, stopping\n" });
  });
});

describe("stop", () => {
  test.each(["SIGTERM", "SIGINT"] as const)(
    "%s: clients are told, the log is written back, 0",
    async (signal) => {
      const server = await serve(data);
      const client = await connect(server.pgUrl);
      await client.query("CREATE TABLE t (a)");
      await client.query("INSERT INTO t VALUES (1)");
      const ended = new Promise<string | undefined>((resolve) => {
        client.on("error", (error) => resolve((error as { code?: string }).code));
      });
      expect(await server.stop(signal)).toMatchObject({ code: 0, err: "" });
      expect(await ended).toBe("57P01");
      expect(fs.readdirSync(data).sort()).toEqual([
        "archive",
        "databases",
        "directory.sqlite",
        "lock",
        "token",
      ]);
      expect(fs.readdirSync(path.join(data, "databases/main"))).toEqual(["shard-0.sqlite"]);
    },
  );

  test("with an open transaction: it is rolled back, what was committed is there", async () => {
    const server = await serve(data);
    const client = await connect(server.pgUrl);
    await client.query("CREATE TABLE t (a)");
    await client.query("INSERT INTO t VALUES ('committed')");
    await client.query("BEGIN");
    await client.query("INSERT INTO t VALUES ('open')");
    expect((await server.stop()).code).toBe(0);
    const { out } = await dosql(["sql", "--data", data, "--csv", "-c", "SELECT a FROM t"]);
    expect(out).toBe("a\r\ncommitted\r\n");
  });

  test("with a statement running and a client that does not read: soon", async () => {
    const server = await serve(data);
    const client = await connect(server.pgUrl);
    const endless =
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n";
    const running = client
      .query(endless)
      .catch((error: unknown) => (error as { code?: string }).code);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const deaf = net.connect(Number(new URL(server.pgUrl).port), "127.0.0.1");
    deaf.on("error", () => undefined);
    await new Promise((resolve) => deaf.once("connect", resolve));
    atEnd(() => deaf.destroy());
    expect((await server.stop()).code).toBe(0);
    expect(await running).toBe("57P01");
  });

  test("killed: the next start finds everything that was acknowledged", async () => {
    const server = await serve(data);
    const client = await connect(server.pgUrl);
    await client.query("CREATE TABLE t (a)");
    for (let i = 0; i < 20; i++) await client.query("INSERT INTO t VALUES ($1)", [i]);
    await server.stop("SIGKILL");
    const again = await serve(data);
    const { rows } = await (await connect(again.pgUrl)).query("SELECT count(*) AS n FROM t");
    expect(rows).toEqual([{ n: "20" }]);
  });
});

describe("who may come in", () => {
  const methods = ["scram-sha-256", "md5", "password"];

  test.each(methods)("%s: the right password only", async (auth) => {
    const env = { DOSQL_PASSWORD: "geheim" };
    const { pgUrl } = await serve(data, ["--auth", auth], { env });
    const client = await connect(withUser(pgUrl, "dosql:geheim"));
    expect((await client.query("SELECT 1 AS one")).rows).toEqual([{ one: "1" }]);
    expect(await refusal(withUser(pgUrl, "dosql:falsch"))).toBe("28P01");
    expect(await refusal(withUser(pgUrl, "root:geheim"))).toBe("28P01");
  });

  test("a password file makes SCRAM the method; the CLI takes PGPASSWORD", async () => {
    const file = path.join(scratchFolder(), "password");
    fs.writeFileSync(file, "aus der Datei\n", { mode: 0o600 });
    const { pgUrl, child } = await serve(data, ["--password-file", file, "--user", "anna"]);
    expect(pgUrl).toContain("postgresql://anna@");
    expect(pgUrl).not.toContain("Datei");
    const words = ["sql", "--url", pgUrl, "--csv", "-c", "SELECT 1 AS one"];
    const right = await dosql(words, { env: { PGPASSWORD: "aus der Datei" } });
    expect(right).toMatchObject({ code: 0, out: "one\r\n1\r\n" });
    const wrong = await dosql(words, { env: { PGPASSWORD: "x" } });
    expect(wrong.code).toBe(5);
    expect(wrong.err).toMatch(/password authentication failed/);
    const none = await dosql(words, { env: { PGPASSWORD: "" } });
    expect(none.code).toBe(5);
    expect(none.err).toContain("hint: give it in the URL or in PGPASSWORD");
    expect(child.exitCode).toBe(null);
  });

  test("without a password: this machine, the one role, the one database", async () => {
    const { pgUrl } = await serve(data);
    expect(await refusal(withUser(pgUrl, "dosql"))).toBe(undefined);
    expect(await refusal(withUser(pgUrl, "postgres"))).toBe("28000");
    expect(await refusal(withUser(pgUrl, "dosql", "shop"))).toBe("3D000");
  });

  test("beyond this machine with a password", async () => {
    const env = { DOSQL_PASSWORD: "geheim" };
    const { pgUrl, httpUrl, token } = await serve(data, ["--host", "0.0.0.0"], { env });
    expect(pgUrl).toContain("@127.0.0.1:");
    expect(await refusal(withUser(pgUrl, "dosql:geheim"))).toBe(undefined);
    expect(await refusal(withUser(pgUrl, "dosql:falsch"))).toBe("28P01");
    const headers = { authorization: `Bearer ${token}` };
    expect((await fetch(`${httpUrl}/health`, { headers })).status).toBe(200);
  });

  // Ports are used again: a client of another test that reconnects would be one too many.
  test(
    "one more than allowed is told so, and comes in when there is room",
    { retry: 2 },
    async () => {
      const { pgUrl } = await serve(data, ["--max-connections", "2"]);
      const first = await connect(pgUrl);
      await connect(pgUrl);
      expect(await refusal(pgUrl)).toBe("53300");
      await first.end();
      await expect.poll(() => refusal(pgUrl)).toBe(undefined);
    },
  );
});

describe("HTTP", () => {
  test("health by token, strangers refused, large requests too", async () => {
    const { httpUrl, token, pgUrl } = await serve(data);
    const client = await connect(pgUrl);
    const get = (route: string, headers: Record<string, string> = {}): Promise<Response> =>
      fetch(httpUrl + route, { headers });
    expect(await (await get("/livez")).text()).toBe("ok\n");
    expect(await (await get("/readyz")).text()).toBe("ready\n");
    expect((await get("/health")).status).toBe(401);
    const health = await get("/health", { authorization: `Bearer ${token}` });
    expect(await health.json()).toMatchObject({ sessions: 1, databases: [{ name: "main" }] });
    expect((await get("/livez", { origin: "https://evil.example" })).status).toBe(403);
    expect(await rawStatus(httpUrl, "GET /livez HTTP/1.1\r\nHost: evil.example\r\n\r\n")).toBe(403);
    expect(await rawStatus(httpUrl, "GET /livez HTTP/1.0\r\n\r\n")).toBe(403);
    expect(await rawStatus(httpUrl, `GET /${"x".repeat(20_000)} HTTP/1.1\r\nHost: a\r\n\r\n`)).toBe(
      431,
    );
    const body = `POST /health HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2000000\r\n\r\n${"x".repeat(2_000_000)}`;
    expect(await rawStatus(httpUrl, body)).toBe(413);
    await client.end();
  });

  function rawStatus(httpUrl: string, request: string): Promise<number> {
    const socket = net.connect(Number(new URL(httpUrl).port), "127.0.0.1");
    socket.on("error", () => undefined);
    socket.write(request);
    return new Promise((resolve) => {
      let text = "";
      socket.on("data", (chunk) => {
        text += chunk.toString();
        const status = /^HTTP\/1\.1 (\d+)/.exec(text)?.[1];
        if (status === undefined) return;
        resolve(Number(status));
        socket.destroy();
      });
      socket.on("close", () => resolve(0));
    });
  }
});

describe("npm start's way in", () => {
  test("SIGINT to the whole group, as a terminal sends it, still ends with 0", async () => {
    const server = await serve(data);
    server.child.kill("SIGINT");
    server.child.kill("SIGINT");
    expect((await server.stop("SIGINT")).code).toBe(0);
  });
});

describe.skipIf(NO_PSQL)("psql (skipped where it is not installed)", () => {
  const psql = async (url: string, words: string[]): Promise<string> => {
    const env = { ...process.env, PGCONNECT_TIMEOUT: "10", PSQLRC: "/dev/null" };
    const { stdout } = await promisify(execFile)("psql", [url, "-AtX", ...words], { env });
    return stdout.trim();
  };

  test("connects by the printed string and runs the example store", async () => {
    const { pgUrl } = await serve(data);
    await psql(pgUrl, ["-c", fs.readFileSync(STORE, "utf8")]);
    const sum = "SELECT sum(total_cents) FROM order_totals";
    expect(await psql(pgUrl, ["-c", sum])).toBe("24669");
  });

  test.skipIf(!fs.existsSync(CHINOOK))(
    "runs Chinook by \\i (skipped where ../shared is absent)",
    async () => {
      const { pgUrl } = await serve(data);
      await psql(pgUrl, ["-v", "ON_ERROR_STOP=1", "-q", "-c", `\\i ${CHINOOK}`]);
      expect(await psql(pgUrl, ["-c", 'SELECT count(*) FROM "Track"'])).toBe("3503");
    },
  );
});
