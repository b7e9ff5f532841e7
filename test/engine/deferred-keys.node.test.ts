import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import { DosqlError } from "../../src/base/errors.ts";
import { CAPTURE_OFF, CAPTURE_ON } from "../../src/engine/capture/capture-setting.ts";
import type { Session } from "../../src/engine/session/session.ts";
import { NodeSqlDriver } from "../../src/platform/node/sqlite/sqlite-driver.ts";
import { freshRandom } from "../sql/seeded-random.ts";
import type { SeededRandom } from "../sql/seeded-random.ts";
import { ShardFixture } from "./open-shard.ts";

const SCHEMA = [
  "CREATE TABLE p (id INTEGER PRIMARY KEY, u UNIQUE)",
  "CREATE TABLE plain (id INTEGER PRIMARY KEY, p REFERENCES p)",
  "CREATE TABLE kept (p REFERENCES p ON DELETE RESTRICT ON UPDATE RESTRICT)",
  "CREATE TABLE follows (p REFERENCES p ON DELETE CASCADE)",
  "CREATE TABLE late (p REFERENCES p DEFERRABLE INITIALLY DEFERRED)",
];

const DEFER = "PRAGMA defer_foreign_keys";

const STATEMENTS: readonly ((n: () => number) => string)[] = [
  () => `${DEFER} = ON`,
  () => `${DEFER} = ON`,
  () => `${DEFER}(1)`,
  () => `${DEFER} = OFF`,
  () => "BEGIN",
  () => "BEGIN IMMEDIATE",
  () => "COMMIT",
  () => "COMMIT",
  () => "END",
  () => "ROLLBACK",
  () => "SAVEPOINT s",
  () => "ROLLBACK TO s",
  () => "RELEASE s",
  (n) => `INSERT INTO plain (p) VALUES (${n()})`,
  (n) => `INSERT INTO kept VALUES (${n()})`,
  (n) => `INSERT INTO follows VALUES (${n()}), (${n()})`,
  (n) => `INSERT INTO late VALUES (${n()})`,
  (n) => `INSERT INTO p VALUES (${n()}, ${n()})`,
  (n) => `INSERT OR IGNORE INTO p VALUES (${n()}, ${n()})`,
  (n) => `INSERT OR FAIL INTO p VALUES (${n()}, 5), (${n()}, 6)`,
  (n) => `REPLACE INTO p VALUES (${n()}, ${n()})`,
  (n) => `DELETE FROM p WHERE id = ${n()}`,
  (n) => `DELETE FROM plain WHERE p = ${n()}`,
  (n) => `DELETE FROM kept WHERE p = ${n()}`,
  (n) => `UPDATE p SET id = ${n()} WHERE id = ${n()}`,
  (n) => `UPDATE plain SET p = ${n()} WHERE p = ${n()} RETURNING p`,
  () => "SELECT 1",
  () => "SELECT 1 IN (1, 2)",
  () => "SELECT count(*) FROM p",
  () => "SELECT x FROM (SELECT 2 AS x)",
  () => "SELECT count(*) FROM json_each('[1]')",
  () => "SELECT * FROM missing",
  () => "INSERT INTO missing VALUES (1)",
  () => "CREATE TABLE made (a)",
  () => "DROP TABLE made",
  () => "PRAGMA user_version",
  () => "PRAGMA cache_size = 100",
  () => "PRAGMA foreign_keys",
  () => "PRAGMA table_info(late)",
];

const STATE = "SELECT (SELECT group_concat(id || ':' || u) FROM p), ".concat(
  ["plain", "kept", "follows", "late"]
    .map((table) => `(SELECT group_concat(p) FROM ${table})`)
    .join(),
);

type Answer = { readonly rows: unknown[] } | { readonly error: string };

async function ours(session: Session, sql: string): Promise<Answer> {
  try {
    const { rows } = await session.execute(sql, []);
    return { rows };
  } catch (error) {
    if (!(error instanceof DosqlError)) throw error;
    return { error: error.message };
  }
}

function theirs(database: DatabaseSync, sql: string): Answer {
  try {
    const statement = database.prepare(sql);
    statement.setReadBigInts(true);
    statement.setReturnArrays(true);
    return { rows: statement.all() };
  } catch (error) {
    return { error: (error as Error).message };
  }
}

