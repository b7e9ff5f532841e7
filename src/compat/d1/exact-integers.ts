import type { SqlValue } from "../../base/value.ts";
import type { ResultSet } from "../../engine/session/result-set.ts";
import type { SessionOptions } from "../../engine/session/session.ts";
import type { ResultsOfEach } from "./runner.ts";
import { SESSION_OPTIONS, lastOfEach } from "./runner.ts";

/** As what every INTEGER comes out of results. */
export type IntegerForm = "number" | "bigint" | "string";

/** What a `Runner` is made of that takes and answers INTEGERs in a form. */
export function inForm(
  form: IntegerForm | undefined,
  options: SessionOptions = {},
): [SessionOptions, ResultsOfEach] {
  const integers = form === "bigint" || form === "string" ? "bigint" : "number";
  return [
    { ...SESSION_OPTIONS, ...options, integers },
    form === "string" ? (groups, sets) => lastOfEach(groups, sets).map(inDigits) : lastOfEach,
  ];
}

/** INTEGERs as their digits. */
export function inDigits<T extends Pick<ResultSet, "rows">>(set: T): T {
  const digits = (value: SqlValue): SqlValue => (typeof value === "bigint" ? String(value) : value);
  return { ...set, rows: set.rows.map((row) => row.map(digits)) };
}
