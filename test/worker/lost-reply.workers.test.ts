import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { d1 } from "../../src/entry/d1.ts";

/** More calls than an object answers before it is told to go. */
const CALLS = 40;

it("an object that goes before it replies ran each call once or not at all", async () => {
  const stub = (): DurableObjectStub => env.DOSQL.get(env.DOSQL.idFromName("lost reply"));
  const face = (): ReturnType<typeof d1> => d1(stub());
  await face().exec("CREATE TABLE t (a INTEGER)");
  const before = face().prepare("INSERT INTO t VALUES (?) RETURNING a");
  const said: PromiseSettledResult<unknown>[] = [];
  const insert = async (a: number): Promise<void> => {
    said[a] = (await Promise.allSettled([before.bind(a).first("a")]))[0];
  };
  const calls = Array.from({ length: CALLS }, (_, a) => insert(a));
  const gone = runInDurableObject(stub(), (_, state) => {
    state.abort("gone");
  });
  const more = Array.from({ length: CALLS }, (_, a) => insert(CALLS + a));
  await Promise.allSettled([gone, ...calls, ...more]);
  const lost = said.filter(({ status }) => status === "rejected");
  expect(lost.length).toBeGreaterThan(0);
  // Each call stands alone: a face with a stub that broke says so, a new one works.
  const rows = await face().prepare("SELECT a, count(*) FROM t GROUP BY a ORDER BY a").raw();
  expect(rows.every(([, times]) => times === 1)).toBe(true);
  const kept = new Set(rows.map(([a]) => a));
  const answered = said.flatMap(({ status }, a) => (status === "fulfilled" ? [a] : []));
  expect(answered.filter((a) => !kept.has(a))).toEqual([]);
});
