import type { Database } from "../../engine/session/session.ts";
import type { Answer, D1Query } from "./runner.ts";
import { Runner, SESSION_OPTIONS } from "./runner.ts";

/**
 * Stands for a runner whose code is loaded when the first query runs: only who asks for it loads
 * it. Values are bound at once, so what takes them is here.
 */
export class LateRunner extends Runner {
  readonly #load: () => Promise<Runner>;
  /** One promise for all calls, so that they stay in their order. */
  #runner: Promise<Runner> | undefined;

  constructor(database: Database, exact: boolean, load: () => Promise<Runner>) {
    super(database, { ...SESSION_OPTIONS, integers: exact ? "bigint" : "number" });
    this.#load = load;
  }

  override async run(queries: readonly D1Query[], ...words: string[]): Promise<Answer> {
    return (await (this.#runner ??= this.#load())).run(queries, ...words);
  }
}
