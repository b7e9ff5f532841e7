/* Calls with keys that meet: with themselves, and with the end of the server's process. */
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { scratchFolder, serve } from "../cli/run-dosql.ts";
import { CutProxy } from "./cut-proxy.ts";
import type { RawAnswer } from "./raw-batch.ts";
import { rawCall } from "./raw-batch.ts";
import { Served } from "./served.ts";

interface Place {
  readonly httpUrl: string;
  readonly token: string;
}

function call({ httpUrl, token }: Place, value: object): Promise<RawAnswer> {
  return rawCall(async (body) => {
    const headers = { authorization: `Bearer ${token}` };
    const address = `${httpUrl.replace(/\/$/, "")}/rpc`;
    const answer = await fetch(address, { method: "POST", headers, body });
    return await answer.text();
  }, value);
}

const insert = (key: string, batch = 0) => {
  const statement = ["INSERT INTO t (v) VALUES (?) RETURNING id, v", key];
  return { s: batch === 0 ? [statement] : [statement, statement], b: batch, k: key, a: 0 };
};
const callEach = (place: Place, keys: readonly string[], ageMs: number): Promise<RawAnswer>[] =>
  keys.map((key) => call(place, { ...insert(key), a: ageMs }));

/** Everything but the position, which goes on. */
const told = ({ kind, text }: RawAnswer): string => `${kind} ${text.replace(/\\"seen\\".*/, "")}`;

describe("calls with one key that come at once", () => {
  it.each([0, 1])("happen once, and all hear the same (batch %s)", async (batch) => {
    await using served = await Served.start();
    const db = await served.connect();
    await db.query("CREATE TABLE t (id INTEGER PRIMARY KEY, v)");
    const key = "a-key-of-sixteen-characters";
    // All of them wait for the lease, and get it one after the other.
    const tx = await db.begin();
    await tx.query("INSERT INTO t (v) VALUES ('first')");
    const calls = Array.from({ length: 12 }, () => call(served.server, insert(key, batch)));
    await sleep(100);
    await tx.commit();
    const answers = await Promise.all(calls);
    expect(new Set(answers.map(told))).toEqual(new Set([told(answers[0] as RawAnswer)]));
    expect(answers[0]).toMatchObject({ kind: "resolve", text: expect.stringContaining(key) });
    const { rows } = await db.query("SELECT count(*) FROM t WHERE v = ?", [key]);
    expect(rows).toEqual([[batch === 0 ? 1n : 2n]]);
  });

  it("happen, when the one that was first is taken back", async () => {
    await using served = await Served.start();
    const db = await served.connect();
    await db.query("CREATE TABLE t (id INTEGER PRIMARY KEY, v UNIQUE)");
    await db.query("INSERT INTO t (v) VALUES ('taken')");
    const tx = await db.begin();
    await tx.query("DELETE FROM t");
    const taken = { s: [["INSERT INTO t (v) VALUES ('taken')"]], k: "a-key-of-another-kind", a: 0 };
    const calls = Array.from({ length: 6 }, () => call(served.server, taken));
    await sleep(100);
    await tx.rollback();
    // Each fails as the first did: what failed left no key.
    for (const { kind, text } of await Promise.all(calls)) {
      expect([kind, text]).toEqual(["reject", expect.stringContaining("UNIQUE")]);
    }
    await db.query("DELETE FROM t");
    expect((await call(served.server, { ...taken, a: 5 })).kind).toBe("resolve");
  });
});

describe("a server that is killed", { timeout: 60_000 }, () => {
  it("between running a call and answering it, answers it when it is sent again", async () => {
    const data = scratchFolder();
    const one = await serve(data);
    expect((await call(one, { s: [["CREATE TABLE t (id INTEGER PRIMARY KEY, v)"]] })).kind).toBe(
      "resolve",
    );
    await using proxy = await CutProxy.to(one.httpUrl);
    proxy.cutAtAnswer();
    const key = "a-key-of-sixteen-characters";
    const lost = call({ ...one, httpUrl: `http://127.0.0.1:${proxy.port}` }, insert(key));
    await expect(lost).rejects.toThrow(/fetch failed|terminated/);
    expect(proxy.cuts).toBe(1);
    await one.stop("SIGKILL");
    const two = await serve(data);
    const again = await call(two, { ...insert(key), a: 50 });
    expect(told(again)).toMatch(/^resolve .*a-key-of-sixteen-characters/);
    expect(told(await call(two, { ...insert(key), a: 60 }))).toBe(told(again));
    const count = await call(two, { s: [["SELECT 'found ' || count(*) FROM t"]] });
    expect(count.text).toContain("found 1");
    await two.stop();
  });

  it("at any moment, ran each call once after all were sent again", async () => {
    const data = scratchFolder();
    let server = await serve(data);
    await call(server, { s: [["CREATE TABLE t (id INTEGER PRIMARY KEY, v)"]] });
    const keys: string[] = [];
    let lost = 0;
    for (let round = 0; round < 3; round++) {
      const of = Array.from({ length: 40 }, (_, i) => `a-key-of-round-${round}-call-${i}`);
      keys.push(...of);
      const sent = Promise.allSettled(callEach(server, of, 0));
      await sleep(5 + 20 * round);
      await server.stop("SIGKILL");
      lost += (await sent).filter(({ status }) => status === "rejected").length;
      server = await serve(data);
      const again = await Promise.all(callEach(server, of, 5_000));
      expect(again.map(({ kind }) => kind)).toEqual(of.map(() => "resolve"));
    }
    expect(lost).toBeGreaterThan(0);
    const once = "SELECT 'rows ' || count(*) || ' of ' || count(DISTINCT v) FROM t";
    const { text } = await call(server, { s: [[once]] });
    expect(text).toContain(`rows ${keys.length} of ${keys.length}`);
    await server.stop();
  });
});
