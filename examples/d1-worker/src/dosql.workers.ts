/* The whole move to DoSQL: `env.DB` of the application is a DoSQL database. */
import { d1Api, withDoSQL } from "dosql/worker";
import app from "./shop.workers.ts";

export { DoSQLCatalog, DoSQLShard } from "dosql/worker";
// d1Api() is for `wrangler d1`: it answers nobody until the secret DOSQL_TOKEN is set.
export default withDoSQL(app, { DB: "DOSQL" }, d1Api());
