/* `dosql copy`: files, folders, servers, and a D1 by its API, which a server of ours stands for. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { makeOddDatabase } from "../server/dump/odd-database.ts";
import type { Served } from "./run-dosql.ts";
import { dosql, scratchFolder, serve } from "./run-dosql.ts";

interface Report {
  readonly result: string;
  readonly copied: number;
  readonly tables: readonly {
    readonly name: string;
    readonly source: { readonly rows: number; readonly hash: string } | null;
    readonly target: { readonly rows: number; readonly hash: string } | null;
    readonly equal: boolean;
  }[];
  readonly views: readonly string[];
}

const SHOP = `
CREATE TABLE customer (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT, big INTEGER);
CREATE TABLE sale (id TEXT PRIMARY KEY, customer REFERENCES customer ON DELETE CASCADE, x BLOB)
  WITHOUT ROWID;
CREATE TABLE log (t);
CREATE VIRTUAL TABLE words USING fts5(w);
CREATE INDEX by_name ON customer (name);
CREATE TRIGGER logged AFTER INSERT ON customer BEGIN INSERT INTO log VALUES (new.name); END;
CREATE VIEW names AS SELECT name FROM customer;
INSERT INTO customer VALUES (1, 'Ada', 9007199254740993), (7, 'Bø; ''x'' --', NULL), (9, '', 1.5);
DELETE FROM customer WHERE id = 9;
INSERT INTO sale VALUES ('b', 1, x'00ff'), ('a', 7, 'text'), ('é', 1, -0.1);
INSERT INTO words VALUES ('hello world'), ('good bye');
`;

function shopFile(): string {
  const file = path.join(scratchFolder(), "shop.sqlite");
  const db = new DatabaseSync(file);
  db.exec(SHOP);
  db.close();
  return file;
}

async function copied(words: readonly string[], env: Record<string, string> = {}): Promise<Report> {
  const { code, out, err } = await dosql(["copy", "--json", ...words], { env });
  const report = JSON.parse(out || "{}") as Report;
  expect(code, out + err).toBe(report.result === "equal" ? 0 : 1);
  return report;
}

const differing = ({ tables }: Report): string[] =>
  tables.filter(({ equal }) => !equal).map(({ name }) => name);

async function sql(served: Served, text: string, database = "main"): Promise<any> {
  const base = `${served.httpUrl.replace(/\/$/, "")}/client/v4/accounts/any/d1/database`;
  const headers = { authorization: `Bearer ${served.token}` };
  const body = JSON.stringify({ sql: text });
  return (await fetch(`${base}/${database}/query`, { method: "POST", headers, body })).json();
}

describe("dosql copy", () => {
  it("copies a file into a folder, and says so in a table", async () => {
    const [file, data] = [shopFile(), path.join(scratchFolder(), "data")];
    const { code, out, err } = await dosql(["copy", file, data]);
    expect(code, err).toBe(0);
    expect(out).toMatch(/customer +\| +2 +\| +2 \| ([0-9a-f]{16}) \| \1 +\| yes/);
    expect(out).toContain("both databases are equal");
    const again = await copied(["--verify-only", file, data]);
    expect(again).toMatchObject({ result: "equal", copied: 0, views: [] });
    expect(again.tables.map(({ name }) => name).sort()).toEqual([
      ...["customer", "log", "sale", "words"],
    ]);
    expect(again.tables[0]?.source?.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it("copies whatever SQLite holds", async () => {
    const file = path.join(scratchFolder(), "odd.sqlite");
    makeOddDatabase(file);
    expect((await copied([file, path.join(scratchFolder(), "data")])).result).toBe("equal");
  });

  it("copies a D1 by its API to a server, and again what has changed since", async () => {
    const [one, two] = [await serve(scratchFolder()), await serve(scratchFolder())];
    const api = (served: Served): string => served.httpUrl.replace(/\/$/, "");
    const env = {
      CLOUDFLARE_API_BASE_URL: `${api(one)}/client/v4`,
      CLOUDFLARE_API_TOKEN: one.token,
      CLOUDFLARE_ACCOUNT_ID: "any",
      DOSQL_TOKEN: two.token,
    };
    for (const statement of SHOP.split(/;\n/).filter((text) => text.trim() !== "")) {
      expect(await sql(one, statement)).toMatchObject({ success: true });
    }
    const ends = ["d1:main", api(two)];
    expect(await copied(ends, env)).toMatchObject({ result: "equal", copied: 10, views: [] });
    const exact = "SELECT CAST(big AS TEXT) AS big FROM customer WHERE id = 1";
    expect((await sql(two, exact)).result[0].results).toEqual([{ big: "9007199254740993" }]);

    await sql(one, "INSERT INTO customer (name) VALUES ('late'); DELETE FROM sale WHERE id = 'b'");
    await sql(one, "CREATE TABLE more (a); INSERT INTO more VALUES (1)");
    await sql(one, "DROP VIEW names; CREATE VIEW names AS SELECT id, name FROM customer");
    await sql(two, "CREATE TABLE own (a); UPDATE words SET w = 'other' WHERE w = 'good bye'");
    const found = await copied(["--verify-only", ...ends], env);
    expect(differing(found).sort()).toEqual(["customer", "log", "more", "own", "sale", "words"]);
    expect(found.views).toEqual(["names"]);
    const plain = await dosql(["copy", "--verify-only", ...ends], { env });
    expect(plain.code).toBe(1);
    expect(plain.err).toMatch(/differ in .*customer.*names\n.*--again/s);

    const mended = await copied(["--again", ...ends], env);
    expect(mended).toMatchObject({ result: "equal" });
    expect((await sql(two, "SELECT seq FROM sqlite_sequence")).result[0].results).toEqual([
      { seq: 10 },
    ]);
    expect(await copied(["--again", ...ends], env)).toMatchObject({ copied: 0, result: "equal" });
    // Back to a file of one's own.
    const here = path.join(scratchFolder(), "back");
    expect((await copied([api(two), here], env)).result).toBe("equal");
    await Promise.all([one.stop(), two.stop()]);
  });

  it.each([
    [
      "a trigger with the name of its table",
      "CREATE TRIGGER t AFTER INSERT ON t BEGIN SELECT 2; END",
    ],
    ["a default like a comment", "ALTER TABLE t ADD COLUMN b DEFAULT '--y'"],
    ["how a full-text table ranks", "INSERT INTO ft (ft, rank) VALUES ('rank', 'bm25(9.0)')"],
    ["a view with the name of its trigger", "CREATE VIEW v AS SELECT 2 AS x -- open"],
  ])("sees %s differ, and copies it again", async (_what, change) => {
    const [file, data] = [path.join(scratchFolder(), "a.sqlite"), scratchFolder()];
    const db = new DatabaseSync(file);
    db.exec("CREATE TABLE t (a); CREATE VIRTUAL TABLE ft USING fts5 (a)");
    db.exec("CREATE VIEW v AS SELECT 1 AS x");
    db.exec("CREATE TRIGGER v INSTEAD OF INSERT ON v BEGIN SELECT 1; END");
    if (change.includes("'--y'")) db.exec("ALTER TABLE t ADD COLUMN b DEFAULT '--x'");
    expect((await copied([file, data])).result).toBe("equal");
    if (change.includes("'--y'")) db.exec("ALTER TABLE t DROP COLUMN b");
    const isView = change.includes("VIEW v");
    if (isView) db.exec("DROP VIEW v");
    db.exec(change);
    if (isView) db.exec("CREATE TRIGGER v INSTEAD OF INSERT ON v BEGIN SELECT 1; END");
    db.close();
    expect((await copied(["--verify-only", file, data])).result).toBe("different");
    expect((await copied(["--again", file, data])).result).toBe("equal");
  });

  it("brings what goes with a view that is made anew, and nothing else, again", async () => {
    const script = path.join(scratchFolder(), "views.sql");
    const data = path.join(scratchFolder(), "data");
    const objects =
      "CREATE TRIGGER away INSTEAD OF DELETE ON few BEGIN DELETE FROM t WHERE a = old.a; END;\n" +
      "CREATE VIEW two AS SELECT * FROM few;\n" +
      // A trigger may have the name of a view.
      "CREATE TRIGGER few AFTER INSERT ON t BEGIN SELECT 1; END;\n";
    writeFileSync(script, `CREATE TABLE t (a);\nCREATE VIEW few AS SELECT * FROM t;\n${objects}`);
    expect((await copied([script, data])).result).toBe("equal");
    const view = "CREATE VIEW few AS SELECT * FROM t LIMIT 2;\n";
    writeFileSync(script, `CREATE TABLE t (a);\n${view}${objects}`);
    expect(await copied(["--verify-only", script, data])).toMatchObject({ views: ["few"] });
    expect(await copied(["--again", script, data])).toMatchObject({ result: "equal", views: [] });
  });

  it("copies a script, and into a named database of a server", async () => {
    const script = path.join(scratchFolder(), "shop.sql");
    writeFileSync(script, SHOP);
    const served = await serve(scratchFolder());
    const url = served.httpUrl.replace(/\/$/, "");
    const base = `${url}/client/v4/accounts/any/d1/database`;
    const headers = { authorization: `Bearer ${served.token}` };
    await fetch(base, { method: "POST", headers, body: JSON.stringify({ name: "shop" }) });
    const env = { DOSQL_TOKEN: served.token };
    expect((await copied([script, `${url}/shop`], env)).result).toBe("equal");
    const names = await sql(served, "SELECT name FROM names", "shop");
    expect(names.result[0].results).toHaveLength(2);
    await served.stop();
  });

  it("copies over the protocol of Postgres, both ways", async () => {
    const served = await serve(scratchFolder());
    const env = { PGPASSWORD: served.token };
    expect((await copied([shopFile(), served.pgUrl], env)).result).toBe("equal");
    const back = path.join(scratchFolder(), "back");
    expect(await copied([served.pgUrl, back], env)).toMatchObject({ result: "equal", copied: 10 });
    await served.stop();
  });

  it("leaves a target as it was when the copy fails", async () => {
    const [file, data] = [shopFile(), path.join(scratchFolder(), "data")];
    const input = "CREATE TABLE words (other)";
    expect((await dosql(["import", "--data", data, "-"], { input })).code).toBe(0);
    const failed = await dosql(["copy", file, data]);
    expect(failed.code).toBe(1);
    expect(failed.err).toContain("words already exists");
    const left = await dosql(["export", "--data", data]);
    expect(left.out).toContain("words");
    expect(left.out).not.toContain("customer");
  });

  it.each([
    [["copy", "a.sqlite"], 2, "TO is missing"],
    [["copy", "nowhere.sqlite", "./x"], 4, "nowhere.sqlite does not exist"],
    [["copy", "d1:shop", "./x"], 2, "CLOUDFLARE_ACCOUNT_ID is missing"],
    [["copy", "https://a.example/b/c", "./x"], 2, "no address of a DoSQL server"],
    [["copy", "https://a.example", "./x"], 2, "DOSQL_TOKEN is missing"],
    [["copy", "package.json", "d1:shop"], 4, "package.json is not a SQLite database"],
  ] as const)("says what is wrong with %j", async (words, code, message) => {
    const env = { CLOUDFLARE_ACCOUNT_ID: "", CLOUDFLARE_API_TOKEN: "", DOSQL_TOKEN: "" };
    const said = await dosql(words, { env });
    expect(said.err).toContain(message);
    expect(said.code).toBe(code);
  });

  it("says who cannot be reached, and who refuses the token", async () => {
    const served = await serve(scratchFolder());
    const x = path.join(scratchFolder(), "x");
    const refused = await dosql(["copy", served.httpUrl, x], { env: { DOSQL_TOKEN: "wrong" } });
    expect([refused.code, refused.err]).toEqual([5, expect.stringContaining("Authentication")]);
    await served.stop();
    const gone = await dosql(["copy", served.httpUrl, x], { env: { DOSQL_TOKEN: "x" } });
    expect([gone.code, gone.err]).toEqual([5, expect.stringContaining("cannot be reached")]);
  });
});
