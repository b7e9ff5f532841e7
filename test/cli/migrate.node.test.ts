import * as fs from "node:fs";
import * as path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { beforeEach, describe, expect, test } from "vitest";
import { collect, dosql, scratchFolder, serve, start } from "./run-dosql.ts";
import type { Finished } from "./run-dosql.ts";

let cwd: string;

beforeEach(() => {
  cwd = scratchFolder();
});

const migrate = (...words: string[]): Promise<Finished> => dosql(["migrate", ...words], { cwd });
const at = (name: string): string => path.join(cwd, name);
const shard = (): string => at("data/databases/main/shard-0.sqlite");

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(at(name)), { recursive: true });
    fs.writeFileSync(at(name), text);
  }
}

/** Names of what a file holds, but for SQLite's and the engine's own. */
function schema(file: string): string {
  const database = new DatabaseSync(file);
  const rows = database.prepare("SELECT name FROM sqlite_schema ORDER BY name").all();
  database.close();
  const names = rows.map(({ name }) => String(name));
  return names.filter((name) => !/^(?:sqlite_|_cf_|_dosql_)/.test(name)).join(" ");
}

describe("dosql migrate", () => {
  test("from the first file to the last", async () => {
    expect(await migrate("new", "create users")).toEqual({
      code: 0,
      err: "",
      out: ".do/migrations/0001_create_users.sql\n",
    });
    const { out: second } = await migrate("new", "add_email");
    fs.appendFileSync(at(".do/migrations/0001_create_users.sql"), "CREATE TABLE users (id);\n");
    fs.appendFileSync(
      at(second.trim()),
      "ALTER TABLE users ADD email;\nUPDATE users SET id = 1;\n",
    );
    const dry = await migrate("up", "--dry-run", "--data", "data");
    expect(dry).toMatchObject({ code: 4, out: "" });

    expect(await migrate("up", "--to", "0001_create_users")).toMatchObject({
      code: 0,
      err: "",
      out: expect.stringMatching(
        /^applied 0001_create_users\.sql: 1 statement in [\d.]+ m?s\n1 migration applied: /,
      ) as string,
    });
    expect(await migrate("up", "--dry-run")).toMatchObject({
      code: 0,
      err: "",
      out: expect.stringMatching(
        /^would apply 0002_add_email\.sql: 2 statements\n1 migration would be applied: /,
      ) as string,
    });
    const status = await migrate("status");
    expect({ code: status.code, err: status.err }).toEqual({ code: 0, err: "" });
    expect(status.out.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "TIME")).toMatch(
      /^ 0001_create_users\.sql \| applied \| TIME \|\n 0002_add_email\.sql +\| pending \| +\|$/m,
    );
    expect(status.out).toMatch(
      /\n\.do\/migrations \(plain, table dosql_migrations\) in .*\/data: 1 applied, 1 pending\n$/,
    );
    expect((await migrate("up")).out).toMatch(/^applied 0002_add_email\.sql: 2 statements in /);
    expect((await migrate("up")).out).toMatch(/^nothing to apply: /);
    expect(schema(shard())).toBe("dosql_migrations users");
  });

  test("as JSON", async () => {
    write({ "migrations/0001_a.sql": "CREATE TABLE a (x)", "migrations/0002_b.sql": "SELECT" });
    const up = await migrate("up", "--json");
    expect(up.code).toBe(1);
    expect(JSON.parse(up.out)).toEqual({
      database: fs.realpathSync(at("data")),
      folder: "migrations",
      format: "wrangler",
      table: "d1_migrations",
      result: "failed",
      applied: [{ name: "0001_a.sql", statements: 1 }],
      overtaken: [],
      skipped: [],
      missing: [],
      error: { migration: "0002_b.sql", message: "incomplete input", line: 1, column: 7 },
    });
    const { migrations } = JSON.parse((await migrate("status", "--json")).out) as {
      migrations: object[];
    };
    expect(migrations).toMatchObject([
      { name: "0001_a.sql", state: "applied", appliedAt: expect.any(String) as string },
      { name: "0002_b.sql", state: "pending", appliedAt: null, path: "migrations/0002_b.sql" },
    ]);
  });

  test("explains itself", async () => {
    const help = await dosql(["help", "migrate"]);
    expect(help.out).toMatch(
      /dosql migrate status \[FILE\][\s\S]*--out-of-order[\s\S]*exit codes:/,
    );
    expect((await migrate("up", "--help")).out).toBe(help.out);
    expect((await dosql(["--help"])).out).toMatch(/^ {2}migrate +Apply migrations/m);
  });
});

