import { expect, test } from "vitest";
import { nodeCrypto } from "../../../src/platform/node/crypto.ts";
import { nodeFiles } from "../../../src/platform/node/files/files.ts";
import type { FolderChoice } from "../../../src/server/migrations/folder.ts";
import { folderForNew } from "../../../src/server/migrations/folder.ts";
import { newMigration } from "../../../src/server/migrations/new-migration.ts";
import { Scratch } from "./scratch.ts";

const nowMs = Date.UTC(2026, 10, 21);
const home = { files: nodeFiles, clock: { nowMs: () => nowMs }, hashing: nodeCrypto };

function make(scratch: Scratch, name: string, choice: Partial<FolderChoice> = {}): string {
  const folder = folderForNew(nodeFiles, { base: scratch.folder, ...choice });
  return newMigration(home, folder, name).slice(scratch.folder.length + 1);
}

test("files are numbered on, whatever numbers there are", () => {
  const scratch = new Scratch();
  expect(make(scratch, "create users")).toBe(".do/migrations/0001_create_users.sql");
  expect(scratch.text(".do/migrations/0001_create_users.sql")).toBe(
    "-- 0001_create_users.sql, 2026-11-21T00:00:00.000Z\n",
  );
  expect(make(scratch, "b.sql")).toBe(".do/migrations/0002_b.sql");
  scratch.write({ ".do/migrations/0041_x.sql": "", ".do/migrations/0050_x.txt": "" });
  expect(make(scratch, "é")).toBe(".do/migrations/0042_é.sql");
  scratch.write({ ".do/migrations/9999_x.sql": "" });
  expect(make(scratch, "c")).toBe(".do/migrations/10000_c.sql");
});

test("the folder is the one that is there, else the one that fits", () => {
  expect(make(new Scratch({ "migrations/0007_a.sql": "" }), "b")).toBe("migrations/0008_b.sql");
  expect(make(new Scratch({ "migrations/0007_a.sql": "" }), "b", { format: "plain" })).toBe(
    ".do/migrations/0001_b.sql",
  );
  const settings = (dir: string): Record<string, string> => ({
    "wrangler.toml": `[[d1_databases]]\nbinding = "DB"\n${dir}`,
  });
  expect(make(new Scratch(settings("")), "b")).toBe("migrations/0001_b.sql");
  expect(make(new Scratch(settings("migrations_dir = 'db/d1'")), "b")).toBe("db/d1/0001_b.sql");
  expect(make(new Scratch(), "b", { format: "wrangler" })).toBe("migrations/0001_b.sql");
  const scratch = new Scratch();
  const folder = scratch.at("deep/er");
  expect(make(scratch, "b", { folder, format: "plain" })).toBe("deep/er/0001_b.sql");
  expect(() => make(new Scratch(), "b", { format: "drizzle" })).toThrow(/no folder of drizzle's$/);
});

test("names that make no file name are refused", () => {
  for (const name of ["", "  ", "a/b", "a\\b", "..", ".x", "a'b", "a\nb;", "\0", "-x"]) {
    const refused = name.includes("\n") ? "a\nb;" : name;
    expect(() => make(new Scratch(), refused), name).toThrow(/ is no name for a migration$/);
  }
});
