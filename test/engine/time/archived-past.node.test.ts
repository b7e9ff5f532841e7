import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Lsn } from "../../../src/base/lsn.ts";
import { DosqlError } from "../../../src/base/errors.ts";
import type { Moment } from "../../../src/base/moment.ts";
import { SealTable } from "../../../src/engine/log/seal-table.ts";
import { SyncSession } from "../../../src/engine/session/sync-session.ts";
import { NodeSqlDriver } from "../../../src/platform/node/sqlite/sqlite-driver.ts";
import type { HistoryCopy, HistoryHost } from "../../../src/ports/history-host.ts";
import { PastFixture, failureOf } from "./past-fixture.ts";

/** An archive that has one copy, and notes what it was asked. */
class OneCopy implements HistoryHost {
  path = "";
  opened = 0;
  closed = 0;
  readonly asked: Moment[] = [];
  /** Holds answers back until it is called. */
  release: Promise<void> = Promise.resolve();

  async openAt(moment: Moment): Promise<HistoryCopy> {
    this.asked.push(moment);
    await this.release;
    if (moment.kind === "lsn" && moment.lsn < 2) {
      throw new DosqlError("history-gone", "the archive begins later");
    }
    this.opened++;
    const driver = new NodeSqlDriver(this.path, { readonly: true });
    return {
      driver,
      close: () => {
        this.closed++;
        driver.close();
      },
    };
  }
}

/** A shard whose log was trimmed up to `lsnThen`, of which the archive has a copy. */
async function trimmed(): Promise<PastFixture & { lsnThen: number; archive: OneCopy }> {
  const archive = new OneCopy();
  const past = new PastFixture({ history: archive });
  const lsnThen = await past.run(
    "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT COLLATE NOCASE, g AS (a || '!'))",
    "CREATE TABLE bare (x)",
    "CREATE VIEW v (n) AS SELECT count(*) FROM t",
    "INSERT INTO t VALUES (1, 'x'), (9007199254740993, 'y')",
    "INSERT INTO bare (rowid, x) VALUES (7, -0.0)",
  );
  const { shard, folder } = past.fixture;
  archive.path = join(folder, "copy.sqlite");
  shard.writer.driver.exec(`VACUUM INTO '${archive.path}'`);
  past.clock.advance(1_000);
  const later = await past.run("DELETE FROM t", "DELETE FROM bare", "DROP VIEW v");
  new SealTable(shard.writer.driver).setTrimmedLsn(later as Lsn);
  return Object.assign(past, { lsnThen, archive });
}

describe("a past that is in the archive", () => {
  it("is fetched, and answers as it was", async () => {
    await using past = await trimmed();
    const { archive, lsnThen } = past;
    const at = `FOR SYSTEM_TIME AS OF lsn(${lsnThen})`;
    expect(await past.rows(`SELECT * FROM t ${at} WHERE a = 'Y'`)).toEqual([
      [9007199254740993n, "y", "y!"],
    ]);
    expect(archive.asked).toEqual([{ kind: "lsn", lsn: lsnThen }]);
    expect(await past.rows(`SELECT n FROM v ${at}`)).toEqual([[2n]]);
    expect(await past.rows(`SELECT rowid, x FROM bare ${at}`)).toEqual([[7n, -0]]);
    const mixed = `SELECT o.id, n.id FROM t ${at} AS o LEFT JOIN t AS n USING (id) ORDER BY 1`;
    expect(await past.rows(mixed)).toEqual([
      [1n, null],
      [9007199254740993n, null],
    ]);
    expect(
      await past.rows("SELECT id FROM t", [], past.open({ asOf: { lsn: lsnThen } })),
    ).toHaveLength(2);
    expect(archive.closed).toBe(archive.opened);
    expect(past.temporary()).toEqual([]);
  });

  it("gives lost rows back, also inside a transaction", async () => {
    await using past = await trimmed();
    const back = `INSERT INTO t (id, a) SELECT id, a FROM t FOR SYSTEM_TIME AS OF lsn(?)`;
    expect(await past.session.execute(back, [BigInt(past.lsnThen)])).toMatchObject({ changes: 2 });
    await past.run("BEGIN", "DELETE FROM t WHERE id = 1");
    const one = `${back} WHERE id = 1 RETURNING a`;
    expect(await past.rows(one, [BigInt(past.lsnThen)])).toEqual([["x"]]);
    await past.session.commit();
    expect(await past.rows("SELECT id, g FROM t")).toEqual([
      [1n, "x!"],
      [9007199254740993n, "y!"],
    ]);
    expect(past.archive.closed).toBe(past.archive.opened);
  });

  it("is asked for once for each time, and by the same time each", async () => {
    await using past = await trimmed();
    const sql =
      "SELECT count(*) FROM t FOR SYSTEM_TIME AS OF ?1 AS x, bare FOR SYSTEM_TIME AS OF ?1 AS y, " +
      "t FOR SYSTEM_TIME AS OF datetime('1970-01-01 00:16:40') AS z";
    expect(await past.rows(sql, [1_000_000n])).toEqual([[4n]]);
    expect(past.archive.asked).toHaveLength(1);
    const both = `${sql}, t FOR SYSTEM_TIME AS OF '2999-01-01' AS n`;
    expect(await past.rows(both, [1_000_000n])).toEqual([[0n]]);
    expect(past.archive.asked).toHaveLength(2);
  });

  it("takes a wait: a session that cannot wait says who can", async () => {
    await using past = await trimmed();
    const session = new SyncSession(past.fixture.shard);
    const sql = `SELECT * FROM t FOR SYSTEM_TIME AS OF lsn(${past.lsnThen})`;
    expect(await failureOf(() => session.execute(sql, []))).toMatchObject({
      code: "history-gone",
      hint: expect.stringContaining("await database.session().execute"),
    });
    expect(past.archive.asked).toEqual([]);
  });

  it("may be gone from there, too", async () => {
    await using past = await trimmed();
    const error = await past.failure("SELECT * FROM t FOR SYSTEM_TIME AS OF lsn(1)");
    expect(error).toMatchObject({ code: "history-gone", message: "the archive begins later" });
    expect(await past.rows("SELECT count(*) FROM t")).toEqual([[0n]]);
  });

  it("is not waited for any longer once the statement is cancelled", async () => {
    await using past = await trimmed();
    const { archive, session } = past;
    const gate = Promise.withResolvers<void>();
    archive.release = gate.promise;
    const sql = `SELECT * FROM t FOR SYSTEM_TIME AS OF lsn(${past.lsnThen})`;
    const running = failureOf(() => session.execute(sql, []));
    await Promise.resolve();
    session.cancel();
    expect((await running).code).toBe("canceled");
    expect(await past.rows("SELECT count(*) FROM t")).toEqual([[0n]]);
    gate.resolve();
    await expect.poll(() => [archive.opened, archive.closed]).toEqual([1, 1]);
  });
});
