/* A Worker that a bundler made several modules of: what `d1()` needs now and then loads then. */
import { d1 } from "dosql/d1";

export { DoSQLShard } from "dosql/worker";

interface Env {
  readonly DOSQL: Parameters<typeof d1>[0];
}

const BIG = 9_007_199_254_740_993n;

async function answer(path: string, env: Env): Promise<unknown> {
  const db = d1(env.DOSQL);
  switch (path) {
    case "/plain":
      await db.prepare("CREATE TABLE IF NOT EXISTS t (id INTEGER PRIMARY KEY)").run();
      return db.prepare("SELECT count(*) AS n FROM t").first("n");
    case "/failure":
      return db
        .prepare("SELECT nope")
        .all()
        .catch((error: Error) => error.message);
    case "/script":
      return (await db.prepare("SELECT 1 AS a; SELECT 2 AS b").all()).results;
    default: {
      const own = d1(env.DOSQL, { transactions: true, integers: "string" });
      await own.prepare("BEGIN").run();
      const id = await own.prepare("INSERT INTO t VALUES (?) RETURNING id").bind(BIG).first("id");
      await own.prepare("ROLLBACK").run();
      return [id, await own.prepare("SELECT count(*) AS n FROM t").first("n")];
    }
  }
}

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    // Many at once, as in an isolate that just began.
    const { pathname } = new URL(request.url);
    return Response.json(await Promise.all([answer(pathname, env), answer("/plain", env)]));
  },
};
