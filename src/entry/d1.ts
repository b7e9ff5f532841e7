/**
 * `dosql/d1`: a DoSQL database with the shape of a Cloudflare D1 binding.
 *
 * @module
 */
import { DosqlError } from "../base/errors.ts";
import { D1Database } from "../compat/d1/database.ts";
import type { Database } from "../engine/session.ts";
import { pastDatabase } from "../engine/time/past-database.ts";
import type { PointInTime } from "../engine/time/point-in-time.ts";
import { stubDatabase } from "../rpc/shard-stub.ts";
import type { ShardService } from "../rpc/shard-wire.ts";

export type { D1Database } from "../compat/d1/database.ts";
export type { D1ExecResult, D1Meta, D1Result, D1Value } from "../compat/d1/result.ts";
export type { D1DatabaseSession, D1SessionConstraint } from "../compat/d1/session.ts";
export type { D1PreparedStatement } from "../compat/d1/statement.ts";
export type { PointInTime } from "../engine/time/point-in-time.ts";

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

/** What DoSQL adds to a D1 database. */
export interface D1Extras {
  /**
   * The database as it was: its statements read what was committed then, and change nothing.
   *
   * @throws DosqlError `invalid-argument` for what is no point in time
   */
  at(point: PointInTime): D1Database;
}

/**
 * What DoSQL adds to a D1 database. The database itself carries no member that D1's has not.
 *
 * @throws DosqlError `misuse` for a D1 database that `d1` did not make
 * @example
 * const yesterday = dosql(db).at(Date.now() - 86_400_000);
 * const { results } = await yesterday.prepare("SELECT * FROM users").all();
 */
export function dosql(database: D1Database): D1Extras {
  const behind = D1Database.behind(database);
  if (behind === null) {
    throw new DosqlError("misuse", "dosql() takes a D1 database that d1() made");
  }
  return { at: (point) => new D1Database(pastDatabase(behind, point)) };
}

function service(stub: ShardStub): ShardService {
  return stub as unknown as ShardService;
}
