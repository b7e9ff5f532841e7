import { EXPECTED } from "./expected.ts";
import type { Driver, Outcome } from "./run.ts";
import type { Suite } from "./suite.ts";

type State = Outcome["state"] | "absent";

/** A test that came out otherwise than with the real library. */
export interface Difference {
  readonly name: string;
  readonly real: State;
  readonly ours: State;
  /** Why it failed. */
  readonly message: string;
  /** Why that is as it should be, or null. */
  readonly reason: string | null;
}

/** A suite with one driver, beside the real library. */
export interface Comparison {
  readonly driver: Driver;
  readonly counts: Readonly<Record<Outcome["state"], number>>;
  /** Names of the tests that failed. */
  readonly failed: readonly string[];
  readonly differences: readonly Difference[];
  /** Expected to differ, and not differing. */
  readonly agreed: readonly string[];
}

/** Holds the outcomes of a driver against the real library's. */
export function compare(
  suite: Suite,
  driver: Driver,
  reference: readonly Outcome[],
  outcomes: readonly Outcome[],
): Comparison {
  const expected = EXPECTED[driver]?.[suite.option] ?? {};
  const real = byName(reference);
  const ours = byName(outcomes);
  const all = [...new Set([...real.keys(), ...ours.keys()])].map((name): Difference => {
    const is = ours.get(name);
    const elsewhere = suite.elsewhere !== undefined && name.startsWith(suite.elsewhere);
    return {
      name,
      real: real.get(name)?.state ?? "absent",
      ours: is?.state ?? "absent",
      message: is?.message ?? "",
      reason: expected[name] ?? (elsewhere ? "it asks another driver" : null),
    };
  });
  const differences = all.filter(({ real: was, ours: is }) => was !== is);
  const differing = new Set(differences.map(({ name }) => name));
  const of = (state: Outcome["state"]): Outcome[] => {
    return outcomes.filter((outcome) => outcome.state === state);
  };
  return {
    driver,
    counts: {
      passed: of("passed").length,
      failed: of("failed").length,
      skipped: of("skipped").length,
    },
    failed: of("failed").map(({ name }) => name),
    differences,
    agreed: Object.keys(expected).filter((name) => !differing.has(name)),
  };
}

/** Suites repeat names: the second of a name is told apart from the first. */
function byName(outcomes: readonly Outcome[]): Map<string, Outcome> {
  const seen = new Map<string, number>();
  return new Map(
    outcomes.map((outcome) => {
      const turn = (seen.get(outcome.name) ?? 0) + 1;
      seen.set(outcome.name, turn);
      return [turn === 1 ? outcome.name : `${outcome.name} (${turn})`, outcome];
    }),
  );
}
