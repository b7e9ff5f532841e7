import { describe, expect, test } from "vitest";
import { toLsn } from "../../../src/base/lsn.ts";
import type { Row } from "../../../src/base/value.ts";
import type { Lsn } from "../../../src/base/lsn.ts";
import { CommittedLog } from "../../../src/engine/feed/committed-log.ts";
import { FeedFilter } from "../../../src/engine/feed/feed-filter.ts";
import { TransactionStream } from "../../../src/engine/feed/transaction-stream.ts";
import type { LogEntry } from "../../../src/engine/log/log-entry.ts";
import { LogReader } from "../../../src/engine/log/log-reader.ts";
import { Sealer } from "../../../src/engine/log/seal.ts";
import type { FeedStart, SubscribeOptions } from "../../../src/engine/feed/change-feed.ts";
import { SealTable } from "../../../src/engine/log/seal-table.ts";
import { ManualClock } from "../manual-clock.ts";
import type { FeedHome, FeedWorld } from "./feed-home.ts";
import { briefs, failureOf, inWorld, nextOf, settle, take, transactionOf } from "./feed-home.ts";
import { spyOnReads } from "./read-spy.ts";

/** What a subscription is told, and when. */
export function streamCases(home: FeedHome): void {
  describe("the stream", () => {
    test("tells whole transactions in order, with images from before and after", () =>
      inWorld(home, async (world) => {
        await world.run("CREATE TABLE t (id INTEGER PRIMARY KEY, a)");
        const subscription = world.feed.subscribe();
        await world.batch("INSERT INTO t VALUES (1, 'a')", "INSERT INTO t VALUES (2, 1.5)");
        await world.batch("UPDATE t SET a = x'00' WHERE id = 1", "DELETE FROM t WHERE id = 2");
        const [first, second] = [
          await transactionOf(subscription),
          await transactionOf(subscription),
        ];
        expect(briefs([first, second])).toEqual([
          ["insert t 1|a", "insert t 2|1.5"],
          ["update t 1|a > 1|0", "delete t 2|1.5"],
        ]);
        expect(first.records[0]).toMatchObject({
          txn: first.id,
          key: [1n],
          columns: ["id", "a"],
          commitTs: first.commitTs,
        });
        expect(second.firstLsn).toBe(first.lastLsn + 1);
        expect(second.lastLsn).toBe(second.firstLsn + 2);
        expect(subscription.position).toBe(second.lastLsn);
        expect(world.feed.head).toBe(second.lastLsn);
        expect(second.id > first.id).toBe(true);
      }));

    test("tells rows of any width, one after the other", () =>
      inWorld(home, async (world) => {
        const wanted: Row[] = [];
        for (const width of [1, 20, 2, 3, 4, 5, 40, 6, 7, 8, 9, 17]) {
          const columns = Array.from({ length: width }, (_, i) => `c${i}`);
          await world.run(`CREATE TABLE t${width} (${columns.join()})`);
          const row = columns.map((_, i) => BigInt(width * 100 + i));
          await world.run(`INSERT INTO t${width} VALUES (${row.join()})`);
          await world.run(`UPDATE t${width} SET c${width - 1} = 'new'`);
          wanted.push([1n, ...row], [1n, ...row, 1n, ...row.slice(0, -1), "new"]);
        }
        // Pages of one entry each, so that every one meets the other's width.
        for (const limit of [1, 1000]) {
          const reader = new LogReader(world.shard.reader.driver);
          const found: LogEntry[] = [];
          for (let lsn = toLsn(0); lsn < world.feed.head; lsn = found.at(-1)?.lsn ?? lsn) {
            found.push(...reader.entries(lsn, limit));
          }
          const rows = found.filter(({ relation }) => relation !== null);
          expect(rows.map(({ values }) => values)).toEqual(wanted);
        }
      }));

    test("pushes: whoever waits is told without a timer", () =>
      inWorld(
        home,
        async (world) => {
          await world.run("CREATE TABLE t (id INTEGER PRIMARY KEY)");
          const all = [world.feed.subscribe(), world.feed.subscribe(), world.feed.subscribe()];
          const waiting = all.map((subscription) => subscription.next());
          await settle();
          // The clock stands still, so nothing that polls would ever look.
          await world.run("INSERT INTO t VALUES (1)");
          for (const next of waiting) {
            expect((await next).value).toMatchObject({ kind: "transaction" });
          }
        },
        { clock: new ManualClock() },
      ));

    test("answers calls of next in their order", () =>
      inWorld(home, async (world) => {
        await world.run("CREATE TABLE t (id INTEGER PRIMARY KEY)");
        const subscription = world.feed.subscribe();
        const asked = [subscription.next(), subscription.next(), subscription.next()];
        for (const id of [1n, 2n, 3n]) await world.run("INSERT INTO t VALUES (?1)", id);
        const told = await Promise.all(asked);
        const ids = told.map(({ value }) =>
          value?.kind === "transaction" ? value.transaction.records[0]?.key[0] : value,
        );
        expect(ids).toEqual([1n, 2n, 3n]);
      }));

    test("tells nothing of what was rolled back, or of a batch that failed", () =>
      inWorld(home, async (world) => {
        await world.run("CREATE TABLE t (id INTEGER PRIMARY KEY)");
        const subscription = world.feed.subscribe();
        const failed = failureOf(() =>
          world.batch("INSERT INTO t VALUES (1)", "INSERT INTO t VALUES (1)"),
        );
        expect((await failed).code).toBe("sqlite");
        if (home.transactions) {
          await world.run("BEGIN");
          await world.run("INSERT INTO t VALUES (7)");
          await world.run("ROLLBACK");
        }
        await world.run("INSERT INTO t VALUES (2)");
        expect(briefs([await transactionOf(subscription)])).toEqual([["insert t 2"]]);
      }));

    test.runIf(home.transactions)("tells nothing of an open transaction", () =>
      inWorld(home, async (world) => {
        await world.run("CREATE TABLE t (id INTEGER PRIMARY KEY)");
        const [before, head] = [world.feed.subscribe(), world.feed.head];
        await world.run("BEGIN");
        await world.run("INSERT INTO t VALUES (1)");
        await world.run("CREATE TABLE u (x)");
        const during = world.feed.subscribe();
        expect([world.feed.head, during.position]).toEqual([head, head]);
        let told = false;
        const next = before.next().then((event) => {
          told = true;
          return event;
        });
        await settle();
        expect(told).toBe(false);
        await world.run("COMMIT");
        expect((await next).value).toEqual(await nextOf(during));
      }),
    );

    test("is asked for what it reads: a slow consumer costs no memory", () =>
      inWorld(home, async (world) => {
        await world.run("CREATE TABLE t (id INTEGER PRIMARY KEY, a)");
        const rows = "WITH n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 3000)";
        await world.run(`INSERT INTO t ${rows} SELECT x, 'x' FROM n`);
        for (let i = 0; i < 300; i++) await world.run("UPDATE t SET a = 'y' WHERE id = 1");
        const read = spyOnReads(world.shard.reader.driver);
        const subscription = world.feed.subscribe({ from: "start" });
        expect(read.rows).toBeLessThan(10);
        await nextOf(subscription);
        expect(read.rows).toBeLessThan(100);
        expect((await transactionOf(subscription)).records).toHaveLength(3000);
        // The large transaction has to be held, and a page after it at most.
        expect(read.rows).toBeLessThan(3000 + 400);
        await take(subscription, 5);
        expect(read.rows).toBeLessThan(3000 + 400);
      }));
  });

  describe("the start", () => {
    test("is now, the beginning, a position or a time", () =>
      inWorld(home, async (world) => {
        const pause = (): Promise<void> => new Promise((resolve) => home.clock.after(2, resolve));
        await world.run("CREATE TABLE t (id INTEGER PRIMARY KEY)");
        for (const id of [1n, 2n, 3n]) {
          await pause();
          await world.run("INSERT INTO t VALUES (?1)", id);
        }
        const all = await world.replay({ from: "start" });
        expect(briefs(all)).toEqual([["ddl t"], ["insert t 1"], ["insert t 2"], ["insert t 3"]]);
        const after = async (from: FeedStart): Promise<string[][]> =>
          briefs(await world.replay({ from }));
        for (const [place, { lastLsn, firstLsn, commitTs }] of all.entries()) {
          expect(await after(lastLsn)).toEqual(briefs(all.slice(place + 1)));
          // In the middle of a transaction it is told as a whole.
          expect(await after(firstLsn)).toEqual(briefs(all.slice(place)));
          expect(await after({ at: commitTs })).toEqual(briefs(all.slice(place + 1)));
          const earlier = { wallMs: commitTs.wallMs - 1, counter: 0xffff };
          expect(await after({ at: earlier })).toEqual(briefs(all.slice(place)));
        }
        expect(await after("now")).toEqual([]);
        expect(await after({ at: { wallMs: 0, counter: 0 } })).toEqual(briefs(all));
        expect(await after({ at: { wallMs: 2 ** 45, counter: 0 } })).toEqual([]);
        expect(await after(toLsn(0))).toEqual(briefs(all));
      }));

    test("is refused where it makes no sense", () =>
      inWorld(home, async (world) => {
        await world.run("CREATE TABLE t (id INTEGER PRIMARY KEY)");
        const { head } = world.feed;
        const code = async (options: SubscribeOptions): Promise<string> =>
          (await failureOf(() => world.feed.subscribe(options))).code;
        expect(await code({ from: (head + 1) as Lsn })).toBe("invalid-argument");
        for (const from of [-1, 1.5, Number.NaN, "later", { at: {} }]) {
          expect(await code({ from: from as FeedStart })).toBe("invalid-argument");
        }
        for (const heartbeatMs of [-1, Number.NaN]) {
          expect(await code({ heartbeatMs })).toBe("invalid-argument");
        }
        expect(world.shard.feed.holds()).toBe(head);
      }));

    test("is refused when the log no longer reaches back", () =>
      inWorld(home, async (world) => {
        await world.run("CREATE TABLE t (id INTEGER PRIMARY KEY)");
        for (const id of [1n, 2n, 3n, 4n]) await world.run("INSERT INTO t VALUES (?1)", id);
        const [ddl, one, two] = await world.replay({ from: "start" });
        if (ddl === undefined || one === undefined || two === undefined) throw new Error("lost");
        const late = world.feed.subscribe({ from: ddl.lastLsn });
        new SealTable(world.shard.writer.driver).setTrimmedLsn(one.lastLsn);
        const code = async (from: FeedStart): Promise<string> => {
          const error = await failureOf(() => world.feed.subscribe({ from }));
          expect(error.hint).toMatch(/snapshot/);
          return error.code;
        };
        expect(await code(toLsn(0))).toBe("history-gone");
        expect(await code(ddl.lastLsn)).toBe("history-gone");
        expect(await code({ at: ddl.commitTs })).toBe("history-gone");
        expect(briefs(await world.replay({ from: one.lastLsn }))).toHaveLength(3);
        expect(briefs(await world.replay({ from: "start" }))).toHaveLength(3);
        expect(briefs(await world.replay({ from: { at: two.commitTs } }))).toHaveLength(2);
        expect((await failureOf(() => late.next())).code).toBe("history-gone");
        expect((await late.next()).done).toBe(true);
      }));
  });

  describe("what is sealed", () => {
    const seal = ({ shard }: FeedWorld): void => {
      const sealer = new Sealer(shard.reader.driver, shard.writer.driver);
      while (sealer.collect());
      shard.writer.driver.atomically(() => {
        sealer.store();
      });
    };
    const withRows = (body: (world: FeedWorld, log: string) => Promise<void>): Promise<void> =>
      inWorld(home, async (world) => {
        await world.run("CREATE TABLE t (id INTEGER PRIMARY KEY, x)");
        for (const id of [1n, 2n, 3n]) await world.run("INSERT INTO t VALUES (?1, 'x')", id);
        await body(world, `${world.shard.writer.driver.caps.hiddenPrefix}log`);
      });
    const streamOf = (world: FeedWorld, maxBytes?: number): TransactionStream => {
      const log = new CommittedLog(world.shard.reader.driver);
      return new TransactionStream(log, new FeedFilter({}, log, toLsn(0)), toLsn(0), maxBytes);
    };

    test("is told as before, and never when it was damaged", () =>
      withRows(async (world, log) => {
        const before = await world.replay({ from: "start" });
        seal(world);
        expect(await world.replay({ from: "start" })).toEqual(before);
        const { lastLsn } = before[1] ?? { lastLsn: 0 };
        const { driver } = world.shard.writer;
        driver.exec(`UPDATE ${log} SET v1 = 'y' WHERE lsn = ${lastLsn + 1}`);
        const subscription = world.feed.subscribe({ from: "start" });
        expect([await transactionOf(subscription), await transactionOf(subscription)]).toEqual(
          before.slice(0, 2),
        );
        expect(await failureOf(() => subscription.next())).toMatchObject({ code: "bad-file" });
        driver.exec(`DELETE FROM ${log} WHERE lsn = ${lastLsn + 1}`);
        const other = world.feed.subscribe({ from: lastLsn as Lsn });
        expect(await failureOf(() => other.next())).toMatchObject({ code: "bad-file" });
      }));

    test("is checked as a whole, however long it is", () =>
      withRows(async (world, log) => {
        const { head } = world.feed;
        const rows = "WITH n(x) AS (SELECT 10 UNION ALL SELECT x + 1 FROM n WHERE x < 400)";
        await world.run(`INSERT INTO t ${rows} SELECT x, 'x' FROM n`);
        seal(world);
        world.shard.writer.driver.exec(`UPDATE ${log} SET v1 = 'y' WHERE lsn = ${head + 1}`);
        const subscription = world.feed.subscribe({ from: head });
        expect(await failureOf(() => subscription.next())).toMatchObject({ code: "bad-file" });
      }));

    test("may be sealed while it is being read", () =>
      withRows(async (world) => {
        const rows = "WITH n(x) AS (SELECT 10 UNION ALL SELECT x + 1 FROM n WHERE x < 400)";
        await world.run(`INSERT INTO t ${rows} SELECT x, 'x' FROM n`);
        const stream = streamOf(world);
        const { head } = world.feed;
        const found = [...stream.pull(head), ...stream.pull(head)];
        seal(world);
        while (stream.position < head) found.push(...stream.pull(head));
        expect(found).toEqual(await world.replay({ from: "start" }));
      }));

    test("is not told when it would not fit into memory", () =>
      withRows(async (world) => {
        await world.run("INSERT INTO t SELECT a.id * 10 + b.id, 'x' FROM t AS a, t AS b");
        const { head } = world.feed;
        const stream = streamOf(world, 500);
        // What comes before it is.
        expect(stream.pull(head)).toHaveLength(4);
        const error = await failureOf(() => stream.pull(head));
        expect(error).toMatchObject({
          code: "limit",
          message: expect.stringMatching(
            /^the transaction from LSN 9 to 18 has \d{3,4} bytes, more than the 500 that/,
          ) as string,
          hint: expect.stringContaining("from 18") as string,
        });
        // Nothing of it is kept, and whoever begins behind it goes on.
        await world.run("INSERT INTO t VALUES (1000, 'x')");
        const behind = world.feed.subscribe({ from: toLsn(18) });
        expect((await transactionOf(behind)).firstLsn).toBe(19);
        await behind.return?.();
        const large = streamOf(world, 2000);
        large.pull(head);
        expect(large.pull(head)[0]?.records).toHaveLength(9);
      }));
  });
}
