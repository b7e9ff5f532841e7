import { describe, expect, it } from "vitest";
import { CAPTURE_ON } from "../../src/engine/capture/capture-setting.ts";
import type { TextInsight } from "../../src/engine/counts/query-insights.ts";
import { QueryInsights } from "../../src/engine/counts/query-insights.ts";
import { NodeSqlDriver } from "../../src/platform/node/sqlite/sqlite-driver.ts";
import { ManualClock } from "./manual-clock.ts";
import { ShardFixture } from "./open-shard.ts";

const HOUR_MS = 3_600_000;
const READ = { rows: [[1n]], changes: 0 };

function counted(shard: ShardFixture): Record<string, number> {
  const found = shard.shard.insights?.since(0) ?? [];
  return Object.fromEntries(found.map(({ query, count }) => [query, count]));
}

function written(shard: ShardFixture): [string, number][] {
  const driver = new NodeSqlDriver(shard.path, { readonly: true });
  const [row] = driver.prepare("SELECT texts FROM _cf_dosql_insights").all([], "number");
  driver.close();
  return (JSON.parse(String(row?.[0])) as [string, number][]).map(([text, n]) => [text, n]);
}

describe("what ran in a database", () => {
  it("counts statements, those of batches and calls with keys, and what came of them", async () => {
    await using fixture = new ShardFixture({ capture: CAPTURE_ON });
    fixture.shard.countQueries();
    const session = fixture.database.session();
    await session.execute("CREATE TABLE t (a)", []);
    const insert = { sql: "INSERT INTO t VALUES (?), (?)", params: [1n, 2n] };
    await session.batch([insert, insert, { sql: "SELECT a FROM t", params: [] }]);
    const call = { key: "a-key-of-some-length", ageMs: 0, batch: true, statements: [insert] };
    await session.once?.(call);
    // Sent again, it does not run.
    await session.once?.(call);
    expect(() => session.execute("SELECT nope", [])).toThrow("no such column");
    await session.execute("BEGIN", []);
    await session.execute("UPDATE t SET a = 0", []);
    await session.execute("COMMIT", []);
    for await (const _ of session.iterate?.("SELECT a + 1 FROM t", []) ?? []);
    const lifting = fixture.database.session({ liftLiterals: true });
    for (const n of [5, 6, 7]) await lifting.execute(`SELECT a FROM t WHERE a = ${n}`, []);
    expect(counted(fixture)).toEqual({
      "CREATE TABLE t (a)": 1,
      [insert.sql]: 3,
      "SELECT a FROM t": 1,
      BEGIN: 1,
      "UPDATE t SET a = 0": 1,
      COMMIT: 1,
      "SELECT a + 1 FROM t": 1,
      "SELECT a FROM t WHERE a = ?1": 3,
    });
    const of = (text: string): TextInsight | undefined =>
      fixture.shard.insights?.since(0).find(({ query }) => query === text);
    expect(of(insert.sql)).toMatchObject({ rowsWritten: 6, rowsReturned: 0 });
    expect(of("SELECT a FROM t")).toMatchObject({ rowsWritten: 0, rowsReturned: 4 });
    expect(of("UPDATE t SET a = 0")?.durationMs).toBeGreaterThan(0);
  });

  it("changes no count of a session's, and is nobody's table", async () => {
    const clock = new ManualClock();
    await using fixture = new ShardFixture({ clock, capture: CAPTURE_ON });
    fixture.shard.countQueries();
    const session = fixture.database.session();
    const asked = "SELECT changes() AS c, total_changes() AS t, last_insert_rowid() AS r";
    await session.execute("CREATE TABLE t (id INTEGER PRIMARY KEY)", []);
    await session.execute("CREATE VIEW v AS SELECT changes() AS c", []);
    await session.execute("INSERT INTO t VALUES (7), (8), (9)", []);
    clock.advance(HOUR_MS);
    await session.execute("SELECT 1", []);
    expect(written(fixture).length).toBeGreaterThan(0);
    expect((await session.execute(asked, [])).rows).toEqual([[3n, 3n, 9n]]);
    expect((await session.execute("SELECT c FROM v", [])).rows).toEqual([[3n]]);
    const { rows } = await session.execute("SELECT name FROM sqlite_schema ORDER BY 1", []);
    expect(rows).toEqual([["t"], ["v"]]);
    expect(() => session.execute("SELECT * FROM _cf_dosql_insights", [])).toThrow("no such");
  });

  it("is written every five minutes, between transactions, and by who closes", async () => {
    const clock = new ManualClock();
    const fixture = new ShardFixture({ clock });
    fixture.shard.countQueries();
    const session = fixture.database.session();
    const run = async (times: number): Promise<void> => {
      for (let i = 0; i < times; i++) await session.execute("SELECT 1", []);
    };
    await run(3);
    expect(written(fixture)).toEqual([["SELECT 1", 1]]);
    clock.advance(299_000);
    await run(3);
    expect(written(fixture)).toEqual([["SELECT 1", 1]]);
    clock.advance(2_000);
    await session.execute("BEGIN", []);
    await run(1);
    expect(written(fixture)).toEqual([["SELECT 1", 1]]);
    await session.execute("ROLLBACK", []);
    expect(written(fixture)).toContainEqual(["SELECT 1", 7]);
    await run(2);
    // Another one that opens the file goes on from there.
    const other = new QueryInsights(new NodeSqlDriver(fixture.path), clock);
    const running = other.begin("SELECT 1");
    other.end(running, READ);
    expect(other.isDue).toBe(true);
    other.write();
    expect(written(fixture)).toContainEqual(["SELECT 1", 7]);
    expect(other.since(0)).toContainEqual(expect.objectContaining({ query: "SELECT 1", count: 8 }));
    fixture.shard.insights?.write();
    expect(written(fixture)).toContainEqual(["SELECT 1", 9]);
    await fixture[Symbol.asyncDispose]();
  });
});

