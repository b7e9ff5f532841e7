import { expect, it } from "vitest";
import type { Lsn } from "../../../src/base/lsn.ts";
import { LSN_ZERO, toLsn } from "../../../src/base/lsn.ts";
import type { MaintenanceHost } from "../../../src/engine/archive/maintenance.ts";
import { Maintenance } from "../../../src/engine/archive/maintenance.ts";
import { LogReader } from "../../../src/engine/log/log-reader.ts";
import type { Shard } from "../../../src/engine/shard.ts";
import type { ObjectStore } from "../../../src/ports/object-store.ts";
import { ArchiveFixture, SHARD } from "./archive-fixture.ts";

/** The end of a process, as far as one can have it without one. */
class Crash extends Error {}

/** Counts the places at which something may end, and ends it at one of them. */
class Fuse {
  readonly places: string[] = [];
  readonly #at: number;

  constructor(at: number) {
    this.#at = at;
  }

  get blown(): boolean {
    return this.places.length >= this.#at;
  }

  burn(place: string): void {
    if (this.blown) return;
    this.places.push(place);
    if (this.blown) throw new Crash(place);
  }
}

/** A store whose calls may end before they did anything, and after they did. */
function fusedStore(store: ObjectStore, fuse: Fuse): ObjectStore {
  const around = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    fuse.burn(`before ${name}`);
    const result = await work();
    fuse.burn(`after ${name}`);
    return result;
  };
  return {
    get: (key, range) => around(`get ${key}`, () => store.get(key, range)),
    list: (prefix, after) => around(`list ${prefix}`, () => store.list(prefix, after)),
    delete: (keys) => around(`delete ${keys.join()}`, () => store.delete(keys)),
    put: (key, body, condition) => around(`put ${key}`, () => store.put(key, body, condition)),
  };
}

/** A shard whose maintenance may end before, in and after each of its transactions. */
function fusedHost(shard: Shard, fuse: Fuse): MaintenanceHost {
  const { driver } = shard.writer;
  const atomically = <T>(body: () => T): T => {
    fuse.burn("before a transaction");
    const result = driver.atomically(() => {
      const value = body();
      fuse.burn("in a transaction");
      return value;
    });
    fuse.burn("after a transaction");
    return result;
  };
  const fused = new Proxy(driver, {
    get: (target, name) => {
      if (name === "atomically") return atomically;
      const value = Reflect.get(target, name, target) as unknown;
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
  });
  return {
    writer: { driver: fused },
    reader: shard.reader,
    openReader: shard.openReader,
    lease: shard.lease,
    clock: shard.clock,
    bookmarks: shard.bookmarks,
    changes: shard.changes,
    feed: shard.feed,
    changesOf: null,
  };
}

const BULK =
  "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 800) SELECT x, 'n' FROM n";

/** What happens between the rounds of maintenance. */
const ROUNDS: readonly (readonly string[])[] = [
  ["CREATE TABLE t (a, b)", "INSERT INTO t VALUES (1, 'one'), (2, 'two')"],
  [`INSERT INTO t ${BULK}`, "DELETE FROM t WHERE a % 2 = 0"],
  ["UPDATE t SET b = hex(zeroblob(600000)) WHERE a IN (3, 5)", "CREATE INDEX i ON t (a)"],
];

/** Everything up to the crash, and the rounds after it with a maintenance of a new process. */
async function play(at: number): Promise<{ fuse: Fuse; ended: boolean }> {
  const fuse = new Fuse(at);
  await using fixture = new ArchiveFixture();
  const retention = { horizonMs: 0 };
  const first = new Maintenance(fusedHost(fixture.inner.shard, fuse), {
    shard: SHARD,
    store: fusedStore(fixture.store, fuse),
    retention,
  });
  const second = fixture.maintain({ retention });
  const states = new Map<Lsn, string[]>();
  let hasSnapshot = false;
  for (const statements of ROUNDS) {
    for (const sql of statements) {
      await fixture.run(sql);
      states.set(fixture.head(), fixture.state());
    }
    fixture.clock.advance(10);
    const wasBlown = fuse.blown;
    try {
      await (wasBlown ? second : first).run();
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
    }
    hasSnapshot ||= (await fixture.store.list("snap/")).objects.length > 0;
    // Nothing is lost, whatever was done and whatever not.
    if (!hasSnapshot) expect(new LogReader(fixture.inner.shard.reader.driver).oldest()).toBe(1);
    else if (fuse.blown && !wasBlown) {
      const restored = await fixture.restore("newest", { fromFile: true });
      expect(restored.state).toEqual(fixture.state());
    }
    readAll(new LogReader(fixture.inner.shard.reader.driver));
    if (!wasBlown && fuse.blown) await second.run();
  }
  await second.run();
  // All states of all crashes would take a minute.
  const some = [...states].filter((_, i) => (i + at) % 4 === 0);
  await checkWhole(fixture, new Map(some));
  await second.close();
  return { fuse, ended: fuse.blown };
}

/** Everything that is kept can be read from where it begins. */
function readAll(log: LogReader): void {
  let at = toLsn(Math.max(0, log.oldest() - 1));
  for (let found = log.transactions(at); found.length > 0; found = log.transactions(at)) {
    at = found.at(-1)?.lastLsn ?? at;
  }
  expect(at).toBe(log.head());
}

async function checkWhole(
  fixture: ArchiveFixture,
  states: ReadonlyMap<Lsn, string[]>,
): Promise<void> {
  const log = new LogReader(fixture.inner.shard.reader.driver);
  expect(log.oldest()).toBe(log.head() + 1);
  expect(log.entries(LSN_ZERO).map(({ lsn }) => lsn)).toEqual([log.head()]);
  expect(log.transactions(log.head())).toEqual([]);
  let next = 1;
  for await (const firstLsn of fixture.archive.segments(LSN_ZERO)) {
    expect(firstLsn).toBe(next);
    next = (await fixture.archive.header(firstLsn)).lastLsn + 1;
  }
  expect(next).toBe(log.head() + 1);
  const restored = await fixture.restore("newest");
  expect(restored.state).toEqual(fixture.state());
  const oldest = (await fixture.store.list("snap/")).objects[0]?.key ?? "";
  const from = Number(/(\d+)\.snap$/.exec(oldest)?.[1]);
  for (const [lsn, state] of states) {
    if (lsn < from) continue;
    const then = await fixture.restore({ kind: "lsn", lsn: toLsn(lsn) });
    expect(then.state, `LSN ${lsn}`).toEqual(state);
  }
}

it("loses nothing, wherever maintenance ends", async () => {
  let at = 1;
  const places = new Set<string>();
  for (let ended = true; ended; at++) {
    const played = await play(at);
    ended = played.ended;
    const place = played.fuse.places.at(-1) ?? "";
    places.add(place.replace(/\d{20}/, "N").replace(/\d+/g, "N"));
  }
  console.log(`maintenance ended at ${at - 2} places`);
  expect(at).toBeGreaterThan(45);
  for (const place of ["put wal", "put snap", "put rows", "a transaction"]) {
    for (const side of ["before", "after"]) {
      expect(
        [...places].some((one) => one.startsWith(`${side} ${place}`)),
        place,
      ).toBe(true);
    }
  }
}, 300_000);
