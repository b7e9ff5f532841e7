import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ALL_CASES } from "./cases/all-cases.ts";
import { compare } from "./compare.ts";
import type { AllAnswers, Driver } from "./drivers.ts";
import { answersInWorkerd, answersOnNode } from "./drivers.ts";
import { FITTED, KNOWN_GAPS } from "./known-gaps.ts";
import type { Workerd } from "./workerd.ts";
import { bundle, startWorkerd } from "./workerd.ts";

/** workerd, or the reason why it does not run on this machine. */
async function workerdOrReason(): Promise<Workerd | string> {
  const script = await bundle(new URL("contract-worker.workers.ts", import.meta.url));
  try {
    return await startWorkerd(script, ALL_CASES.length);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const workerd = await workerdOrReason();
const skipped = typeof workerd === "string" ? ` (skipped: no local D1 here: ${workerd})` : "";

describe.skipIf(skipped !== "")(`the D1 face answers as the local D1 does${skipped}`, () => {
  const answers = {} as Record<Driver, AllAnswers>;
  let folder = "";

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "dosql-d1-"));
    answers.reference = await answersInWorkerd(workerd as Workerd, "reference");
    answers["durable-object"] = await answersInWorkerd(workerd as Workerd, "durable-object");
    answers["in-object"] = await answersInWorkerd(workerd as Workerd, "in-object");
    answers.node = await answersOnNode(folder);
  });

  afterAll(async () => {
    if (typeof workerd !== "string") await workerd.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it("is compared with a D1", () => {
    expect(answers.reference["shape"]?.["db: constructor"]).toBe("D1Database");
    expect(answers.reference["values in expressions"]?.["SELECT ? / ? AS v <- [3,2]"]).toEqual([
      [1.5],
    ]);
  });

  it.each(Object.entries(FITTED))("%s: what D1 refuses is right beyond it", (name, label) => {
    const [object, node] = [answers["durable-object"][name] ?? {}, answers.node[name] ?? {}];
    const labels = Object.keys(object).filter((asked) => label.test(asked));
    expect(labels).not.toHaveLength(0);
    // Node's SQLite has no such limits, so it need not say anything in other words.
    for (const asked of labels) expect(object[asked], asked).toEqual(node[asked]);
  });

  for (const driver of ["durable-object", "in-object", "node"] as const) {
    // Where it is asked from makes no difference.
    const home = driver === "in-object" ? "durable-object" : driver;
    describe(driver, () => {
      it.each(ALL_CASES.map(({ name }) => name))("%s", (name) => {
        const gaps = KNOWN_GAPS.filter((gap) => gap.driver === home && gap.case === name);
        const reference = answers.reference[name] ?? {};
        expect(Object.keys(reference)).not.toHaveLength(0);
        const { unexpected, agreed } = compare(reference, answers[driver][name] ?? {}, gaps);
        expect(unexpected).toEqual({});
        expect(agreed, "listed in known-gaps.ts, but both agree").toEqual([]);
      });
    });
  }
});

it("has at least 150 cases, each with a name of its own", () => {
  expect(ALL_CASES.length).toBeGreaterThanOrEqual(150);
  expect(new Set(ALL_CASES.map(({ name }) => name)).size).toBe(ALL_CASES.length);
});

it("lists gaps of cases that exist, each once", () => {
  const cases = new Set(ALL_CASES.map(({ name }) => name));
  expect(KNOWN_GAPS.filter((gap) => !cases.has(gap.case))).toEqual([]);
  const keys = KNOWN_GAPS.map((gap) => JSON.stringify([gap.driver, gap.case, String(gap.label)]));
  expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
});

describe("a comparison", () => {
  const gap = (label?: string) =>
    ({
      driver: "node",
      case: "c",
      reason: "r",
      ...(label === undefined ? {} : { label }),
    }) as const;

  it("finds what differs, is missing or is too much", () => {
    const { unexpected } = compare({ a: 1, b: [1], c: 1 }, { a: 1, b: [2], d: 1 }, []);
    expect(Object.keys(unexpected)).toEqual(["b", "c", "d"]);
  });

  it("lets a listed gap pass, and complains of one that is none", () => {
    expect(compare({ a: 1, b: 1 }, { a: 2, b: 1 }, [gap("a")])).toEqual({
      unexpected: {},
      agreed: [],
    });
    expect(compare({ a: 1, b: 1 }, { a: 2, b: 1 }, [gap("a"), gap("b")]).agreed).toEqual(["b"]);
    expect(compare({ a: 1, b: 1 }, { a: 1, b: 2 }, [gap()])).toEqual({
      unexpected: {},
      agreed: [],
    });
    expect(compare({ a: 1 }, { a: 1 }, [gap()]).agreed).toEqual(["the whole case"]);
  });
});