describe("what goes wrong", () => {
  test("in a statement: where it is, what stays", async () => {
    const bad =
      "-- é\nCREATE TABLE b (x);\nINSERT INTO\n  nowhere VALUES (1);\nCREATE TABLE c (x);";
    write({ ".do/migrations/1.sql": "CREATE TABLE a (x)", ".do/migrations/2.sql": bad });
    const { code, err, out } = await migrate("up");
    expect(code).toBe(1);
    expect(out).toMatch(/^applied 1\.sql: 1 statement in [^\n]*\n$/);
    expect(err).toMatch(/^dosql: \.do\/migrations\/2\.sql:[34]:\d+: no such table: nowhere\n/);
    expect(err).toMatch(/\n {2}(?:INSERT INTO| {2}nowhere VALUES)/);
    expect(err).toMatch(/\napplied: 1 migration before it stays\n$/);
    expect(schema(shard())).toBe("a dosql_migrations");
  });

  test("in the files: 4", async () => {
    expect(await migrate("up")).toMatchObject({
      code: 4,
      err:
        "dosql: there is no folder of migrations\n" +
        "hint: looked for migrations, drizzle, .do/migrations; " +
        "name it by --folder, or begin with dosql migrate new NAME\n",
    });
    expect(fs.existsSync(at("data"))).toBe(false);
    write({ "migrations/1.sql": "CREATE TABLE a (x);", "migrations/2.sql": "SELECT 1;" });
    expect(await migrate("up", "--format", "plain", "--folder", "migrations")).toMatchObject({
      code: 0,
    });
    const plain = ["--format", "plain", "--folder", "migrations"];
    write({
      "migrations/1.sql": "CREATE TABLE b (x);",
      "migrations/1_a.sql": "CREATE TABLE c (x);",
    });
    const changed = await migrate("up", ...plain);
    expect(changed).toMatchObject({ code: 4, out: "" });
    expect(changed.err).toMatch(
      /^dosql: 1\.sql is not what was applied: .*\nhint: .*--allow-changed\n$/,
    );
    const late = await migrate("up", ...plain, "--allow-changed");
    expect(late).toMatchObject({ code: 4, out: "" });
    expect(late.err).toMatch(
      /^dosql: 1_a\.sql: not applied, but older.*\nhint: --out-of-order apply/,
    );
    fs.rmSync(at("migrations/2.sql"));
    const status = await migrate("status", ...plain);
    expect(status.code).toBe(0);
    expect(status.out).toMatch(/ 2\.sql .* missing +\|.*the file is gone/);
    expect(status.out).toMatch(/ 1\.sql .* changed +\|.*the file is not what was applied/);
    expect(status.out).toMatch(/ 1_a\.sql .* out-of-order +\|.*older than what is applied/);
    const skip = ["--allow-changed", "--out-of-order", "skip"];
    expect(await migrate("up", ...plain, ...skip)).toMatchObject({
      code: 0,
      err:
        "warning: 2.sql: applied, but the file is gone\n" +
        "warning: 1_a.sql: skipped, older than what is applied\n",
    });
    expect(schema(shard())).toBe("a dosql_migrations");
    // Wrangler's table knows nothing of it; without a look at ours all would be applied again.
    const other = await migrate("up", "--format", "wrangler");
    expect(other).toMatchObject({ code: 2, out: "" });
    expect(other.err).toMatch(/^dosql: 1\.sql is applied already: it stands in dosql_migrations, /);
  });

  test.each([
    [["upp"], /^dosql: dosql migrate cannot "upp"\nhint: did you mean up\?/],
    [[], /^dosql: ACTION is missing\n/],
    [["new"], /^dosql: NAME is missing\n/],
    [["new", "a/b"], /^dosql: "a\/b" is no name for a migration\n/],
    [["new", "a", "--url", "x"], /^dosql: --url has no meaning for dosql migrate new\n/],
    [["status", "--to", "1"], /^dosql: --to has no meaning for dosql migrate status\n/],
    [["up", "--to", "9"], /^dosql: there is no migration 9\nhint: the last one is 1\.sql/],
    [["up", "--format", "flyway"], /^dosql: --format is one of wrangler, drizzle, plain, not/],
    [["up", "x.sqlite", "--data", "data"], /^dosql: name one database/],
  ])("in the words %j: 2", async (words, message) => {
    write({ ".do/migrations/1.sql": "SELECT 1" });
    const { code, out, err } = await migrate(...words);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(message);
    expect(fs.existsSync(at("data"))).toBe(false);
  });

  test("with what drizzle leaves out, which is said", async () => {
    const journal = { dialect: "sqlite", entries: [{ idx: 0, when: 1, tag: "0000_a" }] };
    write({
      "drizzle/meta/_journal.json": JSON.stringify(journal),
      "drizzle/0000_a.sql": "CREATE TABLE a (x)",
      "drizzle/0001_b.sql": "CREATE TABLE b (x)",
    });
    const { code, err } = await migrate("up");
    expect(code).toBe(0);
    expect(err).toMatch(/^warning: 0001_b\.sql: not in meta\/_journal\.json, and left out/);
    expect(schema(shard())).toBe("__drizzle_migrations a");
  });
});

