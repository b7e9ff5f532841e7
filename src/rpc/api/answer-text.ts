/*
 * The answer to a call as a text of JSON:
 *
 *   {"r":[result,…],"seen":"<bookmark>","tx":"none"}
 *   {"unknown":1}     the server does not know a hash of the call: send the text
 *   {"apart":1}       the server has transactions at its other address only: send it there
 *
 *   result: [columns, rows, boxed, changes, lastRowid, command, rowsRead, rowsWritten, sizeBytes,
 *            durationMs]     with null for what is not known; rows as cells.ts has them
 *   column: "name", or [name, table, column, declaredType] where one of these is known
 */
import type { Bookmark } from "../../base/bookmark.ts";
import { DosqlError } from "../../base/errors.ts";
import type { Row } from "../../base/value.ts";
import type { ResultSet } from "../../engine/session/result-set.ts";
import type { TransactionStatus } from "../../engine/session/session.ts";
import type { ColumnInfo, IntegerMode } from "../../ports/sql-driver.ts";
import type { Cell, PackedRows } from "./cells.ts";
import { packCell, packRows, unpackCell, unpackRows } from "./cells.ts";

type WireColumn = string | readonly [string, string | null, string | null, string | null];

type WireResult = readonly [
  columns: readonly WireColumn[],
  rows: PackedRows["rows"],
  boxed: 0 | 1,
  changes: number,
  lastRowid: Cell,
  command: string,
  rowsRead: number | null,
  rowsWritten: number | null,
  sizeBytes: number | null,
  durationMs: number | null,
];

/** Where a session stands after a call. */
export interface Standing {
  readonly seen: Bookmark;
  readonly transaction: TransactionStatus;
}

/** What a call answered, taken apart. */
export interface Answer extends Standing {
  readonly results: ResultSet[];
}

export const UNKNOWN_HASH = '{"unknown":1}';

/** Nothing was done: a transaction needs a connection to the address for sessions. */
export const APART = '{"apart":1}';

export function answerText(
  results: readonly ResultSet[],
  { seen, transaction }: Standing,
  integers: IntegerMode,
): string {
  return JSON.stringify({
    r: results.map((set) => wireResult(set, integers)),
    seen,
    tx: transaction,
  });
}

/** Null for `UNKNOWN_HASH`. */
export function readAnswer(text: string, integers?: IntegerMode): Answer | null {
  if (text === UNKNOWN_HASH) return null;
  const { r, seen, tx } = JSON.parse(text) as { r: WireResult[]; seen: Bookmark; tx: string };
  if (!Array.isArray(r)) throw new DosqlError("protocol", "an answer on the wire is none");
  return {
    results: r.map((result) => readResult(result, integers)),
    seen,
    transaction: tx as TransactionStatus,
  };
}

/** Rows of a result that comes in parts. */
export function partText(rows: readonly Row[], integers: IntegerMode): string {
  return JSON.stringify(packRows(rows, integers));
}

export function readPart(text: string, integers?: IntegerMode): Row[] {
  return unpackRows(JSON.parse(text) as PackedRows, integers);
}

function wireResult(set: ResultSet, integers: IntegerMode): WireResult {
  const { rows, boxed } = packRows(set.rows, integers);
  return [
    set.columns.map(wireColumn),
    rows,
    boxed,
    set.changes,
    packCell(set.lastRowid),
    set.command,
    set.rowsRead ?? null,
    set.rowsWritten ?? null,
    set.sizeBytes ?? null,
    set.durationMs ?? null,
  ];
}

function wireColumn({ name, table, column, declaredType }: ColumnInfo): WireColumn {
  return table === null && column === null && declaredType === null
    ? name
    : [name, table, column, declaredType];
}

function readResult(result: WireResult, integers?: IntegerMode): ResultSet {
  const [columns, rows, boxed, changes, lastRowid, command, ...counts] = result;
  const [rowsRead, rowsWritten, sizeBytes, durationMs] = counts;
  return {
    columns: columns.map(readColumn),
    rows: unpackRows({ rows, boxed }, integers),
    changes,
    lastRowid: unpackCell(lastRowid) as bigint,
    command,
    ...(rowsRead === null ? {} : { rowsRead }),
    ...(rowsWritten === null ? {} : { rowsWritten }),
    ...(sizeBytes === null ? {} : { sizeBytes }),
    ...(durationMs === null ? {} : { durationMs }),
  };
}

function readColumn(wire: WireColumn): ColumnInfo {
  const [name, table = null, column = null, declaredType = null] =
    typeof wire === "string" ? [wire] : wire;
  return { name, table, column, declaredType };
}
