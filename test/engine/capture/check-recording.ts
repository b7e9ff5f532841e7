import { expect } from "vitest";
import { formatHlc } from "../../../src/base/hlc.ts";
import { ENTRY } from "../../../src/engine/log/layout.ts";
import type { SqlDriver } from "../../../src/ports/sql-driver.ts";
import type { DatabaseState } from "./database-state.ts";
import { describeState } from "./database-state.ts";
import type { Recording } from "./play.ts";
import { Replica } from "./replica.ts";
import type { Scenario } from "./scenario.ts";

/**
 * Follows the log over an empty database and compares. What the file held before capture is in
 * the log too: DDL and rows of origin `snapshot`.
 */
export function checkReplay(recording: Recording, scenario: Scenario, driver: SqlDriver): void {
  const { transactions, after } = recording;
  const replica = new Replica(driver, { schema: [], tables: {} });
  for (const transaction of transactions) replica.apply(transaction);
  const left = (scenario.setting?.except ?? []).map((name) => name.toLowerCase());
  const derived = scenario.derived ?? [];
  const isOurs = ({ schema, tables }: DatabaseState): DatabaseState => ({
    schema: schema.filter(
      ({ table }) => derived.includes(table) || !left.includes(table.toLowerCase()),
    ),
    tables: Object.fromEntries(
      Object.entries(tables).filter(
        ([name]) => !derived.includes(name) && !left.includes(name.toLowerCase()),
      ),
    ),
  });
  expect(describeState(isOurs(replica.state))).toEqual(describeState(isOurs(after)));
  checkOrder(recording);
  if (scenario.records !== undefined) {
    const count = transactions.flatMap(({ records }) => records).length;
    expect(count, "records").toBe(scenario.records);
  }
}

/** Numbers without gaps, each transaction closed by its commit, times that go on. */
function checkOrder({ entries, transactions }: Recording): void {
  expect(entries.map(({ lsn }) => Number(lsn))).toEqual(entries.map((_, at) => at + 1));
  expect(entries.at(-1)?.code ?? ENTRY.commit).toBe(ENTRY.commit);
  let next = 1;
  let time = "";
  for (const { firstLsn, lastLsn, records, commitTs, origin } of transactions) {
    expect(Number(firstLsn)).toBe(next);
    // A change of what is captured may be nothing but its commit entry.
    const least = origin === "snapshot" ? 0 : 1;
    expect(Number(lastLsn) - Number(firstLsn)).toBeGreaterThanOrEqual(least);
    next = Number(lastLsn) + 1;
    const lsns = records.map(({ lsn }) => Number(lsn));
    expect(lsns).toEqual(lsns.toSorted((a, b) => a - b));
    expect(lsns.every((lsn) => lsn >= firstLsn && lsn < lastLsn)).toBe(true);
    const now = formatHlc(commitTs);
    expect(now > time, `${now} after ${time}`).toBe(true);
    time = now;
    expect(["local", "foreign", "snapshot"]).toContain(origin);
  }
  expect(next).toBe(entries.length + 1);
}
