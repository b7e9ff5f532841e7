import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import { DRIVERS, reference } from "../../platform/node/drivers.ts";
import { checkReplay } from "./check-recording.ts";
import type { Home, Recording } from "./play.ts";
import { play } from "./play.ts";
import type { Scenario } from "./scenario.ts";
import { SCENARIOS } from "./scenarios/all-scenarios.ts";

type Open = (path?: string) => ReturnType<Home["open"]>;

/** Plays a scenario in a file of its own. */
function playInFile(open: Open, scenario: Scenario, capture: "on" | "off"): Recording {
  const folder = mkdtempSync(join(tmpdir(), "dosql-capture-"));
  const path = join(folder, "shard.sqlite");
  const foreign = (script: string): void => {
    const other = new DatabaseSync(path);
    other.exec(script);
    other.close();
  };
  try {
    return play({ open: () => open(path), foreign }, scenario, capture);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

for (const [name, open] of Object.entries(DRIVERS)) {
  describe.skipIf(name === "better-sqlite3" && !reference.ready)(name, () => {
    describe("comes back from the log", () => {
      test.each(SCENARIOS)("$name", (scenario) => {
        const recording = playInFile(open, scenario, "on");
        const driver = open();
        try {
          checkReplay(recording, scenario, driver);
        } finally {
          driver.close();
        }
      });
    });

    describe("looks the same without capture", () => {
      test.each(SCENARIOS.filter(({ sees }) => sees !== "other"))("$name", (scenario) => {
        const captured = playInFile(open, scenario, "on");
        const plain = playInFile(open, scenario, "off");
        expect(captured.seen).toEqual(plain.seen);
        expect(captured.after.tables).toEqual(plain.after.tables);
      });
    });
  });
}
