import { env, runInDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, test } from "vitest";
import type { DoSQLShard } from "../../src/entry/worker.ts";
import type { NextMessage } from "../../src/rpc/shard-transaction-wire.ts";
import type { ShardService } from "../../src/rpc/shard-wire.ts";
import type { Stub } from "./object-transaction.workers.ts";
import { play, query, rowsOf, say, shardStub, transact } from "./object-transaction.workers.ts";

let objects = 0;
let stub: Stub;

beforeEach(async () => {
  stub = shardStub(`pulled-${++objects}`);
  await query(stub, "CREATE TABLE t (a INTEGER PRIMARY KEY, b UNIQUE)");
});

const count = (): Promise<unknown> => rowsOf(stub, "SELECT count(*) FROM t");
const never = new Promise<never>(() => undefined);

/** Kinds of the log's entries (7 is a commit), and whether their numbers are dense. */
async function log(): Promise<{ kinds: number[]; dense: boolean }> {
  return await runInDurableObject(stub, (_object, { storage }) => {
    const rows = [...storage.sql.exec("SELECT lsn, kind FROM _dosql_log ORDER BY lsn").raw()];
    const kinds = rows.map(([, kind]) => Number(kind) % 8);
    return { kinds, dense: rows.every(([lsn], at) => Number(lsn) === Number(rows[0]?.[0]) + at) };
  });
}

