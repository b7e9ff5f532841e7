import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { bringReferences, referenceState } from "../../scripts/references.ts";

let root: string;
let said: string[];

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "dosql-references-"));
  said = [];
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(root, { recursive: true });
});

function plant(dependencies: Record<string, string>, packages: object): string {
  const folder = path.join(root, "compat-tests/pgwire");
  mkdirSync(folder, { recursive: true });
  const lock = {
    name: "r",
    lockfileVersion: 3,
    packages: { "": { name: "r", dependencies }, ...packages },
  };
  writeFileSync(path.join(folder, "package.json"), JSON.stringify({ name: "r", dependencies }));
  writeFileSync(path.join(folder, "package-lock.json"), JSON.stringify(lock));
  return folder;
}

const bring = (): Promise<void> => bringReferences((line) => said.push(line), root);

it("installs a reference once, and again when its lock file changes", async () => {
  const folder = plant({}, {});
  expect(referenceState("pgwire", root)).toEqual({
    ready: false,
    reason: "pgwire is not installed; `npm test` installs it",
  });
  await bring();
  expect(said).toEqual([
    "reference pgwire: installing…",
    expect.stringMatching(/^reference pgwire: ready after \d+\.\d s$/),
  ]);
  expect(referenceState("pgwire", root)).toEqual({ ready: true });

  said = [];
  await bring();
  expect(said).toEqual([]);

  const lock = path.join(folder, "package-lock.json");
  writeFileSync(lock, `${readFileSync(lock, "utf8")}\n`);
  expect(referenceState("pgwire", root).ready).toBe(false);
  await bring();
  expect(referenceState("pgwire", root)).toEqual({ ready: true });
});

it("says why a reference cannot be had, in a line and to the tests", async () => {
  vi.stubEnv("npm_config_registry", "http://127.0.0.1:9/");
  vi.stubEnv("npm_config_cache", path.join(root, "cache"));
  const missing = { version: "1.0.0", integrity: "sha512-AAAA" };
  plant({ "no-such-thing": "1.0.0" }, { "node_modules/no-such-thing": missing });
  await bring();
  expect(said[1]).toMatch(/^reference pgwire: its tests will be skipped: .*ECONNREFUSED/);
  expect(referenceState("pgwire", root)).toEqual({
    ready: false,
    reason: expect.stringMatching(/^pgwire cannot be installed here: .*ECONNREFUSED/),
  });
});

it("takes a reference without a lock file as part of the root's dependencies", () => {
  expect(referenceState("d1", root)).toEqual({ ready: true });
});
