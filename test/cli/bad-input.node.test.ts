import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as net from "node:net";
import * as path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { beforeEach, describe, expect, test } from "vitest";
import { ROOT, STORE, atEnd, dosql, scratchFolder, serve, start, collect } from "./run-dosql.ts";
import type { Finished } from "./run-dosql.ts";

const ROOT_USER = process.getuid?.() === 0;
const NOBODY = 65_534;
let scratch: string;
let data: string;

beforeEach(() => {
  scratch = scratchFolder();
  data = path.join(scratch, "data");
});

/** One clear line, then perhaps a hint; never a stack. */
function expectClear(finished: Finished, code: number, message: RegExp): void {
  const { err } = finished;
  expect({ code: finished.code, err }).toEqual({
    code,
    err: expect.stringMatching(message) as string,
  });
  expect(err).toMatch(/^dosql: .+\n(?:hint: .+\n)?$/);
  expect(err).not.toMatch(/\bat .*:\d+:\d+/);
}

const anyPorts = ["--pg-port", "0", "--http-port", "0"];

describe("folders", () => {
  test("missing: 4, and what would make one", async () => {
    const finished = await dosql(["sql", "--data", data, "-c", "SELECT 1"]);
    expectClear(finished, 4, /data does not exist/);
    expect(finished.err).toContain("hint: `dosql serve` or `dosql import`");
    const orphan = path.join(scratch, "no", "data");
    expectClear(await dosql(["serve", "--data", orphan]), 4, /its parent does not exist/);
  });

  test("a file, or somebody else's folder: 4, untouched", async () => {
    fs.writeFileSync(data, "x");
    expectClear(await dosql(["serve", "--data", data]), 4, /is a file, not a data folder/);
    const foreign = path.join(scratch, "thesis");
    fs.mkdirSync(foreign);
    fs.writeFileSync(path.join(foreign, "thesis.tex"), "");
    expectClear(await dosql(["serve", "--data", foreign]), 4, /not a DoSQL data folder/);
    expect(fs.readdirSync(foreign)).toEqual(["thesis.tex"]);
  });

  test.skipIf(!ROOT_USER)(
    "not accessible: 4 (skipped unless root: needs another user)",
    async () => {
      await dosql(["import", STORE, "--data", data]);
      const elsewhere = { uid: NOBODY, cwd: "/" };
      expectClear(await dosql(["info", "--data", data], elsewhere), 4, /may not be accessed/);
      fs.chmodSync(scratch, 0o555);
      const fresh = path.join(scratch, "fresh");
      expectClear(await dosql(["serve", "--data", fresh], elsewhere), 4, /may not be accessed/);
    },
  );

  test("owned by a server: 3 with its address; info still tells", async () => {
    const server = await serve(data);
    const finished = await dosql(["sql", "--data", data, "-c", "SELECT 1"]);
    expectClear(finished, 3, /is owned by process \d+, which serves it at postgresql:/);
    expect(finished.err).toContain(`--url "${server.pgUrl}"`);
    expectClear(await dosql(["import", STORE, "--data", data]), 3, /owned/);
    for (const command of ["serve", "checkpoint", "vacuum"]) {
      const refused = await dosql([command, "--data", data]);
      expectClear(refused, 3, /which serves it at postgresql:/);
      expect(refused.err).toContain("hint: stop it first, or name another folder");
    }
    const info = await dosql(["info", "--data", data, "--json"]);
    expect(JSON.parse(info.out)).toMatchObject({ owner: { pid: server.pid, pgUrl: server.pgUrl } });
  });

  test("a token file without a token: 4", async () => {
    await dosql(["import", STORE, "--data", data]);
    fs.writeFileSync(path.join(data, "token"), "short\n");
    expectClear(await dosql(["serve", "--data", data, ...anyPorts]), 4, /holds no token/);
  });
});

