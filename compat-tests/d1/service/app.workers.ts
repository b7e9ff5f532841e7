/* Asks the contract's cases of the D1 bindings `DB_0`, `DB_1`, …, whatever is behind them. */
import { ALL_CASES } from "../cases/all-cases.ts";
import type { AnyD1, Answers } from "../contract.ts";
import { answer } from "../contract.ts";

export default {
  async fetch(_request: Request, env: Readonly<Record<string, unknown>>): Promise<Response> {
    const all: Record<string, Answers> = {};
    for (const [i, theCase] of ALL_CASES.entries()) {
      all[theCase.name] = await answer(theCase, env[`DB_${i}`] as AnyD1);
    }
    return Response.json(all);
  },
};
