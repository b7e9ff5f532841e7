import { describe, expect, it } from "vitest";
import type { SqlValue } from "../../src/base/value.ts";
import { CAPTURE_ON } from "../../src/engine/capture/capture-setting.ts";
import { KEPT_FOR_MS, KeptCalls } from "../../src/engine/session/kept-calls.ts";
import type { ResultSet } from "../../src/engine/session/result-set.ts";
import type { OnceCall, Session } from "../../src/engine/session/session.ts";
import { NodeSqlDriver } from "../../src/platform/node/sqlite/sqlite-driver.ts";
import { ManualClock } from "./manual-clock.ts";
import { ShardFixture } from "./open-shard.ts";

const KEY = "a-key-of-some-length";

function call(sql: string | readonly string[], more: Partial<OnceCall> = {}): OnceCall {
  const texts = typeof sql === "string" ? [sql] : sql;
  const statements = texts.map((text) => ({ sql: text, params: [] }));
  return { key: KEY, ageMs: 0, batch: typeof sql !== "string", statements, ...more };
}

async function once(session: Session, given: OnceCall): Promise<ResultSet[]> {
  const answer = await session.once?.(given);
  if (!Array.isArray(answer)) throw new Error(`answered ${String(answer)}`);
  return answer;
}

async function count(session: Session): Promise<SqlValue | undefined> {
  return (await session.execute("SELECT count(*) FROM t", [])).rows[0]?.[0];
}

async function fixture(capture: boolean): Promise<{ shard: ShardFixture; session: Session }> {
  const shard = new ShardFixture(capture ? { capture: CAPTURE_ON } : {});
  const session = shard.database.session();
  await session.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, v)", []);
  return { shard, session };
}

describe.each([false, true])("a call with a key, capture %s", (capture) => {
  it("is done once, and answered the same", async () => {
    const { shard, session } = await fixture(capture);
    await using _shard = shard;
    const values = "(0), (-0.0), (1.5), (9007199254740993), ('x'), (x'00ff'), (NULL), (9e999)";
    const given = call(`INSERT INTO t (v) VALUES ${values} RETURNING id, v`);
    const first = await once(session, given);
    for (const ageMs of [0, 1, 1000]) {
      const again = await once(shard.database.session(), { ...given, ageMs });
      expect(again[0]).toMatchObject({ changes: 8, lastRowid: 8n, command: "INSERT" });
      expect(again[0]?.rows).toEqual(first[0]?.rows);
    }
    expect(await count(session)).toBe(8n);
    const other = await once(session, { ...given, key: "another-key-of-length" });
    expect(other[0]?.lastRowid).toBe(16n);
  });

  it("fails once, where rows stay that it changed", async () => {
    const { shard, session } = await fixture(capture);
    await using _shard = shard;
    await session.execute("CREATE UNIQUE INDEX one ON t (v) WHERE v > 2", []);
    await session.execute("INSERT INTO t (v) VALUES (3)", []);
    const failing = call("INSERT OR FAIL INTO t (v) VALUES (1), (2), (3), (4)");
    for (const ageMs of [0, 1, 1000]) {
      await expect(once(session, { ...failing, ageMs })).rejects.toMatchObject({
        code: "sqlite",
        sqlite: expect.stringMatching(/^SQLITE_CONSTRAINT/),
        message: expect.stringMatching(/^UNIQUE constraint failed/),
      });
      expect(await count(session)).toBe(3n);
    }
    await expect(once(session, call("DELETE FROM t"))).rejects.toMatchObject({ code: "misuse" });
    // What changed nothing is no more than a failure.
    const aborted = { ...failing, key: "another-key-of-length" };
    aborted.statements = [{ sql: "INSERT INTO t (v) VALUES (1), (3)", params: [] }];
    await expect(once(session, aborted)).rejects.toMatchObject({ code: "sqlite" });
    await session.execute("DELETE FROM t WHERE v = 3", []);
    expect((await once(session, aborted))[0]).toMatchObject({ changes: 2 });
  });

  it("is undone with its key when it fails", async () => {
    const { shard, session } = await fixture(capture);
    await using _shard = shard;
    const failing = call(["INSERT INTO t (id) VALUES (1)", "INSERT INTO t (id) VALUES (1)"]);
    await expect(once(session, failing)).rejects.toMatchObject({ code: "sqlite" });
    expect(await count(session)).toBe(0n);
    await once(session, call(["INSERT INTO t (id) VALUES (1)"], { ageMs: 5 }));
    expect(await count(session)).toBe(1n);
  });

  it("keeps the rows that OR FAIL keeps", async () => {
    const { shard, session } = await fixture(capture);
    await using _shard = shard;
    const sql = "INSERT OR FAIL INTO t (id) VALUES (1), (1)";
    await expect(once(session, call(sql))).rejects.toMatchObject({ code: "sqlite" });
    expect(await count(session)).toBe(1n);
    const plain = shard.database.session();
    await expect(async () => plain.execute(sql, [])).rejects.toMatchObject({ code: "sqlite" });
    const more = { key: "another-key-of-length" };
    const rollback = call("INSERT OR ROLLBACK INTO t (id) VALUES (2), (2)", more);
    await expect(once(session, rollback)).rejects.toMatchObject({ code: "sqlite" });
    expect(await count(session)).toBe(1n);
  });

  it("leaves no trace in what a session sees", async () => {
    const { shard, session } = await fixture(capture);
    await using _shard = shard;
    await once(session, call("INSERT INTO t (v) VALUES (1), (2), (3)"));
    const { rows } = await session.execute(
      "SELECT changes(), total_changes(), last_insert_rowid()",
      [],
    );
    expect(rows).toEqual([[3n, 3n, 3n]]);
    await session.execute("CREATE VIEW counts AS SELECT changes() AS c", []);
    await once(session, call("DELETE FROM t WHERE id > 1", { key: "one-more-key-of-length" }));
    expect((await session.execute("SELECT c FROM counts", [])).rows).toEqual([[2n]]);
    const schema = await session.execute("SELECT name FROM sqlite_schema", []);
    expect(schema.rows.flat()).toEqual(["t", "counts"]);
    await expect(async () =>
      session.execute("SELECT * FROM _cf_dosql_once", []),
    ).rejects.toMatchObject({ code: "hidden-object" });
  });

  it("may be DDL, also the first one of a file", async () => {
    const { shard, session } = await fixture(capture);
    await using _shard = shard;
    await once(session, call("CREATE TABLE u (a)"));
    await once(session, call("CREATE TABLE u (a)", { ageMs: 3 }));
    await session.execute("INSERT INTO u VALUES (1)", []);
  });
});

