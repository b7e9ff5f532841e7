/*
 * Answers calls inside workerd: by the real local D1, or by DoSQL in a Durable Object.
 */
import { d1 } from "../../../src/entry/worker.ts";
import type { ShardNamespace } from "../../../src/entry/d1.ts";
import type { AnyD1 } from "../contract.ts";
import { answersTo } from "./answers.ts";
import { conversation } from "./conversation.ts";

export { DoSQLShard } from "../../../src/entry/worker.ts";

interface Env {
  readonly DOSQL: ShardNamespace;
  readonly [binding: `D1_${number}`]: AnyD1;
}

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const { searchParams } = new URL(request.url);
    const number = Number(searchParams.get("number"));
    const calls = conversation(
      Number(searchParams.get("seed")),
      Number(searchParams.get("length")),
    );
    const db =
      searchParams.get("driver") === "reference"
        ? (env[`D1_${number}`] as AnyD1)
        : (d1(env.DOSQL.get(env.DOSQL.idFromName(`fuzz-${number}`) as never)) as unknown as AnyD1);
    return Response.json(await answersTo(db, calls));
  },
};
