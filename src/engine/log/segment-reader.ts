import { crc32 } from "../../base/crc32.ts";
import { DosqlError } from "../../base/errors.ts";
import { readEntry } from "./canonical-entry.ts";
import { CanonicalReader } from "./canonical-reader.ts";
import { ENTRY } from "./layout.ts";
import type { LogEntry } from "./log-entry.ts";
import {
  FOOTER_BYTES,
  parseHeader,
  RECORD_BYTES,
  SEGMENT_END,
  SEGMENT_MAGIC,
  SEGMENT_VERSION,
} from "./segment-format.ts";
import type { SegmentHeader } from "./segment-format.ts";
import { commitValues } from "./to-transaction.ts";

/** Bytes in which most segments' headers stand whole. */
export const HEADER_READ_BYTES: number = 64 * 1024;

/** Magic, version, and the length of the header. */
const START_BYTES = 16;

/** How many bytes of a file its header takes; more than were given when it goes on behind them. */
export function headerBytes(bytes: Uint8Array, what: string): number {
  const reader = new CanonicalReader(bytes, what);
  readStart(reader, what);
  return START_BYTES + reader.u32() + 4;
}

/**
 * Reads the header of a segment from its first bytes.
 *
 * @throws DosqlError `bad-file`; `format-too-new`
 */
export function readSegmentHeader(bytes: Uint8Array, what: string): SegmentHeader {
  const reader = new CanonicalReader(bytes, what);
  readStart(reader, what);
  const text = reader.text();
  const crc = crc32(bytes.subarray(0, reader.at));
  if (reader.u32() !== crc) throw reader.damage("the header's checksum is wrong");
  return parseHeader(text, what);
}

/**
 * Reads a whole segment, and checks all of it.
 *
 * @param what names the file in errors
 * @throws DosqlError `bad-file` for anything that is not as it was written; `format-too-new`
 */
export function readSegment(
  bytes: Uint8Array,
  what: string,
): { readonly header: SegmentHeader; readonly entries: LogEntry[] } {
  const header = readSegmentHeader(bytes, what);
  const start = headerBytes(bytes, what);
  const end = bytes.length - FOOTER_BYTES;
  if (end < start) throw cut(what);
  const count = readFooter(bytes, what);
  const expected = header.lastLsn - header.firstLsn + 1;
  const reader = new CanonicalReader(bytes, what, start, end);
  // A record takes more than its frame.
  if (count !== expected || count > reader.left / RECORD_BYTES) {
    throw reader.damage(`${count} records where ${expected} should be`);
  }
  const relations = new Map(header.relations.map((relation) => [relation.id, relation]));
  const entries: LogEntry[] = [];
  for (let lsn: number = header.firstLsn; lsn <= header.lastLsn; lsn++) {
    const body = reader.raw(reader.u32());
    if (reader.u32() !== crc32(body)) throw reader.damage(`the checksum of entry ${lsn} is wrong`);
    const record = new CanonicalReader(body, what);
    const entry = readEntry(record, relations);
    if (entry.lsn !== lsn || record.left > 0) throw reader.damage(`entry ${lsn} is wrong`);
    checkBare(entry, reader);
    entries.push(entry);
  }
  if (reader.left > 0) throw reader.damage("more records than it says");
  return { header, entries };
}

/** What no relation describes has values of its own. */
function checkBare(entry: LogEntry, reader: CanonicalReader): void {
  const { code, lsn, values } = entry;
  if (code === ENTRY.commit) {
    const { wallMs, counter, schemaVersion } = commitValues(entry);
    const numbers = [wallMs, counter, schemaVersion];
    if (numbers.every((number) => Number.isSafeInteger(number) && number >= 0)) return;
  } else if (code !== ENTRY.ddl || (typeof values[0] === "string" && typeof values[1] === "string"))
    return;
  throw reader.damage(`entry ${lsn} is wrong`);
}

function readStart(reader: CanonicalReader, what: string): void {
  if (readMagic(reader) !== SEGMENT_MAGIC) {
    throw new DosqlError("bad-file", `${what} is not a segment of a change log`);
  }
  reader.version(SEGMENT_VERSION);
}

function readFooter(bytes: Uint8Array, what: string): number {
  const footer = new CanonicalReader(bytes, what, bytes.length - FOOTER_BYTES);
  if (readMagic(footer) !== SEGMENT_END) throw cut(what);
  const count = footer.u32();
  if (footer.u32() !== crc32(bytes.subarray(0, bytes.length - 4))) {
    throw footer.damage("the checksum is wrong");
  }
  return count;
}

function readMagic(reader: CanonicalReader): string {
  return reader.left < 8 ? "" : String.fromCharCode(...reader.raw(8));
}

function cut(what: string): DosqlError {
  return new DosqlError("bad-file", `${what} is damaged: it has no end`, {
    hint: "a part of the file is missing; take it from a backup",
  });
}