describe("the hours", () => {
  it("stay apart for 31 days", () => {
    const clock = new ManualClock();
    const driver = new NodeSqlDriver(":memory:");
    const insights = new QueryInsights(driver, clock);
    const run = (): void => {
      insights.end(insights.begin("SELECT 1"), READ);
      if (insights.isDue) insights.write();
    };
    const hours = 31 * 24 + 10;
    for (let i = 0; i < hours; i++) {
      run();
      run();
      clock.advance(HOUR_MS);
    }
    run();
    const all = insights.since(0);
    expect(all).toHaveLength(31 * 24);
    expect(new Set(all.map(({ hourMs }) => hourMs)).size).toBe(all.length);
    const [last] = insights.since(clock.nowMs());
    expect(clock.nowMs() - (last?.hourMs ?? 0)).toBeLessThan(HOUR_MS);
    expect(insights.since(clock.nowMs() - 5 * HOUR_MS)).toHaveLength(6);
    driver.close();
  });

  it("hold as many texts as have room, the heaviest ones", () => {
    const clock = new ManualClock();
    const driver = new NodeSqlDriver(":memory:");
    const insights = new QueryInsights(driver, clock);
    for (let i = 0; i < 20; i++) insights.end(insights.begin("SELECT 'often'"), READ);
    for (let i = 0; i < 5_000; i++) {
      const running = insights.begin(`SELECT ${i}`);
      if (i === 3) clock.advance(10);
      insights.end(running, READ);
    }
    const long = `SELECT '${"é".repeat(1_000_000)}'`;
    insights.end(insights.begin(long), READ);
    insights.end(insights.begin(long), READ);
    const texts = insights.since(0);
    expect(texts.length).toBeLessThanOrEqual(500);
    expect(texts).toContainEqual(expect.objectContaining({ query: "SELECT 3", durationMs: 10 }));
    expect(texts).toContainEqual(expect.objectContaining({ query: "SELECT 'often'", count: 20 }));
    expect(texts).toContainEqual(expect.objectContaining({ query: long.slice(0, 4096), count: 2 }));
    insights.write();
    const [row] = driver.prepare("SELECT texts FROM _cf_dosql_insights").all([], "number");
    expect(String(row?.[0]).length).toBeLessThan(16_384);
    expect(String(row?.[0])).toContain('["SELECT 3",1,10,');
    driver.close();
  });

  it("hold what fits beside a text that does not", () => {
    const clock = new ManualClock();
    const driver = new NodeSqlDriver(":memory:");
    const insights = new QueryInsights(driver, clock);
    for (const [text, times] of [
      [`SELECT '${"\u0001".repeat(4_000)}'`, 3],
      ["SELECT 2", 2],
    ] as const) {
      for (let i = 0; i < times; i++) insights.end(insights.begin(text), READ);
    }
    insights.write();
    const [row] = driver.prepare("SELECT texts FROM _cf_dosql_insights").all([], "number");
    expect(JSON.parse(String(row?.[0]))).toEqual([["SELECT 2", 2, 0, 2, 0, 2]]);
    driver.close();
  });

  it("lose nothing when they cannot be read at first", () => {
    const clock = new ManualClock();
    const driver = new NodeSqlDriver(":memory:");
    const first = new QueryInsights(driver, clock);
    for (let i = 0; i < 5; i++) first.end(first.begin("SELECT 1"), READ);
    first.write();
    driver.exec("ALTER TABLE _cf_dosql_insights RENAME COLUMN texts TO away");
    const second = new QueryInsights(driver, clock);
    second.end(second.begin("SELECT 1"), READ);
    second.write();
    driver.exec("ALTER TABLE _cf_dosql_insights RENAME COLUMN away TO texts");
    for (let i = 0; i < 2; i++) {
      clock.advance(300_000);
      second.end(second.begin("SELECT 1"), READ);
      second.write();
    }
    expect(second.since(0)).toMatchObject([{ count: 8 }]);
    driver.close();
  });

  it("estimate the time of what ran often by a part of it", () => {
    const clock = new ManualClock();
    const insights = new QueryInsights(new NodeSqlDriver(":memory:"), clock);
    for (let i = 0; i < 1_600; i++) {
      const running = insights.begin("SELECT 1");
      clock.advance(1);
      insights.end(running, READ);
    }
    expect(insights.since(0)).toMatchObject([{ count: 1_600, durationMs: 1_600, rowsRead: 1_600 }]);
  });

  it("fail no query when they cannot be written", () => {
    const driver = new NodeSqlDriver(":memory:");
    const clock = new ManualClock();
    const insights = new QueryInsights(driver, clock);
    driver.exec("PRAGMA query_only = ON");
    insights.end(insights.begin("SELECT 1"), READ);
    insights.write();
    driver.exec("PRAGMA query_only = OFF");
    clock.advance(300_000);
    insights.end(insights.begin("SELECT 1"), READ);
    expect(insights.isDue).toBe(true);
    insights.write();
    expect(insights.since(0)).toMatchObject([{ count: 2 }]);
    driver.close();
  });
});
