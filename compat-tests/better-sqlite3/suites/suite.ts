/*
 * The public suites of programs that stand on better-sqlite3: which of their files are needed, and
 * how each is started. Nothing of theirs is in this repository.
 */
import path from "node:path";

/** A suite in somebody's copy of its repository, with its dependencies installed. */
export interface Suite {
  /** The option that names the copy. */
  readonly option: string;
  /** Folder of the suite in the repository; what is needed of it gets staged. */
  readonly folder: string;
  /** Files or folders of it that are needed. */
  readonly needs: readonly string[];
  /** Files of ours beside them, by their names. */
  readonly entries: Readonly<Record<string, string>>;
  /** What is run by Node, and its arguments; `report` is where the outcomes go, as JSON. */
  readonly command: (report: string) => readonly string[];
  /** Which of the suite's dialects is asked. */
  readonly environment: Readonly<Record<string, string>>;
  readonly reporter: "mocha" | "vitest";
  /** How the names of tests begin that ask another driver: they tell nothing about ours. */
  readonly elsewhere?: string;
}

const MOCHA = "node_modules/mocha/bin/mocha.js";
const mocha = (report: string): readonly string[] => [
  "--reporter=json",
  `--reporter-option=output=${report}`,
];

/* The driver is Node's to load: drizzle-orm, which Vitest leaves to Node, gets the same one. */
const VITEST_CONFIG = `
  import { fileURLToPath } from "node:url";
  const tests = fileURLToPath(new URL("./tests/", import.meta.url));
  const driver = ${JSON.stringify(path.join(import.meta.dirname, "driver.ts"))};
  export default {
    resolve: {
      alias: [
        { find: /^~\\//, replacement: tests },
        { find: "better-sqlite3", replacement: driver },
      ],
    },
    test: {
      include: ["tests/sqlite/better-sqlite.test.ts", "tests/relational/bettersqlite.test.ts"],
      testTimeout: 100_000,
      fileParallelism: false,
      server: { deps: { external: [driver] } },
    },
  };`;

/** In the order in which they are told. */
export const SUITES: readonly Suite[] = [
  {
    option: "kysely",
    folder: ".",
    needs: ["package.json", "dist", "test/node/dist", "test/node/src/test-migrations"],
    entries: {},
    command: (report) => [
      MOCHA,
      "--timeout=15000",
      ...mocha(report),
      "test/node/dist/**/*.test.js",
    ],
    environment: { DIALECTS: "sqlite" },
    reporter: "mocha",
  },
  {
    option: "knex",
    folder: ".",
    needs: ["package.json", "knex.js", "lib", "test", "bin"],
    entries: {},
    command: (report) => [
      ...[MOCHA, "--exit", "--timeout=10000", ...mocha(report)],
      "--config=test/mocha-integration-config-test.js",
    ],
    environment: { DB: "better-sqlite3" },
    reporter: "mocha",
    elsewhere: "Sqlite3 dialect (sqlite3)",
  },
  {
    option: "drizzle",
    folder: "integration-tests",
    needs: [
      ...["better-sqlite.test.ts", "sqlite-common.ts", "sqlite-common-cache.ts"].map(
        (name) => `tests/sqlite/${name}`,
      ),
      ...["bettersqlite.test.ts", "sqlite.schema.ts"].map((name) => `tests/relational/${name}`),
      "tests/common.ts",
      "tests/utils.ts",
      "drizzle2/sqlite",
    ],
    entries: { "vitest.config.mjs": VITEST_CONFIG, "package.json": '{ "type": "module" }' },
    command: (report) => [
      ...["node_modules/vitest/vitest.mjs", "run"],
      ...["--reporter=json", `--outputFile=${report}`],
    ],
    environment: {},
    reporter: "vitest",
  },
];
