import { describe, expect, test } from "vitest";
import type { Row } from "../../../src/base/value.ts";
import type { SnapshotBatch, Subscription } from "../../../src/engine/feed/change-feed.ts";
import type { LogRecord } from "../../../src/engine/log/record.ts";
import { freshRandom } from "../../sql/seeded-random.ts";
import type { SeededRandom } from "../../sql/seeded-random.ts";
import type { FeedHome, FeedWorld } from "./feed-home.ts";
import { failureOf, inWorld, nextOf, settle, snapshotOf, transactionOf } from "./feed-home.ts";
import { changeTable, fillTables, readRows, rowTexts, SAMPLE_TABLES } from "./snapshot-tables.ts";

/** What comes while a snapshot is taken, and the table that it concerns. */
const DDL: readonly (readonly [table: string, sql: string])[] = [
  ["pair", "ALTER TABLE pair DROP COLUMN v"],
  ["pair", "DELETE FROM pair WHERE typeof(a) = 'text'"],
  ["alias", "ALTER TABLE alias ADD COLUMN added DEFAULT 'd'"],
  ["alias", "UPDATE alias SET added = 'e', x = NULL WHERE rowid % 2"],
  ["alias", "ALTER TABLE alias RENAME COLUMN id TO number"],
  ["alias", "DELETE FROM alias WHERE rowid % 3 = 0"],
  ["named", "ALTER TABLE named RENAME TO renamed"],
  ["named", "UPDATE renamed SET k = k || '!' WHERE rowid % 2"],
  ["mixed", "ALTER TABLE mixed RENAME COLUMN k TO key"],
  ["pair", "ALTER TABLE pair ADD COLUMN v"],
  ["coarse", "ALTER TABLE coarse DROP COLUMN v"],
  ["keyless", "DROP TABLE keyless"],
  ["keyless", "CREATE TABLE keyless (x, z)"],
  ["computed", "DROP TABLE computed"],
];

