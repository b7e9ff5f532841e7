import { describe, expect, it } from "vitest";
import { Callbacks } from "../../../src/platform/node/embedded/embedded-callbacks.ts";

const definition = { name: "f", arity: 2, deterministic: false, directOnly: false };

function failing(callbacks: Callbacks, thrown: unknown): void {
  callbacks.scalar(definition, () => {
    throw thrown;
  })();
}

describe("user functions on their way into node:sqlite", () => {
  it("keep what was thrown until the statement fails", () => {
    const callbacks = new Callbacks();
    const thrown = new RangeError("mine");
    failing(callbacks, thrown);
    expect(callbacks.failure(new Error("the statement failed"))).toBe(thrown);
  });

  it("give it once", () => {
    const callbacks = new Callbacks();
    failing(callbacks, undefined);
    expect(callbacks.failure(new Error("first"))).toBeUndefined();
    const second = new Error("second");
    expect(callbacks.failure(second)).toBe(second);
  });

  it("forget it when nothing failed and the next statement begins", () => {
    const callbacks = new Callbacks();
    failing(callbacks, new RangeError("mine"));
    callbacks.begin();
    const other = new Error("of another statement");
    expect(callbacks.failure(other)).toBe(other);
  });

  it("declare their number of arguments", () => {
    const callbacks = new Callbacks();
    expect(callbacks.scalar(definition, () => null).length).toBe(2);
    const steps = { start: () => 0, step: () => 0, inverse: () => 0, result: () => 0 };
    const aggregate = callbacks.aggregate(definition, steps);
    // The state comes first.
    expect([aggregate.step.length, aggregate.inverse?.length]).toEqual([3, 3]);
  });
});
