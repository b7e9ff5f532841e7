import { env, runInDurableObject } from "cloudflare:test";
import { describe, expect, test } from "vitest";
import { WorkersSqlDriver } from "../../../src/platform/workers/sqlite-driver.ts";
import type { SqlDriver } from "../../../src/ports/sql-driver.ts";
import { checkReplay } from "./check-recording.ts";
import type { Recording } from "./play.ts";
import { play } from "./play.ts";
import type { Scenario } from "./scenario.ts";
import { SCENARIOS } from "./scenarios/all-scenarios.ts";

let objects = 0;

/** Runs `body` over the storage of a fresh object. */
async function withDriver<T>(body: (driver: SqlDriver) => T): Promise<T> {
  const stub = env.BARE.get(env.BARE.idFromName(`capture-${++objects}`));
  return await runInDurableObject(stub, (_object, state) =>
    body(new WorkersSqlDriver(state.storage)),
  );
}

function playInObject(scenario: Scenario, capture: "on" | "off"): Promise<Recording> {
  return withDriver((driver) => {
    const foreign = (): void => {
      throw new Error("nobody else writes into an object");
    };
    return play({ open: () => driver, foreign }, scenario, capture);
  });
}

/** An object has no statements for transactions, is no file, and has its limits. */
const HERE = SCENARIOS.filter(({ needs = [] }) =>
  needs.every((need) => need !== "transactions" && need !== "file" && need !== "room"),
);

describe("comes back from the log", () => {
  test.each(HERE)("$name", async (scenario) => {
    const recording = await playInObject(scenario, "on");
    await withDriver((driver) => checkReplay(recording, scenario, driver));
  });
});

describe("looks the same without capture", () => {
  test.each(HERE.filter(({ sees }) => sees === undefined))("$name", async (scenario) => {
    const captured = await playInObject(scenario, "on");
    const plain = await playInObject(scenario, "off");
    expect(captured.seen).toEqual(plain.seen);
    expect(captured.after.tables).toEqual(plain.after.tables);
  });
});
