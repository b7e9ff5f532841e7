/*
 * Asks the contract's cases inside workerd: of the real local D1, and of DoSQL in a Durable
 * Object, from outside and from inside. Each case has a database of its own, so bindings are
 * numbered.
 */
import { DoSQLShard as Shard, d1 } from "../../src/entry/worker.ts";
import type { ShardNamespace } from "../../src/entry/d1.ts";
import { ALL_CASES } from "./cases/all-cases.ts";
import type { AnyD1, Answers, Case } from "./contract.ts";
import { answer } from "./contract.ts";

/** A shard with code of its application in it. */
export class DoSQLShard extends Shard {
  readonly #db = d1(this.database) as unknown as AnyD1;

  async answerCase(at: number): Promise<Answers> {
    return answer(ALL_CASES[at] as Case, this.#db);
  }
}

interface Env {
  readonly DOSQL: ShardNamespace;
  readonly [binding: `D1_${number}`]: AnyD1;
}

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const driver = new URL(request.url).searchParams.get("driver");
    const all: Record<string, Answers> = {};
    for (const [i, theCase] of ALL_CASES.entries()) {
      if (driver === "reference") {
        all[theCase.name] = await answer(theCase, env[`D1_${i}`] as AnyD1);
        continue;
      }
      const stub = env.DOSQL.get(env.DOSQL.idFromName(`${driver} ${theCase.name}`) as never);
      all[theCase.name] =
        driver === "in-object"
          ? await (stub as unknown as DoSQLShard).answerCase(i)
          : await answer(theCase, d1(stub));
    }
    return Response.json(all);
  },
};
