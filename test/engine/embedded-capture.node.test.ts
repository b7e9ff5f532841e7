import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { NodeSqlDriver } from "../../src/platform/node/sqlite-driver.ts";
import { checkReplay } from "./capture/check-recording.ts";
import { playFacade } from "./capture/facade-play.ts";
import { SCENARIOS } from "./capture/scenarios/all-scenarios.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "dosql-embedded-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

describe.each(["prepare", "exec"] as const)("the contract of capture, by %s", (way) => {
  test.each(SCENARIOS)("$name", async (scenario) => {
    const captured = await playFacade(path.join(folder, "captured.db"), scenario, "on", way);
    const plain = await playFacade(path.join(folder, "plain.db"), scenario, "off", way);
    expect(captured.seen).toEqual(plain.seen);
    expect(captured.after.tables).toEqual(plain.after.tables);
    const driver = new NodeSqlDriver(":memory:");
    checkReplay(captured, scenario, driver);
    driver.close();
  });
});
