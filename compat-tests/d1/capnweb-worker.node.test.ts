import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connect } from "../../src/entry/client.ts";
import { d1, dosql } from "../../src/entry/d1.ts";
import { CutProxy } from "../../test/rpc/cut-proxy.ts";
import { ALL_CASES } from "./cases/all-cases.ts";
import type { Answers } from "./contract.ts";
import { answer } from "./contract.ts";
import type { AllAnswers } from "./drivers.ts";
import { COMPATIBILITY_DATE, bundle } from "./workerd.ts";

const TOKEN = "the-token-of-this-worker";

/** A workerd that listens, with the Worker of `capnweb-worker.workers.ts`. */
async function startWorker(): Promise<{
  readonly url: URL;
  ask(path: string): Promise<string>;
  stop(): Promise<void>;
}> {
  const { Miniflare, convertV4MiniflareOptions, Log, LogLevel } = await import("miniflare");
  const script = await bundle(new URL("capnweb-worker.workers.ts", import.meta.url));
  const object = (className: string) => ({ className, useSQLite: true });
  const miniflare = new Miniflare({
    ...convertV4MiniflareOptions({
      log: new Log(LogLevel.NONE),
      cf: false,
      host: "127.0.0.1",
      port: 0,
      workers: [
        {
          name: "rpc",
          modules: true,
          script,
          compatibilityDate: COMPATIBILITY_DATE,
          bindings: { DOSQL_TOKEN: TOKEN },
          durableObjects: {
            DOSQL: object("DoSQLRpcShard"),
            DOSQL_CATALOG: object("DoSQLCatalog"),
          },
        },
      ],
    }),
    telemetry: { enabled: false },
  });
  return {
    url: await miniflare.ready,
    ask: async (path) => (await miniflare.dispatchFetch(`http://worker${path}`)).text(),
    stop: () => miniflare.dispose(),
  };
}

/** workerd, or the reason why it does not run on this machine. */
const worker = await startWorker().catch((error: unknown) => String(error));
const skipped = typeof worker === "string" ? ` (skipped: no workerd here: ${worker})` : "";
const address = (way: string, path = ""): string => {
  if (typeof worker === "string") return "";
  return `${worker.url.origin.replace(/^http/, way)}${path}`;
};

afterAll(async () => {
  if (typeof worker !== "string") await worker.stop();
});

/** A change of the schema reads all of it; the table with the keys of calls is two rows more. */
const ROWS_READ = "meta: rows read and written";
const CHANGES_SCHEMA = /^(?:ALTER|DROP) /;

function comparable(name: string, answers: Answers | undefined): unknown {
  const all = Object.entries(answers ?? {});
  return name === ROWS_READ ? all.filter(([label]) => !CHANGES_SCHEMA.test(label)) : all;
}

describe.skipIf(skipped !== "")(`the D1 face over a Worker's RPC${skipped}`, () => {
  let local: AllAnswers = {};

  beforeAll(async () => {
    if (typeof worker !== "string") local = JSON.parse(await worker.ask("/")) as AllAnswers;
  });

  describe.each([
    ["ws", "/rpc"],
    ["ws", "/rpc/session"],
    ["http", "/rpc"],
  ])("%s at %s answers as over the object's own binding", (way, path) => {
    it.each(ALL_CASES.map((theCase, i) => [theCase.name, theCase, i] as const))(
      "%s",
      async (name, theCase, i) => {
        const database = `${way}${path.replaceAll("/", "-")}-${i}`;
        if (typeof worker !== "string") await worker.ask(`/create?name=${database}`);
        await using db = await connect(address(way, path), { token: TOKEN, database });
        const answers = JSON.parse(JSON.stringify(await answer(theCase, d1(db)))) as Answers;
        expect(comparable(name, answers)).toEqual(comparable(name, local[name]));
      },
    );
  });
});

describe.skipIf(skipped !== "")(`a client of a Worker, over a network${skipped}`, () => {
  it("has transactions, that d1() has too", async () => {
    await using db = await connect(address("ws"), { token: TOKEN });
    await db.query("CREATE TABLE moved (id INTEGER PRIMARY KEY)");
    await dosql(d1(db)).transaction((tx) => tx.prepare("INSERT INTO moved VALUES (1)").run());
    const failing = dosql(d1(db)).transaction(async (tx) => {
      await tx.prepare("INSERT INTO moved VALUES (2)").run();
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    expect((await db.query("SELECT id FROM moved")).rows).toEqual([[1n]]);
    const own = d1(db, { transactions: true, integers: "bigint" });
    await own.prepare("BEGIN").run();
    const all64 = own.prepare("UPDATE moved SET id = ? RETURNING id, id - 1").bind(2n ** 62n);
    expect(await all64.raw()).toEqual([[2n ** 62n, 2n ** 62n - 1n]]);
    await own.prepare("ROLLBACK").run();
    expect(await own.prepare("SELECT id FROM moved").raw()).toEqual([[1n]]);
  });

  it("that is cut off in a transaction is rolled back, and goes on", async () => {
    await using db = await connect(address("ws"), { token: TOKEN });
    await db.query("CREATE TABLE cut (id INTEGER PRIMARY KEY)");
    await using proxy = await CutProxy.to(address("http"));
    await using weak = await connect(`ws://127.0.0.1:${proxy.port}`, { token: TOKEN });
    const tx = await weak.begin();
    await tx.query("INSERT INTO cut VALUES (1)");
    proxy.cutNow();
    await expect(tx.query("INSERT INTO cut VALUES (2)")).rejects.toMatchObject({
      code: "connection",
    });
    expect((await db.query("SELECT id FROM cut")).rows).toEqual([]);
    const next = await weak.begin();
    await next.query("INSERT INTO cut VALUES (3)");
    await next.commit();
    expect((await db.query("SELECT id FROM cut")).rows).toEqual([[3n]]);
  });
});
