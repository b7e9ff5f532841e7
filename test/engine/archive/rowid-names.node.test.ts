import { describe, expect, it } from "vitest";
import type { Lsn } from "../../../src/base/lsn.ts";
import { ArchiveFixture } from "./archive-fixture.ts";

/** What a user can find, and the rows' order, which is that of the hidden rowid. */
async function states(statements: readonly string[], snapshotAt: number): Promise<void> {
  await using fixture = new ArchiveFixture();
  await fixture.maintenance.run();
  const found = new Map<Lsn, string[]>();
  for (const [i, sql] of statements.entries()) {
    await fixture.run(sql);
    found.set(fixture.head(), fixture.state());
    if (i === snapshotAt) await fixture.maintenance.snapshot();
  }
  for (const [lsn, state] of found) {
    const restored = await fixture.restore({ kind: "lsn", lsn }, { fromFile: true });
    expect(restored.state, `LSN ${lsn}`).toEqual(state);
  }
}

describe("a table whose columns take all names of the rowid", () => {
  const rows = [
    "INSERT INTO t VALUES (1, 1, 1, 'a'), (1, 1, 1, 'a'), (2, 2, 2, 'b'), (1.0, 1, 1, 'a')",
    "UPDATE t SET v = 'c' WHERE rowid = 2",
    "DELETE FROM t WHERE rowid = 1 AND v = 'a' AND typeof(rowid) = 'real'",
    "INSERT INTO t SELECT * FROM t",
    "UPDATE t SET oid = 7",
    "DELETE FROM t WHERE v = 'c'",
  ];
  it.each([0, 3, 99])("is restored, with rows that nothing tells apart (%i)", async (at) => {
    await states(["CREATE TABLE t (rowid, oid, _rowid_, v)", ...rows], at);
  });

  const taken = [
    "CREATE TABLE t (rowid, oid, x, v)",
    ...rows.slice(0, 4),
    "ALTER TABLE t RENAME COLUMN x TO _rowid_",
    ...rows.slice(3),
  ];
  const back = [
    "ALTER TABLE t RENAME COLUMN _rowid_ TO y",
    "UPDATE t SET v = 'end' WHERE _rowid_ = (SELECT max(_rowid_) FROM t)",
    "DELETE FROM t WHERE _rowid_ = (SELECT min(_rowid_) FROM t)",
  ];

  it.each([0, 4, 5, 99])("is restored when it takes the last name (%i)", async (at) => {
    await states(taken, at);
  });

  it("is restored when it gives a name back, and has no rows", async () => {
    await states([...taken, "DELETE FROM t", back[0] ?? "", ...rows.slice(0, 2)], 99);
  });

  it("is an error when it gives a name back, up to the next snapshot", async () => {
    await using fixture = new ArchiveFixture();
    await fixture.maintenance.run();
    await fixture.run(...taken);
    const before = fixture.state();
    const lsn = fixture.head();
    await fixture.run(...back);
    expect((await fixture.restore({ kind: "lsn", lsn }, { fromFile: true })).state).toEqual(before);
    await expect(fixture.restore("newest", { fromFile: true })).rejects.toMatchObject({
      code: "unsupported",
      message: "the rowids of table t are not known: its columns had all names of them",
    });
    await fixture.maintenance.snapshot();
    await fixture.run("UPDATE t SET v = 'last' WHERE _rowid_ = (SELECT max(_rowid_) FROM t)");
    const restored = await fixture.restore("newest", { fromFile: true });
    expect(restored.state).toEqual(fixture.state());
  });
});
