import { describe, expect, test } from "vitest";
import type { DosqlError } from "../../src/base/errors.ts";
import type { CaptureSetting } from "../../src/engine/capture/capture-setting.ts";
import { CAPTURE_OFF, CAPTURE_ON } from "../../src/engine/capture/capture-setting.ts";
import type { Session } from "../../src/engine/session/session.ts";
import { listParameters } from "../../src/sql/read/parameters.ts";
import { freshRandom, SeededRandom } from "../sql/seeded-random.ts";
import { ReaderPool } from "../../src/platform/node/reader/reader-pool.ts";
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
import { ShardFixture } from "./open-shard.ts";

async function tell(session: Session, sql: string, params: bigint[]): Promise<Told> {
  try {
    const { columns, rows } = await session.execute(sql, params);
    return { names: columns.map(({ name }) => name), rows, error: "" };
  } catch (error) {
    return { names: [], rows: [], error: (error as DosqlError).message };
  }
}

interface Play {
  readonly schema: readonly string[];
  readonly statements: readonly string[];
  readonly capture: CaptureSetting;
  readonly sessions: number;
}

const STEPS = 400;

/** The same steps on a shard's sessions and on connections of SQLite's. */
async function play(random: SeededRandom, { schema, statements, capture, sessions }: Play) {
  await using fixture = new ShardFixture({ capture });
  using oracle = new Oracle();
  const own = Array.from({ length: sessions }, () => fixture.database.session());
  const [first] = own;
  for (const sql of schema) {
    await first?.execute(sql, []);
    oracle.connection(0).exec(sql);
  }
  let writer: number | null = null;
  const said: string[] = [];
  for (let step = 0; step < STEPS; step++) {
    // While one is in a transaction the others could only wait.
    const at: number = writer ?? random.below(sessions);
    const session = own[at];
    if (session === undefined) throw new Error("no session");
    let sql = random.pick(statements);
    // In a transaction COMMIT would fail, after which sessions have none.
    if (sql === DEFERRED && writer !== null) continue;
    if (random.below(8) === 0) {
      sql = writer === null ? "BEGIN IMMEDIATE" : random.pick(["COMMIT", "ROLLBACK"]);
      writer = writer === null ? at : null;
    }
    const count = listParameters(sql).reduce((most, { number }) => Math.max(most, number), 0);
    const params = Array.from({ length: count }, () => BigInt(random.below(1000)));
    said.push(`${at}: ${sql} ${params.join()}`);
    const where = `seed ${random.seed}, after\n${said.slice(-8).join("\n")}`;
    const ours = await tell(session, sql, params);
    const theirs = oracle.tell(at, sql, params);
    expect(ours, where).toEqual(theirs);
    if (writer !== null) {
      // Nobody waits for the writer to learn what it changed itself.
      const other = random.below(sessions);
      const question = random.pick([
        "SELECT changes() AS c",
        "VALUES (total_changes(), changes())",
      ]);
      const asked = own[other];
      if (asked !== undefined) {
        expect(await tell(asked, question, []), where).toEqual(oracle.tell(other, question, []));
      }
    }
    const counts = "SELECT changes(), total_changes(), last_insert_rowid()";
    // Not each time: asking must not be what makes it right.
    if (random.below(3) > 0) continue;
    expect(await tell(session, counts, []), where).toEqual(oracle.tell(at, counts, []));
    const { lastRowid } = await session.execute("SELECT 1", []);
    expect(lastRowid, where).toBe(oracle.lastRowid(at));
  }
}

describe("changes(), total_changes() and last_insert_rowid() as SQLite counts them", () => {
  const random = freshRandom("session values");
  const plain = [...QUESTIONS, ...QUESTIONS, ...CHANGES, ...FAILING];
  const plays: Readonly<Record<string, Omit<Play, "capture" | "sessions">>> = {
    "plain tables": { schema: PLAIN, statements: plain },
    "triggers, keys and views": { schema: SPREAD, statements: [...plain, ...SPREADING, DEFERRED] },
  };

  describe.each(Object.entries(plays))("%s", (_name, { schema, statements }) => {
    test.each([
      [1, CAPTURE_OFF],
      [3, CAPTURE_OFF],
      [1, CAPTURE_ON],
      [3, CAPTURE_ON],
    ])("%i sessions, capture %o", async (sessions, capture) => {
      const seed = random.below(2 ** 30);
      await play(new SeededRandom(seed), { schema, statements, capture, sessions });
    });
  });
});

