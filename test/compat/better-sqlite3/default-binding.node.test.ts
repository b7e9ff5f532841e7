import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { referenceState } from "../../../scripts/references.ts";

const ENTRY = new URL("../../../src/entry/better-sqlite3.ts", import.meta.url).href;
const LIBRARY = path.join(
  import.meta.dirname,
  "../../../compat-tests/better-sqlite3/node_modules/better-sqlite3",
);
const reference = referenceState("better-sqlite3");

let project: string;

beforeEach(() => {
  project = mkdtempSync(path.join(tmpdir(), "dosql-project-"));
  mkdirSync(path.join(project, "node_modules"));
  const program =
    `import Database from ${JSON.stringify(ENTRY)}; import { DatabaseSync } from "node:sqlite";` +
    `const text = "SELECT sqlite_version()"; const db = new Database(":memory:");` +
    `const builtin = Object.values(new DatabaseSync(":memory:").prepare(text).get())[0];` +
    `let why = ""; try { new Database(":memory:", { binding: "native" }) } ` +
    `catch (error) { why = error.message }` +
    `console.log(JSON.stringify([db.prepare(text).pluck().get() === builtin, why]));`;
  writeFileSync(path.join(project, "program.mjs"), program);
});

afterEach(() => rmSync(project, { recursive: true, force: true }));

function run(): unknown {
  const args = ["--no-warnings", path.join(project, "program.mjs")];
  // Not from the project's folder: the program's own place counts.
  return JSON.parse(execFileSync(process.execPath, args, { cwd: tmpdir(), encoding: "utf8" }));
}

/** A better-sqlite3 that must not be loaded. */
function install(manifest: object): void {
  const folder = path.join(project, "node_modules/better-sqlite3");
  mkdirSync(folder);
  writeFileSync(path.join(folder, "package.json"), JSON.stringify({ main: "x.js", ...manifest }));
  writeFileSync(path.join(folder, "x.js"), "process.abort()");
}

describe("the binding of a program that names none", () => {
  it("is Node's own SQLite where better-sqlite3 is not installed", () => {
    expect(run()).toEqual([true, expect.stringMatching(/is not installed/)]);
  });

  it.skipIf(!reference.ready)("is the better-sqlite3 that the program has installed", () => {
    symlinkSync(LIBRARY, path.join(project, "node_modules/better-sqlite3"), "dir");
    expect(run()).toEqual([false, ""]);
  });

  it("is not one that does not run on this Node", () => {
    install({ name: "better-sqlite3", version: "13.9.0", engines: { node: ">=99" } });
    expect(run()).toEqual([true, expect.stringMatching(/13\.9\.0 needs Node >=99/)]);
  });

  it("is not a package that only has that name here", () => {
    install({ name: "dosql-as-better-sqlite3", version: "12.0.0" });
    expect(run()).toEqual([true, expect.stringMatching(/is not installed/)]);
  });
});
