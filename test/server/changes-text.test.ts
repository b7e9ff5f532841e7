import { describe, expect, test } from "vitest";
import { DosqlError } from "../../src/base/errors.ts";
import { toLsn } from "../../src/base/lsn.ts";
import type { SqlValue } from "../../src/base/value.ts";
import type { FeedEvent } from "../../src/engine/feed/change-feed.ts";
import type { LogRecord, TransactionId } from "../../src/engine/log/record.ts";
import { readSubscription, slotStart } from "../../src/server/changes-query.ts";
import { beginText, endText, eventText, failureText } from "../../src/server/changes-text.ts";

const COMMIT_TS = { wallMs: Date.UTC(2026, 10, 20, 10), counter: 7 };
const TXN = "0193000000000007" as TransactionId;

function lineOf(event: FeedEvent): string {
  return [...eventText(event)].join("");
}

function transactionOf(records: readonly Partial<LogRecord>[]): FeedEvent {
  const common = { txn: TXN, commitTs: COMMIT_TS, schemaVersion: 3 };
  const whole = records.map((record): LogRecord => ({
    lsn: toLsn(8),
    op: "insert",
    table: "t",
    columns: ["a"],
    key: [1n],
    ...common,
    ...record,
  }));
  return {
    kind: "transaction",
    transaction: {
      id: TXN,
      firstLsn: toLsn(8),
      lastLsn: toLsn(12),
      commitTs: COMMIT_TS,
      schemaVersion: 3,
      origin: "local",
      records: whole,
    },
  };
}

function valueText(value: SqlValue): string {
  const line = lineOf(transactionOf([{ after: [value] }]));
  return /"after":\{"a":(.*)\}\}\]\}\n$/.exec(line)?.[1] ?? line;
}

