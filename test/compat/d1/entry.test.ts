import { describe, expect, it } from "vitest";
import { d1, exactIntegers, transactions } from "../../../src/entry/d1.ts";
import type { ShardService, WireAnswer } from "../../../src/rpc/shard-wire.ts";
import { ScriptedDatabase } from "./scripted-database.ts";

/** A stub as the runtime's: every property one asks for seems to be a method. */
function stub(answer: WireAnswer, calls: unknown[]): { fetch: unknown } {
  const methods: ShardService = {
    query: async (...args) => {
      calls.push(args);
      return answer;
    },
  };
  return new Proxy(
    { fetch: () => undefined, ...methods },
    {
      get: (target, key) => Reflect.get(target, key) ?? (() => undefined),
      has: () => true,
    },
  );
}

const ANSWER: WireAnswer = {
  results: [[["v"], [[1], [2]], 0, 5n, "SELECT", 2, 0]],
  seen: "0007" as never,
  sizeBytes: 8192,
};

describe("d1", () => {
  it("takes a database in this process", async () => {
    const database = new ScriptedDatabase();
    await d1(database).prepare("SELECT ?").bind(1.5).all();
    expect(database.asked[0]?.statements).toEqual([{ sql: "SELECT ?", params: [1.5] }]);
  });

  it("takes a stub: one call for one statement", async () => {
    const calls: unknown[] = [];
    const db = d1(stub(ANSWER, calls));
    const { results, meta } = await db.prepare("SELECT v FROM t WHERE x = ?").bind("a").all();
    const asked = [{ sql: "SELECT v FROM t WHERE x = ?", params: ["a"] }];
    expect(calls).toEqual([[asked, "number", undefined]]);
    expect(results).toEqual([{ v: 1 }, { v: 2 }]);
    expect(meta).toMatchObject({ last_row_id: 5, rows_read: 2, size_after: 8192 });
  });

  it("one call for a batch, and a bookmark", async () => {
    const calls: unknown[] = [];
    const [only] = ANSWER.results;
    const session = d1(
      stub({ ...ANSWER, results: [only, only] } as WireAnswer, calls),
    ).withSession();
    await session.batch([session.prepare("SELECT 1"), session.prepare("SELECT 2")]);
    expect(calls).toHaveLength(1);
    expect(session.getBookmark()).toBe("0007");
  });

  it("takes a namespace, and asks it for a stub at every call", async () => {
    const asked: string[] = [];
    const namespace = {
      idFromName: (name: string) => `id of ${name}`,
      get(id: string) {
        asked.push(id);
        return stub(ANSWER, []);
      },
    };
    const main = d1(namespace);
    expect(asked).toEqual([]);
    await main.prepare("SELECT 1").all();
    await main.prepare("SELECT 1").all();
    expect(asked).toEqual(["id of main", "id of main"]);
  });

  it("refuses options that it has not, and says what is meant", () => {
    const wrong: readonly object[] = [
      { database: "tenant-1" },
      { transactions, database: "tenant-1" },
      { transactions: true },
      { integers: "bigint" },
      { transactions, integers: exactIntegers("bigint") },
    ];
    for (const options of wrong) {
      const named = expect.stringContaining("databases(env).open(name)") as string;
      expect(() => d1(stub(ANSWER, []), options)).toThrow(
        expect.objectContaining({ code: "invalid-argument", message: named }),
      );
    }
    d1(stub(ANSWER, []), { transactions: undefined, integers: undefined });
  });

  it("hears of failures as values", async () => {
    const error = {
      code: "sqlite",
      message: "UNIQUE constraint failed: t.a",
      sqlite: "SQLITE_CONSTRAINT_UNIQUE",
    } as const;
    await expect(d1(stub({ error }, [])).prepare("INSERT").run()).rejects.toThrow(
      "D1_ERROR: UNIQUE constraint failed: t.a: SQLITE_CONSTRAINT (extended: SQLITE_CONSTRAINT_UNIQUE)",
    );
  });
});
