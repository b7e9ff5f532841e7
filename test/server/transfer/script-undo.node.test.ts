import { expect, test } from "vitest";
import type { Row } from "../../../src/base/value.ts";
import { CAPTURE_ON } from "../../../src/engine/capture/capture-setting.ts";
import { LogReader } from "../../../src/engine/log/log-reader.ts";
import { Shard } from "../../../src/engine/shard.ts";
import { SyncSession } from "../../../src/engine/session/sync-session.ts";
import { NodeSqlDriver } from "../../../src/platform/node/sqlite/sqlite-driver.ts";
import { readSavedSchema } from "../../../src/server/transfer/saved-schema.ts";
import type { UndoPlace, UndoStep } from "../../../src/server/transfer/script-undo.ts";
import { ScriptUndo } from "../../../src/server/transfer/script-undo.ts";
import type { UndoStart } from "../../../src/server/transfer/undo-obstacle.ts";
import { undoObstacle } from "../../../src/server/transfer/undo-obstacle.ts";
import { describeState, readState } from "../../engine/capture/database-state.ts";
import { RunGenerator } from "../../engine/capture/property-run.ts";
import { ManualClock } from "../../engine/manual-clock.ts";
import { SeededRandom, seedFor } from "../../sql/seeded-random.ts";

/** So small that everything takes several steps. */
const STEP: UndoStep = { entries: 40, bytes: 1_000, rows: 3 };

class Database implements Disposable {
  readonly driver = new NodeSqlDriver(":memory:");
  readonly shard = new Shard({
    writer: this.driver,
    clock: new ManualClock(),
    capture: CAPTURE_ON,
  });
  readonly #session = new SyncSession(this.shard);

  run(sql: string, params: Row = []): number {
    return this.#session.execute(sql, params).changes;
  }

  /** Whether it ran. */
  tries(sql: string): boolean {
    try {
      this.run(sql);
      return true;
    } catch {
      return false;
    }
  }

  start(): UndoStart {
    return { saved: readSavedSchema(this.driver), from: new LogReader(this.driver).head() };
  }

  /** All of it, and whoever does it is another one for each step. */
  takeBack(start: UndoStart): number {
    let place: UndoPlace | null = { stage: "drop", at: new LogReader(this.driver).head() };
    let steps = 0;
    for (; place !== null; steps++) {
      this.#session.control.foreignKeys = false;
      this.shard.enforceForeignKeys(false);
      this.driver.exec("PRAGMA ignore_check_constraints = ON");
      const run = (sql: string, params: Row = []): number => this.run(sql, params);
      place = new ScriptUndo(this.shard, start, { run, step: STEP }).step(place);
    }
    this.#session.control.foreignKeys = true;
    this.driver.exec("PRAGMA ignore_check_constraints = OFF");
    this.shard.schemaChanged();
    return steps;
  }

  get state(): string[] {
    const { sequence } = readSavedSchema(this.driver);
    return [...describeState(readState(this.driver)), JSON.stringify(sequence)];
  }

  [Symbol.dispose](): void {
    this.#session.end();
    this.shard.close();
  }
}

const FIRST_SEED = seedFor("script-undo");
const SEEDS = Array.from({ length: 12 }, (_, at) => FIRST_SEED + at);

test.each(SEEDS)("whatever happened is taken back (seed %i)", { timeout: 120_000 }, (seed) => {
  using database = new Database();
  const random = new SeededRandom(seed);
  const generator = new RunGenerator(random, { transactions: false, ordered: false });
  const { driver } = database;
  const done = { ddl: 0, rows: 0, steps: 0 };
  for (let round = 0; round < 12; round++) {
    for (let i = random.below(25); i > 0; i--) {
      for (const sql of [generator.next(driver)].flat()) database.tries(sql);
    }
    const start = database.start();
    const before = database.state;
    const made: string[] = [];
    for (let i = random.below(40); i > 0 && undoObstacle(database.shard, start) === null; i--) {
      for (const sql of [generator.next(driver)].flat()) {
        if (/^(?:alter|vacuum|analyze)/i.test(sql)) continue;
        if (database.tries(sql)) made.push(sql);
      }
    }
    if (undoObstacle(database.shard, start) !== null) continue;
    done.ddl += made.filter((sql) => /^(?:create|drop)/i.test(sql)).length;
    done.rows += made.filter((sql) => /^(?:insert|update|delete|replace)/i.test(sql)).length;
    done.steps += database.takeBack(start);
    expect(database.state, made.join(";\n")).toEqual(before);
  }
  expect(done.ddl).toBeGreaterThan(3);
  expect(done.rows).toBeGreaterThan(20);
});

const count = (database: Database, sql: string): unknown =>
  database.driver.prepare(sql).all([], "number")[0]?.[0];

