import { describe, expect, it } from "vitest";
import type { Row, SqlValue } from "../../src/base/value.ts";
import type { ResultSet } from "../../src/engine/session/result-set.ts";
import { UNKNOWN_HASH, answerText, readAnswer } from "../../src/rpc/api/answer-text.ts";
import type { Bookmark } from "../../src/base/bookmark.ts";
import { callText, readCall } from "../../src/rpc/api/call-text.ts";
import type { Cell } from "../../src/rpc/api/cells.ts";
import { packCell, packRows, unpackCell, unpackRows } from "../../src/rpc/api/cells.ts";
import { closeError, closing } from "../../src/rpc/api/close-code.ts";
import type { RetryKey } from "../../src/rpc/api/remote-api.ts";
import { protocolToken, tokenProtocol } from "../../src/rpc/api/rpc-protocol.ts";
import { DosqlError } from "../../src/base/errors.ts";

const BYTES = Uint8Array.from({ length: 70_000 }, (_, at) => at % 256);

const VALUES: readonly SqlValue[] = [
  null,
  "",
  "i",
  '"\\\u0000\u2028🦆',
  0n,
  9_007_199_254_740_991n,
  9_007_199_254_740_992n,
  9_007_199_254_740_993n,
  -9_007_199_254_740_991n,
  -9_007_199_254_740_992n,
  -9_223_372_036_854_775_808n,
  0,
  -0,
  0.1,
  5e-324,
  1.7976931348623157e308,
  Infinity,
  -Infinity,
  NaN,
  new Uint8Array(),
  BYTES,
];

const wired = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

describe("a value on the wire", () => {
  it("comes out as it went in", () => {
    for (const value of VALUES) {
      const back = unpackCell(wired(packCell(value)));
      expect(Object.is(back, value) || back instanceof Uint8Array, String(value)).toBe(true);
      expect(back).toEqual(value);
    }
  });

  it("comes out in rows, of both kinds", () => {
    const rows: Row[] = VALUES.map((value) => [value, "x"]);
    expect(unpackRows(wired(packRows(rows, "bigint")), "bigint")).toEqual(rows);
    const numeric = rows.filter(([value]) => typeof value !== "bigint");
    expect(unpackRows(wired(packRows(numeric, "number")), "number")).toEqual(numeric);
    const plain: Row[] = [[1, "x", null, 1.5]];
    expect(packRows(plain, "number")).toEqual({ rows: plain, boxed: 0 });
  });

  it.each([1.5, true, {}, [], ["i", "1.5"], ["i", "12345678901234567890"], ["r", "1"], ["b", "!"]])(
    "is refused when it is %j",
    (cell) => {
      expect(() => unpackCell(cell as unknown as Cell)).toThrow("a value on the wire is none");
    },
  );
});

describe("a call and its answer", () => {
  it("come out as they went in", () => {
    const call = {
      statements: [{ sql: "SELECT ?", params: [...VALUES] }],
      batch: true,
      lockTimeoutMs: 1,
      statementTimeoutMs: 2.5,
      key: "0123456789abcdef-1" as RetryKey,
      ageMs: 3,
    };
    expect(readCall(callText(call))).toEqual(call);
    const plain = { ...call, batch: false, lockTimeoutMs: 0, statementTimeoutMs: 0, key: null };
    expect(readCall(callText({ ...plain, ageMs: 0 }))).toEqual({ ...plain, ageMs: 0 });
    const set: ResultSet = {
      columns: [
        { name: "a", table: null, column: null, declaredType: null },
        { name: "b", table: "t", column: "c", declaredType: "INTEGER" },
      ],
      rows: [[1n, 1]],
      changes: 3,
      lastRowid: -9_223_372_036_854_775_808n,
      command: "SELECT",
      rowsRead: 0,
      sizeBytes: 4096,
    };
    const standing = { seen: "0-1" as Bookmark, transaction: "explicit" } as const;
    const answer = readAnswer(answerText([set, set], standing, "bigint"), "bigint");
    expect(answer).toEqual({ results: [set, set], ...standing });
    expect(readAnswer(UNKNOWN_HASH, "bigint")).toBeNull();
  });
});

describe("the end of a connection", () => {
  it.each(["protocol", "authentication", "permission", "not-found", "limit"] as const)(
    "says that it was for %s",
    (code) => {
      const [close, reason] = closing(new DosqlError(code, "why 🦆".repeat(40)));
      expect(new TextEncoder().encode(reason).length).toBeLessThanOrEqual(123);
      expect(reason.isWellFormed()).toBe(true);
      expect(closeError(close, reason)).toMatchObject({ code, message: reason });
    },
  );

  it("has a number of its own for what was too much, and knows the standard's", () => {
    expect(closing(new DosqlError("limit", "too much"))).toEqual([4429, "too much"]);
    expect(closeError(1009, "")).toMatchObject({ code: "limit" });
  });

  it("is a lost connection otherwise", () => {
    const [close] = closing(new DosqlError("bug", "oh"));
    for (const code of [close, 1000, 1001, 1006, 4410]) {
      expect(closeError(code, "")).toMatchObject({ code: "connection" });
    }
  });
});

describe("a token as a subprotocol", () => {
  it("is one, whatever visible characters it has", () => {
    const visible = String.fromCharCode(...Array.from({ length: 94 }, (_, at) => 33 + at));
    const protocol = tokenProtocol(visible);
    expect(protocol).toMatch(/^[\w!#$%&'*+.^`|~-]+$/);
    expect(protocolToken(`dosql.rpc.1, ${protocol}`)).toBe(visible);
    expect(protocolToken("dosql.rpc.1")).toBeNull();
    expect(protocolToken("dosql.token.%")).toBeNull();
  });
});
