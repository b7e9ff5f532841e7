import { DurableObject } from "cloudflare:workers";
import { DoSQLShard } from "../../src/entry/worker.ts";

export { DoSQLShard };

/** An object with nothing but its SQLite storage, for tests of what is built on it. */
export class BareObject extends DurableObject {}

export default {
  fetch(): Response {
    return new Response("test worker");
  },
};
