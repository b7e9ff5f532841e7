import * as fs from "node:fs";
import * as path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { beforeEach, describe, expect, test } from "vitest";
import { STORE, dosql, scratchFolder, serve } from "./run-dosql.ts";
import type { Finished, RunOptions } from "./run-dosql.ts";

let data: string;

beforeEach(async () => {
  data = path.join(scratchFolder(), "data");
  await dosql(["import", STORE, "--data", data]);
});

const sql = (words: string[], options: RunOptions = {}): Promise<Finished> =>
  dosql(["sql", "--data", data, ...words], options);

describe("results", () => {
  const query = "SELECT id, name, note FROM suppliers WHERE id <> 2 ORDER BY id";

  test("as a table", async () => {
    const { out, err, code } = await sql(["-c", `${query}; DELETE FROM stock WHERE on_hand = 100`]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out.split("\n")).toEqual([
      "               id | name               | note",
      ` ${[16, 18, 29].map((width) => "-".repeat(width)).join("-+-")}`,
      "                1 | Müller & Söhne     | NULL",
      "                3 | O'Hara Tools       |",
      " 9007199254740993 | Ελληνικά Ελαιόλαδα | an id that no double can hold",
      "(3 rows)",
      "delete: 1 row",
      "",
    ]);
  });

  test("as JSON: exact digits, one array per result", async () => {
    const { out } = await sql([
      "--json",
      "-c",
      `${query} LIMIT 1; SELECT 1.0 AS r; SELECT 1 WHERE 0`,
    ]);
    expect(out).toBe('[{"id":1,"name":"Müller & Söhne","note":null}]\n[{"r":1.0}]\n[]\n');
    const { out: last } = await sql(["--json", "-c", "SELECT max(id) AS id FROM suppliers"]);
    expect(last).toBe('[{"id":9007199254740993}]\n');
  });

  test("as CSV", async () => {
    const { out } = await sql([
      "--csv",
      "-c",
      "SELECT name, picture FROM products WHERE sku LIKE 'H%'",
    ]);
    expect(out).toBe(
      'name,picture\r\n"Hammer, 10 oz",\r\n"Hammer; the ""big"" one",\\x00ff00ff\r\n',
    );
  });

  test("many rows arrive whole", async () => {
    const numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 100000)";
    const { out } = await sql(["--json", "-c", `${numbers} SELECT i FROM n`]);
    const rows = JSON.parse(out) as { i: number }[];
    expect(rows).toHaveLength(100_000);
    expect(rows.at(-1)).toEqual({ i: 100_000 });
  });
});

describe("where statements come from", () => {
  test("stdin, a file, - for stdin", async () => {
    const script =
      "BEGIN;\nUPDATE stock SET on_hand = 1;\nCOMMIT;\nSELECT sum(on_hand) AS s FROM stock;";
    expect((await sql(["--csv"], { input: script })).out).toBe("s\r\n6\r\n");
    const file = path.join(path.dirname(data), "script.sql");
    fs.writeFileSync(file, `\ufeff${script}`);
    expect((await sql(["--csv", "-f", file])).out).toBe("s\r\n6\r\n");
    expect((await sql(["--csv", "-f", "-"], { input: script })).out).toBe("s\r\n6\r\n");
  });

  test("a transaction that is not committed is not kept", async () => {
    await sql(["-c", "BEGIN; DELETE FROM stock"]);
    expect((await sql(["--csv", "-c", "SELECT count(*) AS n FROM stock"])).out).toBe("n\r\n6\r\n");
  });
});

describe("other databases", () => {
  test("somebody's SQLite file is not changed by looking at it", async () => {
    const file = path.join(path.dirname(data), "own.sqlite");
    const database = new DatabaseSync(file);
    database.exec("CREATE TABLE t (a); INSERT INTO t VALUES (42)");
    database.close();
    const before = fs.readFileSync(file);
    const { out } = await dosql(["sql", file, "--csv", "-c", "SELECT a FROM t"]);
    expect(out).toBe("a\r\n42\r\n");
    expect((await dosql(["info", file, "--json"])).code).toBe(0);
    expect(fs.readFileSync(file).equals(before)).toBe(true);
    await dosql(["sql", file, "-c", "INSERT INTO t VALUES (43)"]);
    expect((await dosql(["sql", file, "--csv", "-c", "SELECT sum(a) AS s FROM t"])).out).toBe(
      "s\r\n85\r\n",
    );
    expect(fs.readdirSync(path.dirname(file)).sort()).toEqual(["data", "own.sqlite"]);
  });

  test("a server by --url answers as the folder did", async () => {
    const query =
      "SELECT * FROM suppliers ORDER BY id; SELECT sku, extra, weight_kg, picture FROM products";
    const local = await sql(["--json", "-c", query]);
    const { pgUrl } = await serve(data);
    const remote = await dosql(["sql", "--url", pgUrl, "--json", "-c", query]);
    expect(remote.err).toBe("");
    expect(remote.out.split("\n")[0]).toBe(local.out.split("\n")[0]);
    expect(remote.code).toBe(0);
    const failed = await dosql(["sql", "--url", pgUrl, "-c", "SELECT 'ü', nope"]);
    expect(failed).toMatchObject({ code: 1 });
    expect(failed.err).toBe("dosql: no such column: nope\n  SELECT 'ü', nope\n              ^\n");
  });
});

describe("info", () => {
  test("versions, tables with their rows, size", async () => {
    const { out } = await dosql(["info", "--data", data, "--json"]);
    const info = JSON.parse(out) as Record<string, unknown>;
    expect(info).toMatchObject({
      node: process.versions.node,
      format: 3,
      owner: null,
      database: data,
      tables: [
        { name: "order_lines", rows: 5 },
        { name: "orders", rows: 3 },
        { name: "products", rows: 6 },
        { name: "stock", rows: 6 },
        { name: "suppliers", rows: 4 },
      ],
    });
    expect(info["sizeBytes"]).toBeGreaterThan(4096);
    const { out: text } = await dosql(["info", "--data", data]);
    expect(text).toMatch(/^ {2}suppliers {4}4$/m);
    expect(text).not.toContain("_cf_dosql");
  });

  test("without a data folder: versions only", async () => {
    const { out, code } = await dosql(["info"], { cwd: path.dirname(data) + "/.." });
    expect(code).toBe(0);
    expect(out).toContain("none: ./data does not exist");
  });
});
