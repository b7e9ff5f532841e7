/* The example's application with the one line changed that makes its database. */
import { d1 } from "dosql/d1";
import app from "../../../examples/d1-worker/src/shop.workers.ts";

export { DoSQLShard } from "dosql/worker";

export default {
  async fetch(request: Request, env: { DOSQL: DurableObjectNamespace }): Promise<Response> {
    const DB = d1(env.DOSQL);
    if (new URL(request.url).pathname === "/migrate") {
      return Response.json(await DB.prepare(await request.text()).run());
    }
    return app.fetch(request, { DB });
  },
};
