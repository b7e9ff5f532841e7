import "./bind-first.workers.ts";

export * from "./app.workers.ts";
export { default } from "./app.workers.ts";
export { DoSQLShard } from "dosql/worker";
