/*
 * examples/d1-worker, by its own tests: they pass on D1 and on DoSQL, and nothing but the
 * settings of wrangler says which of them it is.
 */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

const EXAMPLE = path.join(import.meta.dirname, "../../../examples/d1-worker");
const TIMEOUT_MS = 150_000;

interface Finished {
  readonly code: number | null;
  readonly said: string;
}

/** Runs the example's test as its `npm test` does. */
function runTests(config: string): Promise<Finished> {
  const child = spawn(process.execPath, ["--test", "test/shop.test.ts"], {
    cwd: EXAMPLE,
    env: { ...process.env, NO_COLOR: "1", WRANGLER_CONFIG: config },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: TIMEOUT_MS,
  });
  let said = "";
  const hear = (text: string): void => {
    said += text;
  };
  child.stdout.setEncoding("utf8").on("data", hear);
  child.stderr.setEncoding("utf8").on("data", hear);
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, said })));
}

describe("examples/d1-worker", () => {
  for (const [home, config] of [
    ["D1", "wrangler.jsonc"],
    ["DoSQL", "wrangler.dosql.jsonc"],
  ] as const) {
    it(
      `passes its own tests on ${home}`,
      async () => {
        const { code, said } = await runTests(config);
        expect(code, said).toBe(0);
        expect(/^ℹ pass (\d+)$/m.exec(said)?.[1], said).toBe("14");
      },
      TIMEOUT_MS,
    );
  }

  it("has one file that knows of DoSQL", () => {
    const knows = ["shop", "place-order", "dosql"].filter((name) =>
      /dosql/i.test(readFileSync(path.join(EXAMPLE, `src/${name}.workers.ts`), "utf8")),
    );
    expect(knows).toEqual(["dosql"]);
  });
});
