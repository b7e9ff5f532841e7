import { readFileSync } from "node:fs";
import path from "node:path";

/** A program that uses better-sqlite3, in a checkout with its dependencies installed. */
export interface Program {
  readonly name: string;
  readonly folder: string;
  /** A command that runs before its tests, each time. */
  readonly prepare: string | null;
  /** What its test runner, vitest, is told. */
  readonly tests: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  /** Made by its tests, relative to the folder: deleted before each run. */
  readonly leftovers: readonly string[];
}

type Recipe = Partial<Omit<Program, "name" | "folder">>;

/** What programs want that need more than `vitest run`, by the name in their package.json. */
const RECIPES: Readonly<Record<string, Recipe>> = {
  db0: {
    // The others are connectors to other databases.
    tests: ["test/connectors/better-sqlite3.test.ts"],
    leftovers: [".data", "test/connectors/.tmp"],
  },
  medialist: {
    prepare: "npx drizzle-kit migrate",
    variables: { DATABASE_PATH: "tests.db" },
    leftovers: ["tests.db"],
  },
};

/** Reads what is in a folder. */
export function programIn(folder: string): Program {
  const { name } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")) as {
    readonly name: string;
  };
  const { prepare = null, tests = [], variables = {}, leftovers = [] } = RECIPES[name] ?? {};
  return { name, folder: path.resolve(folder), prepare, tests, variables, leftovers };
}
