/* A Worker that is nothing but databases: the D1 REST API, and the backend of D1 bindings. */
import { d1Api } from "../../../src/entry/worker.ts";
import type { D1ApiEnv } from "../../../src/entry/worker.ts";

export { DoSQLCatalog, DoSQLD1, DoSQLShard } from "../../../src/entry/worker.ts";

const api = d1Api();

export default {
  async fetch(request: Request, env: D1ApiEnv): Promise<Response> {
    return (await api(request, env)) ?? new Response("no such page", { status: 404 });
  },
};