describe("files", () => {
  const shard = (): string => path.join(data, "databases/main/shard-0.sqlite");

  test("not a database: 4", async () => {
    const file = path.join(scratch, "letter.sqlite");
    fs.writeFileSync(file, "Dear Sir or Madam, ...");
    expectClear(await dosql(["sql", file, "-c", "SELECT 1"]), 4, /is not a SQLite database/);
    expectClear(await dosql(["info", file]), 4, /is not a SQLite database/);
    const named = path.join(scratch, "noise.sqlite");
    fs.copyFileSync(file, named);
    expectClear(await dosql(["import", named]), 4, /is not a SQLite database/);
    await dosql(["import", STORE, "--data", data]);
    fs.writeFileSync(shard(), "not a database either");
    expectClear(await dosql(["serve", "--data", data, ...anyPorts]), 4, /is not a SQLite database/);
  });

  test("missing, or a folder: 4", async () => {
    expectClear(await dosql(["sql", `${data}.db`, "-c", "SELECT 1"]), 4, /does not exist/);
    expectClear(await dosql(["import", `${data}.sql`]), 4, /does not exist/);
    expectClear(await dosql(["import", scratch]), 4, /is a folder/);
    expectClear(await dosql(["sql", "-f", `${data}.sql`]), 4, /does not exist/);
    const secret = ["serve", "--data", data, "--password-file", `${data}.pw`];
    expectClear(await dosql(secret), 4, /does not exist/);
  });

  test("corrupt: 4 before anything is served, and nothing is changed", async () => {
    await dosql(["import", STORE, "--data", data]);
    const bytes = fs.readFileSync(shard());
    bytes.fill(0xa5, 4096 * 3, 4096 * 4);
    fs.writeFileSync(shard(), bytes);
    expectClear(await dosql(["serve", "--data", data, ...anyPorts]), 4, /is corrupt/);
    expectClear(await dosql(["sql", "--data", data, "-c", "SELECT 1"]), 4, /is corrupt/);
    expectClear(await dosql(["import", STORE, "--data", data]), 4, /is corrupt/);
    expect(fs.readFileSync(shard()).equals(bytes)).toBe(true);
    expect(fs.existsSync(path.join(data, "owner"))).toBe(false);
  });

  test("cut short: 4", async () => {
    await dosql(["import", STORE, "--data", data]);
    fs.truncateSync(shard(), 4096 * 4 + 100);
    expectClear(await dosql(["info", "--data", data]), 4, /is corrupt/);
  });

  test("written by a newer version: 4", async () => {
    await dosql(["import", STORE, "--data", data]);
    const database = new DatabaseSync(shard());
    database.exec("UPDATE _cf_dosql_meta SET value = 99 WHERE key = 'format'");
    database.close();
    expectClear(await dosql(["serve", "--data", data, ...anyPorts]), 4, /format 99/);
  });
});

describe("addresses", () => {
  test("a port in use: 5 with the way out, and the folder is free again", async () => {
    const taken = net.createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => taken.once("listening", resolve));
    atEnd(() => taken.close());
    const port = String((taken.address() as net.AddressInfo).port);
    const pg = await dosql(["serve", "--data", data, "--pg-port", port, "--http-port", "0"]);
    expectClear(pg, 5, /127\.0\.0\.1:\d+ is in use/);
    expect(pg.err).toContain("--pg-port 0");
    const http = await dosql(["serve", "--data", data, "--pg-port", "0", "--http-port", port]);
    expectClear(http, 5, /is in use/);
    expect(http.err).toContain("--http-port 0");
    expect(fs.existsSync(path.join(data, "owner"))).toBe(false);
  });

  test("beyond this machine without a password: 5, and no folder is made", async () => {
    const open = ["serve", "--data", data, "--host", "0.0.0.0", ...anyPorts];
    expectClear(await dosql(open), 5, /refusing to listen on 0\.0\.0\.0 without a password/);
    const env = { DOSQL_PASSWORD: "secret" };
    const clear = await dosql([...open, "--auth", "password"], { env });
    expectClear(clear, 5, /refusing to take cleartext passwords/);
    expect(fs.existsSync(data)).toBe(false);
  });

  test("an address of another machine: 5", async () => {
    const env = { DOSQL_PASSWORD: "secret" };
    const words = ["serve", "--data", data, "--host", "192.0.2.1", ...anyPorts];
    expectClear(await dosql(words, { env }), 5, /192\.0\.2\.1/);
  });

  test("a server that is not there, or is none: 5", async () => {
    const nobody = "postgresql://dosql@127.0.0.1:1/main";
    expectClear(await dosql(["sql", "--url", nobody, "-c", "SELECT 1"]), 5, /cannot connect/);
    expectClear(await dosql(["info", "--url", "http://x"]), 2, /is not a postgresql:\/\/ URL/);
  });
});

