/*
 * Asks the contract's cases inside workerd: of the real local D1, and of DoSQL in a Durable
 * Object. Each case has a database of its own, so bindings are numbered.
 */
import { d1 } from "../../src/entry/worker.ts";
import type { ShardNamespace } from "../../src/entry/d1.ts";
import { ALL_CASES } from "./cases/all-cases.ts";
import type { AnyD1, Answers } from "./contract.ts";
import { answer } from "./contract.ts";

export { DoSQLShard } from "../../src/entry/worker.ts";

interface Env {
  readonly DOSQL: ShardNamespace;
  readonly [binding: `D1_${number}`]: AnyD1;
}

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const driver = new URL(request.url).searchParams.get("driver");
    const all: Record<string, Answers> = {};
    for (const [i, theCase] of ALL_CASES.entries()) {
      const db =
        driver === "reference"
          ? (env[`D1_${i}`] as AnyD1)
          : (d1(env.DOSQL.get(env.DOSQL.idFromName(theCase.name) as never)) as unknown as AnyD1);
      all[theCase.name] = await answer(theCase, db);
    }
    return Response.json(all);
  },
};
