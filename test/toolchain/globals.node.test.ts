import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";

const ROOT = path.join(import.meta.dirname, "../..");
const TSC = path.join(ROOT, "node_modules/typescript/bin/tsc");

let folder: string;

beforeAll(() => {
  mkdirSync(path.join(ROOT, ".cache"), { recursive: true });
  folder = mkdtempSync(path.join(ROOT, ".cache/globals-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Compiles a text as if it were a file of the project, and returns the names it did not find. */
function unknownNames(project: string, text: string): string[] {
  writeFileSync(path.join(folder, "probe.ts"), text);
  const declarations = project === "core" ? ["web-text"] : ["web-text", "web-http"];
  const config = {
    extends: `../../tsconfig/${project}.json`,
    compilerOptions: { composite: false, emitDeclarationOnly: false, noEmit: true },
    include: ["probe.ts", ...declarations.map((name) => `../../tsconfig/${name}.d.ts`)],
    references: [],
  };
  writeFileSync(path.join(folder, "tsconfig.json"), JSON.stringify(config));
  const { stdout } = spawnSync(process.execPath, [TSC, "-p", folder], { encoding: "utf8" });
  const known = /error TS(?:2304|2580|2584|2591|2552): Cannot find name '(\w+)'/g;
  const names = Array.from(stdout.matchAll(known), ([, name]) => name!);
  expect(stdout.split("\n").filter((line) => line.includes("error"))).toHaveLength(names.length);
  return names;
}

const FOREIGN = ["process", "Buffer", "setTimeout", "fetch", "crypto", "performance", "console"];
const mention = (names: readonly string[]): string =>
  names.map((name) => `void ${name};\n`).join("");

it("keeps the homes' globals out of the core", () => {
  const text = "export {};\nvoid new TextEncoder();\nvoid new TextDecoder();\n";
  expect(unknownNames("core", text + mention([...FOREIGN, "Request"]))).toEqual([
    ...FOREIGN,
    "Request",
  ]);
});

it("adds HTTP's vocabulary for the server, and no more", () => {
  const text = "export {};\nvoid new Response();\nvoid new Request('http://a/');\n";
  expect(unknownNames("service", text + mention(FOREIGN))).toEqual(FOREIGN);
});
