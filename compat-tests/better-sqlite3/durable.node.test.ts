import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answer } from "./contract.ts";
import type { Answers } from "./contract.ts";
import { realDatabase, reference } from "./libraries.ts";
import { SERVED_CASES } from "./served-cases.ts";
import { outcomeOf } from "./served-contract.ts";
import { DURABLE_GAPS } from "./served-gaps.ts";

/** So many answers are the library's own at least: refusals must not become the rule. */
const LEAST_AGREED = 600;
const COMPATIBILITY_DATE = "2026-08-15";

interface Objects {
  ask(index: number): Promise<Answers>;
  stop(): Promise<void>;
}

const root = mkdtempSync(path.join(tmpdir(), "dosql-durable-contract-"));
let objects: Objects;
let agreed = 0;

/** workerd with a Durable Object for each case. */
async function start(): Promise<Objects> {
  const { Miniflare, convertV4MiniflareOptions, Log, LogLevel } = await import("miniflare");
  const { outputFiles } = await build({
    entryPoints: [path.join(import.meta.dirname, "durable-object.workers.ts")],
    bundle: true,
    write: false,
    format: "esm",
    platform: "neutral",
    // The answers name classes.
    keepNames: true,
    external: ["cloudflare:*"],
  });
  const miniflare = new Miniflare({
    ...convertV4MiniflareOptions({
      log: new Log(LogLevel.NONE),
      cf: false,
      workers: [
        {
          name: "contract",
          modules: true,
          script: outputFiles[0]?.text ?? "",
          compatibilityDate: COMPATIBILITY_DATE,
          // For Buffer, in which the cases think.
          compatibilityFlags: ["nodejs_compat"],
          durableObjects: { OBJECT: { className: "Contract", useSQLite: true } },
        },
      ],
    }),
    telemetry: { enabled: false },
  });
  await miniflare.ready;
  return {
    async ask(index) {
      const body = String(index);
      const response = await miniflare.dispatchFetch("http://contract/", { method: "POST", body });
      return (await response.json()) as Answers;
    },
    stop: () => miniflare.dispose(),
  };
}

const title = reference.ready ? "" : ` (skipped: ${reference.reason})`;

describe.skipIf(!reference.ready)(`a Durable Object against the real library${title}`, () => {
  beforeAll(async () => {
    objects = await start();
  });
  afterAll(async () => {
    await objects.stop();
    rmSync(root, { recursive: true, force: true });
  });

  it.each(SERVED_CASES.map((theCase, index) => ({ name: theCase.name, theCase, index })))(
    "$name",
    async ({ name, theCase, index }) => {
      const folder = path.join(root, String(index));
      mkdirSync(folder, { recursive: true });
      const real = await answer(theCase, realDatabase(), folder);
      const ours = await objects.ask(index);
      const ended = ours["the case itself"];
      if (ended !== undefined) {
        expect(DURABLE_GAPS[name]?.["the case itself"] ?? "is not supported").toBeTruthy();
        expect(String(ended)).toMatch(/is not supported|no such table/);
      }
      const outcome = outcomeOf(name, real, ours, DURABLE_GAPS);
      agreed += outcome.agreed;
      expect(outcome.differences).toEqual([]);
      expect(outcome.closed).toEqual([]);
    },
  );

  it(`agrees in ${LEAST_AGREED} answers at least`, () => {
    expect(agreed).toBeGreaterThanOrEqual(LEAST_AGREED);
  });
});
