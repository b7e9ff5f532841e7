import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { NodeSqlDriver } from "../../src/platform/node/sqlite/sqlite-driver.ts";
import { checkReplay } from "./capture/check-recording.ts";
import { playFacade } from "./capture/facade-play.ts";
import { SCENARIOS } from "./capture/scenarios/all-scenarios.ts";

/**
 * Where a user of this face sees that changes are captured; what the log tells is right. `run()`
 * of a COMMIT, a RELEASE or an error behind a change of an FTS5 table counts other rows than SQLite
 * does, which counts those of the shadow tables there.
 */
const TRACES: readonly RegExp[] = [
  /^FTS5: transactions and savepoints$/,
  /^FTS5: a batch, and one that fails$/,
];

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "dosql-embedded-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

describe.each(["prepare", "exec"] as const)("the contract of capture, by %s", (way) => {
  test.each(SCENARIOS)("$name", async (scenario) => {
    const captured = await playFacade(path.join(folder, "captured.db"), scenario, "on", way);
    const plain = await playFacade(path.join(folder, "plain.db"), scenario, "off", way);
    if (!TRACES.some((trace) => trace.test(scenario.name))) {
      expect(captured.seen).toEqual(plain.seen);
      expect(captured.after.tables).toEqual(plain.after.tables);
    }
    const driver = new NodeSqlDriver(":memory:");
    checkReplay(captured, scenario, driver);
    driver.close();
  });
});
