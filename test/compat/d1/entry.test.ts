import { describe, expect, it } from "vitest";
import type { D1Options } from "../../../src/entry/d1.ts";
import { d1, dosql } from "../../../src/entry/d1.ts";
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
      { transactions: true, database: "tenant-1" },
      { transactions: "true" },
      { transactions: null },
      { integers: "int" },
      { integers: "bigints" },
      { integers: true },
      { integers: ["bigint"] },
      { transactions: () => undefined },
    ];
    for (const options of wrong) {
      const named = expect.stringContaining("databases(env).open(name)") as string;
      expect(() => d1(stub(ANSWER, []), options as D1Options)).toThrow(
        expect.objectContaining({ code: "invalid-argument", message: named }),
      );
    }
    d1(stub(ANSWER, []), { transactions: undefined, integers: undefined });
    d1(stub(ANSWER, []), { transactions: false, integers: "number" });
  });

  it("says so where there is no database, as with a binding that is missing", () => {
    const env = {} as { DOSQL: ScriptedDatabase; DB: ReturnType<typeof d1> };
    const missing = {
      code: "invalid-argument",
      message: expect.stringContaining("binding") as string,
    };
    expect(() => d1(env.DOSQL)).toThrow(expect.objectContaining(missing));
    expect(() => d1(null as never)).toThrow(expect.objectContaining(missing));
    const other = { code: "misuse", message: expect.stringContaining("that d1() made") as string };
    for (const database of [env.DB, null, 5, {}]) {
      expect(() => dosql(database as never)).toThrow(expect.objectContaining(other));
    }
  });

  it("refuses a form of integers that there is not, also of rows one by one", () => {
    const db = d1(new ScriptedDatabase());
    for (const options of [{ integers: "bigints" }, { integer: "bigint" }]) {
      expect(() => dosql(db).iterate(db.prepare("SELECT 1"), options as never)).toThrow(
        expect.objectContaining({ code: "invalid-argument" }),
      );
    }
  });

  it("takes what D1 takes, and as D1, where options say so", async () => {
    const calls: unknown[] = [];
    const db = d1(stub(ANSWER, calls), { transactions: false, integers: "number" });
    expect(() => db.prepare("SELECT ?").bind(1n)).toThrow("D1_TYPE_ERROR: Type 'bigint'");
    await db.prepare("SELECT 1").all();
    expect(calls).toEqual([[[{ sql: "SELECT 1", params: [] }], "number", undefined]]);
  });

  it("sends calls with an option in their order, the first ones too", async () => {
    for (const options of [{ integers: "bigint" }, { transactions: true }] as const) {
      const calls: unknown[][] = [];
      const db = d1(stub(ANSWER, calls), options);
      const texts = ["a", "b", "c", "d"];
      const [first, second, ...others] = texts.map((text) => db.prepare(text));
      const early = [first?.run(), second?.run()];
      await Promise.resolve();
      await Promise.all([...early, ...others.map((one) => one.run())]);
      const sent = calls.map(([statements]) => (statements as { sql: string }[])[0]?.sql);
      expect(sent, JSON.stringify(options)).toEqual(texts);
    }
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
