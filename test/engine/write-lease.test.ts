import { describe, expect, test } from "vitest";
import { WriteLease } from "../../src/engine/session/write-lease.ts";
import type { LeaseHolder } from "../../src/engine/session/write-lease.ts";
import { ManualClock } from "./manual-clock.ts";

class Holder implements LeaseHolder {
  idleSince: number | null = null;
  expired = 0;
  readonly #lease: WriteLease;

  constructor(lease: WriteLease) {
    this.#lease = lease;
  }

  idleSinceMs(): number | null {
    return this.idleSince;
  }

  expire(): void {
    this.expired++;
    this.#lease.release(this);
  }
}

describe("the write lease", () => {
  test("is granted first come, first served", () => {
    const lease = new WriteLease(new ManualClock());
    const [a, b, c] = [new Holder(lease), new Holder(lease), new Holder(lease)] as const;
    const order: string[] = [];
    lease.acquire(a, () => order.push("a"));
    lease.acquire(b, () => order.push("b"));
    lease.acquire(c, () => order.push("c"));
    expect(order).toEqual(["a"]);
    lease.release(a);
    lease.release(b);
    expect(order).toEqual(["a", "b", "c"]);
    expect(lease.heldBy(c)).toBe(true);
  });

  test("skips whoever gave up its place", () => {
    const lease = new WriteLease(new ManualClock());
    const [a, b, c] = [new Holder(lease), new Holder(lease), new Holder(lease)] as const;
    let granted = "";
    lease.acquire(a, () => undefined);
    const place = lease.acquire(b, () => (granted = "b"));
    lease.acquire(c, () => (granted = "c"));
    place.leave();
    lease.release(a);
    expect(granted).toBe("c");
  });

  test("is taken from a holder that idles, after the time and not before", () => {
    const clock = new ManualClock();
    const lease = new WriteLease(clock, 5_000);
    const [a, b] = [new Holder(lease), new Holder(lease)] as const;
    lease.acquire(a, () => undefined);
    a.idleSince = clock.monotonicMs();
    lease.noteIdle();
    let granted = false;
    lease.acquire(b, () => (granted = true));
    clock.advance(4_999);
    expect(a.expired).toBe(0);
    clock.advance(1);
    expect(a.expired).toBe(1);
    expect(granted).toBe(true);
  });

  test("is taken too when its timer comes a moment early, as timers do", () => {
    const clock = new ManualClock();
    const early = Object.create(clock, {
      monotonicMs: { value: () => clock.monotonicMs() },
      after: { value: (ms: number, fire: () => void) => clock.after(Math.max(ms - 0.5, 1), fire) },
    }) as ManualClock;
    const lease = new WriteLease(early, 5_000);
    const [a, b] = [new Holder(lease), new Holder(lease)] as const;
    lease.acquire(a, () => undefined);
    a.idleSince = clock.monotonicMs();
    lease.noteIdle();
    let granted = false;
    lease.acquire(b, () => (granted = true));
    clock.advance(5_001);
    expect(granted).toBe(true);
  });

  test("leaves a busy holder alone, and counts each pause from its start", () => {
    const clock = new ManualClock();
    const lease = new WriteLease(clock, 5_000);
    const a = new Holder(lease);
    lease.acquire(a, () => undefined);
    for (let round = 0; round < 3; round++) {
      a.idleSince = clock.monotonicMs();
      lease.noteIdle();
      clock.advance(4_000);
      a.idleSince = null;
      clock.advance(20_000);
    }
    expect(a.expired).toBe(0);
    a.idleSince = clock.monotonicMs();
    lease.noteIdle();
    clock.advance(5_000);
    expect(a.expired).toBe(1);
  });

  test("forgets the pause of a holder that is gone", () => {
    const clock = new ManualClock();
    const lease = new WriteLease(clock, 5_000);
    const [a, b] = [new Holder(lease), new Holder(lease)] as const;
    lease.acquire(a, () => undefined);
    lease.noteIdle();
    lease.acquire(b, () => {
      b.idleSince = clock.monotonicMs() - 60_000;
    });
    lease.release(a);
    clock.advance(5_000);
    expect(b.expired).toBe(0);
    expect(lease.heldBy(b)).toBe(true);
  });

  test("cannot be released by anybody else", () => {
    const lease = new WriteLease(new ManualClock());
    const [a, b] = [new Holder(lease), new Holder(lease)] as const;
    lease.acquire(a, () => undefined);
    expect(() => {
      lease.release(b);
    }).toThrow(/does not hold/);
  });
});
