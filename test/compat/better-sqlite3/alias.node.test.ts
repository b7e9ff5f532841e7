import { execFileSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { referenceState } from "../../../scripts/references.ts";
import { isInRange } from "../../../src/platform/node/better-sqlite3/peer.ts";

const ROOT = path.join(import.meta.dirname, "../../..");
const ALIAS = path.join(ROOT, "examples/better-sqlite3-alias");
const LIBRARY = path.join(ROOT, "compat-tests/better-sqlite3/node_modules/better-sqlite3");
const SOURCES = ["--no-warnings", "--conditions=dosql-src"];

const SAY =
  "const db = Database(':memory:'); let code; try { db.exec('nonsense') } catch (error) " +
  "{ code = [error.code, error instanceof SqliteError] } " +
  "console.log(JSON.stringify([db.prepare('SELECT 1 AS one').get(), code, " +
  "db instanceof Database]))";
const SAID = [{ one: 1 }, ["SQLITE_ERROR", true], true];

const reference = referenceState("better-sqlite3");

let project: string;

beforeAll(() => {
  project = mkdtempSync(path.join(tmpdir(), "dosql-alias-"));
  writeFileSync(
    path.join(project, "esm.mjs"),
    `import Database, { SqliteError } from "better-sqlite3"; ${SAY}`,
  );
  writeFileSync(
    path.join(project, "cjs.cjs"),
    `const Database = require("better-sqlite3"); const { SqliteError } = Database; ${SAY}`,
  );
  writeFileSync(
    path.join(project, "which.cjs"),
    `const db = new (require("better-sqlite3"))(":memory:");` +
      `console.log(JSON.stringify(db.prepare("SELECT sqlite_version()").pluck().get()))`,
  );
});

beforeEach(() => {
  mkdirSync(installed("."));
  symlinkSync(ROOT, installed("dosql"), "dir");
});

afterEach(() => rmSync(installed("."), { recursive: true }));
afterAll(() => rmSync(project, { recursive: true, force: true }));

const installed = (name: string): string => path.join(project, "node_modules", name);

function run(...args: string[]): unknown {
  const flags = [...SOURCES, ...args];
  return JSON.parse(execFileSync(process.execPath, flags, { cwd: project, encoding: "utf8" }));
}

interface Manifest {
  readonly version: string;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

const manifest = (folder: string): Manifest =>
  JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")) as Manifest;

const builtin = Object.values(
  new DatabaseSync(":memory:").prepare("SELECT sqlite_version()").get() ?? {},
)[0];

describe("better-sqlite3's name, by the package alias", () => {
  beforeEach(() => cpSync(ALIAS, installed("better-sqlite3"), { recursive: true }));

  it.each(["esm.mjs", "cjs.cjs"])("is answered: %s", (program) => {
    expect(run(program)).toEqual(SAID);
  });

  it("opens with Node's own SQLite", () => {
    expect(run("which.cjs")).toBe(builtin);
  });

  it.skipIf(!reference.ready)("opens with the real one that has another name", () => {
    symlinkSync(LIBRARY, installed("better-sqlite3-native"), "dir");
    expect(run("which.cjs")).not.toBe(builtin);
  });

  it("is of the version line that tools pin, and that npm lets stand beside this package", () => {
    const { version } = manifest(ALIAS);
    // Of kysely-codegen 0.20 and of Prisma's adapter 7.10.
    expect(isInRange(version, ">=7.6.2 <13.0.0")).toBe(true);
    expect(isInRange(version, "^12") && isInRange(version, ">=12.6.0")).toBe(true);
    const peers = manifest(ROOT).peerDependencies ?? {};
    expect(isInRange(version, peers["better-sqlite3"] ?? "")).toBe(true);
  });
});

describe("better-sqlite3's name, by the loader hook", () => {
  const HOOK = ["--import", "dosql-as-better-sqlite3/register"];
  beforeEach(() => cpSync(ALIAS, installed("dosql-as-better-sqlite3"), { recursive: true }));

  it.each(["esm.mjs", "cjs.cjs"])("is answered: %s", (program) => {
    expect(run(...HOOK, program)).toEqual(SAID);
    expect(run(...HOOK, "which.cjs")).toBe(builtin);
  });

  it.skipIf(!reference.ready)("is answered where the real one is installed, too", () => {
    symlinkSync(LIBRARY, installed("better-sqlite3"), "dir");
    expect(run(...HOOK, "esm.mjs")).toEqual(SAID);
    expect(run(...HOOK, "which.cjs")).not.toBe(builtin);
  });

  it.skipIf(!reference.ready)("is answered to who asks for its file", () => {
    symlinkSync(LIBRARY, installed("better-sqlite3"), "dir");
    const { href } = pathToFileURL(installed("better-sqlite3/lib/index.js"));
    writeFileSync(
      path.join(project, "file.mjs"),
      `import Ours from "dosql/better-sqlite3"; import Found from ${JSON.stringify(href)};` +
        `console.log(JSON.stringify(Found === Ours))`,
    );
    expect(run("file.mjs")).toBe(false);
    expect(run(...HOOK, "file.mjs")).toBe(true);
  });
});