describe("usage", () => {
  test.each([
    [["sevre"], /unknown command "sevre"/, "did you mean serve?"],
    [["serve", "--pgport", "1"], /unknown option --pgport/, "did you mean --pg-port?"],
    [["serve", "extra"], /unexpected argument/, "dosql serve --help"],
    [["import"], /FILE is missing/, "dosql import --help"],
    [["sql", "--json", "--csv", "-c", "SELECT 1"], /either --json or --csv/, ""],
    [["sql", "--data", "a", "--url", "b", "-c", ""], /name one database/, ""],
  ])("%j: 2", async (words, message, hint) => {
    const finished = await dosql(words);
    expectClear(finished, 2, message);
    expect(finished.err).toContain(hint);
  });

  test("help of everything: 0, and it names the exit codes", async () => {
    const commands = ["serve", "sql", "import", "export", "info"].map((name) => [name, "--help"]);
    for (const words of [[], ["--help"], ["help"], ["help", "sql"], ...commands]) {
      const { code, out, err } = await dosql(words);
      expect({ code, err }).toEqual({ code: 0, err: "" });
      expect(out).toContain("exit codes:");
      for (const line of out.split("\n")) expect(line.length).toBeLessThanOrEqual(100);
    }
    expect((await dosql(["--version"])).out).toBe(`dosql ${packageVersion()}\n`);
  });

  test("a stack is shown with --debug only", async () => {
    const words = ["sql", "--data", data, "-c", "SELECT 1"];
    expect((await dosql(words)).err).not.toContain("data-folder");
    expect((await dosql([...words, "--debug"])).err).toContain("data-folder");
  });
});

