/*
 * The events of a change feed as lines of JSON (NDJSON), for HTTP and `dosql tail`:
 *
 *   {"event":"begin","lsn":7}                                the stream begins after 7
 *   {"event":"transaction","lsn":12,"id":…,"firstLsn":8,"time":…,"clock":…,"schemaVersion":3,
 *    "origin":"local","records":[…]}                         `lsn`: to confirm, to go on from
 *   {"event":"heartbeat","lsn":12,"time":…,"clock":…}
 *   {"event":"snapshot","lsn":12,"table":"t","columns":[…],"rows":[[…],…],"keys":[[…],…]}
 *   {"event":"snapshot-end","lsn":12}
 *   {"event":"end","lsn":12}                                 the last line, if not to follow
 *   {"event":"error","code":…,"message":…,"hint":…}          the last line, when it fails
 *
 * `event` and `lsn` always come first. `time` is when the transaction was committed, ISO 8601;
 * `clock` is the hybrid clock's reading, which orders transactions of one millisecond.
 *
 *   record: {"lsn":9,"op":"update","table":"t","schemaVersion":3,"key":[1],"before":{…},
 *            "after":{…},"beforeRowid":1,"afterRowid":1}
 *   of DDL: {"lsn":8,"op":"ddl","table":"t","schemaVersion":3,"sql":"CREATE TABLE t …"}
 *
 * Row images are objects by column name. Values:
 *
 *   NULL     null
 *   TEXT     a string
 *   INTEGER  a number without a point; {"$integer":"9007199254740993"} beyond 2^53 - 1
 *   REAL     a number with a point or an exponent; {"$real":"Infinity"}, {"$real":"-Infinity"}
 *   BLOB     {"$blob":"3q0="}, base64
 */
import type { DosqlError } from "../base/errors.ts";
import { formatHlc } from "../base/hlc.ts";
import type { Hlc } from "../base/hlc.ts";
import type { Lsn } from "../base/lsn.ts";
import type { Row, SqlValue } from "../base/value.ts";
import type { FeedEvent } from "../engine/feed/change-feed.ts";
import type { LogRecord } from "../engine/log/record.ts";

/** Text is handed out in pieces of about this many UTF-16 units: a transaction may be large. */
const PIECE_LENGTH = 32 * 1024;

/** One event as a line, in pieces. */
export function* eventText(event: FeedEvent): Generator<string> {
  switch (event.kind) {
    case "transaction": {
      const { transaction } = event;
      const { lastLsn, id, firstLsn, commitTs, schemaVersion, origin } = transaction;
      const head = [
        ...lead("transaction", lastLsn),
        `"id":${JSON.stringify(id)}`,
        `"firstLsn":${firstLsn}`,
        ...timeFields(commitTs),
        `"schemaVersion":${schemaVersion}`,
        `"origin":${JSON.stringify(origin)}`,
      ];
      yield* list(`{${head.join()},"records":[`, transaction.records, recordText);
      yield "]}\n";
      return;
    }
    case "heartbeat":
      yield `{${[...lead("heartbeat", event.lsn), ...timeFields(event.time)].join()}}\n`;
      return;
    case "snapshot": {
      const { lsn, table, columns, rows, keys } = event;
      const head = [
        ...lead("snapshot", lsn),
        `"table":${JSON.stringify(table)}`,
        `"columns":${JSON.stringify(columns)}`,
      ];
      yield* list(`{${head.join()},"rows":[`, rows, rowText);
      if (keys !== undefined) yield* list('],"keys":[', keys, rowText);
      yield "]}\n";
      return;
    }
    case "snapshot-end":
      yield `{${lead("snapshot-end", event.lsn).join()}}\n`;
  }
}

/** The first line of a stream. */
export function beginText(lsn: Lsn): string {
  return `{${lead("begin", lsn).join()}}\n`;
}

/** The last line of a stream that has come to where it was to end. */
export function endText(lsn: Lsn): string {
  return `{${lead("end", lsn).join()}}\n`;
}

/** The last line of a stream that failed. */
export function failureText({ code, message, hint }: DosqlError): string {
  return `${JSON.stringify({ event: "error", code, message, hint })}\n`;
}

function lead(event: string, lsn: Lsn): string[] {
  return [`"event":"${event}"`, `"lsn":${lsn}`];
}

function timeFields(time: Hlc): string[] {
  return [`"time":"${new Date(time.wallMs).toISOString()}"`, `"clock":"${formatHlc(time)}"`];
}

function* list<Item>(
  start: string,
  items: readonly Item[],
  show: (item: Item) => string,
): Generator<string> {
  let text = start;
  let separator = "";
  for (const item of items) {
    text += separator + show(item);
    separator = ",";
    if (text.length < PIECE_LENGTH) continue;
    yield text;
    text = "";
  }
  yield text;
}

function recordText(record: LogRecord): string {
  const { lsn, op, table, columns, key, before, after, beforeRowid, afterRowid, sql } = record;
  const fields = [
    `"lsn":${lsn}`,
    `"op":"${op}"`,
    `"table":${JSON.stringify(table)}`,
    `"schemaVersion":${record.schemaVersion}`,
  ];
  if (sql !== undefined) fields.push(`"sql":${JSON.stringify(sql)}`);
  else fields.push(`"key":${rowText(key)}`);
  if (before !== undefined) fields.push(`"before":${imageText(columns, before)}`);
  if (after !== undefined) fields.push(`"after":${imageText(columns, after)}`);
  if (beforeRowid !== undefined) fields.push(`"beforeRowid":${valueText(beforeRowid)}`);
  if (afterRowid !== undefined) fields.push(`"afterRowid":${valueText(afterRowid)}`);
  return `{${fields.join()}}`;
}

function imageText(columns: readonly string[], row: Row): string {
  const fields = columns.map((name, at) => `${JSON.stringify(name)}:${valueText(row[at] ?? null)}`);
  return `{${fields.join()}}`;
}

function rowText(row: Row): string {
  return `[${row.map(valueText).join()}]`;
}

function valueText(value: SqlValue): string {
  if (value === null) return "null";
  switch (typeof value) {
    case "string":
      return JSON.stringify(value);
    case "bigint":
      return isSafe(value) ? value.toString() : `{"$integer":"${value}"}`;
    case "number":
      return realText(value);
    default:
      return `{"$blob":"${base64(value)}"}`;
  }
}

function isSafe(value: bigint): boolean {
  return value <= Number.MAX_SAFE_INTEGER && value >= Number.MIN_SAFE_INTEGER;
}

function realText(value: number): string {
  if (!Number.isFinite(value)) return `{"$real":"${value}"}`;
  const text = Object.is(value, -0) ? "-0" : String(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

/** A multiple of 3, so that only the last piece is padded; and few enough for one call. */
const BASE64_BYTES = 24_576;

function base64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += BASE64_BYTES) {
    text += btoa(String.fromCharCode(...bytes.subarray(at, at + BASE64_BYTES)));
  }
  return text;
}
