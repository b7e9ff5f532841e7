import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { open } from "dosql";
import type { Database } from "dosql";
import { d1 } from "dosql/d1";

let scratch: string;
let data: string;
const opened: Database[] = [];

beforeEach(() => {
  scratch = fs.mkdtempSync(path.join(os.tmpdir(), "dosql-open-"));
  data = path.join(scratch, "data");
});

afterEach(async () => {
  for (const database of opened.splice(0)) await database.close();
  fs.rmSync(scratch, { recursive: true });
});

function openHere(target: string): Database {
  const database = open(target);
  opened.push(database);
  return database;
}

async function value(database: Database, sql: string): Promise<unknown> {
  const { rows } = await database.session().execute(sql, []);
  return rows[0]?.[0];
}

/** Runs a module in another process. */
function elsewhere(code: string): { out: string; err: string } {
  const main = path.join(import.meta.dirname, "../../src/entry/main.ts");
  const text = `import { open } from ${JSON.stringify(main)};\n${code}`;
  const words = ["--input-type=module-typescript", "-e", text, data];
  const { stdout, stderr } = spawnSync(process.execPath, words, { encoding: "utf8" });
  return { out: stdout.trim(), err: stderr };
}

describe("open", () => {
  test("makes a data folder, and finds again what was stored in it", async () => {
    const first = openHere(data);
    await first.session().execute("CREATE TABLE t AS SELECT 42 AS a", []);
    await first.close();
    expect(fs.readdirSync(data).sort()).toEqual(["databases", "lock"]);
    expect(await value(openHere(data), "SELECT a FROM t")).toBe(42n);
  });

  test("twice in one process is one owner, until both are closed", async () => {
    const first = openHere(data);
    await first.session().execute("CREATE TABLE t AS SELECT 1 AS a", []);
    const second = openHere(`${data}/../data`);
    await first.close();
    await first.close();
    const other =
      "try { open(process.argv[1]); console.log('opened') } catch (e) { console.log(e.code) }";
    expect(elsewhere(other).out).toBe("owned");
    expect(await value(second, "SELECT a FROM t")).toBe(1n);
    await second.close();
    expect(elsewhere(other).out).toBe("opened");
  });

  test("a process that ends without closing leaves no owner", async () => {
    const { out, err } = elsewhere(
      "const db = open(process.argv[1]);" +
        "await db.session().execute('CREATE TABLE t AS SELECT 7 AS a', []);" +
        "console.log('done');",
    );
    expect({ out, err }).toEqual({ out: "done", err: "" });
    expect(fs.existsSync(path.join(data, "owner"))).toBe(false);
    expect(await value(openHere(data), "SELECT a FROM t")).toBe(7n);
  });

  test("opens a SQLite file, and memory", async () => {
    const file = path.join(scratch, "plain.sqlite");
    expect(await value(openHere(file), "SELECT 'file'")).toBe("file");
    expect(fs.existsSync(file)).toBe(true);
    expect(await value(openHere(":memory:"), "SELECT 'memory'")).toBe("memory");
  });

  test("a file that is no database is refused and given back", () => {
    openHere(data);
    const file = path.join(scratch, "letter.sqlite");
    fs.writeFileSync(file, "Dear Sir or Madam");
    expect(() => open(file)).toThrow(/is not a SQLite database/);
  });

  test("feeds the D1 face", async () => {
    const db = d1(openHere(data));
    await db.exec("CREATE TABLE t (a INTEGER)");
    await db.prepare("INSERT INTO t VALUES (?)").bind(5).run();
    const { results } = await db.prepare("SELECT a FROM t").all();
    expect(results).toEqual([{ a: 5 }]);
  });
});

test.each(["content=''", "content='t'"])(
  "opens a file with an index of FTS that SQLite cannot check (%s)",
  async (content) => {
    const first = openHere(data);
    const session = first.session();
    await session.execute("CREATE TABLE t (a)", []);
    await session.execute("INSERT INTO t VALUES ('words')", []);
    await session.execute(`CREATE VIRTUAL TABLE f USING fts4(${content}, a)`, []);
    await first.close();
    opened.length = 0;
    expect(await value(openHere(data), "SELECT a FROM t")).toBe("words");
  },
);
