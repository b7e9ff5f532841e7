import { LocalDatabase } from "../../src/engine/session/local-database.ts";
import { d1 } from "../../src/entry/d1.ts";
import { openNodeShard } from "../../src/entry/node/node-shard.ts";
import { ALL_CASES } from "./cases/all-cases.ts";
import type { Answers } from "./contract.ts";
import { answer } from "./contract.ts";
import type { Workerd } from "./workerd.ts";

/** Who answers the cases: the real local D1, and our two homes; one of them asked from inside. */
export type Driver = "reference" | "durable-object" | "in-object" | "node";

/** Answers by case. */
export type AllAnswers = Record<string, Answers>;

/** What a driver in workerd answers to all cases. */
export async function answersInWorkerd(
  workerd: Workerd,
  driver: Exclude<Driver, "node">,
): Promise<AllAnswers> {
  const response = await workerd.fetch(`/?driver=${driver}`);
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${driver}: ${text}`);
  return JSON.parse(text) as AllAnswers;
}

/** What the facade over an embedded shard answers; each case has a file of its own in `folder`. */
export async function answersOnNode(folder: string): Promise<AllAnswers> {
  const all: AllAnswers = {};
  for (const [i, theCase] of ALL_CASES.entries()) {
    const database = new LocalDatabase(openNodeShard(`${folder}/case-${i}.sqlite`));
    try {
      const answers = await answer(theCase, d1(database));
      // As the others, who are asked from afar.
      all[theCase.name] = JSON.parse(JSON.stringify(answers)) as Answers;
    } finally {
      await database.close();
    }
  }
  return all;
}
