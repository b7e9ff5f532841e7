import { expect, it } from "vitest";
import { seedFor } from "../../../test/sql/seeded-random.ts";
import { conversation } from "./conversation.ts";
import { type Verdict, verdictOf } from "./explained.ts";
import { type FuzzReport, fuzz } from "./run.ts";

/** About 3,500 statements; `npm run fuzz:d1` asks many more. */
const CONVERSATIONS = 12;

/** Null where workerd does not run on this machine. */
async function reportOrNull(): Promise<FuzzReport | null> {
  try {
    return await fuzz(seedFor("D1 fuzz"), CONVERSATIONS);
  } catch (error) {
    if (/workerd|ENOENT|spawn/.test(String(error))) return null;
    throw error;
  }
}

const report = await reportOrNull();

it.skipIf(report === null)("answers random statements as the local D1 does", () => {
  expect(report?.differences).toEqual([]);
  expect(report?.statements).toBeGreaterThan(2_500);
  // It is no use if all of them fail.
  expect(report?.succeeded).toBeGreaterThan(1_200);
  expect(report?.explained).toBeLessThan(250);
});

it("asks the same again with the same seed", () => {
  expect(conversation(7, 50)).toEqual(conversation(7, 50));
  expect(conversation(7, 50)).not.toEqual(conversation(8, 50));
});

it("explains a rowid after a failure, and no other value", () => {
  const call = { kind: "all", sql: "SELECT 1", params: [] } as const;
  const answer = (id: number, v: number) => ({
    entries: [
      [
        "meta",
        [
          ["last_row_id", id],
          ["v", v],
        ],
      ],
    ],
  });
  const verdict = (ours: unknown, failed: boolean): Verdict =>
    verdictOf(call, answer(1, 1), ours, { calls: [], failed });
  expect(verdict(answer(2, 1), true)).toBe("known");
  expect(verdict(answer(2, 1), false)).toBeNull();
  expect(verdict(answer(2, 2), true)).toBeNull();
});
