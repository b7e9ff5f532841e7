import { DosqlError } from "../../base/errors.ts";
import type { Parsed } from "../ast/statement.ts";
import { attemptSqlite } from "./attempt.ts";
import { ParameterNumbers } from "./parameters.ts";
import { walkScopes } from "./scope.ts";
import { TargetFinder, type TargetOfParameter } from "./target-finder.ts";

/** A parameter by its number, and what the first place that says something says of it. */
export interface ParameterTarget {
  readonly number: number;
  readonly target: TargetOfParameter;
}

/**
 * What each parameter of a statement stands against, as far as the text tells: `column op $1` and
 * `$1 op column` for comparisons, `column IN ($1, …)`, `column BETWEEN $1 AND $2`, row values of
 * these, `SET column = $1`, the values of an INSERT, LIMIT, OFFSET and CAST. One entry for each
 * number, by number; none for a text that does not parse.
 * Numbers are SQLite's: apply `bindByNumber` first where `$1` shall be number 1.
 *
 * @param parsed What `attemptSqlite` made of the text, where that is known already.
 * @example
 * parameterTargets("SELECT * FROM t AS x WHERE x.id = ?1");
 * // [{ number: 1, target: { kind: "column", table: "t", tables: ["t"], column: "id" } }]
 */
export function parameterTargets(
  sql: string,
  parsed: Parsed | DosqlError = attemptSqlite(sql),
): ParameterTarget[] {
  if (parsed instanceof DosqlError || parsed.statement === null) return [];
  if (parsed.parameters.length === 0) return [];
  const finder = new TargetFinder(sql);
  walkScopes(parsed.statement, (node, scope) => finder.visit(node, scope));
  const targets = new Map<number, TargetOfParameter>();
  const weak = new Map<number, TargetOfParameter>();
  const numbers = new ParameterNumbers();
  for (const parameter of parsed.parameters) {
    const number = numbers.next(sql.slice(parameter.start, parameter.end));
    const known = targets.get(number);
    if (known !== undefined && known.kind !== "none") continue;
    targets.set(number, finder.targetOf(parameter));
    weak.set(number, weak.get(number) ?? finder.weakTargetOf(parameter));
  }
  for (const [number, target] of targets) {
    if (target.kind === "none") targets.set(number, weak.get(number) ?? target);
  }
  return [...targets]
    .sort(([one], [other]) => one - other)
    .map(([number, target]) => ({ number, target }));
}
