import { describe, expect, it } from "vitest";
import type { Lsn } from "../../../src/base/lsn.ts";
import { toLsn } from "../../../src/base/lsn.ts";
import type { Row } from "../../../src/base/value.ts";
import { bytesOfText, textOfBytes } from "../../../src/engine/log/raw-text.ts";
import type { SqlDriver } from "../../../src/ports/sql-driver.ts";
import { freshRandom } from "../../sql/seeded-random.ts";
import { ArchiveFixture } from "./archive-fixture.ts";

/** TEXT of these bytes. */
const text = (hex: string): string => `CAST(x'${hex}' AS TEXT)`;
const at = (lsn: Lsn): { kind: "lsn"; lsn: Lsn } => ({ kind: "lsn", lsn });

const bytes =
  (table: string) =>
  (driver: SqlDriver): Row[] =>
    driver
      .prepare(
        `SELECT typeof(a), hex(CAST(a AS BLOB)), typeof(b), hex(CAST(b AS BLOB)) FROM ${table} ORDER BY 2, 4`,
      )
      .all([], "number");

describe("text that is not UTF-8", () => {
  it.each([
    ["a table with a rowid", "CREATE TABLE t (a TEXT, b)"],
    ["a key", "CREATE TABLE t (a TEXT PRIMARY KEY, b)"],
    ["a table without a rowid", "CREATE TABLE t (a TEXT PRIMARY KEY, b) WITHOUT ROWID"],
    ["no name for the rowid", "CREATE TABLE t (a TEXT, b, rowid, oid, _rowid_)"],
    [
      "a wide table",
      `CREATE TABLE t (${Array.from({ length: 40 }, (_, i) => `c${i}`).join()}, a, b)`,
    ],
  ])("is restored byte by byte: %s", async (_name, create) => {
    await using fixture = new ArchiveFixture();
    const reader = fixture.inner.shard.reader.driver;
    const states = new Map<Lsn, Row[]>();
    const note = (): void => void states.set(fixture.head(), bytes("t")(reader));
    await fixture.run(
      create,
      `INSERT INTO t (a, b) VALUES ('plain', 1), (${text("efbfbd")}, 'honest')`,
    );
    await fixture.maintenance.run();
    for (const [i, sql] of [
      `INSERT INTO t (a, b) VALUES (${text("61ff62")}, 'b'), (${text("c3")}, ${text("f0908080c3a9ff")})`,
      `UPDATE t SET b = ${text("ed a0 80".replaceAll(" ", ""))} WHERE a = ${text("61ff62")}`,
      `UPDATE t SET a = ${text("fe")} WHERE a = ${text("c3")}`,
      `INSERT INTO t (a, b) VALUES (${text("fd")}, 1.5), ('\uFFFD\uFFFD', '\uFFFD')`,
      `DELETE FROM t WHERE a = ${text("61ff62")}`,
    ].entries()) {
      if (i === 3) await fixture.maintenance.snapshot();
      await fixture.run(sql);
      note();
      if (i === 1) await fixture.maintenance.run();
    }
    for (const fromFile of [true, false]) {
      for (const [lsn, rows] of states) {
        const { found } = await fixture.restore(at(lsn), { fromFile }, bytes("t"));
        expect(found, `LSN ${lsn}`).toEqual(rows);
      }
      await fixture.maintenance.run();
    }
    await fixture.maintenance.snapshot();
    expect((await fixture.restore("newest", { verify: true }, bytes("t"))).found).toEqual(
      [...states.values()].at(-1),
    );
  });

  it("is told apart from any other text", () => {
    const random = freshRandom("raw text");
    for (let i = 0; i < 2_000; i++) {
      const some = Uint8Array.from({ length: random.below(9) }, () =>
        random.below(3) === 0 ? random.below(128) : random.below(256),
      );
      const read = textOfBytes(some);
      expect([...bytesOfText(read)]).toEqual([...some]);
      const isUtf8 = !new TextDecoder("utf-8", { ignoreBOM: true }).decode(some).includes("\uFFFD");
      if (isUtf8) expect(read.isWellFormed()).toBe(true);
    }
    expect(toLsn(1)).toBe(1);
  });
});
