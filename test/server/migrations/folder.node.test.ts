import { writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { nodeFiles } from "../../../src/platform/node/files/files.ts";
import type { FolderChoice } from "../../../src/server/migrations/folder.ts";
import { findFolder } from "../../../src/server/migrations/folder.ts";
import { Scratch } from "./scratch.ts";

const SQL = "SELECT 1;";
const JOURNAL = JSON.stringify({
  dialect: "sqlite",
  entries: [{ idx: 0, version: "6", when: 1000, tag: "0000_a", breakpoints: true }],
});
const PLAIN = { ".do/migrations/0001_a.sql": SQL };
const WRANGLER = { "migrations/0001_a.sql": SQL };
const DRIZZLE = { "drizzle/0000_a.sql": SQL, "drizzle/meta/_journal.json": JOURNAL };
const DRIZZLE_1 = { "drizzle/20261121154100_a/migration.sql": SQL };

/** The folder found, told in one line. */
function found(
  files: Readonly<Record<string, string>>,
  choice: Partial<FolderChoice> = {},
): string {
  const scratch = new Scratch(files);
  const folder = choice.folder === undefined ? {} : { folder: scratch.at(choice.folder) };
  try {
    const all = { base: scratch.folder, ...choice, ...folder };
    const { path, layout, table, holds } = findFolder(nodeFiles, all);
    return `${path.slice(scratch.folder.length + 1)} ${layout} ${table} ${holds}`;
  } catch (error) {
    return (error as Error).message.replaceAll(`${scratch.folder}/`, "");
  }
}

const toml = (...lines: string[]): Record<string, string> => ({
  "wrangler.toml": `name = "x"\n[[d1_databases]]\nbinding = "DB"\n${lines.join("\n")}\n`,
});

describe("a folder is found", () => {
  test("by its usual name", () => {
    expect(found(PLAIN)).toBe(".do/migrations plain dosql_migrations files");
    expect(found(WRANGLER)).toBe("migrations wrangler d1_migrations files");
    expect(found(DRIZZLE)).toBe("drizzle drizzle-journal __drizzle_migrations files");
    expect(found(DRIZZLE_1)).toBe("drizzle drizzle-folders __drizzle_migrations folders");
  });

  test("by what is in it, where another tool has the same name", () => {
    expect(found({ "migrations/meta/_journal.json": JOURNAL })).toMatch(
      /^migrations drizzle-journal /,
    );
  });

  test("by its name and format", () => {
    const files = { "db/0001_a.sql": SQL, ...WRANGLER };
    expect(found(files, { folder: "db", format: "plain" })).toBe("db plain dosql_migrations files");
    expect(found(files, { folder: "db", format: "wrangler", table: "t" })).toBe(
      "db wrangler t files",
    );
    expect(found({ ...DRIZZLE, ...PLAIN, ...WRANGLER }, { format: "plain" })).toMatch(/^\.do/);
    expect(found({ ...DRIZZLE, ...PLAIN, ...WRANGLER }, { format: "drizzle" })).toMatch(
      /^drizzle d/,
    );
    expect(found({ ...DRIZZLE, ...PLAIN, ...WRANGLER }, { format: "wrangler" })).toMatch(/^migr/);
  });

  test("that is empty, when no other is filled", () => {
    expect(found({ "migrations/.keep": "" })).toMatch(/^migrations wrangler/);
    expect(found({ "migrations/.keep": "", ...DRIZZLE })).toMatch(/^drizzle /);
  });
});

describe("a folder is not guessed", () => {
  test("when there are several, none, or no telling whose it is", () => {
    expect(found({ ...PLAIN, ...WRANGLER })).toBe(
      "several folders hold migrations: migrations, .do/migrations",
    );
    expect(found({})).toBe("there is no folder of migrations");
    expect(found(PLAIN, { format: "drizzle" })).toBe(
      "there is no folder of migrations of the format drizzle",
    );
    expect(found({ "db/1.sql": SQL }, { folder: "db" })).toBe(
      "whose migrations db holds cannot be told",
    );
    expect(found({}, { folder: "db" })).toBe("there is no folder db");
    expect(found(WRANGLER, { folder: "migrations", format: "drizzle" })).toBe(
      "migrations is no folder of drizzle's",
    );
  });

  test("when it is Prisma's", () => {
    const files = { "migrations/1_a/migration.sql": SQL, "migrations/migration_lock.toml": "" };
    expect(found(files)).toBe("migrations is Prisma's folder of migrations");
  });
});

describe("wrangler's settings", () => {
  test("name the folder and the table", () => {
    const files = { "db/d1/0001_a.sql": SQL };
    const settings = toml('migrations_dir = "./db/d1/"', "migrations_table = 'mine' # ours");
    const expected = "db/d1 wrangler mine files";
    expect(found({ ...files, ...settings })).toBe(expected);
    const entry = { binding: "DB", migrations_dir: "db/d1", migrations_table: "mine" };
    const json = JSON.stringify({ d1_databases: [entry] });
    expect(found({ ...files, "wrangler.jsonc": `${json} // settings` })).toBe(expected);
    expect(found({ ...files, "wrangler.json": json })).toBe(expected);
    expect(found({ ...files, ...settings }, { table: "other" })).toBe("db/d1 wrangler other files");
    expect(found({ ...WRANGLER, ...toml('migrations_table = "mine"') })).toMatch(/wrangler mine/);
  });

  test("win over drizzle-kit, which wrote the files", () => {
    expect(found({ ...DRIZZLE, ...toml('migrations_dir = "drizzle"') })).toBe(
      "drizzle wrangler d1_migrations files",
    );
    expect(
      found({ ...DRIZZLE, ...toml('migrations_dir = "drizzle"') }, { format: "drizzle" }),
    ).toBe("drizzle drizzle-journal __drizzle_migrations files");
    expect(found({ ...DRIZZLE, ...toml("") })).toMatch(/^drizzle drizzle-journal/);
    const pattern = 'migrations_pattern = "drizzle/*/migration.sql"';
    expect(found({ ...DRIZZLE_1, ...toml('migrations_dir = "drizzle"', pattern) })).toBe(
      "drizzle wrangler d1_migrations folders",
    );
  });

  test("that cannot be followed are refused", () => {
    const pattern = toml(
      'migrations_dir = "migrations"',
      'migrations_pattern = "migrations/**/*.sql"',
    );
    expect(found({ ...WRANGLER, ...pattern })).toBe('migrations_pattern "migrations/**/*.sql"');
    expect(found({ ...WRANGLER, ...toml("migrations_dir = 1") })).toBe(
      "wrangler.toml: migrations_dir is not a string",
    );
    expect(found({ ...WRANGLER, "wrangler.toml": "d1_databases = []" })).toBe(
      "wrangler.toml: d1_databases is not written as [[d1_databases]]",
    );
    expect(found({ ...WRANGLER, "wrangler.json": "{" })).toMatch(/^wrangler\.json is not JSON: /);
    const two = [
      { binding: "A", migrations_table: "a" },
      { binding: "B", migrations_table: "b" },
    ];
    const files = { ...WRANGLER, "wrangler.json": JSON.stringify({ d1_databases: two }) };
    expect(found(files)).toBe("wrangler.json: A, B share a folder, but not their migrations_table");
    expect(found(files, { table: "a" })).toBe("migrations wrangler a files");
  });
});

describe("the files of a folder", () => {
  const names = (files: Record<string, string>, choice?: Partial<FolderChoice>): string[] =>
    new Scratch(files).set(choice).migrations.map(({ name }) => name);

  test("are its scripts, in order; wrangler's paths, drizzle's tags", () => {
    const files = { "10_b.sql": SQL, "9_a.sql": SQL, ".x.sql": SQL, "a.txt": "", "x.sql/y": "" };
    const wrangler = Object.entries(files).map(([name, text]) => [`migrations/${name}`, text]);
    expect(names(Object.fromEntries(wrangler))).toEqual(["9_a.sql", "10_b.sql"]);
    expect(names(DRIZZLE)).toEqual(["0000_a"]);
    expect(names({ ...DRIZZLE_1, "drizzle/20251121154100_b/migration.sql": SQL })).toEqual([
      "20251121154100_b",
      "20261121154100_a",
    ]);
    const pattern = 'migrations_pattern = "drizzle/*/migration.sql"';
    expect(names({ ...DRIZZLE_1, ...toml('migrations_dir = "drizzle"', pattern) })).toEqual([
      "20261121154100_a/migration.sql",
    ]);
  });

  test("know their checksums, and those with other line ends", () => {
    const [lf] = new Scratch({ ".do/migrations/1.sql": "SELECT\n1" }).set().migrations;
    const [crlf] = new Scratch({ ".do/migrations/1.sql": "SELECT\r\n1" }).set().migrations;
    // printf 'SELECT\n1' | sha256sum
    expect(lf?.checksum).toBe("97c53097fe7bba2586fb4367e9604c98ce48c2ee3fa65e6e8c35fa406951b2af");
    expect(crlf?.checksum).not.toBe(lf?.checksum);
    expect(lf?.sameChecksums).toEqual([crlf?.checksum]);
    expect(crlf?.sameChecksums).toEqual([lf?.checksum]);
  });

  test("must be UTF-8", () => {
    const scratch = new Scratch(PLAIN);
    scratch.write({ ".do/migrations/0001_a.sql": "\ufeffSELECT 'é'" });
    expect(scratch.set().migrations[0]?.sql).toBe("SELECT 'é'");
    scratch.write({ ".do/migrations/0001_a.sql": "SELECT\0" });
    expect(() => scratch.set()).toThrow(/0001_a\.sql contains a NUL character$/);
    writeFileSync(scratch.at(".do/migrations/0001_a.sql"), new Uint8Array([0x53, 0xe9]));
    expect(() => scratch.set()).toThrow(/0001_a\.sql is not UTF-8$/);
  });

  test.each([
    [JSON.stringify({ dialect: "postgresql", entries: [] }), /dialect "postgresql"$/],
    [JSON.stringify({ dialect: "sqlite" }), /has no list of entries$/],
    [JSON.stringify({ dialect: "sqlite", entries: [{ idx: 0, when: 1 }] }), /an entry lacks idx/],
    [JOURNAL.replace("0000_a", "../x"), /an entry lacks idx, when or tag$/],
    ["[", /_journal\.json is not JSON/],
  ])("need a journal that can be read: %s", (journal, message) => {
    const scratch = new Scratch({ "drizzle/meta/_journal.json": journal });
    expect(() => scratch.set()).toThrow(message);
  });

  test("what drizzle's journal and folder do not share", () => {
    const set = new Scratch({ ...DRIZZLE, "drizzle/x.sql": SQL }).set();
    expect(set.strays).toEqual(["x.sql"]);
    const scratch = new Scratch(DRIZZLE);
    scratch.remove("drizzle/0000_a.sql");
    expect(scratch.set().lost).toEqual([{ name: "0000_a", whenMs: 1000 }]);
    const nameless = { "drizzle/init/migration.sql": SQL };
    expect(() => new Scratch(nameless).set()).toThrow(/does not begin with its time$/);
  });
});
