import { describe, expect, it } from "vitest";
import type { FeedEvent } from "../../../src/engine/feed/change-feed.ts";
import { NodeSqlDriver } from "../../../src/platform/node/sqlite/sqlite-driver.ts";
import { ArchiveFixture } from "./archive-fixture.ts";

/** Another program has just written, and nobody has looked since. */
async function written(...texts: readonly string[]): Promise<ArchiveFixture> {
  const fixture = new ArchiveFixture();
  await fixture.run("CREATE TABLE t (id INTEGER PRIMARY KEY, a)", "INSERT INTO t VALUES (1, 'x')");
  await fixture.maintenance.run();
  const other = new NodeSqlDriver(fixture.inner.path);
  for (const text of texts) other.exec(text);
  other.close();
  return fixture;
}

const ROWS = [
  "INSERT INTO t VALUES (2, 'y')",
  "UPDATE t SET a = a || '!'",
  "DELETE FROM t WHERE id = 1",
];
const TABLE = [
  "CREATE TABLE u (x)",
  "INSERT INTO u VALUES (1)",
  "CREATE VIEW v AS SELECT x FROM u",
];

describe("a snapshot just after another program wrote", () => {
  it.each([
    ["rows", ROWS],
    ["a table", TABLE],
    ["both", [...ROWS, ...TABLE]],
  ])("leads to all that comes: %s", async (_what, texts) => {
    await using fixture = await written(...texts);
    const before = fixture.head();
    const lsn = await fixture.maintenance.snapshot();
    expect(lsn).toBeGreaterThan(before);
    const states = [[lsn, fixture.state()] as const];
    for (const sql of ["INSERT INTO t VALUES (3, 'own')", "UPDATE t SET a = 'z'"]) {
      await fixture.run(sql);
      states.push([fixture.head(), fixture.state()]);
    }
    await fixture.maintenance.run();
    for (const [at, state] of states) {
      const restored = await fixture.restore({ kind: "lsn", lsn: at });
      expect(restored).toMatchObject({ snapshotLsn: lsn, state });
    }
    expect((await fixture.restore({ kind: "lsn", lsn: before })).state).toContain(
      't(id,a) 1: 1,"x"',
    );
  });

  it("tells a consumer each row once", async () => {
    await using fixture = await written(...ROWS);
    const subscription = fixture.inner.shard.feed.subscribe({ from: "snapshot" });
    const next = async (): Promise<FeedEvent | undefined> => (await subscription.next()).value;
    expect(await next()).toMatchObject({ kind: "snapshot", rows: [[2n, "y!"]] });
    expect(await next()).toMatchObject({ kind: "snapshot-end", lsn: fixture.head() });
    await fixture.run("INSERT INTO t VALUES (3, 'own')");
    expect(await next()).toMatchObject({
      transaction: { lastLsn: fixture.head(), records: [{ op: "insert", key: [3n] }] },
    });
    await subscription.return();
  });
});
