import { describe, expect, test } from "vitest";
import type { SqlClient } from "../../../src/ports/sql-client.ts";
import { migrationHistory } from "../../../src/server/migrations/history.ts";
import { migrate } from "../../../src/server/migrations/migrate.ts";
import type { MigrateOptions } from "../../../src/server/migrations/migrate.ts";
import { CLIENTS, Scratch, answer, openFile, schema } from "./scratch.ts";

/** Plain migrations, numbered from 1. */
function plain(...texts: readonly string[]): Record<string, string> {
  const files = texts.map((text, i) => [`.do/migrations/${i + 1}.sql`, text] as const);
  return Object.fromEntries(files);
}

/** What came of it, in one line. */
async function up(client: SqlClient, scratch: Scratch, options?: MigrateOptions): Promise<string> {
  try {
    const outcome = await migrate(client, scratch.set(), options);
    const { result, applied, skipped, missing, overtaken, failure } = outcome;
    const list = (word: string, names: readonly string[]): string =>
      names.length === 0 ? "" : ` ${word} ${names.join(" ")}`;
    const counts = applied.map(({ name, statements }) => `${name}:${statements}`);
    const why = failure === undefined ? "" : ` ${failure.migration.name}: ${failure.error.message}`;
    const at = failure?.statement?.place;
    const place = at === undefined ? "" : ` at ${at.line}:${at.column}`;
    const lists =
      list("skipped", skipped) + list("missing", missing) + list("overtaken", overtaken);
    return `${result}${list("applied", counts)}${lists}${why}${place}`;
  } catch (error) {
    return `refused: ${(error as Error).message}`;
  }
}

async function states(client: SqlClient, scratch: Scratch): Promise<string> {
  const history = await migrationHistory(client, scratch.set());
  return history.map(({ name, state }) => `${name}:${state}`).join(" ");
}

const LEDGER = "SELECT name FROM dosql_migrations ORDER BY id";

