/*
 * A Worker that serves `dosql/client`, and answers the contract's cases itself as well: of the same
 * objects, over their own binding.
 */
import type { RpcEnv } from "../../src/entry/worker.ts";
import { d1, databases, rpcEndpoint } from "../../src/entry/worker.ts";
import { ALL_CASES } from "./cases/all-cases.ts";
import type { AnyD1, Answers } from "./contract.ts";
import { answer } from "./contract.ts";

export { DoSQLCatalog, DoSQLRpcShard } from "../../src/entry/worker.ts";

const rpc = rpcEndpoint();

export default {
  async fetch(request: Request, env: RpcEnv): Promise<Response> {
    const served = await rpc(request, env);
    if (served !== null) return served;
    const all = databases(env);
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === "/create") {
      await all.create(searchParams.get("name") ?? "");
      return new Response("created");
    }
    const answers: Record<string, Answers> = {};
    for (const [i, theCase] of ALL_CASES.entries()) {
      const db = d1(all.open(`own-${i}`, { create: true })) as unknown as AnyD1;
      answers[theCase.name] = await answer(theCase, db);
    }
    return Response.json(answers);
  },
};