describe("other targets", () => {
  test("a SQLite file stays a plain one", async () => {
    write({ "migrations/0001_a.sql": "CREATE TABLE a (x)" });
    new DatabaseSync(at("shop.sqlite")).exec("CREATE TABLE mine (x)");
    expect(await migrate("up", "shop.sqlite")).toMatchObject({ code: 0, err: "" });
    const database = new DatabaseSync(at("shop.sqlite"));
    const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
    database.close();
    expect(tables.map(({ name }) => name)).toEqual([
      "mine",
      "d1_migrations",
      "sqlite_sequence",
      "a",
    ]);
    expect(await migrate("up", "none.sqlite")).toMatchObject({ code: 4 });
  });

  test("a running server, with everything a migration may hold", async () => {
    const rebuild =
      "PRAGMA foreign_keys=OFF; CREATE TABLE n (id INTEGER PRIMARY KEY, y); " +
      "INSERT INTO n SELECT * FROM p; DROP TABLE p; ALTER TABLE n RENAME TO p; " +
      "PRAGMA foreign_keys=ON";
    write({
      "migrations/0001_a.sql": `CREATE TABLE p (id INTEGER PRIMARY KEY, x);
        CREATE TABLE c (p REFERENCES p ON DELETE CASCADE);
        CREATE TRIGGER t AFTER INSERT ON p BEGIN INSERT INTO c VALUES (new.id); END;
        BEGIN; INSERT INTO p VALUES (1, 'x;y'); COMMIT;`,
      "migrations/0002_b.sql": rebuild,
      "migrations/0003_c.sql": "CREATE TABLE d (x UNIQUE);\nINSERT INTO d VALUES (1), (1)",
    });
    const { pgUrl: url } = await serve(at("served"));
    const { code, out, err } = await migrate("up", "--url", url);
    expect(code).toBe(1);
    expect(out.match(/^applied .*?:/gm)).toEqual(["applied 0001_a.sql:", "applied 0002_b.sql:"]);
    expect(err).toMatch(/^dosql: migrations\/0003_c\.sql:2:1: UNIQUE constraint failed: d\.x\n/);
    const counts = "SELECT (SELECT count(*) FROM c) || y AS n FROM p";
    expect((await dosql(["sql", "--url", url, "--csv", "-c", counts])).out).toBe("n\r\n1x;y\r\n");
    const missing = await dosql(["sql", "--url", url, "-c", "SELECT * FROM d"]);
    expect(missing.err).toContain("no such table: d");
    write({ "migrations/0003_c.sql": "PRAGMA foreign_keys=OFF; DELETE FROM p" });
    const broken = await migrate("up", "--url", url);
    expect(broken.err).toMatch(/FOREIGN KEY constraint failed: row 1 of c has no parent in p\n/);
    write({ "migrations/0003_c.sql": "SELECT 1" });
    expect((await migrate("up", "--url", url)).code).toBe(0);
    expect((await migrate("status", "--url", url)).out).toContain(": 3 applied\n");
  });

  test("two at once apply everything once", async () => {
    const names = Array.from({ length: 20 }, (_, i) => `${i + 10}`);
    write(
      Object.fromEntries(
        names.map((n) => [`.do/migrations/${n}.sql`, `INSERT INTO a VALUES (${n})`]),
      ),
    );
    write({ ".do/migrations/01.sql": "CREATE TABLE a (x)" });
    const { pgUrl: url } = await serve(at("served"));
    const both = await Promise.all([migrate("up", "--url", url), migrate("up", "--url", url)]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    const applied = both.flatMap(({ out }) => out.match(/^applied \d+/gm) ?? []);
    expect(applied.toSorted()).toEqual(["01", ...names].map((n) => `applied ${n}`));
    const query = "SELECT count(*) AS n, count(DISTINCT x) AS d FROM a";
    const { out } = await dosql(["sql", "--url", url, "--csv", "-c", query]);
    expect(out).toBe("n,d\r\n20,20\r\n");
  });
});

describe("an end in the middle", () => {
  const insert = `INSERT INTO t
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 1000)
    SELECT randomblob(500) FROM n;\n`;

  beforeEach(() => {
    write({
      ".do/migrations/1.sql": "CREATE TABLE a (x)",
      ".do/migrations/2.sql": `CREATE TABLE t (x);\n${insert.repeat(400)}`,
      ".do/migrations/3.sql": "CREATE TABLE z (x)",
    });
  });

  /** Starts it and waits until the second migration has written far more than a cache holds. */
  async function interrupt(signal: "SIGKILL" | "SIGINT"): Promise<Finished> {
    const child = start(["migrate", "up"], { cwd });
    const finished = collect(child);
    const log = `${shard()}-wal`;
    const written = (): number => (fs.existsSync(log) ? fs.statSync(log).size : 0);
    await expect.poll(written, { interval: 5, timeout: 10_000 }).toBeGreaterThan(5_000_000);
    child.kill(signal);
    return finished;
  }

  test.each(["SIGKILL", "SIGINT"] as const)(
    "by %s: nothing of it is there, up goes on",
    async (signal) => {
      const { code, err } = await interrupt(signal);
      if (signal === "SIGINT") {
        expect(code).toBe(130);
        expect(err).toMatch(/dosql: interrupted\napplied: 1 migration before it stays\n$/);
      }
      expect(schema(shard())).toBe("a dosql_migrations");
      expect((await migrate("status")).out).toMatch(/: 1 applied, 2 pending\n$/);
      write({ ".do/migrations/2.sql": `CREATE TABLE t (x);\n${insert.repeat(2)}` });
      expect((await migrate("up")).out.match(/^applied \S+/gm)).toEqual([
        "applied 2.sql:",
        "applied 3.sql:",
      ]);
      expect(schema(shard())).toBe("a dosql_migrations t z");
    },
  );
});