/** A consistent state to begin with. */
export function snapshotCases(home: FeedHome): void {
  /** Rows of each table by the batches of a snapshot. */
  const tablesOf = (batches: readonly SnapshotBatch[]): Map<string, Row[]> => {
    const tables = new Map<string, Row[]>();
    for (const { table, rows } of batches) {
      tables.set(table, [...(tables.get(table) ?? []), ...rows]);
    }
    return tables;
  };
  const namesOf = (): string[] => SAMPLE_TABLES.map(({ name }) => name).sort();
  const statesOf = async (world: FeedWorld): Promise<Map<string, string[]>> => {
    const states = new Map<string, string[]>();
    for (const name of namesOf()) states.set(name, await readRows(world, name));
    return states;
  };
  /** Takes a snapshot; `between` runs after each event. */
  const takeSlowly = async (
    subscription: Subscription,
    between: () => Promise<void>,
  ): Promise<SnapshotBatch[]> => {
    const batches: SnapshotBatch[] = [];
    for (;;) {
      const event = await nextOf(subscription);
      if (event.kind === "snapshot-end") return batches;
      if (event.kind !== "snapshot") throw new Error(`unexpected ${event.kind}`);
      batches.push(event);
      await between();
    }
  };
  const someChanges = async (world: FeedWorld, random: SeededRandom): Promise<void> => {
    for (let i = random.below(12); i > 0; i--) {
      await changeTable(world, random, random.pick(SAMPLE_TABLES));
    }
  };

  describe("a snapshot", () => {
    test("is the state of one moment while writers go on, and the stream follows it", () =>
      inWorld(home, async (world) => {
        const random = freshRandom(`snapshot in ${home.name}`);
        await fillTables(world, random);
        const subscription = world.feed.subscribe({ from: "snapshot" });
        // The moment is that of the first question.
        await world.run("INSERT OR REPLACE INTO alias VALUES (1, 2, 3)");
        const states = await statesOf(world);
        const { head } = world.feed;
        let held = 0;
        const batches = await takeSlowly(subscription, async () => {
          held = Math.max(held, world.shard.feed.holds());
          expect(subscription.position).toBe(0);
          await someChanges(world, random);
        });
        expect(world.feed.head).toBeGreaterThan(head);
        expect([held, subscription.position]).toEqual([head, head]);
        expect(new Set(batches.map(({ lsn }) => lsn))).toEqual(new Set([head]));
        const tables = tablesOf(batches);
        expect([...tables.keys()].sort()).toEqual(namesOf());
        for (const [name, rows] of tables) {
          expect([name, ...rowTexts(rows)]).toEqual([name, ...(states.get(name) ?? [])]);
        }
        const copy = copyOf(batches);
        while (subscription.position < world.feed.head) {
          for (const record of (await transactionOf(subscription)).records) apply(copy, record);
        }
        for (const [name, rows] of await statesOf(world)) {
          const copied = rowTexts([...(copy.get(name)?.values() ?? [])]);
          expect([name, ...copied]).toEqual([name, ...rows]);
        }
      }));

    test("stays the state of its moment when tables are altered and dropped", () =>
      inWorld(home, async (world) => {
        const random = freshRandom(`snapshot and DDL in ${home.name}`);
        await fillTables(world, random);
        const states = await statesOf(world);
        const subscription = world.feed.subscribe({ from: "snapshot" });
        const ddl = [...DDL];
        const altered = new Set<string>();
        const batches = await takeSlowly(subscription, async () => {
          const next = random.below(2) === 0 ? undefined : ddl.shift();
          // The samples know tables only as they were made.
          for (const table of SAMPLE_TABLES.filter(({ name }) => !altered.has(name))) {
            const times = table.name === next?.[0] ? 5 : random.below(2);
            for (let i = 0; i < times; i++) await changeTable(world, random, table);
          }
          if (next === undefined) return;
          altered.add(next[0]);
          await world.run(next[1]);
        });
        expect(ddl.length).toBeLessThan(DDL.length - 3);
        const tables = tablesOf(batches);
        expect([...tables.keys()].sort()).toEqual(namesOf());
        for (const [name, rows] of tables) {
          expect([name, ...rowTexts(rows)]).toEqual([name, ...(states.get(name) ?? [])]);
        }
      }));

    test("knows how far it is in the order of the key's collation", () =>
      inWorld(home, async (world) => {
        await world.run("CREATE TABLE t (k TEXT COLLATE NOCASE PRIMARY KEY) WITHOUT ROWID");
        const keys = ["a", "B", "c", "D"].flatMap((letter) =>
          Array.from({ length: 20 }, (_, i) => `${letter}${String(i).padStart(2, "0")}`),
        );
        for (const key of keys) await world.run("INSERT INTO t VALUES (?1)", key);
        const subscription = world.feed.subscribe({ from: "snapshot" });
        const batches = await takeSlowly(subscription, async () => {
          await world.run("DELETE FROM t WHERE k LIKE '%5' OR k LIKE 'b%' OR k LIKE 'd%'");
        });
        expect(rowTexts(batches.flatMap(({ rows }) => rows))).toEqual(
          rowTexts(keys.map((key) => [key])),
        );
      }));

    test("tells empty tables, and what tells rows apart that have no key", () =>
      inWorld(home, async (world) => {
        await world.run("CREATE TABLE empty (a, b AS (a))");
        await world.run("CREATE TABLE odd (rowid, _rowid_, oid)");
        await world.run("INSERT INTO odd VALUES (1, 2, 3), (1, 2, 3)");
        await world.run("CREATE TABLE bare (a, b)");
        await world.run("INSERT INTO bare (rowid, a, b) VALUES (7, 1, 2), (9, 1, 2)");
        await world.run("CREATE TABLE keyed (a, k PRIMARY KEY)");
        await world.run("INSERT INTO keyed VALUES (1, 'k')");
        const keyed = { table: "keyed", columns: ["a"] };
        const all = world.feed.subscribe({ from: "snapshot" });
        const some = world.feed.subscribe({ from: "snapshot", tables: [keyed, "bare"] });
        const [whole, part] = [await snapshotOf(all), await snapshotOf(some)];
        const at = { kind: "snapshot", lsn: world.feed.head };
        expect(whole.batches).toEqual([
          { ...at, table: "empty", columns: ["a"], rows: [], keys: [] },
          {
            ...at,
            table: "odd",
            columns: ["rowid", "_rowid_", "oid"],
            rows: [
              [1n, 2n, 3n],
              [1n, 2n, 3n],
            ],
            keys: [
              [1n, 2n, 3n],
              [1n, 2n, 3n],
            ],
          },
          {
            ...at,
            table: "bare",
            columns: ["a", "b"],
            rows: [
              [1n, 2n],
              [1n, 2n],
            ],
            keys: [[7n], [9n]],
          },
          { ...at, table: "keyed", columns: ["a", "k"], rows: [[1n, "k"]] },
        ]);
        expect(part.batches).toEqual([
          expect.objectContaining({ table: "bare" }),
          { ...at, table: "keyed", columns: ["a"], rows: [[1n]], keys: [["k"]] },
        ]);
        expect(part.lsn).toBe(world.feed.head);
      }));

    test("comes in batches that fit into memory", () =>
      inWorld(home, async (world) => {
        await world.run("CREATE TABLE t (id INTEGER PRIMARY KEY, x)");
        for (let id = 1n; id <= 60n; id++) {
          await world.run("INSERT INTO t VALUES (?1, ?2)", id, "x".repeat(100_000));
        }
        const { batches } = await snapshotOf(world.feed.subscribe({ from: "snapshot" }));
        expect(batches.length).toBeGreaterThan(4);
        expect(Math.max(...batches.map(({ rows }) => rows.length))).toBeLessThanOrEqual(16);
      }));

    test.runIf(home.transactions)("reads tables that are wider than a result may be", () =>
      inWorld(home, async (world) => {
        const columns = Array.from({ length: 205 }, (_, i) => `c${i}`);
        await world.run(`CREATE TABLE t (${columns.join()})`);
        const row = columns.map((_, i) => BigInt(i));
        for (let i = 0; i < 40; i++) {
          await world.run(`INSERT INTO t VALUES (${columns.map(() => "?").join()})`, ...row);
        }
        const { batches } = await snapshotOf(world.feed.subscribe({ from: "snapshot" }));
        expect(batches.flatMap(({ rows }) => rows)).toEqual(Array.from({ length: 40 }, () => row));
        const keys = batches.flatMap((batch) => batch.keys ?? []);
        expect(keys).toEqual(Array.from({ length: 40 }, (_, i) => [BigInt(i + 1)]));
      }),
    );

    test.runIf(home.transactions)("does not see an open transaction", () =>
      inWorld(home, async (world) => {
        await world.run("CREATE TABLE t (id INTEGER PRIMARY KEY)");
        await world.run("INSERT INTO t VALUES (1), (2), (3)");
        const state = await readRows(world, "t");
        await world.run("BEGIN");
        await world.run("INSERT INTO t VALUES (10)");
        await world.run("DELETE FROM t WHERE id = 2");
        const taking = snapshotOf(world.feed.subscribe({ from: "snapshot" }));
        await settle();
        await world.run("ROLLBACK");
        await world.run("INSERT INTO t VALUES (20)");
        const rows = (await taking).batches.flatMap((batch) => batch.rows);
        expect(rowTexts(rows)).toEqual(state);
      }),
    );

    test("can be given up, and taken with a slot", () =>
      inWorld(home, async (world) => {
        await world.run("CREATE TABLE t (id INTEGER PRIMARY KEY)");
        await world.run("CREATE TABLE u (id INTEGER PRIMARY KEY)");
        await world.feed.slots.create("s");
        const { head } = world.feed;
        await world.run("INSERT INTO t VALUES (1)");
        const given = world.feed.subscribe({ from: "snapshot", slot: "s" });
        expect(await nextOf(given)).toMatchObject({ kind: "snapshot", table: "t" });
        expect(given.position).toBe(head);
        await given.return?.();
        expect((await given.next()).done).toBe(true);
        const { openReader, writer } = world.shard;
        if (openReader !== null) {
          // Nobody reads an old state any more: the whole WAL can go.
          const checkpoint = writer.driver.prepare("PRAGMA wal_checkpoint(TRUNCATE)");
          expect(checkpoint.all([], "number")).toEqual([[0, 0, 0]]);
        }
        const taken = world.feed.subscribe({ from: "snapshot", slot: "s" });
        const { lsn } = await snapshotOf(taken);
        await taken.confirm(lsn);
        expect(world.feed.slots.get("s")?.confirmedLsn).toBe(lsn);
        const ended = world.feed.subscribe({ from: "snapshot" });
        await nextOf(ended);
        await world.database.close();
        expect((await ended.next()).done).toBe(true);
      }));

    test("fails when capture ends under it", () =>
      inWorld(home, async (world) => {
        await world.run("CREATE TABLE t (id INTEGER PRIMARY KEY)");
        await world.run("CREATE TABLE u (id INTEGER PRIMARY KEY)");
        await world.run("INSERT INTO u VALUES (1)");
        const subscription = world.feed.subscribe({ from: "snapshot" });
        await nextOf(subscription);
        world.shard.setCapture({ mode: "on", except: ["u"] });
        // A snapshot of SQLite's own stays what it is.
        if (world.shard.openReader !== null) return;
        const error = await failureOf(() => snapshotOf(subscription));
        expect([error.code, error.message]).toEqual([
          "misuse",
          "capture of u was turned off during its snapshot",
        ]);
      }));
  });
}