async function compare(random: SeededRandom, capture: boolean, steps: number): Promise<number> {
  await using fixture = new ShardFixture({ capture: capture ? CAPTURE_ON : CAPTURE_OFF });
  const session = fixture.database.session({ deferred: true });
  const real = new DatabaseSync(":memory:");
  for (const sql of SCHEMA) {
    await session.execute(sql, []);
    real.exec(sql);
  }
  const n = (): number => random.below(5);
  const log: string[] = [];
  let deferred = 0;
  const both = async (sql: string): Promise<Answer> => {
    log.push(sql);
    const right = theirs(real, sql);
    expect(await ours(session, sql), log.slice(-12).join(";\n")).toEqual(right);
    return right;
  };
  for (let step = 0; step < steps; step++) {
    const sql = random.pick(STATEMENTS)(n);
    // A savepoint outside of a transaction is one of the face's, not of the session's.
    if (/^(?:SAVEPOINT|RELEASE|ROLLBACK TO)/.test(sql) && !real.isTransaction) continue;
    await both(sql);
    const flag = await both(DEFER);
    if ("rows" in flag && String(flag.rows[0]) === "1") deferred += 1;
    expect(session.transaction !== "none").toBe(real.isTransaction);
    if (!real.isTransaction && random.below(6) === 0) await both(STATE);
  }
  if (real.isTransaction) await both("ROLLBACK");
  await both(STATE);
  real.close();
  return deferred;
}

describe("PRAGMA defer_foreign_keys", () => {
  test.each([{ capture: false }, { capture: true }])(
    "holds as long as in SQLite, over random statements: %o",
    { timeout: 60_000 },
    async ({ capture }) => {
      const random = freshRandom(`deferred keys ${capture}`);
      let deferred = 0;
      for (let round = 0; round < 40; round++) deferred += await compare(random, capture, 60);
      expect(deferred).toBeGreaterThan(200);
    },
  );

  test("before BEGIN defers to COMMIT, in this session alone", async () => {
    await using fixture = new ShardFixture();
    const [a, b] = [fixture.database.session(), fixture.database.session()];
    for (const sql of SCHEMA) await a.execute(sql, []);
    await a.execute(`${DEFER} = ON`, []);
    expect((await ours(b, "INSERT INTO plain VALUES (1, 1)")) as object).toHaveProperty("error");
    expect((await b.execute(DEFER, [])).rows).toEqual([[0n]]);
    await a.execute("BEGIN", []);
    await a.execute("INSERT INTO plain VALUES (1, 1)", []);
    await a.execute("INSERT INTO p VALUES (1, 1)", []);
    await a.execute("COMMIT", []);
    expect((await a.execute(DEFER, [])).rows).toEqual([[0n]]);
    expect(await ours(a, "INSERT INTO plain VALUES (2, 2)")).toHaveProperty("error");
  });

  test("before a batch defers to its end", async () => {
    await using fixture = new ShardFixture();
    const session = fixture.database.session();
    for (const sql of SCHEMA) await session.execute(sql, []);
    await session.execute(`${DEFER} = ON`, []);
    const batch = ["INSERT INTO plain VALUES (1, 1)", "INSERT INTO p VALUES (1, 1)"];
    await session.batch(batch.map((sql) => ({ sql, params: [] })));
    expect((await session.execute(DEFER, [])).rows).toEqual([[0n]]);
  });

  test("does not outlive a transaction that idled too long", async () => {
    await using fixture = new ShardFixture();
    const [a, b] = [fixture.database.session(), fixture.database.session()];
    for (const sql of SCHEMA) await a.execute(sql, []);
    await a.execute(`${DEFER} = ON`, []);
    await a.execute("BEGIN", []);
    await a.execute("INSERT INTO plain VALUES (1, 1)", []);
    await a.rollback();
    expect(new NodeSqlDriver(fixture.path).prepare(DEFER).all([], "number")).toEqual([[0]]);
    expect(await ours(b, "INSERT INTO plain VALUES (2, 2)")).toHaveProperty("error");
    expect(await ours(a, "INSERT INTO plain VALUES (2, 2)")).toHaveProperty("error");
  });
});