describe("what has no key", () => {
  it("is told apart", async () => {
    const { shard, session } = await fixture(false);
    await using _shard = shard;
    expect(await session.once?.(call("SELECT * FROM t"))).toBe("repeatable");
    expect(await session.once?.(call("SELEC nonsense"))).toBe("unprotected");
    expect(await session.once?.(call("PRAGMA user_version = 3"))).toBe("unprotected");
    expect(await session.once?.(call("VACUUM"))).toBe("unprotected");
    expect(await session.once?.(call("BEGIN IMMEDIATE"))).toBe("unprotected");
    await session.begin();
    expect(await session.once?.(call("DELETE FROM t"))).toBe("unprotected");
    await session.rollback();
  });
});

describe("kept calls", () => {
  const done: ResultSet = { columns: [], rows: [], changes: 1, lastRowid: 1n, command: "INSERT" };
  const keyed = (key: string, ageMs = 0): OnceCall => call("INSERT", { key, ageMs });

  function open(most?: number): { kept: KeptCalls; clock: ManualClock; rows: () => number } {
    const driver = new NodeSqlDriver(":memory:");
    const clock = new ManualClock();
    const kept = new KeptCalls(driver, clock, most);
    const rows = (): number =>
      Number(
        driver
          .prepare("SELECT count(*) FROM _cf_dosql_once WHERE key <> ''")
          .all([], "number")[0]?.[0],
      );
    return { kept, clock, rows };
  }

  it("are forgotten when they are old, and then never run again", () => {
    const { kept, clock, rows } = open();
    kept.keep(keyed("old"), { value: [done] });
    clock.advance(KEPT_FOR_MS + 1);
    for (let n = 0; n < 600; n++) kept.keep(keyed(`k${n}`), { value: [done] });
    expect(rows()).toBe(600);
    expect(kept.find(keyed("old"))).toBeNull();
    expect(() => kept.find(keyed("old", KEPT_FOR_MS + 2))).toThrow(
      expect.objectContaining({ code: "connection" }) as Error,
    );
    expect(kept.find(keyed("k1", 10))).toHaveLength(1);
  });

  it("are forgotten early when there are too many, and it is remembered up to when", () => {
    const { kept, clock, rows } = open(100);
    for (let n = 0; n < 2048; n++) {
      clock.advance(1000);
      kept.keep(keyed(`k${n}`), { value: [done] });
    }
    expect(rows()).toBeLessThan(100 + 512);
    expect(kept.find(keyed("k2047", 1))).toHaveLength(1);
    expect(() => kept.find(keyed("k1500", 400_000))).toThrow(
      expect.objectContaining({ code: "connection" }) as Error,
    );
    // Sent after the newest that was forgotten: it never arrived.
    expect(kept.find(keyed("new", 1))).toBeNull();
  });

  it("say so when the rows were too many to keep", () => {
    const { kept } = open();
    kept.keep(keyed("large"), { value: [{ ...done, rows: [["x".repeat(70_000)]] }] });
    expect(() => kept.find(keyed("large", 1))).toThrow("was done");
  });
});
