import { describe, expect, test } from "vitest";
import type { Lsn } from "../../../src/base/lsn.ts";
import { toLsn } from "../../../src/base/lsn.ts";
import { LocalDatabase } from "../../../src/engine/session/local-database.ts";
import type { AbortLike, SlotOptions } from "../../../src/engine/feed/change-feed.ts";
import { ManualClock } from "../manual-clock.ts";
import type { FeedHome } from "./feed-home.ts";
import {
  briefs,
  failureOf,
  FeedWorld,
  inWorld,
  nextOf,
  settle,
  transactionOf,
} from "./feed-home.ts";

const TABLE = "CREATE TABLE t (id INTEGER PRIMARY KEY)";
const INSERT = "INSERT INTO t VALUES (?1)";

/** Positions that the database keeps. */
export function slotCases(home: FeedHome): void {
  describe("a slot", () => {
    test("is created, confirmed, listed and dropped", () => {
      const clock = new ManualClock();
      return inWorld(
        home,
        async (world) => {
          const { slots } = world.feed;
          await world.run(TABLE);
          expect(slots.list()).toEqual([]);
          expect(slots.get("a")).toBe(null);
          const { head } = world.feed;
          const createdMs = clock.nowMs();
          const a = await slots.create("a");
          const state = { createdMs, confirmedMs: createdMs, maxLag: null, lost: null };
          const fresh = { confirmedLsn: head, lagEntries: 0, active: false, ...state };
          expect(a).toEqual({ name: "a", ...fresh });
          const b = await slots.create("b", { from: "start", maxLag: 1000 });
          expect(b).toMatchObject({ confirmedLsn: 0, lagEntries: head, maxLag: 1000 });
          await world.run(INSERT, 1n);
          clock.advance(50);
          await slots.confirm("b", head);
          expect(slots.list()).toEqual([
            { ...a, lagEntries: 2 },
            { ...b, confirmedLsn: head, confirmedMs: createdMs + 50, lagEntries: 2 },
          ]);
          await slots.drop("a");
          expect(slots.list().map(({ name }) => name)).toEqual(["b"]);
          expect(world.shard.feed.holds()).toBe(head);
          await slots.drop("b");
          expect(world.shard.feed.holds()).toBe(world.shard.feed.head);
        },
        { clock },
      );
    });

    test("does not go back, nor beyond the head", () =>
      inWorld(home, async (world) => {
        const { slots } = world.feed;
        await world.run(TABLE);
        const before = world.feed.head;
        await world.run(INSERT, 1n);
        const { head } = world.feed;
        await slots.create("s");
        await slots.confirm("s", head);
        expect((await failureOf(() => slots.confirm("s", before))).code).toBe("invalid-argument");
        const beyond = await failureOf(() => slots.confirm("s", toLsn(head + 1)));
        expect(beyond.code).toBe("invalid-argument");
        expect((await failureOf(() => slots.confirm("s", 1.5 as Lsn))).code).toBe(
          "invalid-argument",
        );
        expect(slots.get("s")?.confirmedLsn).toBe(head);
      }));

    test("says what is wrong", () =>
      inWorld(home, async (world) => {
        const { slots } = world.feed;
        await world.run(TABLE);
        await slots.create("s");
        const codes = async (...calls: (() => unknown)[]): Promise<string[]> =>
          Promise.all(calls.map(async (call) => (await failureOf(call)).code));
        expect(
          await codes(
            () => slots.create("s"),
            () => slots.create(""),
            () => slots.create("a b"),
            () => slots.create("x".repeat(101)),
            () => slots.create("n", { maxLag: 0 }),
            () => slots.create("n", { maxLag: 1.5 }),
            () => slots.create("n", { from: "snapshot" } as unknown as SlotOptions),
            () => slots.create("n", { from: toLsn(999) }),
            () => slots.confirm("nope", world.feed.head),
            () => slots.drop("nope"),
            () => world.feed.subscribe({ slot: "nope" }),
          ),
        ).toEqual([
          "misuse",
          ...Array.from({ length: 7 }, () => "invalid-argument"),
          ...Array.from({ length: 3 }, () => "not-found"),
        ]);
        expect(slots.list()).toHaveLength(1);
      }));

    test("has one subscription at a time, which goes on where it was", () =>
      inWorld(home, async (world) => {
        const { slots } = world.feed;
        await world.run(TABLE);
        await slots.create("s");
        for (const id of [1n, 2n, 3n]) await world.run(INSERT, id);
        const first = world.feed.subscribe({ slot: "s" });
        const taken = await failureOf(() => world.feed.subscribe({ slot: "s" }));
        expect([taken.code, taken.message]).toEqual([
          "misuse",
          "another subscription has the replication slot s",
        ]);
        expect((await failureOf(() => slots.drop("s"))).code).toBe("misuse");
        expect(slots.get("s")?.active).toBe(true);
        const one = await transactionOf(first);
        await transactionOf(first);
        await first.confirm(one.lastLsn);
        const unread = await failureOf(() => first.confirm(world.feed.head));
        expect(unread.code).toBe("invalid-argument");
        await first.return?.();
        expect((await failureOf(() => first.confirm(one.lastLsn))).code).toBe("misuse");
        const second = world.feed.subscribe({ slot: "s" });
        expect(second.position).toBe(one.lastLsn);
        expect(briefs([await transactionOf(second)])).toEqual([["insert t 2"]]);
        await second[Symbol.asyncDispose]();
        // A refused subscription does not keep the slot.
        const failures = [{ tables: ["nope"] }, { from: 0 as Lsn }, { heartbeatMs: -1 }];
        for (const options of failures) {
          await failureOf(() => world.feed.subscribe({ slot: "s", ...options }));
          expect(slots.get("s")?.active).toBe(false);
        }
        // The consumer may know better than the slot how far it is, but not less.
        const ahead = world.feed.subscribe({ slot: "s", from: second.position });
        expect(briefs([await transactionOf(ahead)])).toEqual([["insert t 3"]]);
        const without = await failureOf(() => world.feed.subscribe().confirm(one.lastLsn));
        expect(without.code).toBe("misuse");
      }));

    test("is lost when it lags too far, and no longer holds the log", () =>
      inWorld(home, async (world) => {
        const { slots } = world.feed;
        await world.run(TABLE);
        const start = world.feed.head;
        await slots.create("s", { maxLag: 4 });
        const active = world.feed.subscribe({ slot: "s" });
        for (const id of [1n, 2n]) await world.run(INSERT, id);
        expect(slots.get("s")).toMatchObject({ lagEntries: 4, lost: null });
        expect(world.shard.feed.holds()).toBe(start);
        const one = await transactionOf(active);
        await active.confirm(one.lastLsn);
        for (const id of [3n, 4n]) await world.run(INSERT, id);
        expect(slots.get("s")).toMatchObject({
          lagEntries: 6,
          lost: "it lags 6 entries, its limit is 4",
        });
        const failures = [
          await failureOf(() => slots.confirm("s", world.feed.head)),
          await failureOf(async () => {
            for (;;) await nextOf(active);
          }),
          await failureOf(() => world.feed.subscribe({ slot: "s" })),
          await failureOf(() => world.feed.subscribe({ slot: "s", from: "snapshot" })),
        ];
        for (const { code, hint } of failures) {
          expect([code, hint]).toEqual(["history-gone", expect.stringContaining("new snapshot")]);
        }
        expect(world.shard.feed.holds()).toBe(world.feed.head);
        await slots.drop("s");
        expect(await slots.create("s", { maxLag: 4 })).toMatchObject({ lost: null });
      }));

    test("holds the log with those who read without one", () =>
      inWorld(home, async (world) => {
        await world.run(TABLE);
        const { slots } = world.feed;
        const holds = (): number => world.shard.feed.holds();
        const start = world.feed.head;
        const reader = world.feed.subscribe();
        await world.run(INSERT, 1n);
        expect(holds()).toBe(start);
        const { lastLsn } = await transactionOf(reader);
        expect(holds()).toBe(lastLsn);
        await slots.create("s", { from: start });
        expect(holds()).toBe(start);
        await slots.confirm("s", lastLsn);
        await world.run(INSERT, 2n);
        expect(holds()).toBe(lastLsn);
        await reader.return?.();
        await slots.drop("s");
        expect(holds()).toBe(world.feed.head);
      }));

    test("follows a table through a renaming, also when it is taken again", () =>
      inWorld(home, async (world) => {
        await world.run(TABLE);
        await world.feed.slots.create("s");
        await world.run("ALTER TABLE t RENAME TO u");
        const first = world.feed.subscribe({ slot: "s", tables: ["t"] });
        const { lastLsn } = await transactionOf(first);
        await first.confirm(lastLsn);
        await first.return?.();
        await world.run("INSERT INTO u VALUES (1)");
        const second = world.feed.subscribe({ slot: "s", tables: ["t"] });
        expect(briefs([await transactionOf(second)])).toEqual([["insert u 1"]]);
        expect((await failureOf(() => world.feed.subscribe({ tables: ["t"] }))).code).toBe(
          "not-found",
        );
      }));

    test("is not seen by those who write", () =>
      inWorld(home, async (world) => {
        await world.run("CREATE TABLE t (id INTEGER PRIMARY KEY, x)");
        await world.run("INSERT INTO t VALUES (40, 1), (41, 1), (42, 1)");
        const { head } = world.feed;
        await world.feed.slots.create("s", { from: "start" });
        await world.feed.slots.confirm("s", head);
        const [row] = await world.run("SELECT changes(), last_insert_rowid()");
        expect(row).toEqual([3n, 42n]);
        // Nor is it a change itself: confirming would otherwise never come to an end.
        expect(world.feed.head).toBe(head);
        const tables = await world.run("SELECT name FROM sqlite_master WHERE type = 'table'");
        expect(tables).toEqual([["t"]]);
      }));

    test.runIf(home.transactions)("is not seen by a view that asks SQLite, without capture", () =>
      inWorld(home, async (world) => {
        await world.run(TABLE);
        await world.run("CREATE VIEW v AS SELECT changes() AS c");
        await world.feed.slots.create("s");
        world.shard.setCapture({ mode: "off", except: [] });
        await world.run("INSERT INTO t VALUES (1), (2), (3)");
        await world.feed.slots.drop("s");
        expect(await world.run("SELECT c FROM v")).toEqual([[3n]]);
      }),
    );

    test.runIf(home.transactions)("waits for a transaction, and is not part of it", () =>
      inWorld(home, async (world) => {
        await world.run(TABLE);
        await world.feed.slots.create("s", { from: "start" });
        const { head } = world.feed;
        await world.run("BEGIN");
        await world.run(INSERT, 1n);
        let confirmed = false;
        const confirming = Promise.resolve(world.feed.slots.confirm("s", head)).then(() => {
          confirmed = true;
        });
        await settle();
        expect(confirmed).toBe(false);
        await world.run("ROLLBACK");
        await confirming;
        expect(world.feed.slots.get("s")?.confirmedLsn).toBe(head);
      }),
    );

    test.runIf(home.durable)("is there when the database is opened again", () =>
      home.run(async (connect) => {
        const first = new FeedWorld(connect, { clock: home.clock });
        await first.run(TABLE);
        const { head } = first.feed;
        await first.feed.slots.create("s", { from: "start", maxLag: 77 });
        await first.feed.slots.confirm("s", head);
        await first.run(INSERT, 1n);
        const info = first.feed.slots.get("s");
        await first.database.close();
        const second = new FeedWorld(connect, { clock: home.clock });
        expect(second.feed.slots.list()).toEqual([info]);
        const subscription = second.feed.subscribe({ slot: "s" });
        expect(briefs([await transactionOf(subscription)])).toEqual([["insert t 1"]]);
        await second.database.close();
      }),
    );
  });

  describe("the end", () => {
    test("comes with the database's", () =>
      inWorld(home, async (world) => {
        await world.run(TABLE);
        await world.feed.slots.create("s");
        const [waiting, idle] = [world.feed.subscribe({ slot: "s" }), world.feed.subscribe()];
        const next = waiting.next();
        await world.database.close();
        expect((await next).done).toBe(true);
        expect((await waiting.next()).done).toBe(true);
        expect((await idle.next()).done).toBe(true);
        expect((await failureOf(() => world.feed.subscribe())).code).toBe("misuse");
        expect((await failureOf(() => world.feed.slots.create("x"))).code).toBe("misuse");
      }));

    test("is that of one handle: others go on", () =>
      inWorld(home, async (world) => {
        await world.run(TABLE);
        const other = new LocalDatabase(world.shard, () => null);
        const [ours, theirs] = [world.feed.subscribe(), other.feed.subscribe()];
        const [next, end] = [ours.next(), theirs.next()];
        await other.close();
        expect((await end).done).toBe(true);
        expect((await failureOf(() => other.feed.subscribe())).code).toBe("misuse");
        await world.run(INSERT, 1n);
        expect((await next).value).toMatchObject({ kind: "transaction" });
      }));

    test("is an error for who waits to write", () =>
      inWorld(home, async (world) => {
        const holder = { idleSinceMs: () => null, expire: () => undefined };
        world.shard.lease.tryAcquire(holder);
        const creating = failureOf(() => world.feed.slots.create("s"));
        await settle();
        world.shard.feed.close();
        expect((await creating).code).toBe("misuse");
        world.shard.lease.release(holder);
        expect(world.feed.slots.list()).toEqual([]);
      }));

    test("is none for who waits for a snapshot", () =>
      inWorld(home, async (world) => {
        await world.run(TABLE);
        const holder = { idleSinceMs: () => null, expire: () => undefined };
        world.shard.lease.tryAcquire(holder);
        const subscription = world.feed.subscribe({ from: "snapshot" });
        const next = subscription.next();
        await settle();
        world.shard.feed.close();
        // Where no lease is needed, the rows were read before.
        const [first, second] = [await next, await subscription.next()];
        expect(first.done === true || first.value.kind === "snapshot").toBe(true);
        expect(second.done).toBe(true);
        world.shard.lease.release(holder);
      }));

    test("comes with return, break and a signal", () =>
      inWorld(home, async (world) => {
        await world.run(TABLE);
        await world.feed.slots.create("s");
        const options = { slot: "s", heartbeatMs: 0 };
        const returned = world.feed.subscribe(options);
        const next = returned.next();
        expect((await returned.return?.())?.done).toBe(true);
        expect((await next).done).toBe(true);
        for await (const event of world.feed.subscribe({ ...options, heartbeatMs: 1 })) {
          expect(event.kind).toBe("heartbeat");
          break;
        }
        const controller = new AbortController();
        const aborted = world.feed.subscribe({ ...options, signal: controller.signal });
        const waiting = aborted.next();
        controller.abort();
        expect((await waiting).done).toBe(true);
        const never = world.feed.subscribe({ ...options, signal: controller.signal });
        expect((await never.next()).done).toBe(true);
        const listeners = new Set<() => void>();
        const signal: AbortLike = {
          aborted: false,
          addEventListener: (_type, listener) => listeners.add(listener),
          removeEventListener: (_type, listener) => listeners.delete(listener),
        };
        for (const id of [1n, 2n, 3n]) await world.run(INSERT, id);
        const midway = world.feed.subscribe({ ...options, signal });
        await transactionOf(midway);
        for (const listener of listeners) listener();
        expect((await midway.next()).done).toBe(true);
        expect(listeners.size).toBe(0);
        // Each of them gave the slot back.
        expect(world.feed.slots.get("s")?.active).toBe(false);
        await world.feed.slots.drop("s");
        expect(world.shard.feed.holds()).toBe(world.feed.head);
      }));

    test("comes when capture is turned off", () =>
      inWorld(home, async (world) => {
        await world.run(TABLE);
        const subscription = world.feed.subscribe();
        const next = failureOf(() => subscription.next());
        await settle();
        world.shard.setCapture({ mode: "off", except: [] });
        expect((await next).code).toBe("misuse");
        const refused = await failureOf(() => world.feed.subscribe());
        expect([refused.code, refused.message]).toEqual([
          "misuse",
          "changes of this database are not captured",
        ]);
      }));

    test("leaves a database without capture alone", () =>
      inWorld(
        home,
        async (world) => {
          expect([world.feed.head, world.feed.slots.list(), world.feed.slots.get("s")]).toEqual([
            0,
            [],
            null,
          ]);
          expect(world.shard.feed.holds()).toBe(0);
          expect((await failureOf(() => world.feed.slots.create("s"))).code).toBe("misuse");
          expect((await failureOf(() => world.feed.slots.confirm("s", 0 as Lsn))).code).toBe(
            "misuse",
          );
        },
        { capture: { mode: "off", except: [] } },
      ));
  });
}
