import { beforeAll, describe, expect, it } from "vitest";
import { allAttempts } from "./attempts/all-attempts.ts";
import { carryOut, complaints, type Target } from "./contract.ts";
import { embeddedTarget, FILE_NAMES, shardTarget } from "./node-targets.ts";

const ATTEMPTS = allAttempts(FILE_NAMES.prefix);

const FACES: Readonly<Record<string, () => Promise<Target>>> = {
  "a session on a shard file": async () => shardTarget(true),
  "a session behind the parser alone": async () => shardTarget(false),
  "a session whose changes are logged": async () => shardTarget(true, "on"),
  "better-sqlite3's API on a data folder": embeddedTarget,
};

it("is large, and no attempt is there twice", () => {
  expect(ATTEMPTS.length).toBeGreaterThan(200);
  expect(new Set(ATTEMPTS.map(({ name }) => name)).size).toBe(ATTEMPTS.length);
});

describe.each(Object.entries(FACES))("%s", (_, open) => {
  let before: unknown[][][];
  beforeAll(async () => {
    before = await (await open()).inspect();
    expect(before.map((rows) => rows.length > 0)).toEqual([true, true, true, true]);
  });

  it.each(ATTEMPTS)("$name", async (attempt) => {
    const target = await open();
    const report = await carryOut(attempt, FILE_NAMES, target, before);
    expect(complaints(attempt, target.face, report)).toEqual([]);
  });
});
