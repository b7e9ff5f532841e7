import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const ROOT = path.join(import.meta.dirname, "../../..");
const ALIAS = path.join(ROOT, "examples/better-sqlite3-alias");
const SOURCES = ["--no-warnings", "--conditions=dosql-src"];

const SAY =
  "const db = Database(':memory:'); let code; try { db.exec('nonsense') } catch (error) " +
  "{ code = [error.code, error instanceof SqliteError] } " +
  "console.log(JSON.stringify([db.prepare('SELECT 1 AS one').get(), code, " +
  "db instanceof Database]))";
const SAID = [{ one: 1 }, ["SQLITE_ERROR", true], true];

let project: string;

beforeAll(() => {
  project = mkdtempSync(path.join(tmpdir(), "dosql-alias-"));
  mkdirSync(path.join(project, "node_modules"));
  symlinkSync(ROOT, path.join(project, "node_modules/dosql"), "dir");
  writeFileSync(
    path.join(project, "esm.mjs"),
    `import Database, { SqliteError } from "better-sqlite3"; ${SAY}`,
  );
  writeFileSync(
    path.join(project, "cjs.cjs"),
    `const Database = require("better-sqlite3"); const { SqliteError } = Database; ${SAY}`,
  );
});

afterAll(() => rmSync(project, { recursive: true, force: true }));

function run(...args: string[]): unknown {
  const flags = [...SOURCES, ...args];
  return JSON.parse(execFileSync(process.execPath, flags, { cwd: project, encoding: "utf8" }));
}

describe("better-sqlite3's name", () => {
  it.each(["esm.mjs", "cjs.cjs"])("is answered by the package alias: %s", (program) => {
    cpSync(ALIAS, path.join(project, "node_modules/better-sqlite3"), { recursive: true });
    expect(run(program)).toEqual(SAID);
    rmSync(path.join(project, "node_modules/better-sqlite3"), { recursive: true });
  });

  it.each(["esm.mjs", "cjs.cjs"])("is answered by the loader hook: %s", (program) => {
    cpSync(ALIAS, path.join(project, "node_modules/dosql-as-better-sqlite3"), { recursive: true });
    expect(run("--import", "dosql-as-better-sqlite3/register", program)).toEqual(SAID);
  });
});