describe("a line of the change feed", () => {
  test("of a transaction", () => {
    const line = lineOf(
      transactionOf([
        { op: "ddl", columns: [], key: [], sql: "CREATE TABLE t (a)" },
        { lsn: toLsn(9), columns: ["a", "b"], after: [1n, "x"], afterRowid: 5n },
        { lsn: toLsn(10), op: "update", before: [1n], after: [2n] },
        { lsn: toLsn(11), op: "delete", before: [2n], beforeRowid: 2n ** 60n },
      ]),
    );
    expect(line.endsWith("]}\n")).toBe(true);
    expect(line.startsWith('{"event":"transaction","lsn":12,')).toBe(true);
    expect(JSON.parse(line)).toEqual({
      event: "transaction",
      lsn: 12,
      id: TXN,
      firstLsn: 8,
      time: "2026-11-20T10:00:00.000Z",
      clock: "01a1f8660d000007",
      schemaVersion: 3,
      origin: "local",
      records: [
        { lsn: 8, op: "ddl", table: "t", schemaVersion: 3, sql: "CREATE TABLE t (a)" },
        {
          lsn: 9,
          op: "insert",
          table: "t",
          schemaVersion: 3,
          key: [1],
          after: { a: 1, b: "x" },
          afterRowid: 5,
        },
        {
          lsn: 10,
          op: "update",
          table: "t",
          schemaVersion: 3,
          key: [1],
          before: { a: 1 },
          after: { a: 2 },
        },
        {
          lsn: 11,
          op: "delete",
          table: "t",
          schemaVersion: 3,
          key: [1],
          before: { a: 2 },
          beforeRowid: { $integer: "1152921504606846976" },
        },
      ],
    });
  });

  test.each<[SqlValue, string]>([
    [null, "null"],
    ["a\u0000\n\u{1f600}\ud800", '"a\\u0000\\n\u{1f600}\\ud800"'],
    [0n, "0"],
    [2n ** 53n - 1n, "9007199254740991"],
    [2n ** 53n, '{"$integer":"9007199254740992"}'],
    [-(2n ** 63n), '{"$integer":"-9223372036854775808"}'],
    [1, "1.0"],
    [-0, "-0.0"],
    [0.1, "0.1"],
    [1e300, "1e+300"],
    [Infinity, '{"$real":"Infinity"}'],
    [-Infinity, '{"$real":"-Infinity"}'],
    [new Uint8Array([0xde, 0xad]), '{"$blob":"3q0="}'],
    [new Uint8Array(), '{"$blob":""}'],
  ])("tells a value from all others: %$", (value, text) => {
    expect(valueText(value)).toBe(text);
    JSON.parse(valueText(value));
  });

  test("holds a long blob whole", () => {
    const blob = new Uint8Array(100_000).map((_, at) => at % 251);
    const { $blob } = JSON.parse(valueText(blob)) as { $blob: string };
    expect(Uint8Array.from(atob($blob), (char) => char.charCodeAt(0))).toEqual(blob);
  });

  test("of a large transaction comes in pieces", () => {
    const records = Array.from({ length: 5_000 }, (_, at) => ({ after: [BigInt(at)] }));
    const pieces = [...eventText(transactionOf(records))];
    expect(pieces.length).toBeGreaterThan(5);
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(100_000);
    const { records: read } = JSON.parse(pieces.join("")) as { records: unknown[] };
    expect(read).toHaveLength(5_000);
  });

  test("of a snapshot, a heartbeat, a beginning, an end, and an error", () => {
    const lsn = toLsn(5);
    const batch = { table: "t", columns: ["a", "b"], rows: [[1n, "x"]], lsn };
    expect(JSON.parse(lineOf({ kind: "snapshot", ...batch }))).toEqual({
      event: "snapshot",
      lsn: 5,
      table: "t",
      columns: ["a", "b"],
      rows: [[1, "x"]],
    });
    const keyed = lineOf({ kind: "snapshot", ...batch, keys: [[9n]] });
    expect(JSON.parse(keyed)).toMatchObject({ keys: [[9]] });
    expect(lineOf({ kind: "snapshot-end", lsn })).toBe('{"event":"snapshot-end","lsn":5}\n');
    expect(lineOf({ kind: "heartbeat", lsn, time: COMMIT_TS })).toBe(
      '{"event":"heartbeat","lsn":5,"time":"2026-11-20T10:00:00.000Z",' +
        '"clock":"01a1f8660d000007"}\n',
    );
    expect(beginText(lsn)).toBe('{"event":"begin","lsn":5}\n');
    expect(endText(lsn)).toBe('{"event":"end","lsn":5}\n');
    expect(failureText(new DosqlError("history-gone", "gone", { hint: "again" }))).toBe(
      '{"event":"error","code":"history-gone","message":"gone","hint":"again"}\n',
    );
  });
});

describe("the query of the change feed", () => {
  const read = (query: string): unknown => readSubscription(new URLSearchParams(query));

  test("says nothing, or everything", () => {
    expect(read("")).toEqual({ options: {}, follow: true });
    expect(
      read(
        "from=42&tables=a,b&table=c,d&operations=insert,ddl&since=7&slot=s" +
          "&heartbeat=0&follow=false",
      ),
    ).toEqual({
      options: {
        from: 42,
        tables: ["c,d", "a", "b"],
        operations: ["insert", "ddl"],
        since: 7,
        slot: "s",
        heartbeatMs: 0,
      },
      follow: false,
    });
  });

  test.each([
    ["start", "start"],
    ["now", "now"],
    ["snapshot", "snapshot"],
    ["0", 0],
    // All transactions of that millisecond are wanted.
    ["2026-11-20T10:00:00Z", { at: { wallMs: COMMIT_TS.wallMs - 1, counter: 0xffff } }],
    ["2026-11-20", { at: { wallMs: Date.UTC(2026, 10, 20) - 1, counter: 0xffff } }],
  ])("begins at %s", (from, start) => {
    expect(read(`from=${from}`)).toMatchObject({ options: { from: start } });
  });

  test.each([
    "from=yesterday",
    "from=-1",
    "from=",
    "frm=1",
    "operations=upsert",
    "since=now",
    "heartbeat=soon",
    "follow=no",
  ])("refuses %s", (query) => {
    expect(() => read(query)).toThrow(DosqlError);
  });

  test("a slot begins with no snapshot", () => {
    expect(slotStart("12")).toBe(12);
    expect(() => slotStart("snapshot")).toThrow("cannot begin with a snapshot");
  });
});
