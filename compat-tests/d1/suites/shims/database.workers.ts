/* The database under test: the local D1, or DoSQL in a Durable Object. */
import { env } from "cloudflare:workers";
import type { ShardNamespace } from "../../../../src/entry/d1.ts";
import { d1 } from "../../../../src/entry/d1.ts";

/** The runner binds as many local databases as any suite wants. */
interface SuiteEnv {
  readonly DRIVER: "d1" | "dosql";
  readonly DOSQL: ShardNamespace;
  readonly [reference: `D1_${number}`]: D1Database;
}

const names: string[] = [];

/** An empty database; the same one for the same name. */
export function database(name: string): D1Database {
  if (!names.includes(name)) names.push(name);
  const bindings = env as unknown as SuiteEnv;
  const { DRIVER, DOSQL } = bindings;
  if (DRIVER === "dosql") {
    return d1(DOSQL.get(DOSQL.idFromName(name) as never), { transactions: true });
  }
  const reference = bindings[`D1_${names.indexOf(name)}`];
  if (reference === undefined) throw new Error("the runner binds too few databases");
  return reference;
}
