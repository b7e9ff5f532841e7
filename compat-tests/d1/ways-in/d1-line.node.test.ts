/*
 * The ways in that change one line: `d1(…)` of a Durable Object namespace, of a folder on Node,
 * of a server far away. The application of examples/d1-worker makes the same visit by each.
 */
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { open } from "dosql";
import { connect } from "dosql/client";
import { d1 } from "dosql/d1";
import { serve } from "dosql/server";
import { afterEach, describe, expect, it } from "vitest";
import { VISIT, take } from "../../../examples/d1-worker/test/visit.ts";
import { bundleWorker, startWorkers } from "./workers.ts";

const EXAMPLE = path.join(import.meta.dirname, "../../../examples/d1-worker");
const migrations = path.join(EXAMPLE, "migrations");
const SCHEMA = readdirSync(migrations)
  .toSorted((a, b) => (a < b ? -1 : 1))
  .map((file) => readFileSync(path.join(migrations, file), "utf8"))
  .join("\n");

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function dataFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "dosql-way-in-"));
  folders.push(folder);
  return path.join(folder, "data");
}

/** Makes the whole visit; each step must answer as the example's own test wants. */
async function visit(serveOne: (request: Request) => Promise<Response>): Promise<void> {
  for (const step of VISIT) {
    const { status, answer } = await take(step, serveOne);
    expect(status, `${step.request}: ${JSON.stringify(answer)}`).toBe(step.status);
    if (step.answer instanceof RegExp) {
      expect((answer as { error: string }).error).toMatch(step.answer);
    } else {
      expect(answer, step.request).toEqual(step.answer);
    }
  }
}

/** The application on Node: of what a Worker has, it needs nothing but its database. */
async function visitOnNode(DB: ReturnType<typeof d1>): Promise<void> {
  const { default: app } = await import(path.join(EXAMPLE, "src/shop.workers.ts"));
  await DB.prepare(SCHEMA).run();
  await visit((request) => app.fetch(request, { DB }));
}

describe("one line", () => {
  it("d1(env.DOSQL), in a Worker", async () => {
    const workers = await startWorkers([
      {
        name: "line",
        script: await bundleWorker(new URL("d1-line.workers.ts", import.meta.url)),
        durableObjects: { DOSQL: { className: "DoSQLShard", useSQLite: true } },
        compatibilityFlags: ["nodejs_compat"],
      },
    ]);
    try {
      const worker = await workers.worker("line");
      const send = async (request: Request): Promise<Response> => {
        const body = request.body === null ? {} : { body: await request.text() };
        const answer = await worker.fetch(request.url, { method: request.method, ...body });
        return new Response(await answer.text(), { status: answer.status });
      };
      await send(new Request("http://shop/migrate", { method: "POST", body: SCHEMA }));
      await visit(send);
    } finally {
      await workers.stop();
    }
  });

  it('d1(open("./data")), on Node', async () => {
    const database = open(dataFolder());
    try {
      await visitOnNode(d1(database));
    } finally {
      await database.close();
    }
  });

  it("d1(await connect(url, { token })), from anywhere", async () => {
    await using server = await serve({ data: dataFolder(), pgPort: 0, httpPort: 0 });
    const { httpUrl, token } = server;
    for (const url of [httpUrl.replace(/^http/, "ws"), httpUrl]) {
      await using database = await connect(url, { token });
      await visitOnNode(d1(database));
      await d1(database).prepare(`DROP VIEW best_sellers`).run();
      for (const table of ["order_lines", "orders", "customers", "price_changes", "products"]) {
        await d1(database).prepare(`DROP TABLE ${table}`).run();
      }
    }
  });
});