describe("a pulled transaction", () => {
  test("commits, and answers a newer bookmark that later sessions are at", async () => {
    const before = await query(stub, "SELECT 1");
    const { heard, end } = await play(stub, [
      "INSERT INTO t VALUES (1, 'x')",
      "SELECT a, b FROM t",
      { end: "commit" },
    ]);
    expect(heard).toEqual([[], [[1, "x"]]]);
    const after = await query(stub, "SELECT 1");
    const seen = [before, end, after].map((answer) =>
      "seen" in answer ? String(answer.seen) : "",
    );
    expect((seen[0] as string) < (seen[1] as string)).toBe(true);
    expect(seen[2]).toBe(seen[1]);
    expect(await count()).toEqual([[1]]);
  });

  test("is one transaction of the log, and none when it is rolled back", async () => {
    const { kinds: before } = await log();
    await play(stub, ["INSERT INTO t VALUES (1, 1)", "UPDATE t SET b = 2", "ROLLBACK"]);
    expect((await log()).kinds).toEqual(before);
    await play(stub, [
      "INSERT INTO t VALUES (1, 1)",
      "SAVEPOINT s",
      "INSERT INTO t VALUES (2, 2)",
      "ROLLBACK TO s",
      "INSERT INTO t VALUES (3, 3)",
      "UPDATE t SET b = 4 WHERE a = 3",
      "COMMIT",
    ]);
    await query(stub, "DELETE FROM t WHERE a = 1");
    const { kinds, dense } = await log();
    expect(kinds.slice(before.length)).toEqual([1, 1, 2, 7, 3, 7]);
    expect(dense).toBe(true);
  });

  test("stays open when a statement fails", async () => {
    const { heard } = await play(stub, [
      "INSERT INTO t VALUES (1, 1)",
      "INSERT INTO t VALUES (2, 1)",
      "SELECT * FROM nowhere",
      "BEGIN",
      "RELEASE none",
      { statements: [say("INSERT INTO t VALUES (5, 5)"), say("nonsense")].flatMap(statementsOf) },
      "INSERT INTO t VALUES (3, 3)",
      "COMMIT",
    ]);
    expect(heard.slice(1, 6)).toEqual([
      "UNIQUE constraint failed: t.b",
      "no such table: nowhere",
      "cannot start a transaction within a transaction",
      "no such savepoint: none",
      'near "nonsense": syntax error',
    ]);
    expect(await rowsOf(stub, "SELECT a FROM t")).toEqual([[1], [3]]);
  });

  test("nests savepoints of any names, deep, and undoes to any of them", async () => {
    const insert = (a: number): string => `INSERT INTO t VALUES (${a}, ${a})`;
    const { heard } = await play(stub, [
      "SAVEPOINT a",
      insert(1),
      'SAVEPOINT "A b"',
      insert(2),
      "SAVEPOINT A",
      insert(3),
      "ROLLBACK TO a",
      insert(4),
      "RELEASE SAVEPOINT [a B]",
      insert(5),
      "SAVEPOINT c",
      insert(6),
      "ROLLBACK TRANSACTION TO SAVEPOINT c",
      insert(7),
      "ROLLBACK TO c",
      "RELEASE a",
      "RELEASE c",
      insert(8),
      { end: "commit" },
    ]);
    expect(heard.at(-2)).toBe("no such savepoint: c");
    expect(await rowsOf(stub, "SELECT a FROM t")).toEqual([[1], [2], [4], [5], [8]]);
  });

  test("sees what REPLACE deletes also after it was rolled back once", async () => {
    await query(stub, "INSERT INTO t VALUES (1, 'x')");
    const replace = (a: number): string => `INSERT OR REPLACE INTO t VALUES (${a}, 'x')`;
    const before = await query(stub, "SELECT 1");
    const { end } = await play(stub, [replace(2), { end: "rollback" }]);
    expect("seen" in end && "seen" in before && end.seen === before.seen).toBe(true);
    let { length } = (await log()).kinds;
    await play(stub, ["SAVEPOINT s", replace(3), "ROLLBACK TO s", replace(4), "COMMIT"]);
    expect((await log()).kinds.slice(length).toSorted((a, b) => a - b)).toEqual([1, 3, 7]);
    ({ length } = (await log()).kinds);
    await play(stub, [replace(5), { end: "rollback" }]);
    await query(stub, replace(6));
    expect((await log()).kinds.slice(length).toSorted((a, b) => a - b)).toEqual([1, 3, 7]);
  });

  test("takes DDL back, and knows the schema afterwards", async () => {
    const { kinds: before } = await log();
    await play(stub, [
      "CREATE TABLE u (a DEFAULT 1)",
      "INSERT INTO u VALUES (7)",
      "ALTER TABLE t ADD COLUMN c DEFAULT 5",
      "INSERT INTO t (a) VALUES (1)",
      "SELECT * FROM t",
      { end: "rollback" },
    ]);
    expect((await log()).kinds).toEqual(before);
    expect(await rowsOf(stub, "SELECT * FROM u")).toBe("no such table: u");
    await query(stub, "CREATE TABLE u (x, y)");
    await query(stub, "INSERT INTO u VALUES (1, 2)");
    await query(stub, "INSERT INTO t VALUES (1, 2)");
    expect(await rowsOf(stub, "SELECT * FROM u JOIN t")).toEqual([[1, 2, 1, 2]]);
    expect((await log()).kinds.slice(before.length)).toEqual([6, 7, 1, 7, 1, 7]);
  });

  test("takes DDL back to a savepoint, and keeps what was before", async () => {
    const { heard, end } = await play(stub, [
      "CREATE TABLE u (a)",
      "SAVEPOINT s",
      "CREATE TABLE v (a)",
      "ALTER TABLE u ADD COLUMN b",
      "ROLLBACK TO s",
      "INSERT INTO u VALUES (1)",
      "SELECT * FROM v",
      "CREATE TABLE v (b, c)",
      "INSERT INTO v VALUES (1, 2)",
      "COMMIT",
    ]);
    expect(heard[6]).toBe("no such table: v");
    expect("results" in end).toBe(true);
    expect(await rowsOf(stub, "SELECT * FROM u JOIN v")).toEqual([[1, 1, 2]]);
  });

  test("that is read-only refuses to write", async () => {
    const begin = { begin: "/* a */ BEGIN READ ONLY" };
    for (const options of [{ readOnly: true }, begin]) {
      const { heard } = await play(stub, ["INSERT INTO t VALUES (1, 1)", "SELECT 1"], options);
      expect(heard).toEqual(["cannot execute INSERT in a read-only transaction", [[1]]]);
    }
    const { end } = await play(stub, [], { begin: "BEGIN QUICKLY" });
    expect(end).toMatchObject({ error: { code: "sqlite" } });
  });
});

