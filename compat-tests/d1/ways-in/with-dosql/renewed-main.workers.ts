/*
 * A deployment that changes nothing but bindings gives a running Worker a new environment, where
 * nobody has put a database yet: so each event gets one here.
 */
import { withDoSQL } from "dosql/worker";
import type { Env } from "./env.workers.ts";
import app from "./app.workers.ts";

export * from "./app.workers.ts";
export { DoSQLShard } from "dosql/worker";

const bound = withDoSQL(app, { DB: "DOSQL" }, async (request) =>
  request.url.endsWith("/first") ? new Response('"first"') : null,
);

export default {
  fetch(request: Request, env: Env, ctx: ExecutionContext): Promise<Response> {
    const { DB: _, ...renewed } = env;
    return bound.fetch(request, renewed as Env, ctx);
  },
};
