import { describe, expect, it } from "vitest";
import { LSN_ZERO } from "../../../src/base/lsn.ts";
import { Sealer } from "../../../src/engine/log/seal.ts";
import { NodeSqlDriver } from "../../../src/platform/node/sqlite/sqlite-driver.ts";
import { ArchiveFixture } from "../archive/archive-fixture.ts";
import { failureOf } from "../time/past-fixture.ts";

/** Enough that its values stand in `more`, too. */
const WIDE = Array.from({ length: 20 }, (_, i) => `c${i}`);
const [LOG, MORE, REL] = ["log", "more", "rel"].map((name) => `_cf_dosql_${name}`);

/** Sealed, and not archived beyond the snapshot. */
async function filled(): Promise<ArchiveFixture & { readonly from: number }> {
  const fixture = new ArchiveFixture();
  await fixture.run(`CREATE TABLE wide (id INTEGER PRIMARY KEY, ${WIDE.join()})`);
  await fixture.run("CREATE TABLE other (x)", "INSERT INTO other VALUES (0)");
  await fixture.maintenance.run();
  const from = fixture.head();
  const values = WIDE.map((_, i) => `'value ${i}'`).join();
  await fixture.run(
    `INSERT INTO wide VALUES (1, ${values})`,
    "UPDATE wide SET c1 = 'new', c19 = 'new'",
    "INSERT INTO other VALUES (1)",
    "DELETE FROM wide",
  );
  const { writer, reader } = fixture.inner.shard;
  const sealer = new Sealer(reader.driver, writer.driver);
  while (sealer.collect());
  writer.driver.atomically(() => sealer.store());
  return Object.assign(fixture, { from });
}

function damage(fixture: ArchiveFixture, sql: string): void {
  const other = new NodeSqlDriver(fixture.inner.path);
  expect(other.prepare(sql).run([]).changes).toBe(1);
  other.close();
}

/** What each reader of the log says. */
async function readers(fixture: ArchiveFixture, from: number): Promise<Record<string, unknown>> {
  const { feed } = fixture.inner.shard;
  const asOf = (sql: string) => failureOf(() => fixture.session.execute(sql, []));
  const follow = async (tables?: string[]): Promise<unknown> => {
    const events = feed.subscribe({ from: LSN_ZERO, ...(tables === undefined ? {} : { tables }) });
    for (let i = 0; i < 9; i++) await events.next();
    return null;
  };
  return {
    feed: await failureOf(() => follow()),
    "feed of the table": await failureOf(() => follow(["wide"])),
    "as of an LSN": await asOf(`SELECT * FROM wide FOR SYSTEM_TIME AS OF lsn(${from})`),
    "as of a time": await asOf(
      `SELECT * FROM other FOR SYSTEM_TIME AS OF ${fixture.clock.nowMs() - 4}`,
    ),
    archive: await failureOf(() => fixture.maintain().run()),
    restore: await failureOf(() => fixture.restore("newest", { fromFile: true })),
  };
}

