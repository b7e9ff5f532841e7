import { isDeepStrictEqual } from "node:util";
import { bundle, startWorkerd } from "../workerd.ts";
import type { Call } from "./call.ts";
import { conversation, statementsOf } from "./conversation.ts";
import { verdictOf } from "./explained.ts";

/** What one run found. */
export interface FuzzReport {
  readonly statements: number;
  /** Statements that succeeded in D1. */
  readonly succeeded: number;
  readonly explained: number;
  readonly differences: readonly Difference[];
}

/** A call that two databases answered in different ways. */
export interface Difference {
  readonly seed: number;
  readonly at: number;
  readonly call: Call;
  readonly reference: unknown;
  readonly ours: unknown;
}

/** Calls of one conversation: a database that differs once may differ from then on. */
export const CONVERSATION_CALLS = 250;

/** Compares DoSQL in a Durable Object with the real local D1, over as many conversations. */
export async function fuzz(firstSeed: number, conversations: number): Promise<FuzzReport> {
  const script = await bundle(new URL("fuzz-worker.workers.ts", import.meta.url));
  const workerd = await startWorkerd(script, conversations);
  const differences: Difference[] = [];
  const sums = { statements: 0, succeeded: 0, explained: 0 };
  try {
    for (let number = 0; number < conversations; number++) {
      const seed = firstSeed + number;
      const calls = conversation(seed, CONVERSATION_CALLS);
      const query = `number=${number}&seed=${seed}&length=${CONVERSATION_CALLS}`;
      const [reference, ours] = [
        await answers(workerd.fetch(`/?driver=reference&${query}`)),
        await answers(workerd.fetch(`/?driver=object&${query}`)),
      ];
      let failedBefore = false;
      for (const [at, call] of calls.entries()) {
        sums.statements += statementsOf([call]);
        const [theirs, own] = [reference[at], ours[at]];
        const failed = typeof theirs === "object" && theirs !== null && "failed" in theirs;
        sums.succeeded += Number(!failed);
        const verdict = isDeepStrictEqual(theirs, own)
          ? "same"
          : verdictOf(call, theirs, own, { calls: calls.slice(0, at), failed: failedBefore });
        if (verdict === null) differences.push({ seed, at, call, reference: theirs, ours: own });
        else sums.explained += Number(verdict !== "same");
        // What comes after it says nothing.
        if (verdict === "parted") break;
        failedBefore ||= failed;
      }
    }
  } finally {
    await workerd.stop();
  }
  return { ...sums, differences };
}

async function answers(response: Promise<Response>): Promise<unknown[]> {
  const text = await (await response).text();
  try {
    return JSON.parse(text) as unknown[];
  } catch {
    throw new Error(text);
  }
}