describe("deferred foreign keys", () => {
  test("left open fail the COMMIT, undo the transaction, and leave the object alone", async () => {
    await query(stub, "CREATE TABLE c (t REFERENCES t DEFERRABLE INITIALLY DEFERRED)");
    await runInDurableObject(stub, (object) => {
      Object.assign(object, { marked: true });
    });
    const { kinds: before } = await log();
    const broken = ["INSERT INTO c VALUES (5)", "SAVEPOINT s", "RELEASE s"];
    for (const end of ["COMMIT", { end: "commit" }] as const) {
      const played = await play(stub, [...broken, end]);
      expect(played.end).toMatchObject({
        error: { message: "FOREIGN KEY constraint failed", sqlite: "SQLITE_CONSTRAINT_FOREIGNKEY" },
      });
    }
    expect((await log()).kinds).toEqual(before);
    await play(stub, [...broken, "INSERT INTO t VALUES (5, 5)", "COMMIT"]);
    expect(await rowsOf(stub, "SELECT t, b FROM c JOIN t ON a = t")).toEqual([[5, 5]]);
    expect((await log()).kinds.slice(before.length)).toEqual([1, 1, 7]);
    expect(await runInDurableObject(stub, (object) => "marked" in object)).toBe(true);
  });

  test("of a batch fail the batch, also after a migration in it", async () => {
    await query(stub, "CREATE TABLE c (t REFERENCES t)");
    await query(stub, "INSERT INTO t VALUES (1, 1)");
    await query(stub, "INSERT INTO c VALUES (1)");
    const batch = [
      "PRAGMA defer_foreign_keys = ON",
      "CREATE TABLE n (a INTEGER PRIMARY KEY, b)",
      "INSERT INTO n SELECT * FROM t",
      "DROP TABLE t",
      "ALTER TABLE n RENAME TO t",
    ].map((sql) => ({ sql, params: [] }));
    const answer = await (stub as unknown as ShardService).query(batch, "number");
    expect(answer).toMatchObject({ error: { message: "FOREIGN KEY constraint failed" } });
    await query(stub, "INSERT INTO t VALUES (2, 2)");
    expect(await rowsOf(stub, "SELECT a FROM t")).toEqual([[1], [2]]);
  });
});

describe("the limits of a pulled transaction", () => {
  test("undo it when its client pauses, and let others in", async () => {
    const next: NextMessage = (reply) =>
      reply === null ? say("INSERT INTO t VALUES (1, 1)") : never;
    const end = await transact(stub, next, { idleMs: 30 });
    expect(end).toMatchObject({ error: { code: "idle-in-transaction" } });
    expect(await count()).toEqual([[0]]);
  });

  test("undo it when it lasts too long, though its client is busy", async () => {
    let asked = 0;
    const next: NextMessage = () => {
      asked++;
      return say(`INSERT INTO t VALUES (${asked}, ${asked})`);
    };
    const end = await transact(stub, next, { totalMs: 60 });
    expect(end).toMatchObject({ error: { code: "limit" } });
    expect(asked).toBeGreaterThan(1);
    expect(await count()).toEqual([[0]]);
  });

  test("undo inner savepoints with it", async () => {
    const texts = ["INSERT INTO t VALUES (1, 1)", "SAVEPOINT a", "INSERT INTO t VALUES (2, 2)"];
    const next: NextMessage = () => {
      const text = texts.shift();
      return text === undefined ? never : say(text);
    };
    const end = await transact(stub, next, { idleMs: 30 });
    expect(end).toMatchObject({ error: { code: "idle-in-transaction" } });
    await query(stub, "INSERT INTO t VALUES (2, 1)");
    expect(await rowsOf(stub, "SELECT * FROM t")).toEqual([[2, 1]]);
  });

  test.each([
    { idleMs: 3001 },
    { totalMs: 20_001 },
    { idleMs: 0 },
    { totalMs: Number.NaN },
    { idleMs: "9" as never },
  ])("can only be lowered: %o", async (options) => {
    const end = await transact(stub, () => never, options);
    expect(end).toMatchObject({ error: { code: "invalid-argument" } });
  });

  test.each([null, 7, {}, { end: "maybe" }, { statements: [] }, { statements: [{ sql: 1 }] }])(
    "an answer that is no message undoes it: %o",
    async (garbage) => {
      const next: NextMessage = (reply) =>
        reply === null ? say("INSERT INTO t VALUES (1, 1)") : (garbage as never);
      expect(await transact(stub, next)).toMatchObject({ error: { code: "protocol" } });
      expect(await count()).toEqual([[0]]);
    },
  );

  test("a client that throws undoes it at once", async () => {
    const next: NextMessage = (reply) => {
      if (reply === null) return say("INSERT INTO t VALUES (1, 1)");
      throw new Error("gone");
    };
    expect(await transact(stub, next)).toMatchObject({ error: { code: "canceled" } });
    expect(await count()).toEqual([[0]]);
  });

  test("a client whose object dies undoes it", async () => {
    const client = env.BARE.get(env.BARE.idFromName(`client-${objects}`));
    let wrote = false;
    const dying = runInDurableObject(client, async (_object, state) => {
      const next: NextMessage = (reply) => {
        if (reply === null) return say("INSERT INTO t VALUES (1, 1)");
        wrote = "results" in reply;
        state.abort("the client dies");
        return never;
      };
      // A stub belongs to whoever makes it.
      await transact(shardStub(`pulled-${objects}`), next);
    });
    await expect(dying).rejects.toThrow("the client dies");
    expect(wrote).toBe(true);
    expect(await count()).toEqual([[0]]);
  });
});

