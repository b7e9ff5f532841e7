/**
 * `dosql/d1`: a DoSQL database with the shape of a Cloudflare D1 binding.
 *
 * @module
 */
export { d1 } from "./d1/face.ts";
export type { ShardNamespace, ShardStub } from "./d1/face.ts";
export { dosql } from "./d1/extras.ts";
export type { D1Extras } from "./d1/extras.ts";
export type { D1Database, D1Options } from "../compat/d1/database.ts";
export type { D1ExecResult, D1Meta, D1Result, D1Value } from "../compat/d1/result.ts";
export type { D1DatabaseSession, D1SessionConstraint } from "../compat/d1/session.ts";
export type { D1PreparedStatement } from "../compat/d1/statement.ts";
export type { IterateOptions } from "../compat/d1/iterate.ts";
export type { IntegerForm } from "../compat/d1/exact-integers.ts";
export type { PointInTime } from "../engine/time/point-in-time.ts";
