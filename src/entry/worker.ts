/**
 * `dosql/worker`: the Durable Object class that holds a shard, and the D1 face over it.
 *
 * @module
 */
export { d1, dosql } from "./d1.ts";
export { databases } from "./workers/databases.workers.ts";
export type { Databases, DatabasesOptions, OpenNamed } from "./workers/databases.workers.ts";
export { shardDatabase } from "./workers/shard-database.workers.ts";
export { DoSQLCatalog } from "./workers/catalog-object.workers.ts";
export { DoSQLD1 } from "./workers/d1-entrypoint.workers.ts";
export type {
  D1QueryRequest,
  D1QueryResult,
  DoSQLD1Props,
} from "./workers/d1-entrypoint.workers.ts";
export { DoSQLShard } from "./workers/shard-object.workers.ts";
export type { ShardInfo } from "./workers/object-memory.workers.ts";
export { DoSQLPast } from "./workers/past-object.workers.ts";
export { R2Store } from "../platform/workers/r2-store.ts";
export { withDoSQL } from "./workers/with-dosql.workers.ts";
export type { AnswerFirst, DoSQLBinding, DoSQLBindings } from "./workers/with-dosql.workers.ts";
export { d1Api } from "./workers/worker-http.workers.ts";
export type { D1ApiEnv, D1ApiOptions } from "./workers/worker-http.workers.ts";
export type { DirectoryEnv, ObjectNamespace } from "./workers/workers-directory.workers.ts";
export type { Access as D1ApiAccess } from "../server/rest/rest-host.ts";
export type { Authorise as D1ApiAuthorise } from "../server/rest/rest-host.ts";
export { rpcEndpoint } from "./workers/rpc-endpoint.workers.ts";
export type { RpcEndpointOptions, RpcEnv, RpcNamespace } from "./workers/rpc-endpoint.workers.ts";
export { DoSQLRpcShard } from "./workers/rpc-shard.workers.ts";
export type { Permission } from "../rpc/api/token-access.ts";
