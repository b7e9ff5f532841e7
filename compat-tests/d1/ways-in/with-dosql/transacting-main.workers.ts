/* An application whose events begin transactions by statements, as Drizzle does. */
import { env as imported } from "cloudflare:workers";
import { withDoSQL } from "dosql/worker";
import type { Env } from "./env.workers.ts";
import { note, notes } from "./notes.workers.ts";

export { DoSQLShard } from "dosql/worker";

const app = {
  async fetch(request: Request, env: Env): Promise<Response> {
    const place = new URL(request.url).pathname.slice(1);
    if (place === "notes") return Response.json(await notes(env.DB));
    const { DB } = imported as unknown as Env;
    await env.DB.prepare("BEGIN").run();
    await note(DB, place);
    await env.DB.prepare(place === "kept" ? "COMMIT" : "ROLLBACK").run();
    return Response.json({ same: DB === env.DB, keys: Object.keys(imported) });
  },
};

export default withDoSQL(app, { DB: { namespace: "DOSQL", transactions: true } });
