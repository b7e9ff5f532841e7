/*
 * The public suites that a D1 can be asked: which of their files run, and what of ours stands in
 * for what they import. Nothing of theirs is in this repository.
 */
import path from "node:path";

const SHIMS = path.join(import.meta.dirname, "shims");

/** A suite in somebody's copy of its repository. */
export interface Suite {
  /** The option that names the copy. */
  readonly option: string;
  /** Folder of the suite in the repository; it is what gets staged. */
  readonly folder: string;
  /** Files or folders of it that are needed. */
  readonly needs: readonly string[];
  /** The test files: its own, or ours of `entries`. */
  readonly tests: readonly string[];
  /** Files of ours beside it, by their names. */
  readonly entries: Readonly<Record<string, string>>;
  /** Modules of ours for what it imports. */
  readonly alias: readonly { readonly find: RegExp; readonly replacement: string }[];
}

const shim = (name: string): string => path.join(SHIMS, name);

/** In the order in which they are told. */
export const SUITES: readonly Suite[] = [
  {
    option: "workerd",
    folder: "src/cloudflare/internal/test/d1",
    needs: ["d1-api-test.js", "d1-api-test-common.js", "d1-api-test-with-sessions.js"],
    tests: ["workerd.test.ts"],
    entries: {
      "workerd.test.ts": `
        import * as base from "./d1-api-test.js";
        import * as sessions from "./d1-api-test-with-sessions.js";
        import { register } from ${JSON.stringify(shim("workerd-tests.workers.ts"))};
        register("d1-api-test", base);
        register("d1-api-test-with-sessions", sessions);`,
    },
    alias: [],
  },
  {
    option: "workers-sdk",
    folder: "packages/miniflare/test/plugins/d1",
    needs: ["suite.ts"],
    tests: ["miniflare.test.ts"],
    entries: { "miniflare.test.ts": 'import "./suite";' },
    alias: [
      {
        find: /^(\.\/test|\.\.\/\.\.\/test-shared|miniflare)$/,
        replacement: shim("miniflare.workers.ts"),
      },
    ],
  },
  {
    option: "drizzle",
    folder: "integration-tests",
    needs: [
      ...["d1.test.ts", "d1-batch.test.ts", "sqlite-common.ts", "sqlite-common-cache.ts"].map(
        (name) => `tests/sqlite/${name}`,
      ),
      "tests/utils.ts",
      "drizzle2/sqlite",
    ],
    tests: ["tests/sqlite/d1.test.ts", "tests/sqlite/d1-batch.test.ts"],
    entries: {},
    alias: [
      { find: /^@miniflare\/(d1|shared)$/, replacement: shim("drizzle-database.workers.ts") },
      { find: /^(~\/common|keyv|dotenv\/config)$/, replacement: shim("drizzle.workers.ts") },
      { find: /^~\/utils$/, replacement: "/tests/utils.ts" },
    ],
  },
];
