/*
 * What goes between a Worker and a shard in a Durable Object: one call with a list of
 * statements, one answer. Results are arrays instead of objects, whose field names would travel
 * with every one. A failure is a value: the runtime keeps of an exception little more than its
 * message.
 */
import type { Bookmark } from "../base/bookmark.ts";
import type { ErrorFields } from "../base/errors.ts";
import { DosqlError, errorFields } from "../base/errors.ts";
import type { Row } from "../base/value.ts";
import type { ResultSet } from "../engine/session/result-set.ts";
import type { Statement } from "../engine/session/session.ts";
import type { PointInTime } from "../engine/time/point-in-time.ts";
import type { IntegerMode } from "../ports/sql-driver.ts";

/** What one statement answered. */
export type WireResult = readonly [
  names: string[],
  rows: Row[],
  changes: number,
  lastRowid: bigint,
  command: string,
  rowsRead: number,
  rowsWritten: number,
];

/** What a list of statements answered. */
export type WireAnswer =
  | { readonly results: WireResult[]; readonly seen: Bookmark; readonly sizeBytes: number }
  | { readonly error: WireError };

/** How an error travels. */
export type WireError = ErrorFields;

/** What a shard's Durable Object offers over the runtime's RPC. */
export interface ShardService {
  /** Several statements are one transaction. With `asOf` they read the database as it was. */
  query(
    statements: readonly Statement[],
    integers: IntegerMode,
    asOf?: PointInTime,
  ): Promise<WireAnswer>;
}

export function toWireResult(set: ResultSet): WireResult {
  return [
    set.columns.map((column) => column.name),
    set.rows,
    set.changes,
    set.lastRowid,
    set.command,
    set.rowsRead ?? 0,
    set.rowsWritten ?? 0,
  ];
}

export function fromWireResult(result: WireResult, sizeBytes: number): ResultSet {
  const [names, rows, changes, lastRowid, command, rowsRead, rowsWritten] = result;
  return {
    columns: names.map((name) => ({ name, table: null, column: null, declaredType: null })),
    rows,
    changes,
    lastRowid,
    command,
    rowsRead,
    rowsWritten,
    sizeBytes,
  };
}

/** @throws DosqlError the failure that it tells of */
export function fromWireAnswer(answer: WireAnswer): { results: ResultSet[]; seen: Bookmark } {
  if ("error" in answer) throw fromWireError(answer.error);
  const { results, seen, sizeBytes } = answer;
  return { results: results.map((result) => fromWireResult(result, sizeBytes)), seen };
}

export function toWireError(error: unknown): WireError {
  return errorFields(error);
}

export function fromWireError(error: WireError): DosqlError {
  return new DosqlError(error.code, error.message, error);
}
