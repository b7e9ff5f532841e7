import { describe, expect, test } from "vitest";
import type { Lsn } from "../../../src/base/lsn.ts";
import { toLsn } from "../../../src/base/lsn.ts";
import type { Row } from "../../../src/base/value.ts";
import type { FeedEvent, Subscription } from "../../../src/engine/feed/change-feed.ts";
import type { LogTransaction } from "../../../src/engine/log/record.ts";
import type { Statement } from "../../../src/engine/session/session.ts";
import { freshRandom } from "../../sql/seeded-random.ts";
import type { SeededRandom } from "../../sql/seeded-random.ts";
import type { FeedHome } from "./feed-home.ts";
import { FeedWorld, nextOf } from "./feed-home.ts";

const KILLS = 100;

/** The consumer's own tables are not captured. */
const EXCEPT = { mode: "on", except: ["copy", "seen", "place"] } as const;

const TABLES = [
  "CREATE TABLE t (id INTEGER PRIMARY KEY, v)",
  "CREATE TABLE other (x)",
  "CREATE TABLE copy (id INTEGER PRIMARY KEY, v)",
  "CREATE TABLE seen (lsn INTEGER PRIMARY KEY)",
  "CREATE TABLE place (lsn)",
];

/** A consumer that keeps its position beside its data, in one transaction with it. */
class Follower {
  readonly #world: FeedWorld;
  readonly #subscription: Subscription;
  /** Rows of a snapshot that is not whole yet. */
  #rows: Row[] = [];

  private constructor(world: FeedWorld, subscription: Subscription) {
    this.#world = world;
    this.#subscription = subscription;
  }

  static async start(world: FeedWorld): Promise<Follower> {
    const [place] = await world.run("SELECT lsn FROM place");
    if (world.feed.slots.get("copy") === null) await world.feed.slots.create("copy");
    const from = place === undefined ? "snapshot" : toLsn(Number(place[0]));
    return new Follower(
      world,
      world.feed.subscribe({ slot: "copy", tables: ["t"], from, heartbeatMs: 5 }),
    );
  }

  next(): Promise<FeedEvent> {
    return nextOf(this.#subscription);
  }

  async handle(event: FeedEvent): Promise<void> {
    if (event.kind === "snapshot") this.#rows.push(...event.rows);
    else if (event.kind === "snapshot-end") {
      const insert = "INSERT INTO copy VALUES (?1, ?2)";
      const rows = this.#rows.map((params) => ({ sql: insert, params }));
      await this.#store(event.lsn, [{ sql: "DELETE FROM copy", params: [] }, ...rows]);
    } else if (event.kind === "transaction") await this.#apply(event.transaction);
    else await this.#store(event.lsn, []);
  }

  confirm(): Promise<void> {
    return Promise.resolve(this.#subscription.confirm(this.#subscription.position));
  }

  async #apply({ lastLsn, records }: LogTransaction): Promise<void> {
    const seen = { sql: "INSERT INTO seen VALUES (?1)", params: [BigInt(lastLsn)] };
    const statements = records.flatMap(({ op, key, after = [] }): Statement[] => {
      const [id = null] = key;
      const remove = { sql: "DELETE FROM copy WHERE id = ?1", params: [id] };
      const insert = { sql: "INSERT INTO copy VALUES (?1, ?2)", params: after };
      if (op === "ddl") return [];
      return [...(op === "insert" ? [] : [remove]), ...(op === "delete" ? [] : [insert])];
    });
    await this.#store(lastLsn, [seen, ...statements]);
  }

  async #store(lsn: Lsn, statements: readonly Statement[]): Promise<void> {
    await this.#world.session.batch([
      ...statements,
      { sql: "DELETE FROM place", params: [] },
      { sql: "INSERT INTO place VALUES (?1)", params: [BigInt(lsn)] },
    ]);
  }

  /** As a process that dies: whatever it had in hand is gone. */
  async kill(): Promise<void> {
    await this.#subscription.return?.();
  }
}

async function write(world: FeedWorld, random: SeededRandom): Promise<void> {
  const id = String(random.below(60));
  const changes = [
    `INSERT OR REPLACE INTO t VALUES (${id}, ${random.below(1000)})`,
    `UPDATE t SET v = v + 1 WHERE id < ${id}`,
    `UPDATE OR REPLACE t SET id = id + 7 WHERE id = ${id}`,
    `DELETE FROM t WHERE id = ${id}`,
    "INSERT INTO other VALUES (1)",
  ];
  await world.batch(...Array.from({ length: 1 + random.below(3) }, () => random.pick(changes)));
}

/** A consumer that dies, again and again. */
export function resumeCases(home: FeedHome): void {
  describe("a consumer that keeps its position with its data", () => {
    test(`sees each transaction once, killed and resumed ${KILLS} times`, () =>
      home.run(async (connect) => {
        const random = freshRandom(`kills in ${home.name}`);
        const open = (): FeedWorld =>
          new FeedWorld(connect, { clock: home.clock, capture: EXCEPT });
        let world = open();
        for (const sql of TABLES) await world.run(sql);
        for (let i = 0; i < 40; i++) await write(world, random);
        const follower = { handled: 0, confirmed: 0 };
        for (let kill = 0; kill < KILLS; kill++) {
          for (let i = random.below(4); i > 0; i--) await write(world, random);
          const one = await Follower.start(world);
          for (let steps = random.below(5); steps > 0; steps--) {
            await write(world, random);
            const event = await one.next();
            if (random.below(8) === 0) break;
            await one.handle(event);
            follower.handled += 1;
            if (random.below(2) === 0) continue;
            if (event.kind === "snapshot") continue;
            await one.confirm();
            follower.confirmed += 1;
          }
          await one.kill();
          if (!home.durable || random.below(3) > 0) continue;
          await world.database.close();
          world = open();
        }
        await write(world, random);
        await world.run("INSERT INTO t VALUES (1000, 'the end')");
        const { head } = world.feed;
        const last = await Follower.start(world);
        for (;;) {
          const event = await last.next();
          await last.handle(event);
          if (event.kind === "transaction" && event.transaction.lastLsn === head) break;
        }
        expect(follower.handled).toBeGreaterThan(KILLS / 2);
        expect(follower.confirmed).toBeGreaterThan(KILLS / 4);
        expect(await world.run("SELECT * FROM copy ORDER BY id")).toEqual(
          await world.run("SELECT * FROM t ORDER BY id"),
        );
        // `seen` refuses a second time; here is that none was left out.
        const seen = (await world.run("SELECT lsn FROM seen")).map(([lsn]) => Number(lsn));
        const first = Math.min(...seen);
        const all = await world.replay({ from: "start", tables: ["t"] });
        const wanted = all.map(({ lastLsn }) => Number(lastLsn)).filter((lsn) => lsn >= first);
        expect(seen.sort((a, b) => a - b)).toEqual(wanted);
        await world.database.close();
      }));
  });
}
