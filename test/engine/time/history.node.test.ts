import { describe, expect, it } from "vitest";
import type { Lsn } from "../../../src/base/lsn.ts";
import { SealTable } from "../../../src/engine/log/seal-table.ts";
import { Sealer } from "../../../src/engine/log/seal.ts";
import { History } from "../../../src/engine/time/history.ts";
import { momentOf } from "../../../src/engine/time/point-in-time.ts";
import { freshRandom } from "../../sql/seeded-random.ts";
import { PastFixture } from "./past-fixture.ts";

describe("the position of a time", () => {
  it("is that of the newest commit at or before it, whatever the sizes", async () => {
    const random = freshRandom("positions");
    for (let round = 0; round < 5; round++) {
      await using past = new PastFixture();
      await past.run("CREATE TABLE t (a)");
      const commits = [{ lsn: past.lsn, wallMs: past.clock.nowMs() }];
      for (let i = random.below(25); i >= 0; i--) {
        past.clock.advance(random.below(3) * 10);
        const rows = random.below(5) === 0 ? 200 : 1 + random.below(3);
        const lsn = await past.run(
          `INSERT INTO t SELECT value FROM json_each('[${"1,".repeat(rows - 1)}1]')`,
        );
        commits.push({ lsn, wallMs: past.clock.nowMs() });
      }
      const history = new History(past.fixture.shard.reader.driver);
      const last = commits.at(-1)?.wallMs ?? 0;
      for (let ms = 1_000_000; ms <= last + 10; ms += 5) {
        const wanted = commits.findLast(({ wallMs }) => wallMs <= ms)?.lsn;
        expect([ms, history.position(momentOf(ms))]).toEqual([ms, wanted]);
      }
      for (let lsn = commits[0]?.lsn ?? 0; lsn <= past.lsn; lsn++) {
        const wanted = commits.findLast((commit) => commit.lsn <= lsn)?.lsn;
        expect([lsn, history.position(momentOf({ lsn }))]).toEqual([lsn, wanted]);
      }
      expect(() => history.position(momentOf(999_999))).toThrow(/history/);
    }
  });

  it("is found in a trimmed log as far as that goes", async () => {
    await using past = new PastFixture();
    const { writer, reader } = past.fixture.shard;
    const lsns: number[] = [];
    for (const sql of [
      "CREATE TABLE t (a)",
      "INSERT INTO t VALUES (1)",
      "INSERT INTO t VALUES (2)",
    ]) {
      lsns.push(await past.run(sql));
      past.clock.advance(1_000);
    }
    const [, kept = 0, newest = 0] = lsns;
    const sealer = new Sealer(reader.driver, writer.driver);
    while (sealer.collect());
    sealer.store();
    const trim = (lsn: number): void => new SealTable(writer.driver).setTrimmedLsn(lsn as Lsn);
    trim(kept);
    const at = async (point: string): Promise<unknown> =>
      past.rows(`SELECT count(*) FROM t FOR SYSTEM_TIME AS OF ${point}`);
    expect(await at(`lsn(${newest})`)).toEqual([[2n]]);
    expect(await at(`lsn(${newest - 1})`)).toEqual([[1n]]);
    expect(await at(`lsn(${kept})`)).toEqual([[1n]]);
    // The seal of what went last still tells its time.
    expect(await at("1001000")).toEqual([[1n]]);
    expect(await at("1001999")).toEqual([[1n]]);
    for (const gone of [`lsn(${kept - 1})`, "1000999"]) {
      const error = await past.failure(`SELECT * FROM t FOR SYSTEM_TIME AS OF ${gone}`);
      expect(error).toMatchObject({
        code: "history-gone",
        message: expect.stringContaining(`begins at 1970-01-01T00:16:41.000Z, LSN ${kept}`),
      });
    }
    trim(newest);
    expect(await at(`lsn(${newest})`)).toEqual([[2n]]);
    expect(await at("'2999-01-01'")).toEqual([[2n]]);
    expect((await past.failure("SELECT * FROM t FOR SYSTEM_TIME AS OF 1001999")).message).toMatch(
      /begins at 1970-01-01T00:16:42.000Z/,
    );
  });
});