/** Rows by table and key. */
type Copy = Map<string, Map<string, Row>>;

function copyOf(batches: readonly SnapshotBatch[]): Copy {
  const copy: Copy = new Map();
  for (const { table, columns, rows, keys } of batches) {
    const sample = SAMPLE_TABLES.find(({ name }) => name === table);
    const places = (sample?.key ?? []).map((name) => columns.indexOf(name));
    const entries = copy.get(table) ?? new Map<string, Row>();
    for (const [i, row] of rows.entries()) {
      const key = keys?.[i] ?? places.map((place) => row[place] ?? null);
      const [text = ""] = rowTexts([key]);
      expect(entries.has(text)).toBe(false);
      entries.set(text, row);
    }
    copy.set(table, entries);
  }
  return copy;
}

/** Applies a record, and holds what was there against what it says. */
function apply(copy: Copy, { table, key, before, after, afterRowid, columns }: LogRecord): void {
  const rows = copy.get(table) ?? new Map<string, Row>();
  const [old = ""] = rowTexts([key]);
  if (before !== undefined) {
    expect(rowTexts([rows.get(old) ?? []])).toEqual(rowTexts([before]));
    rows.delete(old);
  }
  if (after === undefined) return;
  const sample = SAMPLE_TABLES.find(({ name }) => name === table);
  const isDeclared = table !== "keyless" && table !== "wide";
  const places = (sample?.key ?? []).map((name) => columns.indexOf(name));
  const next = isDeclared ? places.map((place) => after[place] ?? null) : [afterRowid ?? null];
  const [text = ""] = rowTexts([next]);
  expect(rows.has(text)).toBe(false);
  rows.set(text, after);
}
