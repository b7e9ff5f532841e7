import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import Database from "../../src/entry/better-sqlite3.ts";
import { open } from "../../src/entry/main.ts";
import { freshRandom, SeededRandom } from "../sql/seeded-random.ts";
import { Oracle } from "./count-oracle.ts";
import type { Told } from "./count-oracle.ts";
import {
  CHANGES,
  DEFERRED,
  FAILING,
  PLAIN,
  QUESTIONS,
  SPREAD,
  SPREADING,
} from "./count-statements.ts";

type Facade = InstanceType<typeof Database>;
type Statement = ReturnType<Facade["prepare"]>;

const folder = mkdtempSync(path.join(tmpdir(), "dosql-embedded-counts-"));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;

/** A file whose changes are captured, through the better-sqlite3 face. */
async function captured(): Promise<Facade> {
  const file = path.join(folder, `${++files}.sqlite`);
  await open(file, { capture: "on" }).close();
  return new Database(file);
}

const STEPS = 400;

/** One connection of the face, with statements that are prepared once and kept. */
class Player {
  readonly #db: Facade;
  readonly #statements = new Map<string, Statement>();

  constructor(db: Facade) {
    this.#db = db;
  }

  tell(sql: string, params: bigint[], manner: string): Told {
    try {
      return this.#run(sql, params, manner);
    } catch (error) {
      return { names: [], rows: [], error: (error as Error).message };
    }
  }

  #run(sql: string, params: bigint[], manner: string): Told {
    const statement = this.#prepare(sql);
    if (!statement.reader) {
      if (manner === "exec" && params.length === 0) this.#db.exec(sql);
      else statement.run(params);
      return { names: [], rows: [], error: "" };
    }
    statement.raw();
    const names = statement.columns().map(({ name }) => name);
    if (manner === "get") return { names, rows: [statement.get(params)], error: "" };
    const rows = manner === "iterate" ? [...statement.iterate(params)] : statement.all(params);
    return { names, rows, error: "" };
  }

  #prepare(sql: string): Statement {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#db.prepare(sql).safeIntegers();
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}

const COUNTS = "SELECT changes(), total_changes(), last_insert_rowid()";

describe("changes(), total_changes() and last_insert_rowid() on a captured file", () => {
  const random = freshRandom("embedded counts");
  const plain = [...QUESTIONS, ...QUESTIONS, ...CHANGES, ...FAILING];

  it.each([
    ["plain tables", PLAIN, plain],
    ["triggers, keys and views", SPREAD, [...plain, ...SPREADING, DEFERRED]],
  ])("%s", async (_name, schema, statements) => {
    using oracle = new Oracle();
    const db = await captured();
    const player = new Player(db);
    for (const sql of schema) {
      db.exec(sql);
      oracle.connection(0).exec(sql);
    }
    const seed = random.below(2 ** 30);
    const own = new SeededRandom(seed);
    const said: string[] = [];
    // To better-sqlite3 `?1` is a name.
    const texts = statements.filter((sql) => !/[?]\d/.test(sql));
    for (let step = 0; step < STEPS; step++) {
      let sql = own.pick(texts);
      if (own.below(8) === 0) sql = db.inTransaction ? own.pick(["COMMIT", "ROLLBACK"]) : "BEGIN";
      const params = [...sql.matchAll(/[?]/g)].map(() => BigInt(own.below(1000)));
      const manner = own.pick(["all", "iterate", "get", "exec"]);
      said.push(`${sql} ${params.join()} ${manner}`);
      const where = `seed ${seed}, after\n${said.slice(-8).join("\n")}`;
      const theirs = oracle.tell(0, sql, params);
      const ours = player.tell(sql, params, manner);
      if (manner === "get" && Array.isArray(theirs.rows) && theirs.names.length > 0) {
        expect(ours, where).toEqual({ ...theirs, rows: [theirs.rows[0]] });
      } else expect(ours, where).toEqual(theirs);
      if (own.below(3) > 0) continue;
      expect(player.tell(COUNTS, [], "all"), where).toEqual(oracle.tell(0, COUNTS, []));
    }
    db.close();
  });

  it("go on from what SQLite counted before the engine came", async () => {
    const file = path.join(folder, "later.sqlite");
    const db = new Database(file);
    db.exec("CREATE TABLE t (a); INSERT INTO t VALUES (1), (2), (3); UPDATE t SET a = 0");
    const counts = db.prepare(COUNTS).raw();
    expect(counts.get()).toEqual([3, 6, 3]);
    const engine = open(file, { capture: "on" });
    db.exec("INSERT INTO t VALUES (4)");
    expect(counts.get()).toEqual([1, 7, 4]);
    await engine.close();
    db.exec("DELETE FROM t");
    expect(counts.get()).toEqual([4, 11, 4]);
    db.close();
  });

  it("know of triggers as soon as they are there, and as long", async () => {
    const db = await captured();
    db.exec("CREATE TABLE t (a); CREATE TABLE u (a)");
    const insert = db.prepare("INSERT INTO t VALUES (1)");
    const total = db.prepare("SELECT total_changes()").pluck();
    insert.run();
    expect(total.get()).toBe(1);
    db.exec("BEGIN");
    db.exec("CREATE TRIGGER r AFTER INSERT ON t BEGIN INSERT INTO u VALUES (1), (2); END");
    insert.run();
    expect(total.get()).toBe(4);
    db.exec("ROLLBACK");
    insert.run();
    expect(total.get()).toBe(5);
    db.exec("CREATE TRIGGER s AFTER INSERT ON t BEGIN INSERT INTO u VALUES (1), (2); END");
    db.exec("BEGIN; DROP TRIGGER s");
    insert.run();
    expect(total.get()).toBe(6);
    db.exec("ROLLBACK; CREATE VIEW v AS SELECT changes() AS c");
    insert.run();
    expect(total.get()).toBe(9);
    expect(db.prepare("SELECT c FROM v").pluck().get()).toBe(1);
    db.close();
  });

  it("are shown as the program wrote them, and bound beside its own parameters", async () => {
    const db = await captured();
    db.exec("CREATE TABLE t (a); INSERT INTO t VALUES (1), (2), (3)");
    const named = db.prepare("SELECT @a AS a, changes(), ? AS b, $c AS c");
    expect(named.get(7, { a: 5, c: 6 })).toEqual({ a: 5, "changes()": 3, b: 7, c: 6 });
    expect(named.source).toBe("SELECT @a AS a, changes(), ? AS b, $c AS c");
    expect(() => named.get(7)).toThrow("Missing named parameters");
    expect(() => db.prepare("SELECT changes(), ?").get(1, 2)).toThrow("Too many parameter values");
    const said: unknown[] = [];
    const told = new Database(db.name, { verbose: (sql) => said.push(sql) });
    told.prepare("SELECT changes(), ?").get(5);
    expect(said).toEqual(["SELECT changes(), 5.0"]);
    told.close();
    db.close();
  });

  it("are the program's own functions, where it has such", async () => {
    const db = await captured();
    db.exec("CREATE TABLE t (a); INSERT INTO t VALUES (1), (2), (3)");
    db.function("CHANGES", () => "mine");
    expect(db.prepare("SELECT changes() AS c, total_changes() AS t").get()).toEqual({
      c: "mine",
      t: 3,
    });
    db.close();
  });
});
