import { DatabaseSync } from "node:sqlite";
import { beforeAll, describe, expect, it } from "vitest";
import { allAttempts } from "./attempts/all-attempts.ts";
import { AUTHORIZER_LIMITS } from "./authorizer-limits.ts";
import { carryOut, type Report, wanted } from "./contract.ts";
import type { Attempt } from "./attempt.ts";
import { bareTarget, FILE_NAMES } from "./node-targets.ts";

const ATTEMPTS = allAttempts(FILE_NAMES.prefix);

/** Whether an attempt had more than it may, no parser having looked at it. */
function passed(attempt: Attempt, { outcome, names, damage }: Report): boolean {
  const refusal = !["blind", "own"].includes(wanted(attempt, "shard"));
  return damage.length > 0 || (outcome === "blind" && (refusal || names.length > 0));
}

async function carryOutAll(walls: "authorizer" | "none"): Promise<Map<Attempt, Report>> {
  const before = await bareTarget(walls).inspect();
  const reports = new Map<Attempt, Report>();
  for (const attempt of ATTEMPTS) {
    reports.set(attempt, await carryOut(attempt, FILE_NAMES, bareTarget(walls), before));
  }
  return reports;
}

// Node 22 has none.
describe.skipIf(!("setAuthorizer" in DatabaseSync.prototype))("the authorizer alone", () => {
  let reports: Map<Attempt, Report>;
  beforeAll(async () => {
    reports = await carryOutAll("authorizer");
  });

  it("lets no secret out, and nothing be changed", () => {
    const damage = [...reports].filter((entry) => entry[1].damage.length > 0);
    expect(damage.map(([{ name }]) => name)).toEqual([]);
  });

  it("stops all but what is known", () => {
    const through = [...reports].filter((entry) => passed(...entry)).map(([{ name }]) => name);
    expect(through.sort()).toEqual(Object.values(AUTHORIZER_LIMITS).flat().sort());
  });
});

describe("without any wall", () => {
  it("secrets come out and things are changed, so the corpus can fail", async () => {
    const reports = await carryOutAll("none");
    const damaged = [...reports.values()].filter(({ damage }) => damage.length > 0);
    const told = [...reports.values()].filter(({ names }) => names.length > 0);
    expect(damaged.length).toBeGreaterThan(75);
    expect(told.length).toBeGreaterThan(55);
  }, 120_000);
});