describe("damage of the sealed log is found by everybody who reads it", () => {
  it.each([
    [
      "log: a value",
      `UPDATE ${LOG} SET v1 = 'valuE 0' WHERE lsn = (SELECT min(lsn) FROM ${LOG} WHERE v1 = 'value 0')`,
    ],
    [
      "log: a kind",
      `UPDATE ${LOG} SET kind = kind + 8 WHERE lsn = (SELECT max(lsn) - 1 FROM ${LOG})`,
    ],
    [
      "log: a kind that is none",
      `UPDATE ${LOG} SET kind = 'x' WHERE lsn = (SELECT max(lsn) - 1 FROM ${LOG})`,
    ],
    ["log: a commit's time", `UPDATE ${LOG} SET v0 = 5 WHERE lsn = (SELECT max(lsn) FROM ${LOG})`],
    [
      "log: a commit's origin",
      `UPDATE ${LOG} SET v3 = 'lokal' WHERE lsn = (SELECT max(lsn) FROM ${LOG})`,
    ],
    ["more: a value", `UPDATE ${MORE} SET m1 = 'valuE' WHERE id = (SELECT min(id) FROM ${MORE})`],
    ["more: a part", `DELETE FROM ${MORE} WHERE id = (SELECT max(id) FROM ${MORE})`],
    ["rel: a name", `UPDATE ${REL} SET name = 'wida' WHERE name = 'wide'`],
    ["rel: a table's number", `UPDATE ${REL} SET table_id = 9 WHERE name = 'wide'`],
    ["rel: where it begins", `UPDATE ${REL} SET from_lsn = from_lsn + 1 WHERE name = 'wide'`],
    ["rel: where it ends", `UPDATE ${REL} SET to_lsn = from_lsn WHERE name = 'wide'`],
    ["rel: a column", `UPDATE ${REL} SET shape = replace(shape, 'c1"', 'c0"') WHERE name = 'wide'`],
    [
      "rel: its text",
      `UPDATE ${REL} SET sql = replace(sql, 'c1,', 'c1 COLLATE NOCASE,') WHERE name = 'wide'`,
    ],
    ["rel: its checksum", `UPDATE ${REL} SET crc32 = NULL WHERE name = 'wide'`],
    ["rel: all of it", `DELETE FROM ${REL} WHERE name = 'wide'`],
  ])("%s", async (_name, sql) => {
    await using fixture = await filled();
    damage(fixture, sql);
    for (const [reader, failure] of Object.entries(await readers(fixture, fixture.from))) {
      expect(failure, reader).toMatchObject({
        code: "bad-file",
        message: expect.stringMatching(/LSN \d+|entry \d+|relation \d+/) as string,
        hint: expect.stringMatching(/restore/) as string,
      });
    }
  });

  it("does not believe a commit entry whose time is wrong", async () => {
    await using fixture = await filled();
    const query = `SELECT count(*) FROM wide FOR SYSTEM_TIME AS OF ${fixture.clock.nowMs() - 3}`;
    expect((await fixture.session.execute(query, [])).rows).toEqual([[1n]]);
    await using damaged = await filled();
    // The last commit, which deleted the row, says that it was before that time.
    const newest = `lsn = (SELECT max(lsn) FROM ${LOG})`;
    damage(damaged, `UPDATE ${LOG} SET v0 = v0 - 3 WHERE ${newest}`);
    expect(await failureOf(() => damaged.session.execute(query, []))).toMatchObject({
      code: "bad-file",
      message: expect.stringMatching(/damaged at LSN/) as string,
    });
    // The one before it says that it was later, so that a time just before it would be reached.
    await using later = await filled();
    damage(later, `UPDATE ${LOG} SET v0 = v0 + 5 WHERE lsn = ${later.from + 2}`);
    const at = `lsn(${later.from + 2})`;
    const asked = `SELECT count(*) FROM wide FOR SYSTEM_TIME AS OF ${at}`;
    expect(await failureOf(() => later.session.execute(asked, []))).toMatchObject({
      code: "bad-file",
      message: `the change log is damaged at LSN ${later.from + 2}`,
    });
  });

  it("checks what was sealed since, and what lies before what was checked", async () => {
    await using fixture = await filled();
    const { session, from } = fixture;
    const head = fixture.head();
    const ask = async (lsn: number): Promise<unknown> =>
      (await session.execute(`SELECT count(*) FROM other FOR SYSTEM_TIME AS OF lsn(${lsn})`, []))
        .rows[0]?.[0];
    expect(await ask(head - 2)).toBe(2n);
    damage(fixture, `UPDATE ${LOG} SET v0 = 7 WHERE lsn = ${from + 1}`);
    // That lies before what the question needs.
    expect(await ask(head - 2)).toBe(2n);
    expect(await failureOf(() => ask(from))).toMatchObject({ code: "bad-file" });
    expect(await ask(head - 2)).toBe(2n);
    await fixture.run("INSERT INTO other VALUES (2)");
    const { writer, reader } = fixture.inner.shard;
    const sealer = new Sealer(reader.driver, writer.driver);
    while (sealer.collect());
    writer.driver.atomically(() => sealer.store());
    damage(fixture, `UPDATE ${LOG} SET v0 = v0 + 1 WHERE lsn = ${fixture.head()}`);
    expect(await failureOf(() => ask(head - 2))).toMatchObject({ code: "bad-file" });
  });
});
