/* Asks our class over the storage of a Durable Object; each case has an object of its own. */
import { DurableObject } from "cloudflare:workers";
import Database from "../../src/entry/better-sqlite3-durable.workers.ts";
import type { DurableStorage } from "../../src/platform/workers/durable-storage.ts";
import { answer } from "./contract.ts";
import { emptied } from "./empty-storage.ts";
import { SERVED_CASES } from "./served-cases.ts";

export class Contract extends DurableObject {
  override async fetch(request: Request): Promise<Response> {
    const theCase = SERVED_CASES[Number(await request.text())];
    if (theCase === undefined) return new Response("no such case", { status: 404 });
    const storage = this.ctx.storage as unknown as DurableStorage;
    const opened = function (_source: unknown, options: Database.Options): object {
      return new Database(emptied(storage), options);
    };
    opened.prototype = Database.prototype;
    Object.assign(opened, { SqliteError: Database.SqliteError });
    try {
      return Response.json(await answer(theCase, opened, "/folder"));
    } catch (error) {
      return Response.json({ "the case itself": String(error) });
    }
  }
}

export default {
  async fetch(request: Request, env: { OBJECT: DurableObjectNamespace }): Promise<Response> {
    const body = await request.text();
    return env.OBJECT.get(env.OBJECT.idFromName(body)).fetch("http://o/", { method: "POST", body });
  },
};
