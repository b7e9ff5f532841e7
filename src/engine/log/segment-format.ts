/*
 * A segment: a stretch of one shard's log as one file, `wal/<database>/<shard>/<first LSN>.seg`.
 * It can be read without the database it came from. Numbers are big-endian; texts and rows are
 * written as in canonical-writer.ts, CRC-32 is that of zlib.
 *
 *   magic     8 bytes, "DOSQLSEG"
 *   version   u32, 1
 *   header    text: JSON, see SegmentHeader
 *   checksum  u32, CRC-32 of everything before
 *   records   one for each entry of the log, LSNs ascending by one:
 *               length    u32, of the entry
 *               entry     as in canonical-entry.ts
 *               checksum  u32, CRC-32 of the entry
 *   magic     8 bytes, "DOSQLEND"
 *   count     u32, of the records
 *   checksum  u32, CRC-32 of everything before
 *
 * A segment ends with a commit, unless the transaction is longer than a segment may be: then the
 * next segment goes on with it. A segment is at most SEGMENT_BYTES long, unless one entry alone
 * is longer.
 */
import { DosqlError } from "../../base/errors.ts";
import type { Hlc } from "../../base/hlc.ts";
import type { Lsn } from "../../base/lsn.ts";
import { toLsn } from "../../base/lsn.ts";
import { FieldReader } from "./segment-fields.ts";
import type { Relation } from "./relation.ts";

export const SEGMENT_MAGIC = "DOSQLSEG";
export const SEGMENT_END = "DOSQLEND";
export const SEGMENT_VERSION = 1;

/** Where a segment is cut: fits into one put everywhere, and into memory many times. */
export const SEGMENT_BYTES: number = 2 * 1024 * 1024;

/** Bytes after the records. */
export const FOOTER_BYTES = 16;
/** Bytes of a record besides its entry. */
export const RECORD_BYTES = 8;

/** Whose log it is. */
export interface LogIdentity {
  readonly database: string;
  readonly shard: number;
  /** Names one log for good: a restored copy begins another one. */
  readonly epoch: string;
}

/** What a segment says of itself. */
export interface SegmentHeader extends LogIdentity {
  readonly firstLsn: Lsn;
  readonly lastLsn: Lsn;
  /** Of the first and the last commit in it; null when it holds none. */
  readonly firstTime: Hlc | null;
  readonly lastTime: Hlc | null;
  /** The end of the last transaction that ends in it; null when none does. */
  readonly lastCommit: Lsn | null;
  /** With which the first and the last commit were made. */
  readonly schemaVersions: readonly [number, number] | null;
  /**
   * Those that its entries have, and those that begin with its DDL. When they end is not known
   * yet: `toLsn` is null.
   */
  readonly relations: readonly Relation[];
}

/** Digits of a log sequence number in a key: keys sort as the numbers do. */
const KEY_DIGITS = 20;

/** A number in a key. */
export function keyNumber(lsn: Lsn): string {
  return String(lsn).padStart(KEY_DIGITS, "0");
}

/** What the keys of all segments of a shard begin with. */
export function segmentPrefix({ database, shard }: Omit<LogIdentity, "epoch">): string {
  return `wal/${encodeURIComponent(database)}/${shard}/`;
}

/** The key of the segment that begins with an entry. */
export function segmentKey(shard: Omit<LogIdentity, "epoch">, firstLsn: Lsn): string {
  return `${segmentPrefix(shard)}${keyNumber(firstLsn)}.seg`;
}

/** The number in a key of that ending; null when it is none of ours. */
export function lsnOfKey(key: string, prefix: string, ending: string): Lsn | null {
  const name = key.slice(prefix.length);
  if (!key.startsWith(prefix) || !name.endsWith(ending)) return null;
  const digits = name.slice(0, -ending.length);
  return /^\d{20}$/.test(digits) && Number.isSafeInteger(Number(digits))
    ? toLsn(Number(digits))
    : null;
}

/** The text of a header. */
export function headerText(header: SegmentHeader): string {
  return JSON.stringify({
    ...header,
    relations: header.relations.map((relation) => ({ ...relation, toLsn: null })),
  });
}

/**
 * Reads the text of a header.
 *
 * @throws DosqlError `bad-file` where a field is missing or wrong
 */
export function parseHeader(text: string, what: string): SegmentHeader {
  const fields = FieldReader.parse(text, what);
  const header: SegmentHeader = {
    database: fields.text("database"),
    shard: fields.whole("shard"),
    epoch: fields.text("epoch"),
    firstLsn: toLsn(fields.whole("firstLsn")),
    lastLsn: toLsn(fields.whole("lastLsn")),
    firstTime: fields.nullable("firstTime", toTime),
    lastTime: fields.nullable("lastTime", toTime),
    lastCommit: fields.nullable("lastCommit", (value) => toLsn(value.itself())),
    schemaVersions: fields.nullable("schemaVersions", (value) => {
      const [from, to] = value.items().map((one) => one.itself());
      return [from ?? 0, to ?? 0] as const;
    }),
    relations: fields.list("relations", toRelation),
  };
  if (header.firstLsn > header.lastLsn || header.firstLsn === 0) {
    throw new DosqlError("bad-file", `${what} is damaged: its numbers are out of order`);
  }
  return header;
}

function toTime(fields: FieldReader): Hlc {
  return { wallMs: fields.whole("wallMs"), counter: fields.whole("counter") };
}

function toRelation(fields: FieldReader): Relation {
  const columns = fields.list("columns", (column) => ({
    id: column.whole("id"),
    name: column.text("name"),
    declaredType: column.text("declaredType"),
  }));
  const key = fields.list("key", (place) => place.itself());
  if (key.some((place) => place >= columns.length)) throw fields.wrong("key");
  return {
    id: fields.whole("id"),
    tableId: fields.whole("tableId"),
    name: fields.text("name"),
    fromLsn: toLsn(fields.whole("fromLsn")),
    toLsn: null,
    schemaVersion: fields.whole("schemaVersion"),
    columns,
    key,
    rowid: fields.flag("rowid"),
    withoutRowid: fields.flag("withoutRowid"),
    sql: fields.text("sql"),
  };
}
