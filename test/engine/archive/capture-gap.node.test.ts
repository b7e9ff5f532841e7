import { describe, expect, it } from "vitest";
import { LAST_COUNTER } from "../../../src/base/hlc.ts";
import { toLsn } from "../../../src/base/lsn.ts";
import type { Moment } from "../../../src/base/moment.ts";
import { CAPTURE_OFF, CAPTURE_ON } from "../../../src/engine/capture/capture-setting.ts";
import { ArchiveFixture } from "./archive-fixture.ts";

const at = (lsn: number): Moment => ({ kind: "lsn", lsn: toLsn(lsn) });

/** Two tables with a row each, archived. */
async function begun(): Promise<ArchiveFixture> {
  const fixture = new ArchiveFixture();
  await fixture.run(
    "CREATE TABLE t (x)",
    "CREATE TABLE u (x)",
    "INSERT INTO t VALUES ('first')",
    "INSERT INTO u VALUES ('first')",
  );
  await fixture.maintenance.run();
  return fixture;
}

function now({ clock }: ArchiveFixture): Moment {
  return { kind: "time", time: { wallMs: clock.nowMs(), counter: LAST_COUNTER } };
}

describe("a time in which nobody captured", () => {
  for (const archived of [false, true]) {
    const source = archived ? "the archive" : "the file's own log";
    it(`is refused by the names of its tables, out of ${source}`, async () => {
      await using fixture = await begun();
      const [known, state] = [fixture.head(), fixture.state()];
      fixture.clock.advance(1_000);
      const before = now(fixture);
      fixture.clock.advance(1_000);
      fixture.inner.shard.setCapture(CAPTURE_OFF);
      await fixture.run("INSERT INTO t VALUES ('unseen')");
      fixture.clock.advance(1_000);
      const dark = now(fixture);
      const file = { fromFile: true };
      const refused = {
        code: "unsupported",
        message: "the changes of tables t, u were not captured",
      };
      await expect(fixture.restore("newest", file)).rejects.toMatchObject(refused);
      await expect(fixture.restore(dark, file)).rejects.toMatchObject(refused);
      fixture.clock.advance(1_000);
      fixture.inner.shard.setCapture(CAPTURE_ON);
      await fixture.run("INSERT INTO t VALUES ('third')");
      if (archived) await fixture.maintenance.run();
      const options = { fromFile: !archived };
      await expect(fixture.restore(dark, options)).rejects.toMatchObject(refused);
      for (const moment of [at(known), before]) {
        expect((await fixture.restore(moment, options)).state).toEqual(state);
      }
      expect((await fixture.restore("newest", options)).state).toEqual(fixture.state());
    });
  }
});

describe("a table that is left out from some time on", () => {
  it("is refused from there on, and made without rows on demand", async () => {
    await using fixture = await begun();
    const [known, state] = [fixture.head(), fixture.state()];
    fixture.inner.shard.setCapture({ mode: "on", except: ["U"] });
    await fixture.run("INSERT INTO u VALUES ('unseen')", "INSERT INTO t VALUES ('second')");
    const [second, file] = [at(fixture.head()), { fromFile: true }];
    const empty = fixture.state().filter((line) => !line.startsWith("u(x)"));
    const refused = { code: "unsupported", message: "the changes of table u were not captured" };
    for (const moment of [second, "newest" as const, now(fixture)]) {
      await expect(fixture.restore(moment, file)).rejects.toMatchObject(refused);
    }
    const without = await fixture.restore("newest", { ...file, without: ["U"] });
    expect(without.state).toEqual(empty);
    expect((await fixture.restore(at(known), file)).state).toEqual(state);

    fixture.inner.shard.setCapture(CAPTURE_ON);
    await fixture.run("INSERT INTO u VALUES ('third')");
    await expect(fixture.restore(second, file)).rejects.toMatchObject(refused);
    expect((await fixture.restore("newest", file)).state).toEqual(fixture.state());
    const left = await fixture.restore("newest", { ...file, uncaptured: "leave-out" });
    expect(left.state).toEqual(fixture.state());
  });
});
