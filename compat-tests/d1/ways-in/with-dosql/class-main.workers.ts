/* A Worker whose default export is a class; its handlers are methods with a state of their own. */
import { WorkerEntrypoint } from "cloudflare:workers";
import { withDoSQL } from "dosql/worker";
import type { Env } from "./env.workers.ts";
import { Room as BareRoom } from "./app.workers.ts";
import { note, notes } from "./notes.workers.ts";

class Main extends WorkerEntrypoint<Env> {
  #calls = 0;

  override async fetch(): Promise<Response> {
    this.#calls += 1;
    await note(this.env.DB, "class");
    const room: Promise<unknown> = this.env.ROOM.get(this.env.ROOM.idFromName("one")).write();
    return Response.json({ calls: this.#calls, room: await room, notes: await notes(this.env.DB) });
  }

  add(a: number, b: number): number {
    return a + b;
  }
}

const bindings = { DB: "DOSQL" };
export { DoSQLShard } from "dosql/worker";
export const Room: typeof BareRoom = withDoSQL(BareRoom, bindings);
export default withDoSQL(Main, bindings, async (request) =>
  request.url.endsWith("/first") ? new Response('"first"') : null,
);
