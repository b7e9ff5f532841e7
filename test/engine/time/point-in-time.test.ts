import { describe, expect, it } from "vitest";
import { formatHlc } from "../../../src/base/hlc.ts";
import { formatBookmark, readBookmark } from "../../../src/base/bookmark.ts";
import { readIsoTime } from "../../../src/engine/time/iso-time.ts";
import { momentOf, momentOfValue } from "../../../src/engine/time/point-in-time.ts";

describe("a time as text", () => {
  it.each([
    ["1970-01-01", 0],
    [" 1970-01-01 00:01 ", 60_000],
    ["1970-01-01T00:00:01", 1_000],
    ["1970-01-01t00:00:01.5z", 1_500],
    ["1970-01-01 00:00:01.123999Z", 1_123],
    ["1970-01-01 01:00+01", 0],
    ["1970-01-01 01:30:00 +01:30", 0],
    ["1969-12-31 22:30:00-0130", 0],
    ["2026-11-20T10:00Z", Date.UTC(2026, 10, 20, 10)],
    ["2024-02-29", Date.UTC(2024, 1, 29)],
    ["0001-01-01", -62_135_596_800_000],
    ["9999-12-31 23:59:59.999", 253_402_300_799_999],
  ])("%s", (text, ms) => {
    expect(readIsoTime(text)).toBe(ms);
  });

  it.each([
    ...["", "now", "10:00", "2026", "2026-11", "2026-13-01", "2026-00-10", "2025-02-29"],
    ...["2026-11-20 24:00", "2026-11-20 10:60", "2026-11-20 10:00:60", "2026-11-20Z"],
    ...["2026-11-20 10", "2026-11-20 10:00+24", "2026-11-20 10:00+1", "20261120", "2026-11-20 x"],
  ])("%s is none", (text) => {
    expect(readIsoTime(text)).toBeNull();
  });
});

describe("a point in time", () => {
  it("counts all of its millisecond", () => {
    expect(momentOf(5)).toEqual({ kind: "time", time: { wallMs: 5, counter: 0xffff } });
    expect(momentOf(5.9)).toEqual(momentOf(5));
    expect(momentOf(5n)).toEqual(momentOf(5));
    expect(momentOf("5")).toEqual(momentOf(5));
    expect(momentOf(new Date(5))).toEqual(momentOf(5));
    expect(momentOf("1970-01-01 00:00:00.0059")).toEqual(momentOf(5));
    expect(momentOf(-1)).toEqual({ kind: "time", time: { wallMs: -1, counter: 0xffff } });
  });

  it("is exact as a bookmark", () => {
    const time = { wallMs: 1_795_000_000_000, counter: 0xab };
    expect(readBookmark(formatBookmark(time))).toEqual(time);
    expect(momentOf(formatBookmark(time))).toEqual({ kind: "time", time });
    expect(readBookmark("0000000000010002-000000000000000")).toBeNull();
    expect(readBookmark("000000000001000G-0000000000000000")).toBeNull();
  });

  it("is exact as a clock of the change feed", () => {
    const time = { wallMs: 1_763_719_200_000, counter: 7 };
    expect(momentOf(formatHlc(time))).toEqual({ kind: "time", time });
    // Its digits may all be decimal; other numbers are milliseconds.
    const clock = "0193000000000012";
    expect(formatHlc({ wallMs: 0x019300000000, counter: 0x12 })).toBe(clock);
    expect(momentOf(clock)).toEqual({
      kind: "time",
      time: { wallMs: 0x019300000000, counter: 18 },
    });
    expect(momentOf("1763719200000")).toMatchObject({ time: { wallMs: 1_763_719_200_000 } });
    for (const text of ["0193", "x193000000000012", "01930000000000123", "f193000000000012"]) {
      if (/^\d+$/.test(text)) expect(momentOf(text)).toMatchObject({ kind: "time" });
      else expect(() => momentOf(text), text).toThrow(/no point in time/);
    }
  });

  it("may be an LSN", () => {
    const moment = { kind: "lsn", lsn: 42 };
    for (const text of ["lsn 42", "LSN:42", "lsn(42)", " lsn: 42 "]) {
      expect(momentOf(text)).toEqual(moment);
    }
    expect(momentOf({ lsn: 42 })).toEqual(moment);
    expect(momentOfValue(42n, true)).toEqual(moment);
    expect(momentOfValue(42, true)).toEqual(moment);
    expect(momentOfValue("42", true)).toEqual(moment);
    expect(momentOfValue(42n, false)).toEqual(momentOf(42));
  });

  it.each([
    Number.NaN,
    Infinity,
    "",
    "lsn",
    "lsn -1",
    "yesterday",
    new Date(Number.NaN),
    { lsn: -1 },
  ])("is not %s", (point) => {
    expect(() => momentOf(point)).toThrow(
      expect.objectContaining({ code: "invalid-argument", hint: expect.any(String) }),
    );
  });
});
