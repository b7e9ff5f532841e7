import { env } from "cloudflare:workers";
import type { Env } from "./env.workers.ts";
import { note, notes } from "./notes.workers.ts";

const bindings = env as unknown as Env;
/** Taken while the module loads: only what is bound by then is in it. */
const early = bindings.DB as D1Database | undefined;

/** Uses the database that the environment has now. */
export async function imported(place: string): Promise<unknown> {
  await note(bindings.DB, place);
  return { keys: Object.keys(bindings), notes: await notes(bindings.DB) };
}

/** Uses the database that was there when this module was loaded. */
export async function atLoad(place: string): Promise<unknown> {
  if (early === undefined) return "nothing was bound";
  await note(early, place);
  return notes(early);
}
