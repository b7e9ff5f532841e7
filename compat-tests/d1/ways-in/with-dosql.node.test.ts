import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunningWorkers } from "./workers.ts";
import { bundleWorker, startWorkers } from "./workers.ts";

const here = (file: string): Promise<string> =>
  bundleWorker(new URL(`./with-dosql/${file}.workers.ts`, import.meta.url));

/** Where an application meets its environment: see `app.workers.ts`. */
const PLACES = ["handler", "import", "entrypoint", "object", "plain", "other"];

describe("withDoSQL, compared with a D1 binding of the same name", () => {
  let workers: RunningWorkers;

  beforeAll(async () => {
    const objects = {
      ROOM: { className: "Room", useSQLite: true },
      DOSQL: { className: "DoSQLShard", useSQLite: true },
    };
    const { DOSQL: _, ...room } = objects;
    const bindings = { GREETING: "hello" };
    workers = await startWorkers([
      {
        name: "reference",
        script: await here("app"),
        d1Databases: { DB: "reference" },
        durableObjects: room,
        bindings,
      },
      { name: "main", script: await here("main"), durableObjects: objects, bindings },
      { name: "early", script: await here("early-main"), durableObjects: objects, bindings },
      {
        name: "transacting",
        script: await here("transacting-main"),
        durableObjects: objects,
        bindings,
      },
      { name: "renewed", script: await here("renewed-main"), durableObjects: objects, bindings },
      {
        name: "class",
        script: await here("class-main"),
        durableObjects: objects,
        bindings,
        // So that nothing but the wrapped classes can have brought the database.
        compatibilityFlags: ["disallow_importable_env"],
      },
      {
        name: "flag",
        script: await here("main"),
        durableObjects: objects,
        bindings,
        compatibilityFlags: ["disallow_importable_env"],
      },
      { name: "unbound", script: await here("main"), durableObjects: room, bindings },
    ]);
  });

  afterAll(async () => {
    await workers?.stop();
  });

  const ask = async (worker: string, place: string): Promise<any> =>
    (await (await workers.worker(worker)).fetch(`http://app/${place}`)).json();

  /** What an application sees in all places; the namespace itself is one binding more. */
  async function allAnswers(worker: string): Promise<unknown> {
    const app = await workers.worker(worker);
    await app.scheduled({ cron: "* * * * *" });
    const message = { id: "1", timestamp: new Date(0), body: "job", attempts: 1 };
    await app.queue("jobs", [message]);
    const answers = [];
    for (const place of PLACES) answers.push([place, await ask(worker, place)]);
    const text = JSON.stringify(answers, (_key, value: unknown) =>
      Array.isArray(value) && value.includes("GREETING")
        ? value.filter((name) => name !== "DOSQL").toSorted((a, b) => (a < b ? -1 : 1))
        : value,
    );
    return JSON.parse(text);
  }

  it("is the same in every place where a Worker meets its environment", async () => {
    const wanted = await allAnswers("reference");
    expect(JSON.stringify(wanted)).toContain('"place":"durable object"');
    expect(await allAnswers("main")).toEqual(wanted);
    expect(await allAnswers("early")).toEqual(wanted);
  });

  it("reaches what a module takes while it loads, when it is called first", async () => {
    expect(await ask("main", "load")).toMatchObject({ answer: "nothing was bound" });
    const { answer } = await ask("early", "load");
    expect(answer.at(-1)).toMatchObject({ place: "load" });
  });

  it("wraps classes, which keep their methods and state", async () => {
    const first = await ask("class", "");
    expect(first).toMatchObject({
      calls: 1,
      room: { notes: [{ place: "class" }, { place: "durable object" }] },
      notes: [{ place: "class" }, { place: "durable object" }],
    });
    expect((await ask("class", "")).calls).toBe(1);
    const worker = (await workers.worker("class")) as any;
    expect(await worker.add(1, 2)).toBe(3);
  });

  it("works without importable env", async () => {
    const { answer } = await ask("flag", "handler");
    expect(answer.notes).toEqual([{ id: 1, place: "handler" }]);
  });

  it("works in a new environment, as after a deployment of bindings", async () => {
    const { answer } = await ask("renewed", "handler");
    expect(answer.notes).toEqual([{ id: 1, place: "handler" }]);
  });

  it("gives each event a database of its own, where it may begin transactions", async () => {
    const asked = ["kept", "lost", "kept", "lost", "kept"].map((place) =>
      ask("transacting", place),
    );
    for (const { same, keys } of await Promise.all(asked)) {
      expect(same).toBe(true);
      expect(keys).toEqual(expect.arrayContaining(["GREETING", "DOSQL", "ROOM", "DB"]));
    }
    const places = (await ask("transacting", "notes")).map((note: any) => note.place);
    expect(places).toEqual(["kept", "kept", "kept"]);
  });

  it("lets a service answer before the application", async () => {
    expect(await ask("renewed", "first")).toBe("first");
    expect(await ask("class", "first")).toBe("first");
  });

  it("says what is missing", async () => {
    const worker = await workers.worker("unbound");
    await expect(worker.fetch("http://app/handler")).rejects.toThrow(
      "env.DOSQL is no Durable Object namespace",
    );
  });

  it("does not start where the name is taken", async () => {
    const starting = startWorkers([
      {
        name: "taken",
        script: await here("main"),
        d1Databases: { DB: "taken" },
        durableObjects: { DOSQL: { className: "DoSQLShard", useSQLite: true } },
      },
    ]);
    await expect(starting).rejects.toThrow("env.DB is bound already: take it out");
  });
});
