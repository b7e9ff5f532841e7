import { cloudflareTest } from "@cloudflare/vitest-pool-workers";
import { defineConfig } from "vitest/config";

// Tests import the package by its public name and get the sources. Node itself is told these
// conditions too, so they must be none that a package could take for a bundler's.
const conditions = ["dosql-src", "development|production"];

// The seed of what is random: test/sql/seeded-random.ts. A fresh one is drawn and told here: a run
// that takes its whole process with it tells nothing any more.
const asked = process.env["SEED"] ?? "";
const seed = asked === "fresh" ? String(Date.now() % 2 ** 31) : asked;
if (asked === "fresh") console.log(`SEED=${seed}`);
const define = { "globalThis.TEST_SEED": JSON.stringify(seed) };

export default defineConfig({
  test: {
    projects: [
      {
        define,
        resolve: { conditions: [...conditions, "node"] },
        ssr: { resolve: { conditions: [...conditions, "node"] } },
        test: {
          name: "node",
          include: ["test/**/*.test.ts", "compat-tests/**/*.test.ts"],
          exclude: ["**/node_modules/**", "**/*.workers.test.ts"],
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        define,
        plugins: [cloudflareTest({ wrangler: { configPath: "./test/worker/wrangler.toml" } })],
        resolve: { conditions: [...conditions, "workerd", "worker"] },
        test: {
          name: "workers",
          include: ["test/**/*.test.ts", "compat-tests/**/*.workers.test.ts"],
          exclude: ["**/node_modules/**", "**/*.node.test.ts", "test/tidy.test.ts"],
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
