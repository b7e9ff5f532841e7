/**
 * `dosql/worker`: the Durable Object class that holds a shard, and the D1 face over it.
 *
 * @module
 */
export { d1 } from "./d1.ts";
export { DoSQLShard } from "./shard-object.workers.ts";
export { R2Store } from "../platform/workers/r2-store.ts";