test("full-text and spatial tables, and those made of others", () => {
  using database = new Database();
  const run = (...texts: string[]): void => texts.forEach((sql) => database.run(sql));
  run("CREATE TABLE note (id INTEGER PRIMARY KEY, t)", "CREATE VIRTUAL TABLE own USING fts5(t, u)");
  run("CREATE VIRTUAL TABLE box USING rtree(id, x0, x1, +label)");
  run("CREATE VIRTUAL TABLE found USING fts5(t, content='note', content_rowid='id')");
  run("CREATE VIRTUAL TABLE terms USING fts5vocab('found', 'row')");
  run(
    "CREATE TRIGGER noted AFTER INSERT ON note BEGIN " +
      "INSERT INTO found (rowid, t) VALUES (new.id, new.t); END",
  );
  for (let id = 1; id <= 9; id++) run(`INSERT INTO note VALUES (${id}, 'word${id} common')`);
  run("INSERT INTO own VALUES ('a', NULL), ('b', 'x'), ('c', 'y')");
  run("INSERT INTO box VALUES (1, 0, 1, 'one'), (7, 2, 3.5, 'seven')");
  const searched = (): unknown[] =>
    ["word3", "common", "new", "gone"].map((word) =>
      count(database, `SELECT group_concat(rowid) FROM found WHERE found MATCH '${word}'`),
    );
  const before = [database.state, searched()];
  const start = database.start();
  run("INSERT INTO own VALUES ('new', 'x')", "UPDATE own SET u = 'z' WHERE rowid < 3");
  run("DELETE FROM own WHERE rowid = 2", "UPDATE box SET label = 'other' WHERE id = 1");
  run("DELETE FROM box WHERE id = 7", "INSERT INTO box VALUES (7, 1, 1, 'again')");
  run("INSERT INTO note VALUES (20, 'new common')");
  run("INSERT INTO found (found, rowid, t) VALUES ('delete', 3, 'word3 common')");
  run("DELETE FROM note WHERE id = 3");
  run("CREATE VIRTUAL TABLE later USING fts5(t)", "INSERT INTO later VALUES ('a'), ('b'), ('c')");
  expect(undoObstacle(database.shard, start)).toBeNull();
  expect(database.takeBack(start)).toBeGreaterThan(5);
  expect([database.state, searched()]).toEqual(before);
  database.run("INSERT INTO found (found) VALUES ('integrity-check')");
  // Also one that is gone, and another one in its place.
  run("DROP TABLE own", "CREATE VIRTUAL TABLE own USING fts5(other)", "DROP TABLE found");
  run("INSERT INTO own VALUES ('word')", "DROP TABLE box", "DELETE FROM note");
  database.takeBack(start);
  expect([database.state, searched()]).toEqual(before);
  expect(database.tries("INSERT INTO note VALUES (10, 'word10')")).toBe(true);
  expect(count(database, "SELECT rowid FROM found WHERE found MATCH 'word10'")).toBe(10);
});

test("what the log does not tell is named", () => {
  using database = new Database();
  const { shard } = database;
  database.run("CREATE TABLE t (a)");
  database.run("CREATE VIRTUAL TABLE w USING fts5(a)");
  database.run("CREATE VIRTUAL TABLE c USING fts5(a, content='')");
  expect(undoObstacle(shard, database.start())).toMatch(/no rows of c, a virtual table/);
  database.run("DROP TABLE c");
  const start = database.start();
  expect(undoObstacle(shard, start)).toBeNull();
  database.run("CREATE TABLE new (a)");
  database.run("ALTER TABLE new RENAME TO other");
  database.run("ALTER TABLE other ADD COLUMN b");
  expect(undoObstacle(shard, start)).toBeNull();
  database.run("CREATE TRIGGER fed AFTER INSERT ON t BEGIN INSERT INTO w VALUES (new.a); END");
  expect(undoObstacle(shard, start)).toMatch(/no rows of w/);
  database.run("DROP TRIGGER fed");
  for (const sql of ["RENAME a TO b", "RENAME TO u", "RENAME TO t", "RENAME b TO a"]) {
    database.run(`ALTER TABLE ${sql === "RENAME TO t" ? "u" : "t"} ${sql}`);
    expect(undoObstacle(shard, start)).toMatch(/t was there before, and was altered/);
  }
  // Its rows went under another shape, so that it is gone says nothing.
  database.run("CREATE TABLE brief (a)");
  const before = database.start();
  database.run("ALTER TABLE brief RENAME TO gone");
  database.run("DROP TABLE gone");
  expect(undoObstacle(shard, before)).toMatch(/brief was there before, and was altered/);
  // Nothing is dropped then.
  expect(() => database.takeBack(start)).toThrow("t was there before");
  shard.setCapture({ mode: "on", except: ["u"] });
  expect(undoObstacle(shard, database.start())).toMatch(/changes of u are not captured/);
  shard.setCapture({ mode: "off", except: [] });
  expect(undoObstacle(shard, database.start())).toMatch(/no change log/);
});

test("long tables of all kinds go bit by bit", () => {
  using database = new Database();
  database.run("CREATE TABLE kept (a)");
  database.run("INSERT INTO kept VALUES (1)");
  const before = database.state;
  const start = database.start();
  for (const [table, columns] of [
    ["pair", "a, b, PRIMARY KEY (a, b)) WITHOUT ROWID"],
    ["odd", "rowid, oid, _rowid_)"],
    ["alias", "rowid, id INTEGER PRIMARY KEY)"],
    ["plain", "rowid, b)"],
  ]) {
    database.run(`CREATE TABLE ${table} (${columns}`);
    const values = table === "odd" ? "value, 1, 1" : "value, value";
    database.run(
      `WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n LIMIT 10) ` +
        `INSERT INTO ${table} SELECT ${values} FROM n`,
    );
  }
  // Nothing happens by itself any more.
  database.run("CREATE TRIGGER late AFTER DELETE ON plain BEGIN DELETE FROM kept; END");
  expect(database.takeBack(start)).toBeGreaterThan(10);
  expect(database.state).toEqual(before);
});
