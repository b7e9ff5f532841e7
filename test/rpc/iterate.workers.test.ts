import { expect, it } from "vitest";
import { d1, dosql } from "../../src/entry/d1.ts";
import { gathered } from "../compat/d1/gathered.ts";
import { client } from "./inner-worker.workers.ts";

const rows =
  "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 2000) " +
  "SELECT i, printf('%0500d', i) AS v FROM n";

it("reads rows of an object one by one through a client", async () => {
  const { db: remote } = client("iterate");
  const db = d1(remote);
  const all = await gathered(dosql(db).iterate(db.prepare(rows)));
  expect(all).toEqual((await db.prepare(rows).all()).results);
  for await (const _row of dosql(db).iterate(db.prepare(rows))) break;
  expect(await db.prepare("SELECT 1 AS a").first("a")).toBe(1);
  await remote.close();
});

it("says that a statement of an object cannot be ended", async () => {
  const { db: remote } = client("timeout");
  const timed = dosql(d1(remote)).withTimeout(1_000).prepare("SELECT 1").first();
  await expect(timed).rejects.toThrow("D1_ERROR: a statement timeout is not supported by this");
  await remote.close();
});