function packageVersion(): string {
  const text = fs.readFileSync(path.join(ROOT, "package.json"), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}

describe("scripts", () => {
  const script = (text: string | Uint8Array): string => {
    const file = path.join(scratch, "script.sql");
    fs.writeFileSync(file, text);
    return file;
  };
  const bad =
    "CREATE TABLE t (a UNIQUE);\nINSERT INTO t VALUES (1);\nINSERT INTO t\n  VALUS (2);\n";

  test("an error in the middle: 1, where, what, and what stays", async () => {
    const file = script(`${bad}INSERT INTO t VALUES (3);`);
    const { code, err } = await dosql(["import", file, "--data", data]);
    expect(code).toBe(1);
    expect(err).toContain(`dosql: ${file}:4:3: near "VALUS": syntax error\n`);
    expect(err).toContain("    VALUS (2)\n    ^\n");
    expect(err).toContain("applied: 2 statements before it stay\n");
    const { out } = await dosql(["sql", "--data", data, "--csv", "-c", "SELECT * FROM t"]);
    expect(out).toBe("a\r\n1\r\n");
  });

  test("with --atomic nothing is applied", async () => {
    const { code, err } = await dosql(["import", script(bad), "--data", data, "--atomic"]);
    expect(code).toBe(1);
    expect(err).toContain("applied: nothing\n");
    const { err: missing } = await dosql(["sql", "--data", data, "-c", "SELECT * FROM t"]);
    expect(missing).toContain("no such table: t");
  });

  test.each([
    ["NUL", "SELECT 1;\nSELECT '\0';", /script\.sql:2:9: the script contains a NUL/],
    ["bad UTF-8", new Uint8Array([0x53, 0xff]), /script\.sql:1:2: the script is not UTF-8: byte 1/],
    [
      "psql's commands",
      "SELECT 1;\n\\connect x\n",
      /script\.sql:2:1: \\connect is a command of psql/,
    ],
    ["an open transaction", "BEGIN; CREATE TABLE u (a);", /:1:1: the script ends inside a trans/],
    ["an open quote", "SELECT 'x", /unrecognized token/],
  ])("%s: 1", async (_, text, message) => {
    const { code, err } = await dosql(["import", script(text), "--data", data]);
    expect({ code, err }).toEqual({ code: 1, err: expect.stringMatching(message) as string });
  });

  test("the same through sql -f, -c and stdin", async () => {
    await dosql(["import", STORE, "--data", data]);
    const target = ["sql", "--data", data];
    const file = await dosql([...target, "-f", script(bad)]);
    expect(file.err).toMatch(/script\.sql:4:3: near "VALUS": syntax error/);
    expect(file.code).toBe(1);
    const text = await dosql([...target, "-c", "SELECT 1; SELECT nope"]);
    expect(text.err).toBe("dosql: no such column: nope\n  SELECT nope\n         ^\n");
    expect(text.code).toBe(1);
    const input = await dosql(target, { input: "SELECT 1;\nSELEC 2" });
    expect(input.err).toMatch(/^dosql: stdin:2:1: near "SELEC"/);
    expect(input.code).toBe(1);
    expect((await dosql([...target, "-c", "SELECT ?"])).code).toBe(1);
  });
});

describe("the disk", () => {
  /** Mounts a file system of one megabyte; false where that is not possible. */
  function mountTiny(folder: string): boolean {
    try {
      execFileSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], { stdio: "ignore" });
    } catch {
      return false;
    }
    atEnd(() => execFileSync("umount", ["-l", folder]));
    return true;
  }

  test("full: 6, and what was acknowledged is there (skipped without mount)", async (context) => {
    const disk = path.join(scratch, "disk");
    fs.mkdirSync(disk);
    if (!mountTiny(disk)) context.skip("cannot mount a tmpfs here: needs root");
    data = path.join(disk, "data");
    const first = await dosql(["import", STORE, "--data", data]);
    expect(first.code).toBe(0);
    const big = path.join(scratch, "big.sql");
    fs.writeFileSync(
      big,
      `CREATE TABLE big (v);\n${"INSERT INTO big VALUES (randomblob(8000));\n".repeat(500)}`,
    );
    const { code, err } = await dosql(["import", big, "--data", data]);
    expect({ code, err }).toEqual({ code: 6, err: expect.stringMatching(/full/) as string });
    const applied = Number(/applied: (\d+)/.exec(err)?.[1] ?? 0);
    const count = "SELECT count(*) FROM big";
    const query = ["sql", "--data", data, "--csv", "-c", `${count}; PRAGMA integrity_check`];
    const { out } = await dosql(query);
    expect(out).toBe(`count(*)\r\n${applied - 1}\r\nintegrity_check\r\nok\r\n`);
    expect(applied).toBeGreaterThan(1);
    const exported = await dosql(["export", path.join(disk, "out.sql"), "--data", data]);
    expect(exported.code).toBe(6);
    expect(fs.readdirSync(disk)).toEqual(["data"]);
  });
});

test("a reader that goes away ends the command without a word", async () => {
  await dosql(["import", STORE, "--data", data]);
  const rows =
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 200000) SELECT * FROM n";
  const child = start(["sql", "--data", data, "--csv", "-c", rows]);
  const finished = collect(child);
  child.stdout?.once("data", () => child.stdout?.destroy());
  const { code, err } = await finished;
  expect(code).not.toBe(0);
  expect(err).toBe("");
  expect(fs.existsSync(path.join(data, "owner"))).toBe(false);
});
