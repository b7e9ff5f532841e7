import { describe, expect, it } from "vitest";
import { DosqlError } from "../../src/base/errors.ts";
import { stubDatabase } from "../../src/rpc/shard-stub.ts";
import {
  fromWireError,
  fromWireResult,
  toWireError,
  toWireResult,
} from "../../src/rpc/shard-wire.ts";

describe("a result on the wire", () => {
  const column = { name: "v", table: null, column: null, declaredType: null };

  it("comes out as it went in", () => {
    const set = {
      columns: [column, column],
      rows: [
        [1, 9_007_199_254_740_993n],
        [null, new Uint8Array([1])],
      ],
      changes: 1,
      lastRowid: 9_007_199_254_740_993n,
      command: "INSERT",
      rowsRead: 3,
      rowsWritten: 4,
    };
    const wire = structuredClone(toWireResult(set));
    expect(fromWireResult(wire, 4096)).toEqual({ ...set, sizeBytes: 4096 });
  });
});

describe("an error on the wire", () => {
  it("keeps every field", () => {
    const error = new DosqlError("sqlite", "boom", { sqlite: "SQLITE_FULL", at: 3, hint: "more" });
    const back = fromWireError(structuredClone(toWireError(error)));
    expect(back).toBeInstanceOf(DosqlError);
    expect(back).toMatchObject({
      code: "sqlite",
      message: "boom",
      sqlite: "SQLITE_FULL",
      at: 3,
      hint: "more",
    });
  });

  it("is a bug of ours when it is none of ours", () => {
    expect(toWireError(new TypeError("x is undefined"))).toEqual({
      code: "bug",
      message: "x is undefined",
    });
    expect(toWireError("text")).toEqual({ code: "bug", message: "text" });
  });
});

describe("a session over a stub", () => {
  it("has no transactions yet, and says so", () => {
    const session = stubDatabase(() => ({
      query: () => Promise.reject(new Error("no call")),
    })).session();
    const refused = "not over a Durable Object yet";
    expect(() => session.begin()).toThrow(refused);
    expect(() => session.commit()).toThrow(refused);
    expect(() => session.rollback()).toThrow(refused);
    expect(() => session.describe("SELECT 1")).toThrow(refused);
    expect(session.transaction).toBe("none");
  });
});
