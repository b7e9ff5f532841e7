import { describe, expect, test } from "vitest";
import { compareHlc } from "../../../src/base/hlc.ts";
import type { FeedEvent, SubscribeOptions } from "../../../src/engine/feed/change-feed.ts";
import type { LogOp } from "../../../src/engine/log/record.ts";
import type { Clock } from "../../../src/ports/clock.ts";
import { ManualClock } from "../manual-clock.ts";
import type { FeedHome, FeedWorld } from "./feed-home.ts";
import { brief, briefs, failureOf, inWorld, nextOf, settle, transactionOf } from "./feed-home.ts";

/** What a subscription leaves out, and that it says so. */
export function filterCases(home: FeedHome): void {
  /** Two tables, and a transaction that changes both in each way. */
  const withTables = (body: (world: FeedWorld) => Promise<void>): Promise<void> =>
    inWorld(home, async (world) => {
      await world.run("CREATE TABLE a (id INTEGER PRIMARY KEY, x, y)");
      await world.run("CREATE TABLE b (k TEXT PRIMARY KEY, v)");
      await world.batch(
        "INSERT INTO a VALUES (1, 'x', 'y')",
        "INSERT INTO b VALUES ('k', 'v')",
        "UPDATE a SET x = 'X'",
        "UPDATE b SET v = 'V'",
        "DELETE FROM b",
      );
      await body(world);
    });
  const told = async (world: FeedWorld, options: SubscribeOptions): Promise<string[][]> =>
    briefs(await world.replay({ from: "start", ...options }));

  describe("the filter", () => {
    test("takes tables and operations", () =>
      withTables(async (world) => {
        expect(await told(world, { tables: ["B"] })).toEqual([
          ["ddl b"],
          ["insert b k|v", "update b k|v > k|V", "delete b k|V"],
        ]);
        expect(await told(world, { operations: ["delete", "ddl"] })).toEqual([
          ["ddl a"],
          ["ddl b"],
          ["delete b k|V"],
        ]);
        const tables = ["a", { table: "b", operations: ["insert" as const] }];
        expect(await told(world, { tables, operations: ["update"] })).toEqual([
          ["insert b k|v", "update a 1|x|y > 1|X|y"],
        ]);
      }));

    test("keeps the numbers of what it leaves out", () =>
      withTables(async (world) => {
        const [all] = (await world.replay({ from: "start" })).slice(-1);
        const [some] = await world.replay({ from: "start", tables: ["b"], operations: ["delete"] });
        expect(some).toEqual({ ...all, records: all?.records.slice(-1) });
      }));

    test("takes columns, and always tells the key", () =>
      withTables(async (world) => {
        const tables = [{ table: "a", columns: ["Y"] }, "b"];
        const [, , last] = await world.replay({ from: "start", tables });
        expect(last?.records[0]).toMatchObject({ columns: ["y"], key: [1n], after: ["y"] });
        expect(last?.records[2]).toMatchObject({ key: [1n], before: ["y"], after: ["y"] });
        expect(last?.records[1]).toMatchObject({ columns: ["k", "v"], after: ["k", "v"] });
        const [only] = await world.replay({
          from: "start",
          tables: [{ table: "a", columns: ["y", "id"], operations: ["update"] }],
        });
        // In the table's order.
        expect(only?.records[0]).toMatchObject({ columns: ["id", "y"], after: [1n, "y"] });
      }));

    test("refuses what it does not know", () =>
      withTables(async (world) => {
        const refusal = async (options: SubscribeOptions): Promise<string> => {
          const error = await failureOf(() => world.feed.subscribe(options));
          return `${error.code}: ${error.message}`;
        };
        expect(await refusal({ tables: ["Nope"] })).toBe(
          "not-found: no captured table has the name Nope",
        );
        expect(await refusal({ tables: [{ table: "a", columns: ["x", "Z"] }] })).toBe(
          "invalid-argument: a has no stored column Z",
        );
        expect(await refusal({ tables: [] })).toMatch(/^invalid-argument: .*tables.* is empty/);
        expect(await refusal({ tables: ["a", "A"] })).toMatch(/^invalid-argument: .*a is named tw/);
        expect(await refusal({ operations: [] })).toMatch(/^invalid-argument: .* is empty/);
        expect(await refusal({ operations: ["upsert" as LogOp] })).toMatch(/no operation upsert/);
        const operations = [{ table: "a", operations: ["upsert" as LogOp] }];
        expect(await refusal({ tables: operations })).toMatch(/no operation upsert/);
        await world.run("CREATE TABLE g (x, y AS (x * 2))");
        expect(await refusal({ tables: [{ table: "g", columns: ["y"] }] })).toMatch(
          /stored column/,
        );
      }));

    test("does not know a table that is not captured", () =>
      withTables(async (world) => {
        world.shard.setCapture({ mode: "on", except: ["b"] });
        const error = await failureOf(() => world.feed.subscribe({ tables: ["b"] }));
        expect(error.code).toBe("not-found");
        const all = world.feed.subscribe();
        await world.run("INSERT INTO b VALUES ('z', 1)");
        await world.run("INSERT INTO a VALUES (9, 1, 1)");
        expect(briefs([await transactionOf(all)])).toEqual([["insert a 9|1|1"]]);
      }));
  });

  describe("DDL", () => {
    test("comes with the version of the schema, in its place", () =>
      inWorld(home, async (world) => {
        await world.run("CREATE TABLE t (id INTEGER PRIMARY KEY)");
        const first = world.shard.changes.schemaVersion;
        await world.batch(
          "INSERT INTO t VALUES (1)",
          "ALTER TABLE t ADD COLUMN x DEFAULT 'd'",
          "INSERT INTO t VALUES (2, 'e')",
          "ALTER TABLE t RENAME COLUMN x TO y",
          "DELETE FROM t WHERE id = 1",
        );
        const [create, rest] = await world.replay({ from: "start" });
        expect(create?.records[0]).toMatchObject({
          op: "ddl",
          table: "t",
          sql: "CREATE TABLE t (id INTEGER PRIMARY KEY)",
          schemaVersion: first,
        });
        expect(rest?.schemaVersion).toBe(first + 2);
        const facts = (options: SubscribeOptions): Promise<unknown[]> =>
          world
            .replay({ from: "start", ...options })
            .then((all) =>
              (all.at(-1)?.records ?? []).map(({ op, columns, schemaVersion }) => [
                op,
                columns.join(),
                schemaVersion - first,
              ]),
            );
        const records = [
          ["insert", "id", 0],
          ["ddl", "", 1],
          ["insert", "id,x", 1],
          ["ddl", "", 2],
          ["delete", "id,y", 2],
        ];
        expect(await facts({})).toEqual(records);
        expect(await facts({ tables: ["t"] })).toEqual(records);
        // Versions stay right when the DDL between is left out.
        const rows = records.filter(([op]) => op !== "ddl");
        expect(await facts({ operations: ["insert", "delete"] })).toEqual(rows);
      }));

    test("of a table goes to whom it concerns", () =>
      inWorld(home, async (world) => {
        await world.run("CREATE TABLE t (id INTEGER PRIMARY KEY, x)");
        await world.run("CREATE TABLE u (id INTEGER PRIMARY KEY)");
        const subscription = world.feed.subscribe({ tables: ["t"] });
        const all = world.feed.subscribe();
        const without = world.feed.subscribe({ tables: ["t"], operations: ["insert"] });
        await world.run("CREATE INDEX i ON t (x)");
        await world.run("ALTER TABLE u ADD COLUMN z");
        await world.run("ALTER TABLE t ADD COLUMN z");
        await world.run("CREATE VIEW v AS SELECT * FROM t");
        await world.run("DROP TABLE u");
        await world.run("INSERT INTO t (id) VALUES (1)");
        await world.run("DROP TABLE t");
        const sql = async (of: typeof all, count: number): Promise<(string | undefined)[]> => {
          const found = [];
          while (found.length < count) found.push(...(await transactionOf(of)).records);
          return found.map((record) => record.sql ?? record.op);
        };
        expect(await sql(subscription, 3)).toEqual([
          "ALTER TABLE t ADD COLUMN z",
          "insert",
          "DROP TABLE t",
        ]);
        expect(await sql(all, 7)).toHaveLength(7);
        expect(await sql(without, 1)).toEqual(["insert"]);
      }));

    test("does not lose a table or a column that it renames", () =>
      inWorld(home, async (world) => {
        await world.run("CREATE TABLE t (id INTEGER PRIMARY KEY, y, x)");
        const subscription = world.feed.subscribe({ tables: [{ table: "t", columns: ["x"] }] });
        await world.run("ALTER TABLE t RENAME TO s");
        await world.run("INSERT INTO s VALUES (1, 'b', 'a')");
        await world.run("ALTER TABLE s RENAME COLUMN x TO z");
        await world.run("UPDATE s SET z = 'c'");
        await world.run("CREATE TABLE t (id INTEGER PRIMARY KEY, x)");
        await world.run("INSERT INTO t VALUES (5, 'e')");
        await world.run("CREATE TABLE other (id)");
        await world.run("INSERT INTO other VALUES (1)");
        await world.run("ALTER TABLE s DROP COLUMN z");
        // Its number may be that of a column that is gone.
        await world.run("ALTER TABLE s ADD COLUMN w DEFAULT 'w'");
        await world.run("INSERT INTO s VALUES (2, 'b', 'w')");
        const found = [];
        for (let i = 0; i < 9; i++) found.push(await transactionOf(subscription));
        expect(briefs(found)).toEqual([
          ["ddl t"],
          ["insert s a"],
          ["ddl s"],
          ["update s a > c"],
          ["ddl t"],
          ["insert t e"],
          ["ddl s"],
          ["ddl s"],
          ["insert s"],
        ]);
        expect(found.at(-1)?.records[0]).toMatchObject({ key: [2n], columns: [], after: [] });
        // Who comes now asks for the tables that have the names now.
        const late = world.feed.subscribe({ tables: ["t"] });
        await world.run("INSERT INTO s (id) VALUES (3)");
        await world.run("INSERT INTO t (id) VALUES (6)");
        expect(briefs([await transactionOf(late)])).toEqual([["insert t 6|null"]]);
      }));
  });

  describe("the heartbeat", () => {
    test("tells an idle subscription where it is", () => {
      const clock = new ManualClock();
      return inWorld(
        home,
        async (world) => {
          await world.run("CREATE TABLE t (id INTEGER PRIMARY KEY)");
          const subscription = world.feed.subscribe({ heartbeatMs: 500 });
          const silent = world.feed.subscribe({ heartbeatMs: 0 });
          const [next, nothing] = [subscription.next(), silent.next()];
          await settle();
          clock.advance(499);
          await settle();
          clock.advance(1);
          const beat = (await next).value;
          expect(beat).toMatchObject({ kind: "heartbeat", lsn: world.feed.head });
          clock.advance(100_000);
          await world.run("INSERT INTO t VALUES (1)");
          const told = [await transactionOf(subscription), (await nothing).value] as const;
          expect(told[1]).toEqual({ kind: "transaction", transaction: told[0] });
          // What comes after a heartbeat is later than it.
          if (beat?.kind !== "heartbeat") throw new Error("no heartbeat");
          expect(told[0].commitTs.wallMs).toBeGreaterThan(beat.time.wallMs);
        },
        { clock },
      );
    });

    test("stands between what comes before and after it, in one millisecond", () => {
      const clock = new ManualClock();
      return inWorld(
        home,
        async (world) => {
          await world.run("CREATE TABLE t (id INTEGER PRIMARY KEY)");
          const subscription = world.feed.subscribe({ from: "start", heartbeatMs: 10 });
          const before = await transactionOf(subscription);
          const next = subscription.next();
          await settle();
          clock.advance(10);
          const beat = (await next).value;
          await world.run("INSERT INTO t VALUES (1)");
          const after = await transactionOf(subscription);
          if (beat?.kind !== "heartbeat") throw new Error("no heartbeat");
          const number = ({ wallMs, counter }: typeof beat.time): number => wallMs * 1e5 + counter;
          expect(number(beat.time)).toBeGreaterThan(number(before.commitTs));
          expect(number(beat.time)).toBeLessThan(number(after.commitTs));
        },
        { clock },
      );
    });

    test("moves a position through what the filter leaves out", () => {
      const clock = new ManualClock();
      return inWorld(
        home,
        async (world) => {
          await world.run("CREATE TABLE t (id INTEGER PRIMARY KEY)");
          await world.run("CREATE TABLE u (id INTEGER PRIMARY KEY)");
          const subscription = world.feed.subscribe({ tables: ["t"], heartbeatMs: 0 });
          const start = subscription.position;
          const next = subscription.next();
          for (let id = 0n; id < 50n; id++) await world.run("INSERT INTO u VALUES (?1)", id);
          expect(subscription.position).toBe(start);
          await settle();
          clock.advance(100);
          const { head } = world.feed;
          expect((await next).value).toMatchObject({ kind: "heartbeat", lsn: head });
          expect(subscription.position).toBe(head);
          await world.run("INSERT INTO t VALUES (1)");
          expect((await nextOf(subscription)).kind).toBe("transaction");
        },
        { clock },
      );
    });

    test("does not wait for the end of a long way", () =>
      inWorld(
        home,
        async (world) => {
          await world.run("CREATE TABLE t (id INTEGER PRIMARY KEY)");
          await world.run("CREATE TABLE u (x)");
          for (let i = 0; i < 200; i++) await world.run("INSERT INTO u VALUES (1)");
          await world.run("INSERT INTO t VALUES (1)");
          const subscription = world.feed.subscribe({ from: "start", tables: ["t"] });
          const first = await transactionOf(subscription);
          const beats: FeedEvent[] = [];
          let event = await nextOf(subscription);
          for (; event.kind === "heartbeat"; event = await nextOf(subscription)) beats.push(event);
          if (event.kind !== "transaction") throw new Error(`unexpected ${event.kind}`);
          expect(beats.length).toBeGreaterThan(2);
          let [lsn, time] = [first.lastLsn, first.commitTs];
          for (const beat of beats) {
            if (beat.kind !== "heartbeat") continue;
            expect(beat.lsn).toBeGreaterThan(lsn);
            expect(compareHlc(beat.time, time)).toBeGreaterThan(0);
            [lsn, time] = [beat.lsn, beat.time];
          }
          expect(event.transaction.lastLsn).toBeGreaterThan(lsn);
          expect(compareHlc(event.transaction.commitTs, time)).toBeGreaterThan(0);
        },
        { clock: new HastyClock() },
      ));
  });

  describe("a table that is captured later", () => {
    test("begins with its DDL and its rows", () =>
      inWorld(
        home,
        async (world) => {
          await world.run("CREATE TABLE t (id INTEGER PRIMARY KEY)");
          await world.run("INSERT INTO t VALUES (1), (2)");
          world.shard.setCapture({ mode: "on", except: [] });
          await world.run("INSERT INTO t VALUES (3)");
          const [first, second] = await world.replay({ from: "start", tables: ["t"] });
          expect(first?.origin).toBe("snapshot");
          expect(first?.records.map(brief)).toEqual(["ddl t", "insert t 1", "insert t 2"]);
          expect(second?.records.map(brief)).toEqual(["insert t 3"]);
        },
        { capture: { mode: "off", except: [] } },
      ));
  });
}

/** A clock in whose time everything takes long. */
class HastyClock implements Clock {
  #now = 1_000_000;

  nowMs(): number {
    return (this.#now += 60);
  }

  monotonicMs(): number {
    return (this.#now += 60);
  }

  after(_delayMs: number, fire: () => void): () => void {
    void Promise.resolve().then(fire);
    return () => undefined;
  }
}
