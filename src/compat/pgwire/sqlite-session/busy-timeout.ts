import type { ResultSet } from "../../../engine/session/result-set.ts";
import type { Session, StatementInfo } from "../../../engine/session/session.ts";

const BUSY_TIMEOUT =
  /^pragma\s+(?:\w+\s*\.\s*)?busy_timeout\s*(?:=\s*([+-]?\d+)|\(\s*([+-]?\d+)\s*\))?$/i;

const COLUMNS = [{ name: "timeout", table: null, column: null, declaredType: null }];

/** How `PRAGMA busy_timeout` describes itself; null for any other text. */
export function busyTimeoutInfo(sql: string): StatementInfo | null {
  if (!BUSY_TIMEOUT.test(sql)) return null;
  return { command: "PRAGMA", readonly: true, columns: COLUMNS, parameters: [] };
}

/**
 * Answers `PRAGMA busy_timeout`: how long this session waits for the write lease of another one.
 * Null for any other text.
 */
export function busyTimeout(sql: string, session: Session, lastRowid: bigint): ResultSet | null {
  const match = BUSY_TIMEOUT.exec(sql);
  if (match === null) return null;
  const given = match[1] ?? match[2];
  // 0 would wait for ever, where SQLite means not at all.
  if (given !== undefined) session.lockTimeoutMs = Math.max(1, Number(given));
  const ms = session.lockTimeoutMs;
  return {
    columns: COLUMNS,
    rows: [[ms <= 1 ? 0n : BigInt(ms)]],
    changes: 0,
    lastRowid,
    command: "PRAGMA",
  };
}
