import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const LAUNCHER = path.join(import.meta.dirname, "../../bin/dosql.js");

/** An installation in a folder of its own, with what the launcher may find. */
let root: string;

beforeAll(() => {
  root = mkdtempSync(path.join(tmpdir(), "dosql-launcher-"));
});
afterAll(() => rmSync(root, { recursive: true }));

function installation(name: string, files: readonly string[]): string {
  const folder = path.join(root, name);
  cpSync(LAUNCHER, path.join(folder, "bin/dosql.js"));
  writeFileSync(path.join(folder, "package.json"), '{ "type": "module" }');
  for (const file of files) {
    mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
    const code = `console.log("${file}", ...process.argv.slice(2));`;
    writeFileSync(path.join(folder, file), code);
  }
  return path.join(folder, "bin/dosql.js");
}

/** Runs the launcher on a Node that believes itself to be of another version. */
function run(launcher: string, version: string, ...args: string[]) {
  const pretend =
    `Object.defineProperty(process.versions, "node", { value: "${version}" });` +
    `Object.defineProperty(process, "version", { value: "v${version}" });`;
  const before = ["--import", `data:text/javascript,${encodeURIComponent(pretend)}`];
  const options = { encoding: "utf8" as const };
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...before, launcher, ...args],
    options,
  );
  return { status, stdout: stdout.trim(), stderr: stderr.trim() };
}

describe("an old Node", () => {
  it.each([
    ["20.20.2", "sql", "dosql needs Node 22.16 or newer, and this is v20.20.2"],
    ["22.15.9", "--help", "dosql needs Node 22.16 or newer, and this is v22.15.9"],
    ["22.20.0", "serve", "dosql serve needs Node 24 or newer, and this is v22.20.0"],
  ])("%s is refused for %s in a sentence", (version, command, sentence) => {
    const launcher = installation("whole", ["src/entry/cli.ts", "dist/entry/cli.js"]);
    const { status, stdout, stderr } = run(launcher, version, command);
    expect({ status, stdout }).toEqual({ status: 7, stdout: "" });
    expect(stderr.startsWith(`${sentence}: install Node 24`)).toBe(true);
    expect(stderr.split("\n")).toHaveLength(1);
  });

  it("is told when only the sources are there and it cannot run them", () => {
    const { status, stderr } = run(installation("bare", ["src/entry/cli.ts"]), "22.17.0", "sql");
    expect(status).toBe(7);
    expect(stderr).toContain("dosql from its sources needs Node 22.18 or newer");
  });
});

describe("a good Node", () => {
  it("runs the sources in a checkout, also beside a build", () => {
    const launcher = installation("checkout", ["src/entry/cli.ts", "dist/entry/cli.js"]);
    const found = run(launcher, "24.1.0", "serve", "--data", "x y");
    expect(found).toEqual({ status: 0, stdout: "src/entry/cli.ts serve --data x y", stderr: "" });
  });

  it("runs the build when the sources are absent or cannot be run", () => {
    const published = installation("published", ["dist/entry/cli.js"]);
    expect(run(published, "24.1.0", "serve").stdout).toBe("dist/entry/cli.js serve");
    const both = installation("both", ["src/entry/cli.ts", "dist/entry/cli.js"]);
    expect(run(both, "22.17.0", "sql").stdout).toBe("dist/entry/cli.js sql");
  });

  it("says so when neither is there", () => {
    const { status, stderr } = run(installation("empty", []), "24.1.0", "serve");
    expect(status).toBe(7);
    expect(stderr).toBe("dosql is incomplete here, dist/ is missing: install it again.");
  });
});
