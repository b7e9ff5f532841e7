/*
 * A call as a text of JSON:
 *
 *   {"s":[["SELECT ?1",1],[["<hash>"],"x"]],"b":1,"l":0,"t":0,"k":"<key>","a":0}
 *
 * `s` has the statements: the text, or the hash of one that the server has seen, and the values
 * as cells. `b` makes them a batch: one transaction. `l` and `t` are the longest wait for the lease
 * and for the whole, in milliseconds; `k` is the key of a call that must happen once, and `a` how
 * many milliseconds ago it was sent first: 0 for the first time.
 */
import { DosqlError } from "../../base/errors.ts";
import type { Statement } from "../../engine/session/session.ts";
import type { Cell } from "./cells.ts";
import { packCell, unpackCell } from "./cells.ts";
import type { RetryKey, StatementHash } from "./remote-api.ts";

/** More than any sane batch has. */
const MAX_STATEMENTS = 100_000;

/** Longer timers fire at once. */
const LONGEST_TIMER_MS = 2_147_483_647;

/** A statement on the wire: its text or hash, and its values. */
type WireStatement = readonly [string | readonly [StatementHash], ...Cell[]];

/** A call, taken apart. */
export interface Call<Text = string | readonly [StatementHash]> {
  readonly statements: readonly { readonly sql: Text; readonly params: Statement["params"] }[];
  readonly batch: boolean;
  readonly lockTimeoutMs: number;
  readonly statementTimeoutMs: number;
  readonly key: RetryKey | null;
  readonly ageMs: number;
}

export function callText(call: Call): string {
  const { statements, batch, lockTimeoutMs, statementTimeoutMs, key, ageMs } = call;
  // What is undefined is left out.
  return JSON.stringify({
    s: statements.map(({ sql, params }): WireStatement => [sql, ...params.map(packCell)]),
    b: batch ? 1 : undefined,
    l: lockTimeoutMs > 0 ? lockTimeoutMs : undefined,
    t: statementTimeoutMs > 0 ? statementTimeoutMs : undefined,
    k: key ?? undefined,
    a: ageMs > 0 ? ageMs : undefined,
  });
}

/** @throws DosqlError `protocol` for what is no call */
export function readCall(text: unknown): Call {
  const value = parse(text);
  const { s, b, l = 0, t = 0, k = null, a = 0 } = value;
  if (!Array.isArray(s) || s.length > MAX_STATEMENTS) throw notCall("no list of statements");
  if (!isDelay(l) || !isDelay(t) || !isDelay(a)) throw notCall("a time that is none");
  if (k !== null && !(typeof k === "string" && /^[\w-]{16,64}$/.test(k))) throw notCall("no key");
  return {
    statements: s.map(readStatement),
    batch: b === 1,
    lockTimeoutMs: Math.min(l, LONGEST_TIMER_MS),
    statementTimeoutMs: Math.min(t, LONGEST_TIMER_MS),
    key: k as RetryKey | null,
    ageMs: a,
  };
}

function readStatement(value: unknown): Call["statements"][number] {
  if (!Array.isArray(value)) throw notCall("no statement");
  const [text, ...cells] = value as [unknown, ...Cell[]];
  const sql = typeof text === "string" ? text : readHash(text);
  return { sql, params: cells.map(unpackCell) };
}

function readHash(value: unknown): readonly [StatementHash] {
  const hash: unknown = Array.isArray(value) ? value[0] : null;
  if (typeof hash === "string" && /^[\w-]{43}$/.test(hash)) return [hash as StatementHash];
  throw notCall("neither text nor hash of a statement");
}

function parse(text: unknown): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text as string);
    if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
  } catch {
    // Below.
  }
  throw notCall("no object of JSON");
}

function isDelay(value: unknown): value is number {
  return typeof value === "number" && value >= 0 && value <= Number.MAX_SAFE_INTEGER;
}

function notCall(what: string): DosqlError {
  return new DosqlError("protocol", `a call on the wire has ${what}`);
}
