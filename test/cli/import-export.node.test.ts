import * as fs from "node:fs";
import * as path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { beforeEach, describe, expect, test } from "vitest";
import { fingerprint } from "../server/dump/compare-databases.ts";
import { makeOddDatabase } from "../server/dump/odd-database.ts";
import { CHINOOK, STORE, collect, dosql, scratchFolder, serve, start } from "./run-dosql.ts";
import type { Finished } from "./run-dosql.ts";

const NO_CHINOOK = !fs.existsSync(CHINOOK);
let scratch: string;
let data: string;
const shard = (): string => path.join(data, "databases/main/shard-0.sqlite");
const inScratch = (name: string): string => path.join(scratch, name);

beforeEach(() => {
  scratch = scratchFolder();
  data = inScratch("data");
});

/** Succeeded; a failure shows what it said. */
function expectDone({ code, err }: Finished): void {
  expect({ code, err: code === 0 ? "" : err }).toEqual({ code: 0, err: "" });
}

/** The same script, run by SQLite itself. */
function reference(script: string): string {
  const file = inScratch("reference.sqlite");
  const database = new DatabaseSync(file);
  database.exec(fs.readFileSync(script, "utf8").replace(/^\ufeff/, ""));
  database.close();
  return file;
}

describe.each([
  ["the example store", STORE, false],
  ["Chinook (skipped where ../shared is absent)", CHINOOK, NO_CHINOOK],
])("%s", (_, script, absent) => {
  test.skipIf(absent)("imports as SQLite itself runs it, row by row", async () => {
    const { code, err, out } = await dosql(["import", script, "--data", data]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/^imported .*: \d+ statements, \d+(\.\d)? kB in /);
    expect(fingerprint(shard())).toEqual(fingerprint(reference(script)));
  });

  test.skipIf(absent)("the same with --atomic, from stdin, and by --url", async () => {
    const expected = fingerprint(reference(script));
    const input = fs.readFileSync(script);
    const atomic = await dosql(["import", "-", "--atomic", "--data", data, "--json"], { input });
    expect(JSON.parse(atomic.out)).toMatchObject({
      result: "done",
      bytes: input.length,
      error: null,
    });
    expect(fingerprint(shard())).toEqual(expected);
    data = inScratch("data-2");
    const server = await serve(data);
    expect(await dosql(["import", script, "--url", server.pgUrl])).toMatchObject({
      code: 0,
      err: "",
    });
    await server.stop();
    expect(fingerprint(shard())).toEqual(expected);
  });

  test.skipIf(absent)(
    "leaves as a script and as a file, from a folder and from a server",
    async () => {
      await dosql(["import", script, "--data", data]);
      const expected = fingerprint(shard());
      const texts: string[] = [];
      const server = await serve(inScratch("served"));
      await dosql(["import", script, "--url", server.pgUrl]);
      const targets = [
        ["--url", server.pgUrl],
        ["--data", data],
      ];
      for (const [i, target] of targets.entries()) {
        const file = inScratch(`out-${i}.sqlite`);
        expectDone(await dosql(["export", file, ...target]));
        expect(fingerprint(file)).toEqual(expected);
        const { out, code, err } = await dosql(["export", ...target]);
        expect({ code, err }).toEqual({ code: 0, err: "" });
        texts.push(out);
      }
      expect(texts[0]).toBe(texts[1]);
      fs.writeFileSync(inScratch("dump.sql"), texts[0] ?? "");
      const again = inScratch("again");
      expectDone(await dosql(["import", inScratch("dump.sql"), "--data", again]));
      expect(fingerprint(path.join(again, "databases/main/shard-0.sqlite"))).toEqual(expected);
    },
  );
});

describe("a SQLite file", () => {
  test("with everything that copies lose comes in exactly, locally and by --url", async () => {
    const odd = inScratch("odd.sqlite");
    makeOddDatabase(odd);
    const before = fs.readFileSync(odd);
    const { code, err, out } = await dosql(["import", odd, "--data", data]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/: [\d,]+ rows in /);
    expect(fingerprint(shard())).toEqual(fingerprint(odd));
    const server = await serve(inScratch("served"));
    expect(await dosql(["import", odd, "--url", server.pgUrl])).toMatchObject({ code: 0, err: "" });
    const back = inScratch("back.sqlite");
    expectDone(await dosql(["export", back, "--url", server.pgUrl]));
    expect(fingerprint(back)).toEqual(fingerprint(odd));
    expect(fs.readFileSync(odd).equals(before)).toBe(true);
  });

  test("beside a table of the same name: 1, and nothing came in", async () => {
    await dosql(["import", STORE, "--data", data]);
    const before = fingerprint(shard());
    const file = inScratch("shop.sqlite");
    const database = new DatabaseSync(file);
    database.exec("CREATE TABLE a_new (x); CREATE TABLE stock (x)");
    database.close();
    const { code, err } = await dosql(["import", file, "--data", data]);
    expect({ code, err }).toEqual({ code: 1, err: "dosql: table stock already exists\n" });
    expect(fingerprint(shard())).toEqual(before);
  });
});

