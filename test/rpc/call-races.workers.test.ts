/* Calls with keys that meet: with themselves, and with the end of their object. */
import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { expect, it } from "vitest";
import { InnerNetwork, TOKEN, client, environment } from "./inner-worker.workers.ts";
import type { RawAnswer } from "./raw-batch.ts";
import { rawCall } from "./raw-batch.ts";

function caller(test: string): (value: object) => Promise<RawAnswer> {
  const network = new InnerNetwork(environment(test));
  const headers = { authorization: `Bearer ${TOKEN}` };
  return (value) =>
    rawCall(async (body) => {
      const request = new Request("https://worker.example/rpc", { method: "POST", headers, body });
      return (await network.fetch(request)).text();
    }, value);
}

const insert = (key: string) => {
  const sql = "INSERT INTO t (v) VALUES (?) RETURNING id, v";
  return { s: [[sql, key]], k: key, a: 0 };
};
const told = ({ kind, text }: RawAnswer): string => `${kind} ${text.replace(/\\"seen\\".*/, "")}`;

it("calls with one key that come at once happen once, and all hear the same", async () => {
  const { db } = client("at once");
  await db.query("CREATE TABLE t (id INTEGER PRIMARY KEY, v)");
  const key = "a-key-of-sixteen-characters";
  const calls = Array.from({ length: 12 }, () => caller("at once")(insert(key)));
  const answers = await Promise.all(calls);
  expect(new Set(answers.map(told))).toEqual(new Set([told(answers[0] as RawAnswer)]));
  expect(answers[0]).toMatchObject({ kind: "resolve", text: expect.stringContaining(key) });
  expect((await db.query("SELECT count(*) FROM t")).rows).toEqual([[1n]]);
  await db.close();
});

it("an object that is put away before it is asked again answers as it did", async () => {
  const { db, stub } = client("put away");
  await db.query("CREATE TABLE t (id INTEGER PRIMARY KEY, v)");
  const call = caller("put away");
  const key = "a-key-of-sixteen-characters";
  const first = await call(insert(key));
  await evictDurableObject(stub);
  expect(told(await call({ ...insert(key), a: 5_000 }))).toBe(told(first));
  expect((await db.query("SELECT count(*) FROM t")).rows).toEqual([[1n]]);
});

it("an object that ends at any moment ran each call once after all were sent again", async () => {
  const { db, stub } = client("ends");
  await db.query("CREATE TABLE t (id INTEGER PRIMARY KEY, v)");
  const keys: string[] = [];
  let lost = 0;
  for (let round = 0; round < 10; round++) {
    const of = Array.from({ length: 20 }, (_, i) => `a-key-of-round-${round}-call-${i}`);
    keys.push(...of);
    const half = round % of.length;
    const send = (key: string): Promise<RawAnswer> => caller("ends")(insert(key));
    const calls = of.slice(0, half).map(send);
    for (let turn = 0; turn < round; turn++) await Promise.resolve();
    const gone = runInDurableObject(stub, (_, state) => {
      state.abort("gone");
    }).catch(() => undefined);
    calls.push(...of.slice(half).map(send));
    const said = await Promise.allSettled(calls);
    await gone;
    const isLost = (one: PromiseSettledResult<RawAnswer>): boolean =>
      one.status === "rejected" || one.value.kind === "reject";
    lost += said.filter(isLost).length;
    const again = of.map((key) => caller("ends")({ ...insert(key), a: 5_000 }));
    const kinds = (await Promise.all(again)).map(({ kind }) => kind);
    expect(kinds).toEqual(of.map(() => "resolve"));
  }
  expect(lost).toBeGreaterThan(0);
  const other = client("ends");
  const { rows } = await other.db.query("SELECT count(*), count(DISTINCT v) FROM t");
  expect(rows).toEqual([[BigInt(keys.length), BigInt(keys.length)]]);
});
