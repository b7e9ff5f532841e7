import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { CAPTURE_ON } from "../../../src/engine/capture/capture-setting.ts";
import { Shard } from "../../../src/engine/shard.ts";
import { DRIVERS, reference } from "../../platform/node/drivers.ts";
import { freshRandom } from "../../sql/seeded-random.ts";
import { ManualClock } from "../manual-clock.ts";
import { Remembering } from "./remembered.ts";

const ROUNDS: readonly (readonly [driver: string, rounds: number])[] = [
  ["node:sqlite", 3],
  ["better-sqlite3", 1],
];

it.for(ROUNDS)(
  "answers as of every commit of a random history as it was, on %s",
  { timeout: 120_000 },
  ([name, rounds], { skip }) => {
    const open = DRIVERS[name];
    if (open === undefined) throw new Error(`no driver ${name}`);
    if (name === "better-sqlite3" && !reference.ready) skip(reference.reason);
    const random = freshRandom(`time travel on ${name}`);
    for (let round = 0; round < rounds; round++) {
      const folder = mkdtempSync(join(tmpdir(), "dosql-past-"));
      const file = join(folder, "shard.sqlite");
      const clock = new ManualClock();
      const writer = open(file);
      const reader = open(file, { readonly: true });
      const shard = new Shard({ writer, reader, clock, capture: CAPTURE_ON });
      const found = new Remembering(shard, clock, random).run(120, 1);
      shard.close();
      rmSync(folder, { recursive: true });
      expect(found.failures.join("\n\n")).toBe("");
      expect(found.commits).toBeGreaterThan(40);
      expect(found.telling).toBeGreaterThan(100);
    }
  },
);
