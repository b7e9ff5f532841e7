import { expect, it } from "vitest";
import { pastChanges } from "../../src/engine/past-changes.ts";
import type { PastOptions } from "../../src/engine/past-changes.ts";
import { PastFixture } from "./time/past-fixture.ts";

/*
 * SQLite ignores the case of `A` to `Z` only: "Ä" and "ä" are two tables, and so are "K" and the
 * sign for kelvin, which other folding makes one.
 */
const KELVIN = "\u212a";

function told({ fixture }: PastFixture, options: PastOptions): string[] {
  return [...pastChanges(fixture.shard, options)].flatMap(({ records }) =>
    records.map(({ op, table, after }) => [op, table, ...(after ?? [])].join(" ")),
  );
}

it("tables whose names differ in a letter beyond ASCII are two, then and now", async () => {
  await using past = new PastFixture();
  const lsn = await past.run(
    ...["Ä", "ä", "K", KELVIN].flatMap((name) => [
      `CREATE TABLE "${name}" (x)`,
      `INSERT INTO "${name}" VALUES ('${name}')`,
    ]),
  );
  const asOf = `FOR SYSTEM_TIME AS OF lsn(${lsn})`;
  const all = ["Ä", "ä", "K", KELVIN].map((name) => `(SELECT x FROM "${name}" ${asOf})`);
  const rows = [["Ä", "ä", "K", KELVIN]];
  expect(await past.rows(`SELECT ${all.join()}`)).toEqual(rows);
  await past.run('DROP TABLE "ä"', 'ALTER TABLE "Ä" RENAME TO "ä"', `UPDATE "ä" SET x = 'new'`);
  expect(await past.rows(`SELECT ${all.join()}`)).toEqual(rows);
  expect(told(past, { from: "start", tables: ["Ä"] })).toEqual([
    "ddl Ä",
    "insert Ä Ä",
    "ddl Ä",
    "update ä new",
  ]);
  expect(told(past, { from: "start", tables: [KELVIN] })).toEqual([
    `ddl ${KELVIN}`,
    `insert ${KELVIN} ${KELVIN}`,
  ]);
});

it("columns, too", async () => {
  await using past = new PastFixture();
  await past.run('CREATE TABLE t ("Ä", "ä")', "INSERT INTO t VALUES (1, 2)");
  const table = { table: "T", columns: ["Ä"] };
  expect(told(past, { from: "start", tables: [table] })).toEqual(["ddl t", "insert t 1"]);
});

it("only the table that is named is left out", async () => {
  const capture = { mode: "on", except: ["Ä"] } as const;
  await using past = new PastFixture({ capture });
  await past.run('CREATE TABLE "ä" (x)', `INSERT INTO "ä" VALUES (1)`);
  expect(told(past, { from: "start", tables: ["ä"] })).toEqual(["ddl ä", "insert ä 1"]);
});
