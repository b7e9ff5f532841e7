import type { Node } from "../../../src/sql/ast/statement.ts";
import type { RealSqlite } from "./database.ts";
import { effectDifference } from "./effects.ts";
import { parseFirst, type Ours } from "./front-end.ts";
import type { Oracle, Verdict } from "./oracle.ts";
import { programDifference } from "./programs.ts";

/** What is compared. */
export const ASPECTS = ["verdict", "program", "effect", "stable", "message", "offset"] as const;
export type Aspect = (typeof ASPECTS)[number];

/** One disagreement. */
export interface Difference {
  readonly aspect: Aspect;
  readonly sql: string;
  readonly where: string;
  readonly detail: string;
}

/** How much was compared and what differed, over any number of statements. */
export class Tally {
  readonly counts: Record<Aspect, number> = {
    verdict: 0,
    program: 0,
    effect: 0,
    stable: 0,
    message: 0,
    offset: 0,
  };
  readonly differences: Difference[] = [];
  /** Statements that were not compared, by why. */
  readonly excluded = new Map<string, number>();
  prepared = 0;
  refused = 0;

  note(aspect: Aspect, sql: string, where: string, detail: string | null): void {
    this.counts[aspect]++;
    if (detail !== null) this.differences.push({ aspect, sql, where, detail });
  }

  exclude(why: string, count: number = 1): void {
    this.excluded.set(why, (this.excluded.get(why) ?? 0) + count);
  }
}

/** How statements are compared. */
export interface Comparison {
  readonly oracle: Oracle;
  /** Null: only the verdicts are compared. */
  readonly print: ((node: Node) => string) | null;
  /** Whether a text that SQLite did not read to its end is left out when we refuse it. */
  readonly skipUnread?: boolean;
  /** Whether the statement runs, to see what it makes of the schema. */
  readonly effects?: boolean;
}

/** Compares one statement in every aspect that applies to it. */
export function compareStatement(
  tally: Tally,
  comparison: Comparison,
  sql: string,
  where: string,
): void {
  const { oracle } = comparison;
  const ours = parseFirst(sql);
  const verdict = oracle.judge(sql, (database) => {
    tally.prepared++;
    comparePrinted(tally, comparison, { database, sql, where, ours });
  });
  if (ours.kind === "crashed") {
    tally.note("verdict", sql, where, `our parser broke: ${ours.message}`);
    return;
  }
  if (verdict.kind === "build") return tally.exclude(verdict.message);
  if (ours.kind === "limit") return tally.exclude(`our limit: ${ours.message}`);
  if (verdict.kind === "parser") tally.refused++;
  if (verdict.kind === "meaning" && ours.kind === "refused") {
    return compareUnread(tally, comparison, { sql, where, verdict, ours });
  }
  compareVerdict(tally, { sql, where, verdict, ours });
  if (verdict.kind === "parser" && ours.kind === "refused") {
    const same = verdict.message === ours.message;
    tally.note("message", sql, where, same ? null : `${verdict.message} ≠ ${ours.message}`);
    compareOffset(tally, oracle, { sql, where, verdict, ours });
  }
}

interface Judged {
  readonly sql: string;
  readonly where: string;
  readonly verdict: Verdict;
  readonly ours: Ours;
}

function compareVerdict(tally: Tally, { sql, where, verdict, ours }: Judged): void {
  const theirs = verdict.kind === "parser" ? `refuses: ${verdict.message}` : "takes it";
  const we = ours.kind === "refused" ? `refuse: ${ours.message}` : "take it";
  const agree = (verdict.kind === "parser") === (ours.kind === "refused");
  tally.note("verdict", sql, where, agree ? null : `SQLite ${theirs}; we ${we}`);
}

/** SQLite complained of a meaning; whether it would have refused the rest is asked otherwise. */
function compareUnread(
  tally: Tally,
  comparison: Comparison,
  { sql, where, verdict, ours }: Judged,
): void {
  const whole = comparison.oracle.readsWhole(sql);
  if (whole === false) return tally.note("verdict", sql, where, null);
  if (whole === undefined && comparison.skipUnread === true) {
    return tally.exclude("SQLite stopped reading at a complaint about meaning");
  }
  compareVerdict(tally, { sql, where, verdict, ours });
}

/** The token that SQLite names is found by its text, and by what it says of the text before it. */
function compareOffset(tally: Tally, oracle: Oracle, { sql, where, verdict, ours }: Judged): void {
  const named = /^(near|unrecognized token:) "(.*?)"(: syntax error)?$/s.exec(verdict.message)?.[2];
  if (named === undefined || ours.kind !== "refused") return;
  const before = oracle.complaint(sql.slice(0, ours.at));
  const early = before !== null && before.startsWith("near ");
  const here = sql.startsWith(named, ours.at);
  const at = JSON.stringify(sql.slice(ours.at, ours.at + 20));
  const detail = early ? `SQLite stops before ${at}: ${before}` : `${named} ≠ ${at}`;
  tally.note("offset", sql, where, here && !early ? null : detail);
}

interface Prepared {
  readonly database: RealSqlite;
  readonly sql: string;
  readonly where: string;
  readonly ours: Ours;
}

function comparePrinted(
  tally: Tally,
  { print, effects }: Comparison,
  { database, sql, where, ours }: Prepared,
): void {
  if (print === null || ours.kind !== "parsed" || ours.statement === null) return;
  const original = sql.slice(ours.statement.start, ours.statement.end);
  let printed: string;
  try {
    printed = print(ours.statement);
  } catch (error) {
    tally.note("stable", sql, where, `the printer broke: ${String(error)}`);
    return;
  }
  const note = (aspect: Aspect, detail: string | null): void =>
    tally.note(aspect, sql, where, detail === null ? null : `${detail}\n  printed: ${printed}`);
  note("program", programDifference(database, original, printed));
  const effect = effects === true ? effectDifference(database, original, printed) : undefined;
  if (effect !== undefined) note("effect", effect);
  const again = parseFirst(printed);
  if (again.kind !== "parsed" || again.statement === null) {
    const why = again.kind === "parsed" ? "it is empty" : again.message;
    return note("stable", `what was printed does not parse: ${why}`);
  }
  const twice = print(again.statement);
  note("stable", twice === printed ? null : `printed again: ${twice}`);
}
