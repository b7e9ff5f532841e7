import { env, runInDurableObject } from "cloudflare:test";
import { beforeAll, describe, expect, it } from "vitest";
import { D1Database } from "../../src/compat/d1/database.ts";
import { stubDatabase } from "../../src/rpc/shard-stub.ts";
import { allAttempts } from "./attempts/all-attempts.ts";
import { Names } from "./attempt.ts";
import { type Answer, carryOut, complaints, type Target } from "./contract.ts";
import { inspections, plantedSchema } from "./fixture.ts";

const NAMES = new Names("_dosql_");

let objects = 0;

async function workerTarget(): Promise<Target> {
  const stub = env.DOSQL.get(env.DOSQL.idFromName(`safety-${++objects}`));
  const inner = <T>(body: (sql: SqlStorage) => T): Promise<T> =>
    runInDurableObject(stub, (_object, state) => body(state.storage.sql));
  const database = stubDatabase(() => stub);
  const session = database.session({ integers: "number" });
  // An object makes its tables when it is first asked.
  await session.execute("SELECT 1", []);
  await inner((sql) => {
    for (const text of plantedSchema(NAMES)) sql.exec(text);
  });
  return {
    face: "worker",
    async run(step): Promise<Answer> {
      const [sql, ...values] = typeof step === "string" ? [step] : step;
      const { columns, rows } = await session.execute(sql, values);
      return { columns: columns.map(({ name }) => name), rows };
    },
    async script(text) {
      await new D1Database(database).exec(text.replaceAll("\n", " "));
    },
    inspect: () =>
      inner((sql) => inspections(NAMES).map((text) => [...sql.exec(text).raw()] as unknown[][])),
  };
}

describe("a Durable Object", () => {
  let before: unknown[][][];
  beforeAll(async () => {
    before = await (await workerTarget()).inspect();
    expect(before.map((rows) => rows.length > 0)).toEqual([true, true, true, true]);
  });

  it.each(allAttempts(NAMES.prefix))("$name", async (attempt) => {
    const target = await workerTarget();
    const report = await carryOut(attempt, NAMES, target, before);
    expect(complaints(attempt, target.face, report)).toEqual([]);
  });
});
