/**
 * `dosql/d1`: a DoSQL database with the shape of a Cloudflare D1 binding.
 *
 * @module
 */
import { D1Database } from "../compat/d1/database.ts";
import type { Database } from "../engine/session.ts";
import { stubDatabase } from "../rpc/shard-stub.ts";
import type { ShardService } from "../rpc/shard-wire.ts";

export type { D1Database } from "../compat/d1/database.ts";
export type { D1ExecResult, D1Meta, D1Result, D1Value } from "../compat/d1/result.ts";
export type { D1DatabaseSession, D1SessionConstraint } from "../compat/d1/session.ts";
export type { D1PreparedStatement } from "../compat/d1/statement.ts";

/** A Durable Object stub, as far as `d1` looks. */
export interface ShardStub {
  fetch: unknown;
}

/** A Durable Object namespace, as far as `d1` looks. */
export interface ShardNamespace {
  idFromName(name: string): unknown;
  // The runtime's own parameter type; a method's parameters are compared in both directions.
  get(id: never): ShardStub;
}

/** Options of `d1`. */
export interface D1Options {
  /** Which database of a namespace: each name is an object of its own. Default `main`. */
  readonly database?: string;
}

/**
 * A D1 database over a DoSQL database: over one in this process, over the Durable Object
 * namespace of a `DoSQLShard`, or over one stub of it.
 *
 * @example
 * const db = d1(env.DOSQL);
 * const { results } = await db.prepare("SELECT * FROM users WHERE id = ?").bind(1).all();
 */
export function d1(
  source: Database | ShardNamespace | ShardStub,
  options: D1Options = {},
): D1Database {
  // A stub seems to have every property one asks for, but only it has `fetch`.
  if ("fetch" in source) return new D1Database(stubDatabase(() => service(source)));
  if (!("idFromName" in source)) return new D1Database(source);
  const id = source.idFromName(options.database ?? "main") as never;
  return new D1Database(stubDatabase(() => service(source.get(id))));
}

function service(stub: ShardStub): ShardService {
  return stub as unknown as ShardService;
}