describe("the counts of a session", () => {
  async function rows(session: Session, sql: string, params: bigint[] = []): Promise<unknown> {
    return (await session.execute(sql, params)).rows;
  }

  test("are parameters beside those of the statement", async () => {
    await using fixture = new ShardFixture();
    const s = fixture.database.session();
    await s.execute("CREATE TABLE t (a)", []);
    await s.execute("INSERT INTO t VALUES (1), (2), (3)", []);
    const named = await s.execute("SELECT :a, changes(), @b, total_changes() AS n, :a", [5n, 6n]);
    expect(named.rows).toEqual([[5n, 3n, 6n, 3n, 5n]]);
    expect(named.columns.map(({ name }) => name)[1]).toBe("changes()");
    expect(await rows(s, "SELECT changes(), ?2, ?1", [5n, 6n])).toEqual([[3n, 6n, 5n]]);
    expect(await s.describe("SELECT changes(), ?")).toMatchObject({
      columns: [{ name: "changes()" }, {}],
      parameters: [{ number: 1 }],
    });
    for (const wrong of [[], [1n, 2n]]) {
      await expect((async () => s.execute("SELECT changes(), ?", wrong))()).rejects.toMatchObject({
        code: "invalid-argument",
      });
    }
  });

  test("are SQLite's where no parameter is left for them", async () => {
    await using fixture = new ShardFixture({ capture: CAPTURE_ON });
    const [s, other] = [fixture.database.session(), fixture.database.session()];
    await s.execute("CREATE TABLE t (a)", []);
    await s.execute("INSERT INTO t VALUES (1), (2), (3)", []);
    await other.execute("INSERT INTO t VALUES (4)", []);
    const params = Array.from({ length: 32_766 }, () => 0n);
    expect(await rows(s, "SELECT changes() WHERE ?32766 = 0", params)).toEqual([[3n]]);
  });

  test("are the same in a batch and in sessions that lift literals", async () => {
    await using fixture = new ShardFixture({ capture: CAPTURE_ON });
    const s = fixture.database.session({ integers: "number" });
    await s.execute("CREATE TABLE t (a)", []);
    const sets = await s.batch([
      { sql: "INSERT INTO t VALUES (1), (2), (3)", params: [] },
      { sql: "SELECT changes(), total_changes()", params: [] },
      { sql: "DELETE FROM t WHERE a < ?", params: [3n] },
      { sql: "INSERT INTO t SELECT changes() RETURNING a, total_changes()", params: [] },
    ]);
    expect(sets.map((set) => set.rows)).toEqual([[], [[3, 3]], [], [[2, 5]]]);
    const lifting = fixture.database.session({ liftLiterals: true });
    expect(await rows(lifting, "SELECT a, changes() FROM t WHERE a = 3")).toEqual([[3n, 0n]]);
    await lifting.execute("UPDATE t SET a = changes() + 7 WHERE a = 3", []);
    expect(await rows(lifting, "SELECT changes(), a FROM t WHERE a = 7")).toEqual([[1n, 7n]]);
  });

  test("reach reader processes", async () => {
    await using fixture = new ShardFixture();
    const main = new URL("../../src/entry/reader-process.ts", import.meta.url);
    const pool = new ReaderPool({ path: fixture.path, main, warm: 1, most: 1 });
    fixture.shard.readerHost = pool;
    const s = fixture.database.session();
    await s.execute("CREATE TABLE t (a)", []);
    await s.execute("INSERT INTO t VALUES (1), (2)", []);
    const answered = s.execute("SELECT changes(), max(a), ?1 FROM t", [5n]);
    expect(answered).toBeInstanceOf(Promise);
    const { rows: found, columns } = await answered;
    expect(found).toEqual([[2n, 2n, 5n]]);
    expect(columns[0]?.name).toBe("changes()");
    await pool.close();
  });

  test("stay what they were when a statement cannot begin", async () => {
    await using fixture = new ShardFixture();
    const [s, other] = [fixture.database.session(), fixture.database.session()];
    await s.execute("CREATE TABLE t (a)", []);
    await s.execute("INSERT INTO t VALUES (1), (2), (3)", []);
    await other.execute("INSERT INTO t VALUES (4)", []);
    const insert = async (): Promise<unknown> => s.execute("INSERT INTO t VALUES (?)", [2n ** 70n]);
    await expect(insert()).rejects.toMatchObject({ code: "invalid-argument" });
    const counts = "SELECT changes(), total_changes(), last_insert_rowid()";
    expect(await rows(s, counts)).toEqual([[3n, 3n, 3n]]);
    expect(await rows(other, counts)).toEqual([[1n, 1n, 4n]]);
  });

  test("stay what they were when VACUUM gives rows new places", async () => {
    await using fixture = new ShardFixture({ capture: CAPTURE_ON });
    const [s, other] = [fixture.database.session(), fixture.database.session()];
    await s.execute("CREATE TABLE t (a)", []);
    await s.execute("CREATE VIEW v AS SELECT 1", []);
    await s.execute("INSERT INTO t VALUES (1), (2), (3)", []);
    await other.execute("INSERT INTO t VALUES (4)", []);
    await s.execute("VACUUM", []);
    const counts = "SELECT changes(), total_changes(), last_insert_rowid()";
    expect(await rows(s, counts)).toEqual([[3n, 3n, 3n]]);
    await other.execute("VACUUM", []);
    await other.execute("UPDATE t SET a = 0 WHERE a = 1", []);
    expect(await rows(other, counts)).toEqual([[1n, 2n, 4n]]);
  });

  test("do not move errors", async () => {
    await using fixture = new ShardFixture();
    const s = fixture.database.session();
    for (const sql of ["SELECT changes(), nope", "SELECT :name, total_changes(), nope, ?"]) {
      const params = sql.includes("?") ? [1n, 2n] : [];
      await expect((async () => s.execute(sql, params))()).rejects.toMatchObject({
        message: "no such column: nope",
        at: sql.indexOf("nope"),
      });
    }
    await expect((async () => s.execute("SELECT changes(1)", []))()).rejects.toMatchObject({
      message: "wrong number of arguments to function changes()",
      at: 7,
    });
  });
});
