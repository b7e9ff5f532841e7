import { DosqlError } from "../../src/base/errors.ts";
import { KNOWN_GAPS } from "./known-gaps.ts";
import { type Attempt, CANARY, type Face, type Names, type Outcome, type Step } from "./attempt.ts";

/** What a step answered. */
export interface Answer {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}

/** A database with the planted schema, as one face shows it. */
export interface Target {
  readonly face: Face;
  run(step: Step): Promise<Answer>;
  script(text: string): Promise<void>;
  /** Ends the face, and reads the engine's objects by an inner connection. */
  inspect(): Promise<unknown[][][]>;
}

/** What came of an attempt. */
export interface Report {
  readonly outcome: Outcome;
  readonly message: string | null;
  /** The last answer. */
  readonly rows: readonly (readonly unknown[])[] | null;
  /** Secrets that came out, and what happened to the engine's objects. */
  readonly damage: readonly string[];
  /** The names of the engine's objects that came out and that the attempt did not bring along. */
  readonly names: readonly string[];
}

/** Runs an attempt on a database of its own. `before` is what `inspect` reads of a fresh one. */
export async function carryOut(
  attempt: Attempt,
  names: Names,
  target: Target,
  before: unknown[][][],
): Promise<Report> {
  let outcome: Outcome = "blind";
  let message: string | null = null;
  let last: Answer | null = null;
  const seen: unknown[] = [];
  try {
    for (const step of attempt.steps) {
      if (attempt.script === true) await target.script(textOf(step));
      else last = await target.run(step);
      if (last !== null) seen.push(last);
    }
  } catch (error) {
    outcome = outcomeOf(error);
    message = error instanceof Error ? error.message : String(error);
    last = null;
    seen.push(message);
  }
  const shown = describe(seen).toLowerCase();
  const secrets = shown.includes(CANARY) ? [`${CANARY} came out`] : [];
  return {
    outcome,
    message,
    rows: last?.rows ?? null,
    damage: [...secrets, ...losses(before, await target.inspect())],
    names: namesIn(shown, attempt, names),
  };
}

/** The outcome that an attempt must have on a face. */
export function wanted(attempt: Attempt, face: Face): Outcome {
  return typeof attempt.outcome === "string" ? attempt.outcome : attempt.outcome[face];
}

/** What is wrong with what came of an attempt; nothing when all is well. */
export function complaints(attempt: Attempt, face: Face, report: Report): string[] {
  const { outcome, message, rows, damage, names } = report;
  const must = wanted(attempt, face);
  const isGap = KNOWN_GAPS[attempt.name]?.includes(face) ?? false;
  const found = [...damage];
  if (!isGap) found.push(...names.map((name) => `${name} came out`));
  else if (names.length === 0) found.push("a known gap is closed: take it off the list");
  if (!meets(outcome, must)) found.push(`${outcome} (${message ?? "it ran"}) instead of ${must}`);
  const answer = describe(rows);
  if (outcome === "blind" && attempt.rows !== undefined && answer !== describe(attempt.rows)) {
    found.push(`it answered ${answer}`);
  }
  return found;
}

function meets(outcome: Outcome, must: Outcome): boolean {
  if (must === "own") return true;
  return must === "stopped" ? outcome !== "blind" : outcome === must;
}

function textOf(step: Step): string {
  return typeof step === "string" ? step : step[0];
}

/** Reads an error of any face: a `DosqlError`, a `SqliteError`, or one of D1's texts. */
function outcomeOf(error: unknown): Outcome {
  const { code, message = "" } = error as { readonly code?: unknown; readonly message?: string };
  if (error instanceof DosqlError) {
    if (error.code === "hidden-object") return "hidden";
    if (error.code === "unsupported" || error.code === "limit") return error.code;
    return error.code === "invalid-argument" ? "invalid" : "sqlite";
  }
  if (error instanceof RangeError) return "invalid";
  if (code === "DOSQL_LIMIT") return "limit";
  if (code === "DOSQL_UNSUPPORTED" || message.includes("SQLITE_AUTH")) return "unsupported";
  // The words for what does not exist, here with the engine's name for it.
  return /no such table: (?:sqlite_autoindex_)?_(?:cf_)?dosql/i.test(message) ? "hidden" : "sqlite";
}

function namesIn(shown: string, attempt: Attempt, names: Names): string[] {
  const given = describe(attempt.steps).toLowerCase();
  const all = shown.match(new RegExp(`${names.prefix}[a-z0-9_]+`, "g")) ?? [];
  return [...new Set(all)].filter((name) => !given.includes(name));
}

function describe(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) => {
    if (typeof item === "bigint") return String(item);
    if (item instanceof ArrayBuffer) return new TextDecoder().decode(item);
    return item instanceof Uint8Array ? new TextDecoder().decode(item) : item;
  });
}

/** What of the engine's was there before and is not now. What came since may be the engine's. */
function losses(before: unknown[][][], after: unknown[][][]): string[] {
  return before.flatMap((rows, i) => {
    const now = new Set((after[i] ?? []).map((row) => JSON.stringify(row)));
    return rows
      .map((row) => JSON.stringify(row))
      .filter((row) => !now.has(row))
      .map((row) => `${row} is gone`);
  });
}
