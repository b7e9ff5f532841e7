import { DosqlError } from "../../base/errors.ts";
import type { D1Options } from "../../compat/d1/database.ts";
import { D1Database } from "../../compat/d1/database.ts";
import type { IntegerForm } from "../../compat/d1/exact-integers.ts";
import { LateRunner } from "../../compat/d1/late-runner.ts";
import type { Runner } from "../../compat/d1/runner.ts";
import type { Database } from "../../engine/session/session.ts";
import { stubDatabase } from "../../rpc/shard-stub.ts";
import type { ShardService } from "../../rpc/shard-wire.ts";

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

/**
 * A D1 database over a DoSQL database: over one in this process, over one that `databases` of
 * `dosql/worker` opened, over the Durable Object namespace of a `DoSQLShard` (its database `main`),
 * or over one stub of it. The code of an option is loaded when the first query runs.
 *
 * @throws DosqlError `invalid-argument` for an option that it has not, and for a source that is
 *   missing
 * @example
 * const db = d1(env.DOSQL);
 * const { results } = await db.prepare("SELECT * FROM users WHERE id = ?").bind(1).all();
 * @example
 * const exact = d1(env.DOSQL, { integers: "bigint" });
 * await exact.prepare("SELECT id FROM t WHERE id = ?").bind(9007199254740993n).first("id");
 * @example
 * const orm = drizzle(d1(env.DOSQL, { transactions: true }));
 * await orm.transaction(async (tx) => { … });
 */
export function d1(
  source: Database | ShardNamespace | ShardStub,
  options: D1Options = {},
): D1Database {
  checkOptions(options, source);
  return faceOf(databaseOf(source), options);
}

/** @throws DosqlError `invalid-argument` for an option that there is not, or without a source */
export function checkOptions(options: D1Options, source: unknown): void {
  const { transactions = false, integers = "number", ...others } = options;
  const known = source && transactions === !!transactions && isForm(integers);
  if (known && !Object.keys(others)[0]) return;
  throw new DosqlError(
    "invalid-argument",
    "d1() takes a binding or databases(env).open(name), " +
      "transactions: true, integers: 'bigint' or 'string'",
  );
}

/** Nothing else that has the same text. */
function isForm(form: IntegerForm): boolean {
  return form === "number" || form === "bigint" || form === "string";
}

/** The face of a database, with options that are right. */
export function faceOf(database: Database, options: D1Options): D1Database {
  const { transactions, integers = "number" } = options;
  const exact = integers !== "number";
  const load = async (): Promise<Runner> =>
    (await import("./option-runner.ts")).optionRunner(database, options);
  const runners = (): Runner => new LateRunner(database, exact, load);
  return new D1Database(database, options, transactions || exact ? runners : undefined);
}

function databaseOf(source: Database | ShardNamespace | ShardStub): Database {
  // A stub seems to have every property one asks for, but only it has `fetch`.
  if ("fetch" in source) return stubDatabase(() => source as unknown as ShardService);
  if (!("idFromName" in source)) return source;
  const id = source.idFromName("main") as never;
  return stubDatabase(() => source.get(id) as unknown as ShardService);
}
