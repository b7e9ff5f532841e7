import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { answer } from "./contract.ts";
import { converse } from "./conversation.ts";
import type { Answers, Case } from "./contract.ts";
import { CASES } from "./groups.ts";
import { GAPS_OF } from "./known-gaps.ts";
import { boundDatabase, realDatabase, reference } from "./libraries.ts";
import type { AnyBinding } from "./libraries.ts";

const STEPS = 150;

/** How long and how much one binding is asked. */
export interface Measure {
  readonly conversations: number;
  readonly timeoutMs: number;
}

/** Asks one binding and the real library the same, and compares. */
export function compareBinding(binding: AnyBinding, { conversations, timeoutMs }: Measure): void {
  const root = mkdtempSync(path.join(tmpdir(), "dosql-better-sqlite3-"));
  const folder = (side: string, theCase: Case): string => {
    const made = path.join(root, side, String(CASES.indexOf(theCase)));
    mkdirSync(made, { recursive: true });
    return made;
  };
  const title = reference.ready ? "" : ` (skipped: ${reference.reason})`;

  describe.skipIf(!reference.ready)(`${binding} against the real library${title}`, () => {
    afterAll(() => rmSync(root, { recursive: true, force: true }));

    it.each(CASES)("$name", { timeout: timeoutMs }, async (theCase) => {
      const real = await answer(theCase, realDatabase(), folder(`real ${binding}`, theCase));
      const ours = await answer(theCase, boundDatabase(binding), folder(binding, theCase));
      const gaps = Object.keys(GAPS_OF[binding][theCase.name] ?? {});
      expect(without(ours, gaps)).toEqual(without(real, gaps));
      // A gap that has closed must leave the list.
      const agreed = gaps.filter((gap) => JSON.stringify(ours[gap]) === JSON.stringify(real[gap]));
      expect(agreed).toEqual([]);
    });

    it("says the same in random conversations", { timeout: timeoutMs }, () => {
      for (let seed = 1; seed <= conversations; seed++) {
        const real = converse(realDatabase(), seed, STEPS);
        const ours = converse(boundDatabase(binding), seed, STEPS);
        const step = real.findIndex((said, index) => said !== ours[index]);
        const before = real.slice(Math.max(0, step - 10), step);
        expect(ours[step], `seed ${seed}, step ${step}, after\n${before.join("\n")}`).toBe(
          real[step],
        );
      }
    });

    it("lists only gaps of questions that are asked", async () => {
      const asked = new Map<string, readonly string[]>();
      for (const theCase of CASES.filter(({ name }) => name in GAPS_OF[binding])) {
        const answers = await answer(theCase, realDatabase(), folder("asked", theCase));
        asked.set(theCase.name, Object.keys(answers));
      }
      for (const [name, gaps] of Object.entries(GAPS_OF[binding])) {
        expect(asked.get(name), name).toEqual(expect.arrayContaining(Object.keys(gaps)));
      }
    });
  });
}

function without(answers: Answers, labels: readonly string[]): Answers {
  return Object.fromEntries(Object.entries(answers).filter(([label]) => !labels.includes(label)));
}
