import { expect, test } from "vitest";
import { CAPTURE_ON } from "../../src/engine/capture/capture-setting.ts";
import { Shard } from "../../src/engine/shard.ts";
import { SyncSession } from "../../src/engine/session/sync-session.ts";
import { KeyReach } from "../../src/engine/text/key-reach.ts";
import { NodeSqlDriver } from "../../src/platform/node/sqlite/sqlite-driver.ts";
import { ManualClock } from "./manual-clock.ts";

const TABLES = [
  "CREATE TABLE parent (id INTEGER PRIMARY KEY, n, code UNIQUE)",
  "CREATE TABLE child (parent REFERENCES parent ON DELETE SET NULL ON UPDATE CASCADE)",
  "CREATE TABLE named (code REFERENCES Parent (Code))",
  "CREATE TABLE free (a)",
  "CREATE TABLE other (a)",
];

/** A trigger on `free`, and whether what it does meets a key, and whether a key acts then. */
const CASES: readonly (readonly [trigger: string, meets: boolean, acts: boolean])[] = [
  ["AFTER INSERT ON free BEGIN INSERT INTO other VALUES (1); END", false, false],
  ["AFTER INSERT ON free BEGIN INSERT INTO child VALUES (1); END", true, false],
  ["AFTER INSERT ON free BEGIN UPDATE parent SET n = n + 1; END", true, false],
  ["AFTER INSERT ON free BEGIN UPDATE parent SET code = 1; END", true, false],
  ["AFTER INSERT ON free BEGIN UPDATE Parent SET (n, ID) = (1, 2); END", true, true],
  ["BEFORE INSERT ON free BEGIN UPDATE parent SET rowid = 2; END", true, true],
  ["AFTER INSERT ON free BEGIN DELETE FROM parent; END", true, true],
  ["AFTER INSERT ON free BEGIN DELETE FROM child; END", true, false],
  ["AFTER DELETE ON free BEGIN DELETE FROM parent; END", true, false],
  ["AFTER INSERT ON free BEGIN REPLACE INTO parent VALUES (1, 2, 3); END", true, true],
  [
    "AFTER INSERT ON free BEGIN INSERT INTO parent VALUES (1, 2, 3) " +
      "ON CONFLICT DO UPDATE SET id = 9; END",
    true,
    true,
  ],
  ["AFTER INSERT ON free BEGIN SELECT 1; END", false, false],
];

class Database implements Disposable {
  readonly driver = new NodeSqlDriver(":memory:");
  readonly #shard = new Shard({
    writer: this.driver,
    clock: new ManualClock(),
    capture: CAPTURE_ON,
  });
  readonly #session = new SyncSession(this.#shard);

  constructor(...texts: readonly string[]) {
    for (const sql of texts) this.#session.execute(sql, []);
  }

  [Symbol.dispose](): void {
    this.#session.end();
    this.#shard.close();
  }
}

test.each(CASES)("%s", (trigger, meets, acts) => {
  using database = new Database(...TABLES, `CREATE TRIGGER fires ${trigger}`);
  const reach = new KeyReach(database.driver);
  expect([reach.meets("free"), reach.actsOnInsert("free")]).toEqual([meets, acts]);
  expect([reach.meets("child"), reach.meets("parent"), reach.meets("named")]).not.toContain(false);
  expect([reach.meets("other"), reach.actsOnInsert("parent")]).toEqual([false, false]);
});

test("by way of further triggers, and of what a table says itself", () => {
  using database = new Database(
    ...TABLES,
    "CREATE TRIGGER one AFTER INSERT ON free BEGIN UPDATE other SET a = 1; END",
    "CREATE TRIGGER two AFTER UPDATE ON other BEGIN DELETE FROM parent; END",
    "CREATE TABLE kind (a UNIQUE ON CONFLICT REPLACE)",
    "CREATE TABLE thing (kind REFERENCES kind (a) ON DELETE CASCADE)",
  );
  const reach = new KeyReach(database.driver);
  expect(reach.acts).toBe(true);
  const acting = ["free", "kind", "other", "parent", "thing"].map((t) => reach.actsOnInsert(t));
  expect(acting).toEqual([true, true, false, false, false]);
  expect(reach.meets("other")).toBe(true);
});

test("nothing acts where no key does", () => {
  using database = new Database(
    "CREATE TABLE parent (id INTEGER PRIMARY KEY)",
    "CREATE TABLE child (parent REFERENCES parent)",
    "CREATE TABLE free (a)",
    "CREATE TRIGGER one AFTER INSERT ON free BEGIN DELETE FROM parent; END",
  );
  const reach = new KeyReach(database.driver);
  expect([reach.acts, reach.actsOnInsert("free"), reach.meets("free")]).toEqual([
    false,
    false,
    true,
  ]);
});
