import { describe, expect, it } from "vitest";
import { compare } from "./compare.ts";
import { EXPECTED } from "./expected.ts";
import type { Outcome } from "./run.ts";
import { SUITES } from "./suite.ts";
import type { Suite } from "./suite.ts";

const passed = (...names: readonly string[]): Outcome[] =>
  names.map((name) => ({ name, state: "passed", message: "" }));
const failed = (name: string): Outcome => ({ name, state: "failed", message: "no" });

function suiteOf(option: string): Suite {
  const suite = SUITES.find((one) => one.option === option);
  if (suite === undefined) throw new RangeError(option);
  return suite;
}

describe("what a suite's run is held against", () => {
  it("tells what came out otherwise, what is absent, and which of two of a name", () => {
    const ours = [...passed("a", "twice"), failed("twice")];
    const { differences, counts } = compare(
      suiteOf("kysely"),
      "builtin",
      passed("a", "twice", "twice", "gone"),
      ours,
    );
    expect(counts).toEqual({ passed: 2, failed: 1, skipped: 0 });
    expect(differences).toEqual([
      { name: "twice (2)", real: "passed", ours: "failed", message: "no", reason: null },
      { name: "gone", real: "passed", ours: "absent", message: "", reason: null },
    ]);
  });

  it("knows the reason of what is listed, and tells what is listed and does not differ", () => {
    const listed = Object.entries(EXPECTED.remote?.["kysely"] ?? {});
    const [[first, reason] = ["", ""], ...others] = listed;
    const rest = others.map(([name]) => name);
    const ours = [failed(first), ...passed(...rest)];
    const { differences, agreed } = compare(
      suiteOf("kysely"),
      "remote",
      passed(first, ...rest),
      ours,
    );
    expect(differences.map((one) => one.reason)).toEqual([reason]);
    expect(rest).not.toEqual([]);
    expect(agreed).toEqual(rest);
  });

  it("forgives a test of another driver", () => {
    const name = "Sqlite3 dialect (sqlite3) strict transactions";
    const { differences } = compare(suiteOf("knex"), "native", passed(name), [failed(name)]);
    expect(differences.map(({ reason }) => reason)).toEqual(["it asks another driver"]);
  });
});
