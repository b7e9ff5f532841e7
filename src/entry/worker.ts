/**
 * `dosql/worker`: the Durable Object class that holds a shard, and the D1 face over it.
 *
 * @module
 */
export { d1, dosql, transactions } from "./d1.ts";
export { databases } from "./databases.workers.ts";
export type { Databases, DatabasesOptions, OpenNamed } from "./databases.workers.ts";
export { shardDatabase } from "./shard-database.workers.ts";
export { DoSQLCatalog } from "./catalog-object.workers.ts";
export { DoSQLD1 } from "./d1-entrypoint.workers.ts";
export type { D1QueryRequest, D1QueryResult, DoSQLD1Props } from "./d1-entrypoint.workers.ts";
export { DoSQLShard } from "./shard-object.workers.ts";
export type { ShardInfo } from "./object-memory.workers.ts";
export { DoSQLPast } from "./past-object.workers.ts";
export { R2Store } from "../platform/workers/r2-store.ts";
export { withDoSQL } from "./with-dosql.workers.ts";
export type { AnswerFirst, DoSQLBinding, DoSQLBindings } from "./with-dosql.workers.ts";
export { d1Api } from "./worker-http.workers.ts";
export type { D1ApiEnv, D1ApiOptions } from "./worker-http.workers.ts";
export type { DirectoryEnv, ObjectNamespace } from "./workers-directory.workers.ts";
export type { Access as D1ApiAccess } from "../server/rest/rest-host.ts";
export type { Authorise as D1ApiAuthorise } from "../server/rest/rest-host.ts";
export { rpcEndpoint } from "./rpc-endpoint.workers.ts";
export type { RpcEndpointOptions, RpcEnv, RpcNamespace } from "./rpc-endpoint.workers.ts";
export { DoSQLRpcShard } from "./rpc-shard.workers.ts";
export type { Permission } from "../rpc/api/token-access.ts";