describe("export", () => {
  test("one table; a table that is not there", async () => {
    await dosql(["import", STORE, "--data", data]);
    const { out } = await dosql(["export", "--table", "suppliers", "--data", data]);
    expect(out).toContain("9007199254740993");
    expect(out).not.toContain("CREATE TABLE products");
    const missing = await dosql(["export", "--table", "nothing", "--data", data]);
    expect(missing).toMatchObject({ code: 1, out: "" });
    expect(missing.err).toContain("no such table: nothing");
  });

  test("does not replace a file unasked, and leaves no half of one", async () => {
    await dosql(["import", STORE, "--data", data]);
    for (const name of ["out.sql", "out.sqlite"]) {
      const file = inScratch(name);
      fs.writeFileSync(file, "precious");
      const refused = await dosql(["export", file, "--data", data]);
      expect(refused).toMatchObject({ code: 4, err: expect.stringContaining("--force") as string });
      expect(fs.readFileSync(file, "utf8")).toBe("precious");
      // A log that belongs to the old file must not be read into the new one.
      fs.writeFileSync(`${file}-wal`, "old");
      expectDone(await dosql(["export", file, "--data", data, "--force"]));
      expect(fs.readFileSync(file, "utf8")).not.toContain("precious");
      expect(fs.existsSync(`${file}-wal`)).toBe(!name.endsWith(".sqlite"));
    }
    expect(fs.readdirSync(scratch).filter((name) => name.includes("tmp"))).toEqual([]);
    expect(fingerprint(inScratch("out.sqlite"))).toEqual(fingerprint(shard()));
  });

  test("while others write is one state of the database", async () => {
    const server = await serve(data);
    await dosql(["sql", "--url", server.pgUrl, "-c", "CREATE TABLE a (n); CREATE TABLE b (n)"]);
    const pair = "BEGIN; INSERT INTO a VALUES (1); INSERT INTO b VALUES (1); COMMIT;\n".repeat(
      3_000,
    );
    const writer = start(["sql", "--url", server.pgUrl]);
    const written = collect(writer);
    writer.stdin?.end(pair);
    for (let i = 0; i < 4; i++) {
      const file = inScratch(`state-${i}.sqlite`);
      expectDone(await dosql(["export", file, "--url", server.pgUrl]));
      const database = new DatabaseSync(file);
      const [a, b] = ["a", "b"].map((t) =>
        database.prepare(`SELECT count(*) AS n FROM ${t}`).get(),
      );
      database.close();
      expect(a).toEqual(b);
    }
    writer.kill("SIGKILL");
    await written;
  });
});

describe("Ctrl-C", () => {
  const rows = `CREATE TABLE t (a);\n${"INSERT INTO t VALUES (randomblob(50));\n".repeat(400_000)}`;

  test.each([[["--atomic"]], [[]]])(
    "in an import with %j: 130, and it says what is applied",
    async (flags) => {
      const file = inScratch("long.sql");
      fs.writeFileSync(file, rows);
      const child = start(["import", file, "--data", data, ...flags]);
      const finished = collect(child);
      await expect.poll(() => fs.existsSync(`${shard()}-wal`), { timeout: 20_000 }).toBe(true);
      // By now it runs statements, and there are seconds of them.
      await new Promise((resolve) => setTimeout(resolve, 300));
      child.kill("SIGINT");
      const { code, err } = await finished;
      expect(code).toBe(130);
      expect(err).toMatch(/^dosql: interrupted\napplied: /m);
      const applied = Number(/applied: ([\d,]+)/.exec(err)?.[1]?.replaceAll(",", "") ?? 0);
      const { out, err: missing } = await dosql([
        "sql",
        "--data",
        data,
        "--csv",
        "-c",
        "SELECT count(*) FROM t",
      ]);
      if (flags.length > 0) expect(missing).toContain("no such table");
      else expect(out).toBe(`count(*)\r\n${applied - 1}\r\n`);
      if (flags.length === 0) expect(applied).toBeGreaterThan(1);
    },
  );
});
