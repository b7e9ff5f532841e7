import { withDoSQL } from "dosql/worker";
import app from "./app.workers.ts";

export * from "./app.workers.ts";
export { DoSQLShard } from "dosql/worker";
export default withDoSQL(app, { DB: "DOSQL" });