describe("a statement that makes SQLite roll back", () => {
  // The runtime finds its savepoint gone, and resets the object.
  const play7 = (): Promise<unknown> =>
    play(stub, ["CREATE TABLE x (a)", insert(1), insert(7), insert(2), "COMMIT"]);
  const insert = (a: number): string => `INSERT INTO t VALUES (${a}, ${a})`;

  test.each([
    "CREATE TRIGGER r BEFORE INSERT ON t WHEN NEW.a = 7 BEGIN SELECT RAISE(ROLLBACK, 'no'); END",
    "CREATE TABLE u (a UNIQUE ON CONFLICT ROLLBACK)",
  ])("leaves nothing of the transaction: %s", async (sql) => {
    await query(stub, sql);
    if (sql.startsWith("CREATE TABLE")) {
      await query(stub, "INSERT INTO u VALUES (7)");
      await query(
        stub,
        "CREATE TRIGGER r AFTER INSERT ON t BEGIN INSERT INTO u VALUES (NEW.a); END",
      );
    }
    await play7().catch(() => undefined);
    stub = shardStub(`pulled-${objects}`);
    expect(await count()).toEqual([[0]]);
    await play(stub, [insert(3), "COMMIT"]);
    expect(await count()).toEqual([[1]]);
    expect(
      await runInDurableObject(stub, (_object, { storage }) => [
        ...storage.sql.exec("SELECT 1 FROM sqlite_schema WHERE name = '_dosql_open_transaction'"),
      ]),
    ).toEqual([]);
  });

  test("cannot be prepared in the transaction itself", async () => {
    const trigger = "CREATE TRIGGER r BEFORE INSERT ON t BEGIN SELECT RAISE(ROLLBACK, 'no'); END";
    const { heard } = await play(stub, [insert(1), trigger, "COMMIT"]);
    expect(heard[1]).toBe("ROLLBACK in a definition is not supported here");
    expect(await count()).toEqual([[1]]);
  });
});

describe("others", () => {
  test("come in the order they came", async () => {
    const order: number[] = [];
    const one = (n: number): Promise<unknown> => {
      let step = 0;
      const next: NextMessage = async () => {
        step++;
        if (step === 1) order.push(n);
        // Others could come between, were they let.
        await new Promise((resolve) => setTimeout(resolve, 2));
        if (step === 1) return say("SELECT count(*) FROM t");
        if (step === 2) return say(`INSERT INTO t SELECT ${n}, count(*) FROM t`);
        return { end: "commit" };
      };
      return transact(stub, next);
    };
    const numbers = Array.from({ length: 10 }, (_, n) => n);
    await Promise.all(numbers.map(one));
    expect(order).toEqual(numbers);
    expect(await rowsOf(stub, "SELECT a, b FROM t ORDER BY a")).toEqual(numbers.map((n) => [n, n]));
  });

  test("wait to read until it is over, and see it then", async () => {
    const events: string[] = [];
    let reader: Promise<unknown> = Promise.resolve();
    const next: NextMessage = async (reply) => {
      if (reply === null) return say("INSERT INTO t VALUES (1, 1)");
      if (events.length === 0) {
        events.push("asked");
        reader = count().then((rows) => events.push(`read ${JSON.stringify(rows)}`));
        await new Promise((resolve) => setTimeout(resolve, 50));
        return say("INSERT INTO t VALUES (2, 2)");
      }
      events.push("commits");
      return { end: "commit" };
    };
    await transact(stub, next);
    await reader;
    expect(events).toEqual(["asked", "commits", "read [[2]]"]);
  });
});

test("an object that is reset in a transaction has none of it", async () => {
  const reset = runInDurableObject(stub, async (object, state) => {
    const next: NextMessage = (reply) => {
      if (reply === null) return say("INSERT INTO t VALUES (1, 1)");
      state.abort("reset");
      return never;
    };
    await (object as DoSQLShard).transact(next, { integers: "number" });
  });
  await expect(reset).rejects.toThrow("reset");
  stub = shardStub(`pulled-${objects}`);
  expect(await count()).toEqual([[0]]);
  await play(stub, ["INSERT INTO t VALUES (2, 2)", "COMMIT"]);
  expect(await count()).toEqual([[1]]);
});

function statementsOf(message: ReturnType<typeof say>) {
  return "statements" in message ? message.statements : [];
}
