import { expect, it } from "vitest";
import { DosqlError } from "../../../src/base/errors.ts";
import type { Lsn } from "../../../src/base/lsn.ts";
import { LSN_ZERO } from "../../../src/base/lsn.ts";
import { freshRandom } from "../../sql/seeded-random.ts";
import type { SeededRandom } from "../../sql/seeded-random.ts";
import { ArchiveFixture } from "./archive-fixture.ts";
import { RandomHistory } from "./random-history.ts";

const STEPS = 300;

/** Tables with the columns that can be set. */
function tablesOf(fixture: ArchiveFixture): Map<string, string[]> {
  const tables = new Map<string, string[]>();
  const rows = fixture.inner.shard.writer.driver
    .prepare(
      "SELECT s.name, x.name FROM sqlite_schema AS s, pragma_table_xinfo(s.name) AS x " +
        "WHERE s.type = 'table' AND s.name LIKE 't%' AND x.hidden = 0",
    )
    .all([], "number");
  for (const [table, column] of rows) {
    const columns = tables.get(String(table)) ?? [];
    tables.set(String(table), [...columns, String(column)]);
  }
  return tables;
}

/** What a statement says when it fails is not the point here. */
async function attempt(work: () => unknown): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof DosqlError) || error.code === "bug" || error.code === "bad-file") {
      throw error;
    }
  }
}

async function control(fixture: ArchiveFixture, random: SeededRandom): Promise<void> {
  const { session } = fixture;
  if (!fixture.inner.shard.writer.driver.inTransaction) {
    await attempt(() => session.begin());
    return;
  }
  switch (random.below(4)) {
    case 0:
    case 1:
      await attempt(() => (random.below(3) === 0 ? session.rollback() : session.commit()));
      break;
    case 2:
      await attempt(() => session.execute("SAVEPOINT s", []));
      break;
    default:
      await attempt(() => session.execute(random.pick(["ROLLBACK TO s", "RELEASE s"]), []));
  }
}

it("brings back every commit of a random history", async () => {
  const random = freshRandom("restore");
  await using fixture = new ArchiveFixture();
  await fixture.maintenance.run();
  const history = new RandomHistory(random);
  const states = new Map<Lsn, { readonly state: string[]; readonly wallMs: number }>();
  const note = (): void => {
    const state = { state: fixture.state(), wallMs: fixture.clock.nowMs() };
    states.set(fixture.head(), state);
  };
  note();
  for (let i = 0; i < STEPS; i++) {
    fixture.clock.advance(1);
    if (random.below(16) === 0) await control(fixture, random);
    else {
      const { sql, params } = history.next(tablesOf(fixture));
      await attempt(() => fixture.session.execute(sql, params));
    }
    if (fixture.head() !== [...states.keys()].at(-1)) note();
    // Maintenance would wait for an open transaction.
    if (fixture.inner.shard.writer.driver.inTransaction) continue;
    if (random.below(40) === 0) await fixture.maintenance.run();
    if (random.below(80) === 0) await fixture.maintenance.snapshot();
  }
  await attempt(() => fixture.session.commit());
  note();
  console.log(`${states.size} commits, ${fixture.head()} entries`);
  expect(states.size).toBeGreaterThan(STEPS / 20);
  let lastMs = 0;
  for (const [lsn, { state, wallMs }] of states) {
    const restored = await fixture.restore({ kind: "lsn", lsn }, { fromFile: true });
    expect(restored.state, `seed ${random.seed}, LSN ${lsn}`).toEqual(state);
    expect(restored.lsn).toBe(lsn);
    if (lsn > LSN_ZERO && wallMs > lastMs && random.below(4) === 0) {
      const time = { wallMs, counter: 65_535 };
      const then = await fixture.restore({ kind: "time", time }, { fromFile: true });
      expect(then.state, `seed ${random.seed}, time of LSN ${lsn}`).toEqual(state);
    }
    lastMs = wallMs;
  }
  await fixture.maintenance.run();
  const whole = await fixture.restore("newest", { verify: true });
  expect(whole.state).toEqual(fixture.state());
}, 120_000);
