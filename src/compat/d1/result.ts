import type { SqlValue } from "../../base/value.ts";
import type { ResultSet, RowPart } from "../../engine/session/result-set.ts";

/** What D1 says about a statement that ran. */
export interface D1Meta {
  /** Milliseconds inside the database. */
  duration: number;
  /** Bytes. */
  size_after: number;
  rows_read: number;
  rows_written: number;
  last_row_id: number;
  changed_db: boolean;
  changes: number;
  served_by_region?: string;
  served_by_colo?: string;
  served_by_primary?: boolean;
  timings?: { sql_duration_ms: number };
  total_attempts?: number;
}

/** What `all` and `run` answer. */
export interface D1Result<T = unknown> {
  success: true;
  meta: D1Meta & Record<string, unknown>;
  results: T[];
  error?: never;
}

/** What `exec` answers. */
export interface D1ExecResult {
  /** Lines that ran. */
  count: number;
  /** Milliseconds inside the database. */
  duration: number;
}

/** A value as D1 hands it out; a bigint only where it is asked for. */
export type D1Value = null | number | bigint | string | number[];

/** CREATE, DROP and ALTER change the database although they change no row. */
const CHANGES_SCHEMA = /^(CR|DR|AL)/;

/** The result in D1's form. */
export function toD1Result(set: ResultSet): D1Result<Record<string, D1Value>> {
  return { success: true, meta: toMeta(set), results: toObjects(set) };
}

/** Rows as arrays; nothing collapses. */
export function toArrays(set: ResultSet): D1Value[][] {
  return set.rows.map((row) => row.map(toD1Value));
}

/** Rows as objects; of columns with the same name the last one stays. */
export function toObjects({ columns, rows }: RowPart): Record<string, D1Value>[] {
  // Copies of it are filled three times as fast as objects are made of entries, and in a copy no
  // name means more than itself: not `__proto__` either.
  const blank: Record<string, D1Value> = Object.fromEntries(columns.map(({ name }) => [name, 0]));
  return rows.map((row) =>
    columns.reduce(
      (object, { name }, i) => {
        object[name] = toD1Value(row[i] as SqlValue);
        return object;
      },
      { ...blank },
    ),
  );
}

function toMeta(set: ResultSet): D1Result["meta"] {
  const { changes } = set;
  return {
    served_by: "dosql",
    duration: set.durationMs ?? 0,
    changes,
    last_row_id: Number(set.lastRowid),
    changed_db: changes > 0 || CHANGES_SCHEMA.test(set.command),
    size_after: set.sizeBytes ?? 0,
    // Where the home counts nothing: what came out, and what was changed.
    rows_read: set.rowsRead ?? set.rows.length,
    rows_written: set.rowsWritten ?? changes,
  };
}

/**
 * D1's answers travel as JSON: it has no infinities and no negative zero; BLOBs are arrays.
 */
function toD1Value(value: SqlValue): D1Value {
  if (typeof value === "number") return Number.isFinite(value) ? value + 0 : null;
  return value instanceof Uint8Array ? Array.from(value) : value;
}
