import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { connect } from "../../../src/entry/client.ts";
import { d1, dosql } from "../../../src/entry/d1.ts";
import { open } from "../../../src/entry/main.ts";
import { serve } from "../../../src/entry/server.ts";
import { gathered } from "./gathered.ts";

let folder: string;
let database: ReturnType<typeof open>;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "dosql-iterate-"));
  database = open(path.join(folder, "data"));
  await d1(database).exec("CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT)");
});

afterEach(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

/** Rows of about a kilobyte. */
const fill = (count: number): Promise<unknown> =>
  d1(database)
    .prepare(
      "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < ?) " +
        "INSERT INTO t SELECT i, printf('%01000d', i) FROM n",
    )
    .bind(count)
    .run();

/** 200 MB of rows, where 60 MB are the most there is. */
const LARGE = `
  import { open } from ${JSON.stringify(path.resolve("src/entry/main.ts"))};
  import { d1, dosql } from ${JSON.stringify(path.resolve("src/entry/d1.ts"))};
  const db = d1(open(process.argv[1]));
  const rows = db.prepare(
    "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 200000) " +
      "SELECT i, printf('%01000d', i) AS v FROM n",
  );
  let bytes = 0;
  for await (const { v } of dosql(db).iterate(rows)) bytes += v.length;
  console.log(bytes);
  process.exit();
`;

describe("dosql(db).iterate over a database in this process", () => {
  test("gives the rows of all(), one after the other", async () => {
    await fill(2_000);
    const db = d1(database);
    const statement = db.prepare("SELECT id, v, x'01' AS b, 1.5 AS r FROM t WHERE id > ?").bind(5);
    const rows = await gathered(dosql(db).iterate(statement));
    expect(rows).toEqual((await statement.all()).results);
    expect(rows).toHaveLength(1_995);
    const none = db.prepare("SELECT * FROM t WHERE id < 0");
    expect(await gathered(dosql(db).iterate(none))).toEqual([]);
  });

  test("keeps what it reads, while others write and it may read beside it", async () => {
    await fill(2_000);
    const db = d1(database);
    let seen = 0;
    for await (const { v } of dosql(db).iterate<{ v: string }>(db.prepare("SELECT v FROM t"))) {
      if (seen++ === 10) await db.exec("UPDATE t SET v = 'new'; DELETE FROM t WHERE id > 1000");
      expect(v).toHaveLength(1_000);
    }
    expect(seen).toBe(2_000);
    expect(await db.prepare("SELECT count(*) AS n FROM t WHERE v = 'new'").first("n")).toBe(1_000);
  });

  test("hands INTEGERs out as they are wanted", async () => {
    const db = d1(database, { integers: "bigint" });
    await db
      .prepare("INSERT INTO t (id) VALUES (?)")
      .bind(2n ** 62n)
      .run();
    const of = async (integers: "number" | "bigint" | "string"): Promise<unknown> =>
      gathered(dosql(db).iterate(db.prepare("SELECT id FROM t"), { integers }));
    expect(await of("bigint")).toEqual([{ id: 2n ** 62n }]);
    expect(await of("string")).toEqual([{ id: String(2n ** 62n) }]);
    expect(await of("number")).toEqual([{ id: 2 ** 62 }]);
  });

  test("lets go when it is left early, and when the database is closed", async () => {
    await fill(2_000);
    const db = d1(database);
    const all = db.prepare("SELECT * FROM t");
    for await (const _row of dosql(db).iterate(all)) break;
    const left = dosql(db).iterate(all);
    await left.next();
    const checkpoint = "PRAGMA wal_checkpoint(TRUNCATE)";
    await db.exec("DELETE FROM t WHERE id = 1");
    const [busy] = (await database.session().execute(checkpoint, [])).rows;
    expect(busy?.[0], "it holds what it reads").toBe(1n);
    await left.return();
    const [free] = (await database.session().execute(checkpoint, [])).rows;
    expect(free?.[0]).toBe(0n);
    const open = dosql(db).iterate(all);
    await open.next();
    await database.close();
    await expect(gathered(open)).rejects.toThrow("D1_ERROR: the session is closed");
  });

  test("refuses what it cannot read so", async () => {
    await fill(1);
    const db = d1(database);
    const fails = async (sql: string, of = db): Promise<string> =>
      gathered(dosql(of).iterate(db.prepare(sql))).then(String, (error: Error) => error.message);
    expect(await fails("SELECT nope FROM t")).toBe(
      "D1_ERROR: no such column: nope at offset 7: SQLITE_ERROR",
    );
    expect(await fails("SELECT 1; SELECT 2")).toBe("D1_ERROR: iterate() takes one statement");
    expect(await fails("SELECT * FROM _cf_dosql_log")).toMatch(/no such table/);
    expect(await fails("SELECT ?")).toMatch(/^D1_ERROR: Wrong number of parameter bindings/);
    for (const sql of ["DELETE FROM t RETURNING id", "PRAGMA table_list", "EXPLAIN SELECT 1"]) {
      expect(await fails(sql), sql).toMatch(/^D1_ERROR: iterate\(\) of .* is not supported$/);
    }
    const past = dosql(db).at(Date.now());
    expect(await fails("SELECT * FROM t", past)).toBe(
      "D1_ERROR: iterate() of the past is not supported",
    );
    await dosql(db).transaction(async (tx) => {
      expect(await fails("SELECT * FROM t", tx)).toMatch(/iterate\(\).*transaction/);
    });
    expect(await db.prepare("SELECT count(*) AS n FROM t").first("n")).toBe(1);
    expect(await fails("SELECT id FROM t", d1(database, { transactions: true }))).toBe(
      "[object Object]",
    );
  });

  test("reads a database in memory, too", async () => {
    const memory = open(":memory:");
    const db = d1(memory);
    expect(await gathered(dosql(db).iterate(db.prepare("SELECT 1 AS a")))).toEqual([{ a: 1 }]);
    await memory.close();
  });

  test("needs memory for a part at a time: 200 MB", { timeout: 120_000 }, async () => {
    const options = ["--max-old-space-size=60", "--conditions=dosql-src", "--input-type=module"];
    const said = execFileSync(
      process.execPath,
      [...options, "-e", LARGE, "--", path.join(folder, "large")],
      { encoding: "utf8" },
    );
    expect(said.trim()).toBe("200000000");
  });
});

describe("over dosql/client", () => {
  test("iterates by WebSocket, says why not by HTTP, and ends long reads", async () => {
    const data = path.join(folder, "server");
    const server = await serve({ data, httpPort: 0, pgPort: 0 });
    try {
      const at = (way: string): string => server.httpUrl.replace(/^http/, way);
      await using remote = await connect(at("ws"), { token: server.token });
      const db = d1(remote);
      const numbers =
        "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 3000) " +
        "SELECT i, printf('%0500d', i) AS v, NULL AS x FROM n";
      const rows = await gathered(dosql(db).iterate(db.prepare(numbers)));
      expect(rows).toEqual((await db.prepare(numbers).all()).results);
      for await (const _row of dosql(db).iterate(db.prepare(numbers))) break;
      const long = dosql(db).withTimeout(200).prepare(numbers.replace("3000", "1000000000"));
      await expect(long.first()).rejects.toThrow(/D1_ERROR: canceling statement due to statement/);
      await using http = await connect(at("http"), { token: server.token });
      const single = d1(http);
      const refused = gathered(dosql(single).iterate(single.prepare("SELECT 1")));
      await expect(refused).rejects.toThrow(/not served over HTTP/);
    } finally {
      await server.close();
    }
  });
});

describe("dosql(db).withTimeout", () => {
  const LONG =
    "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";

  test("ends a long read where readers can be ended, and nothing else", async () => {
    const reading = open(path.join(folder, "readers"), { readers: 1 });
    try {
      const db = d1(reading);
      await db.exec("CREATE TABLE t (a)");
      const timed = dosql(db).withTimeout(200);
      await expect(timed.prepare(LONG).first()).rejects.toThrow(
        "D1_ERROR: canceling statement due to statement timeout",
      );
      const patient = dosql(db).withTimeout(20_000);
      await patient.prepare("INSERT INTO t VALUES (1)").run();
      expect(await patient.prepare("SELECT a FROM t").raw()).toEqual([[1]]);
    } finally {
      await reading.close();
    }
  });

  test("is refused by name elsewhere", async () => {
    expect(() => dosql(d1(database)).withTimeout(100)).toThrow(/timeout is not supported here/);
    expect(() => dosql(d1(database)).withTimeout(0)).toThrow(/not a time/);
  });
});