describe.each(CLIENTS)("through %s", (_name, open) => {
  test("what is pending is applied once, in order, with its row", async () => {
    const body = "INSERT INTO log VALUES (new.x); DELETE FROM log WHERE n = 2;";
    const scratch = new Scratch(
      plain(
        "CREATE TABLE a (x); CREATE TABLE log (n);",
        `CREATE TRIGGER t AFTER INSERT ON a BEGIN ${body} END;\nINSERT INTO a VALUES (1), (2), (3)`,
      ),
    );
    const client = open(scratch);
    expect(await states(client, scratch)).toBe("1.sql:pending 2.sql:pending");
    expect(await schema(client)).toBe("");
    expect(await up(client, scratch, { dryRun: true })).toBe("planned applied 1.sql:2 2.sql:2");
    expect(await schema(client)).toBe("");
    expect(await up(client, scratch)).toBe("done applied 1.sql:2 2.sql:2");
    expect(await schema(client)).toBe("a dosql_migrations log t");
    expect(await answer(client, "SELECT n FROM log")).toBe("1 3");
    expect(await up(client, scratch)).toBe("done");
    expect(await answer(client, "SELECT count(*) FROM a")).toBe("3");
    expect(await states(client, scratch)).toBe("1.sql:applied 2.sql:applied");
    const row = await client.run("SELECT name, checksum, applied_at FROM dosql_migrations");
    const [first] = scratch.set().migrations;
    expect(row.rows[0]?.slice(0, 2)).toEqual(["1.sql", first?.checksum]);
    expect(row.rows[0]?.[2]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  test("a failure leaves nothing of its migration, and all before it", async () => {
    const bad = "CREATE TABLE b (x UNIQUE);\n  INSERT INTO b VALUES (1), (1);\nCREATE TABLE c (x)";
    const scratch = new Scratch(plain("CREATE TABLE a (x)", bad, "CREATE TABLE d (x)"));
    const client = open(scratch);
    expect(await up(client, scratch)).toBe(
      "failed applied 1.sql:1 2.sql: UNIQUE constraint failed: b.x at 2:3",
    );
    expect(await schema(client)).toBe("a dosql_migrations");
    expect(client.inTransaction).toBe(false);
    scratch.write(plain("CREATE TABLE a (x)", "CREATE TABLE b (x)"));
    expect(await up(client, scratch)).toBe("done applied 2.sql:1 3.sql:1");
    expect(await answer(client, LEDGER)).toBe("1.sql 2.sql 3.sql");
  });

  test("a first migration that fails leaves no table behind", async () => {
    const scratch = new Scratch(plain("CREATE TABLE a (x); SELECT missing"));
    const client = open(scratch);
    expect(await up(client, scratch)).toBe("failed 1.sql: no such column: missing at 1:21");
    expect(await schema(client)).toBe("");
  });

  test("a row that cannot be written takes its migration along", async () => {
    const full = `CREATE TABLE a (x); CREATE TRIGGER full BEFORE INSERT ON dosql_migrations
      WHEN new.name = '2.sql' BEGIN SELECT RAISE(ABORT, 'full'); END`;
    const scratch = new Scratch(plain(full, "CREATE TABLE b (x)"));
    const client = open(scratch);
    expect(await up(client, scratch)).toBe("failed applied 1.sql:2 2.sql: full");
    expect(await schema(client)).toBe("a dosql_migrations full");
  });

  test("all files are read before the first is applied", async () => {
    const scratch = new Scratch(plain("CREATE TABLE a (x)", "CREATE TABLE b (x); ROLLBACK"));
    const client = open(scratch);
    const refused = "failed 2.sql: ROLLBACK cannot be part of a migration at 1:21";
    expect(await up(client, scratch)).toBe(refused);
    expect(await up(client, scratch, { dryRun: true })).toBe(refused);
    expect(await up(client, scratch, { to: "1" })).toBe("done applied 1.sql:1");
    expect(await schema(client)).toBe("a dosql_migrations");
  });

  test("up to one of them", async () => {
    const scratch = new Scratch(plain("SELECT 1", "SELECT 2", "SELECT 3"));
    const client = open(scratch);
    expect(await up(client, scratch, { to: "4" })).toBe("refused: there is no migration 4");
    expect(await up(client, scratch, { to: "2.sql" })).toBe("done applied 1.sql:1 2.sql:1");
    expect(await up(client, scratch, { to: "1" })).toBe("done");
    expect(await states(client, scratch)).toBe("1.sql:applied 2.sql:applied 3.sql:pending");
  });

  test("a file that changed is refused, and not applied again", async () => {
    const scratch = new Scratch(plain("CREATE TABLE a (x);\nSELECT 1;\n"));
    const client = open(scratch);
    await up(client, scratch);
    scratch.write(plain("CREATE TABLE a (x);\r\nSELECT 1;\r\n", "CREATE TABLE b (x)"));
    expect(await states(client, scratch)).toBe("1.sql:applied 2.sql:pending");
    scratch.write(plain("CREATE TABLE a (y)"));
    expect(await states(client, scratch)).toBe("1.sql:changed 2.sql:pending");
    expect(await up(client, scratch)).toBe(
      "refused: 1.sql is not what was applied: dosql_migrations holds another checksum",
    );
    expect(await schema(client)).toBe("a dosql_migrations");
    expect(await up(client, scratch, { allowChanged: true })).toBe("done applied 2.sql:1");
    expect(await states(client, scratch)).toBe("1.sql:changed 2.sql:applied");
  });

  test("files that are gone, and files that come late", async () => {
    const scratch = new Scratch(plain("SELECT 1", "SELECT 2", "CREATE TABLE c (x)"));
    const client = open(scratch);
    await up(client, scratch, { to: "2" });
    scratch.remove(".do/migrations/2.sql");
    scratch.write({ ".do/migrations/1_late.sql": "CREATE TABLE late (x)" });
    expect(await states(client, scratch)).toBe(
      "2.sql:missing 1.sql:applied 1_late.sql:out-of-order 3.sql:pending",
    );
    expect(await up(client, scratch)).toBe(
      "refused: 1_late.sql: not applied, but older than what is",
    );
    expect(await up(client, scratch, { outOfOrder: "skip" })).toBe(
      "done applied 3.sql:1 skipped 1_late.sql missing 2.sql",
    );
    expect(await schema(client)).toBe("c dosql_migrations");
    expect(await up(client, scratch, { outOfOrder: "apply" })).toBe(
      "done applied 1_late.sql:1 missing 2.sql",
    );
  });

  test("a file that got another name is not applied again", async () => {
    const scratch = new Scratch(plain("CREATE TABLE a (x);\n"));
    const client = open(scratch);
    await up(client, scratch);
    scratch.remove(".do/migrations/1.sql");
    scratch.write({ ".do/migrations/2_a.sql": "CREATE TABLE a (x);\r\n" });
    expect(await up(client, scratch)).toBe("refused: 2_a.sql was applied already, as 1.sql");
    scratch.write({ ".do/migrations/2_a.sql": "CREATE TABLE b (x)" });
    expect(await up(client, scratch)).toBe("done applied 2_a.sql:1 missing 1.sql");
  });

  test("a stop undoes the migration that runs", async () => {
    const scratch = new Scratch(
      plain("CREATE TABLE a (x)", "CREATE TABLE b (x); SELECT 1; SELECT 2"),
    );
    const client = open(scratch);
    const seen: string[] = [];
    const watch: MigrateOptions["watch"] = {
      async ran({ name }, done, total) {
        seen.push(`${name} ${done}/${total}`);
        return name === "2.sql" && done === 2;
      },
      async applied({ name }) {
        seen.push(`${name} applied`);
      },
    };
    expect(await up(client, scratch, { watch })).toBe("stopped applied 1.sql:1");
    expect(seen).toEqual(["1.sql 1/1", "1.sql applied", "2.sql 1/3", "2.sql 2/3"]);
    expect(await schema(client)).toBe("a dosql_migrations");
    expect(await up(client, scratch)).toBe("done applied 2.sql:3");
  });

  test("a migration that somebody else applies in the meantime is left to them", async () => {
    const scratch = new Scratch(plain("CREATE TABLE a (x)", "INSERT INTO a VALUES (1)"));
    const client = open(scratch);
    const watch: MigrateOptions["watch"] = {
      ran: async () => false,
      applied: async () => void (await migrate(client, scratch.set())),
    };
    expect(await up(client, scratch, { watch })).toBe("done applied 1.sql:1 overtaken 2.sql");
    expect(await answer(client, "SELECT count(*) FROM a")).toBe("1");
  });

  test("names are quoted wherever they stand", async () => {
    const scratch = new Scratch({ "o'dd \"dir/1 it's; --.sql": "SELECT 1" });
    const client = open(scratch);
    const table = 'a "ledger" \'; --';
    const set = scratch.set({ folder: scratch.at("o'dd \"dir"), format: "plain", table });
    expect((await migrate(client, set)).applied).toEqual([
      { name: "1 it's; --.sql", statements: 1 },
    ]);
    expect(await schema(client)).toBe(table);
    const [status] = await migrationHistory(client, set);
    expect(status).toMatchObject({ name: "1 it's; --.sql", state: "applied" });
  });
});

describe.each(CLIENTS)("foreign keys through %s", (_name, open) => {
  const TABLES = `CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
    CREATE TABLE posts (id INTEGER PRIMARY KEY, user NOT NULL REFERENCES users ON DELETE CASCADE);
    INSERT INTO users VALUES (1, 'a'), (2, 'b'); INSERT INTO posts VALUES (10, 1), (20, 2);`;
  const rebuild = (filter: string): string => `CREATE TABLE new (id INTEGER PRIMARY KEY, nick TEXT);
    INSERT INTO new SELECT * FROM users ${filter}; DROP TABLE users;
    ALTER TABLE new RENAME TO users;`;

  test("a rebuilt parent keeps its children", async () => {
    const off = `PRAGMA foreign_keys=OFF; ${rebuild("")} PRAGMA foreign_keys=ON;`;
    const scratch = new Scratch(plain(TABLES, off, "DELETE FROM users WHERE id = 2"));
    const client = open(scratch);
    expect(await up(client, scratch, { to: "2" })).toBe("done applied 1.sql:4 2.sql:4");
    expect(await answer(client, "SELECT id FROM posts")).toBe("10 20");
    expect(await answer(client, "PRAGMA foreign_keys")).toBe("1");
    // The setting held for that migration only.
    expect(await up(client, scratch)).toBe("done applied 3.sql:1");
    expect(await answer(client, "SELECT id FROM posts")).toBe("10");
  });

  test("one that leaves children without a parent is undone", async () => {
    const off = `PRAGMA foreign_keys=OFF; ${rebuild("WHERE id < 2")} PRAGMA foreign_keys=ON;`;
    const scratch = new Scratch(plain(TABLES, off));
    const client = open(scratch);
    expect(await up(client, scratch)).toBe(
      "failed applied 1.sql:4 2.sql: " +
        "FOREIGN KEY constraint failed: row 20 of posts has no parent in users",
    );
    expect(await answer(client, "SELECT name FROM users")).toBe("a b");
    expect(await answer(client, "PRAGMA foreign_keys")).toBe("1");
  });

  test("keys that were broken before are not held against it", async () => {
    const broken = "PRAGMA foreign_keys = OFF; INSERT INTO posts VALUES (30, 3)";
    const scratch = new Scratch(plain(TABLES, `PRAGMA foreign_keys=OFF; ${rebuild("")}`));
    const client = open(scratch);
    await up(client, scratch, { to: "1" });
    for (const sql of [...broken.split(";"), "PRAGMA foreign_keys = ON"]) await client.run(sql);
    expect(await up(client, scratch)).toBe("done applied 2.sql:4");
  });

  test("a table dropped before they are turned off is missed by its children", async () => {
    const late = `DROP TABLE users; PRAGMA foreign_keys = OFF; SELECT 1; PRAGMA foreign_keys = ON`;
    const scratch = new Scratch(plain(TABLES, late));
    const client = open(scratch);
    expect(await up(client, scratch)).toMatch(/ 2\.sql: FOREIGN KEY .* in users, and 1 more$/);
    expect(await answer(client, "SELECT count(*) FROM users, posts")).toBe("4");
  });

  test("deferred keys are checked where the migration ends", async () => {
    const defer = "PRAGMA defer_foreign_keys = true; INSERT INTO posts VALUES (30, 3);";
    const scratch = new Scratch(plain(TABLES, `${defer} INSERT INTO users VALUES (3, 'c');`));
    const client = open(scratch);
    expect(await up(client, scratch)).toBe("done applied 1.sql:4 2.sql:3");
    scratch.write({ ".do/migrations/3.sql": defer.replace("30, 3", "40, 4") });
    expect(await up(client, scratch)).toBe(
      "failed 3.sql: at its end: FOREIGN KEY constraint failed",
    );
    expect(await answer(client, "SELECT count(*) FROM posts")).toBe("3");
    expect(client.inTransaction).toBe(false);
  });
});

describe("tables of other formats", () => {
  const texts = plain("CREATE TABLE a (x)");

  test("that know the files stop them from being applied twice", async () => {
    const scratch = new Scratch({ "migrations/0001_a.sql": "CREATE TABLE a (x)" });
    const client = openFile(scratch);
    await migrate(client, scratch.set());
    const folder = scratch.at("migrations");
    const second = migrate(client, scratch.set({ folder, format: "plain" }));
    await expect(second).rejects.toThrow(
      "0001_a.sql is applied already: it stands in d1_migrations, though not in dosql_migrations",
    );
    scratch.write({ "migrations/0001_a.sql": "CREATE TABLE b (x)" });
    const third = migrate(client, scratch.set({ table: "mine" }));
    await expect(third).rejects.toThrow("it stands in d1_migrations, though not in mine");
    await client.run("DELETE FROM d1_migrations");
    const fourth = await migrate(client, scratch.set({ folder, format: "plain" }));
    expect(fourth.result).toBe("done");
  });

  test("that know drizzle's files by their checksum", async () => {
    const journal = { dialect: "sqlite", entries: [{ idx: 0, when: 1000, tag: "0000_a" }] };
    const scratch = new Scratch({
      "drizzle/0000_a.sql": "CREATE TABLE a (x)",
      "drizzle/meta/_journal.json": JSON.stringify(journal),
    });
    const client = openFile(scratch);
    expect((await migrate(client, scratch.set())).applied).toHaveLength(1);
    const folder = scratch.at("drizzle");
    const second = migrate(client, scratch.set({ folder, format: "wrangler" }));
    await expect(second).rejects.toThrow("0000_a.sql is applied already: it stands in __drizzle_m");
  });

  test("that only have the name are nobody's", async () => {
    const scratch = new Scratch(texts);
    const client = openFile(scratch);
    await client.run("CREATE TABLE d1_migrations (something)");
    expect(await up(client, scratch)).toBe("done applied 1.sql:1");
    await client.run("DROP TABLE dosql_migrations");
    await client.run("CREATE TABLE dosql_migrations (name)");
    expect(await up(client, scratch)).toBe(
      "refused: dosql_migrations is no table of dosql's: it has no column checksum",
    );
  });
});
