/**
 * `npm run compat [-- --check] [-- --results FILE]`: writes COMPAT.md from the results of a test
 * run (vitest's JSON reporter; CI leaves them in .cache/test-results.json) and from the lists of
 * known gaps. A ✅ stands only where all tests of a file passed. `--check` writes nothing, and
 * fails where COMPAT.md promises what these results do not hold.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { AREAS } from "./compat/areas.ts";
import type { Area } from "./compat/areas.ts";
import { readResults } from "./compat/results.ts";
import type { FileResult } from "./compat/results.ts";

const ROOT = path.join(import.meta.dirname, "..");
const PAGE = path.join(ROOT, "COMPAT.md");

const { values: options } = parseArgs({
  options: {
    check: { type: "boolean", default: false },
    results: { type: "string", default: path.join(ROOT, ".cache/test-results.json") },
  },
});

function mark({ passed, failed, skipped }: FileResult): string {
  if (failed > 0 || passed === 0) return "❌";
  return skipped > 0 ? `✅ (${skipped} skipped)` : "✅";
}

function chapter(area: Area, results: readonly FileResult[]): string[] {
  const own = results.filter(({ file }) => area.tests.some((prefix) => file.startsWith(prefix)));
  const lines = [`## ${area.title}`, "", area.promise, ""];
  if (own.length === 0) return [...lines, "Nothing is tested yet, so nothing is promised.", ""];
  lines.push("| tests | cases | |", "|---|---|---|");
  for (const result of own) {
    lines.push(`| [${result.file}](${result.file}) | ${result.passed} | ${mark(result)} |`);
  }
  lines.push("");
  if (area.gaps.length === 0) return lines;
  lines.push("<details><summary>What differs, and why</summary>", "");
  for (const { place, reason } of area.gaps)
    lines.push(`- \`${place.replaceAll("`", "'")}\`: ${reason}`);
  return [...lines, "", "</details>", ""];
}

function page(results: readonly FileResult[]): string {
  return [
    "# What works",
    "",
    "Written by `npm run compat` from a test run and from the lists of known gaps: a ✅ stands only",
    "where all tests of that file passed. A difference that is on no list fails its test, and so",
    "does a listed one that is gone.",
    "",
    ...AREAS.flatMap((area) => chapter(area, results)),
  ].join("\n");
}

/** Files that the page calls right and the results do not. */
function brokenPromises(text: string, results: readonly FileResult[]): string[] {
  const promised = text.matchAll(/^\| \[([^\]]+)\]\([^)]*\) \| \d+ \| ✅/gm);
  return Array.from(promised, ([, file = ""]) => file).filter((file) => {
    const result = results.find((one) => one.file === file);
    return result === undefined || !mark(result).startsWith("✅");
  });
}

if (!existsSync(options.results)) {
  console.error(`${options.results} is missing: run the tests with vitest's JSON reporter first`);
  process.exitCode = 2;
} else {
  const results = readResults(options.results, ROOT);
  if (options.check) {
    const broken = brokenPromises(readFileSync(PAGE, "utf8"), results);
    for (const file of broken) console.error(`COMPAT.md promises ${file}, and it did not pass`);
    if (broken.length > 0) process.exitCode = 1;
  } else {
    writeFileSync(PAGE, page(results));
    console.log(`wrote COMPAT.md from ${results.length} test files`);
  }
}
