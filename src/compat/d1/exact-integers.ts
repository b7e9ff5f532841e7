import type { SqlValue } from "../../base/value.ts";
import type { ResultSet } from "../../engine/session/result-set.ts";
import type { Database } from "../../engine/session/session.ts";
import type { Answer, D1Query } from "./runner.ts";
import { Runner, SESSION_OPTIONS } from "./runner.ts";
import type { D1Parameter } from "./values.ts";
import { toParameter } from "./values.ts";

/** As what every INTEGER comes out of results. */
export type IntegerForm = "bigint" | "string";

const SMALLEST = -(2n ** 63n);
const LARGEST = 2n ** 63n - 1n;

/** As `Runner`, with INTEGERs of 64 bits in both directions: a bound bigint is an INTEGER. */
export class ExactRunner extends Runner {
  readonly #form: IntegerForm;

  constructor(database: Database, form: IntegerForm) {
    super(database, { ...SESSION_OPTIONS, integers: "bigint" });
    this.#form = form;
  }

  override readonly convert = (value: unknown): D1Parameter => {
    const fits = typeof value === "bigint" && value >= SMALLEST && value <= LARGEST;
    return fits ? value : toParameter(value);
  };

  override async run(queries: readonly D1Query[], ...words: string[]): Promise<Answer> {
    const answer = await super.run(queries, ...words);
    if (this.#form === "bigint") return answer;
    return { ...answer, results: answer.results.map(inDigits) };
  }
}

/** INTEGERs as their digits. */
export function inDigits<T extends Pick<ResultSet, "rows">>(set: T): T {
  const digits = (value: SqlValue): SqlValue => (typeof value === "bigint" ? String(value) : value);
  return { ...set, rows: set.rows.map((row) => row.map(digits)) };
}
