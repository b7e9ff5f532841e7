/*
 * An application that knows of D1 only. It uses its database in every place where a Worker can
 * meet its environment, and reports what it found there.
 */
import { DurableObject, WorkerEntrypoint } from "cloudflare:workers";
import type { Env, Writing } from "./env.workers.ts";
import { atLoad, imported } from "./imported.workers.ts";
import { note, notes } from "./notes.workers.ts";

/** A named entrypoint, whose methods other Workers call. */
export class Reports extends WorkerEntrypoint<Env> implements Writing {
  async write(): Promise<unknown> {
    await note(this.env.DB, "entrypoint");
    return { keys: Object.keys(this.env), notes: await notes(this.env.DB) };
  }
}

/** A Durable Object of the application's own. */
export class Room extends DurableObject<Env> implements Writing {
  async write(): Promise<unknown> {
    await note(this.env.DB, "durable object");
    return { keys: Object.keys(this.env), notes: await notes(this.env.DB) };
  }
}

async function answer(place: string, env: Env, ctx: ExecutionContext): Promise<unknown> {
  switch (place) {
    case "handler":
      await note(env.DB, place);
      return { keys: Object.keys(env), greeting: env.GREETING, notes: await notes(env.DB) };
    case "import":
      return imported(place);
    case "load":
      return atLoad(place);
    case "entrypoint":
      return (ctx.exports as unknown as { Reports: Writing }).Reports.write();
    case "object":
      return env.ROOM.get(env.ROOM.idFromName("one")).write();
    case "plain":
      return {
        prototype: Object.getPrototypeOf(env) === Object.prototype,
        spread: Object.keys({ ...env }),
        name: env.DB.constructor.name,
        exports: Object.keys(ctx.exports ?? {}).includes("Reports"),
      };
    default:
      return notes(env.DB);
  }
}

export default {
  // State of its own, as a router has it.
  routes: ["/handler"],

  async fetch(request: Request, env: Env, ctx: ExecutionContext): Promise<Response> {
    const place = new URL(request.url).pathname.slice(1);
    try {
      return Response.json({ routes: this.routes, answer: await answer(place, env, ctx) });
    } catch (error) {
      return Response.json({ error: String(error) });
    }
  },

  async scheduled(_event: ScheduledController, env: Env): Promise<void> {
    await note(env.DB, "scheduled");
  },

  async queue(batch: MessageBatch, env: Env): Promise<void> {
    for (const { body } of batch.messages) await note(env.DB, `queue ${String(body)}`);
  },
};
