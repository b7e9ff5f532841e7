import { readBookmark } from "../../base/bookmark.ts";
import { DosqlError } from "../../base/errors.ts";
import type { Hlc } from "../../base/hlc.ts";
import { LAST_COUNTER, readHlc } from "../../base/hlc.ts";
import { toLsn } from "../../base/lsn.ts";
import type { Moment } from "../../base/moment.ts";
import type { SqlValue } from "../../base/value.ts";
import { readIsoTime } from "./iso-time.ts";

/**
 * A point in a database's history:
 *
 * - a text: a time in ISO 8601's form, UTC where it names no zone (`2026-11-20 10:00:00`,
 *   `2026-11-20T10:00+01:00`), a bookmark, a clock as the change feed prints it, or `lsn 42`;
 * - a number: milliseconds since 1970;
 * - a `Date`;
 * - a log sequence number.
 *
 * A time stands for the newest commit at or before it, so a future one for the newest of all.
 */
export type PointInTime = string | number | bigint | Date | { readonly lsn: number };

/** `lsn 42`, for where there is only text, as in a hint. */
const LSN_TEXT = /^lsn[\s:(]+(\d+)\)?$/i;

const FORMS =
  "a time is text as 2026-11-20T10:00:00Z, a number of milliseconds since 1970, a bookmark, " +
  "or what `dosql tail` prints as clock; a log sequence number is written lsn(42)";

/**
 * Reads a point in time.
 *
 * @throws DosqlError `invalid-argument` for what is none
 */
export function momentOf(point: PointInTime): Moment {
  if (point instanceof Date) return ofMs(point.getTime(), String(point));
  if (typeof point === "object") return { kind: "lsn", lsn: toLsn(point.lsn) };
  return typeof point === "string" ? ofText(point) : ofMs(Number(point), String(point));
}

/**
 * Reads what stands behind AS OF, once SQLite computed it.
 *
 * @param isLsn it stood in `lsn(…)`
 * @throws DosqlError `invalid-argument` for what is no point in time
 */
export function momentOfValue(value: SqlValue, isLsn: boolean): Moment {
  if (isLsn) {
    // A parameter of no type is text.
    const isDigits = typeof value === "string" && /^\s*\d+\s*$/.test(value);
    const number = isDigits ? Number(value) : value;
    if (typeof number !== "bigint" && typeof number !== "number") throw noPoint("lsn()", value);
    return { kind: "lsn", lsn: toLsn(number) };
  }
  if (value === null || value instanceof Uint8Array) throw noPoint("AS OF", value);
  return momentOf(value);
}

function ofText(given: string): Moment {
  const text = given.trim();
  const lsn = LSN_TEXT.exec(text)?.[1];
  if (lsn !== undefined) return { kind: "lsn", lsn: toLsn(Number(lsn)) };
  const time = readBookmark(text) ?? readHlc(text);
  if (time !== null) return ofTime(time);
  if (/^\d+$/.test(text)) return ofMs(Number(text), text);
  const wallMs = readIsoTime(text);
  if (wallMs === null) throw noPoint("AS OF", given);
  return ofMs(wallMs, given);
}

/** The whole millisecond counts: what was committed in it is there. */
function ofMs(ms: number, given: string): Moment {
  if (!Number.isFinite(ms)) throw noPoint("AS OF", given);
  return ofTime({ wallMs: Math.floor(ms), counter: LAST_COUNTER });
}

function ofTime(time: Hlc): Moment {
  return { kind: "time", time };
}

function noPoint(where: string, value: SqlValue): DosqlError {
  const said = value instanceof Uint8Array ? "a BLOB" : value === null ? "NULL" : String(value);
  return new DosqlError("invalid-argument", `${said} is no point in time for ${where}`, {
    hint: FORMS,
  });
}

/** A text by which moments are told apart. */
export function momentKey(moment: Moment): string {
  if (moment.kind === "lsn") return `lsn ${moment.lsn}`;
  return `time ${moment.time.wallMs} ${moment.time.counter}`;
}
