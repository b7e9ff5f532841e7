import { readFileSync } from "node:fs";
import path from "node:path";

/** How the tests of one file ended. */
export interface FileResult {
  /** From the root of the project, with `/`. */
  readonly file: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

interface VitestResults {
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

/** Reads what vitest's JSON reporter wrote. A file that ran in both homes is one file here. */
export function readResults(file: string, root: string): FileResult[] {
  const { testResults } = JSON.parse(readFileSync(file, "utf8")) as VitestResults;
  const byFile = new Map<string, FileResult>();
  for (const { name, assertionResults } of testResults) {
    const known = path.relative(root, name).split(path.sep).join("/");
    const count = (...statuses: string[]): number =>
      assertionResults.filter(({ status }) => statuses.includes(status)).length;
    const before = byFile.get(known) ?? { file: known, passed: 0, failed: 0, skipped: 0 };
    byFile.set(known, {
      file: known,
      passed: before.passed + count("passed"),
      failed: before.failed + count("failed"),
      skipped: before.skipped + count("pending", "skipped", "todo"),
    });
  }
  return [...byFile.values()].sort((a, b) => (a.file < b.file ? -1 : 1));
}
