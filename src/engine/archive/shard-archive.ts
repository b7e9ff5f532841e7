import { DosqlError } from "../../base/errors.ts";
import type { Lsn } from "../../base/lsn.ts";
import { toLsn } from "../../base/lsn.ts";
import type { ObjectStore } from "../../ports/object-store.ts";
import { CanonicalWriter } from "../log/canonical-writer.ts";
import { writeEntry } from "../log/canonical-entry.ts";
import type { LogEntry } from "../log/log-entry.ts";
import type { LogIdentity, SegmentHeader } from "../log/segment-format.ts";
import { keyNumber, lsnOfKey, segmentKey, segmentPrefix } from "../log/segment-format.ts";
import {
  HEADER_READ_BYTES,
  headerBytes,
  readSegment,
  readSegmentHeader,
} from "../log/segment-reader.ts";
import type { Segment } from "../log/segment-writer.ts";

/** Which shard of which database; names its part of the store. */
export type ShardName = Omit<LogIdentity, "epoch">;

/** Of an object that need only be there. */
const NO_BYTES = { offset: 0, length: 1 };

/** The segments of one shard in an object store. */
export class ShardArchive {
  readonly store: ObjectStore;
  readonly shard: ShardName;

  constructor(store: ObjectStore, shard: ShardName) {
    this.store = store;
    this.shard = shard;
  }

  /** First LSNs of the stored segments from `from` on, in order. */
  async *segments(from: Lsn): AsyncGenerator<Lsn> {
    yield* this.numbers(segmentPrefix(this.shard), ".seg", from);
  }

  /** Numbers in keys of that prefix and ending, from `from` on, in order. */
  async *numbers(prefix: string, ending: string, from: Lsn): AsyncGenerator<Lsn> {
    const start = from === 0 ? undefined : `${prefix}${keyNumber(toLsn(from - 1))}${ending}`;
    for (let after = start; ;) {
      const page = await this.store.list(prefix, after);
      for (const { key } of page.objects) {
        const lsn = lsnOfKey(key, prefix, ending);
        if (lsn !== null && lsn >= from) yield lsn;
      }
      after = page.objects.at(-1)?.key;
      if (!page.more || after === undefined) return;
    }
  }

  /**
   * The header of the segment that begins with an entry.
   *
   * @throws DosqlError `not-found`; `bad-file`
   */
  async header(firstLsn: Lsn): Promise<SegmentHeader> {
    const key = segmentKey(this.shard, firstLsn);
    let start = await this.#read(key, HEADER_READ_BYTES);
    const length = headerBytes(start, key);
    if (length > start.length) start = await this.#read(key, length);
    return this.#checkHeader(readSegmentHeader(start, key), firstLsn, key);
  }

  /** Whether a segment that begins with an entry is stored. */
  async hasSegment(firstLsn: Lsn): Promise<boolean> {
    return (await this.store.get(segmentKey(this.shard, firstLsn), NO_BYTES)) !== null;
  }

  /**
   * The segment that begins with an entry, all of it checked.
   *
   * @throws DosqlError `not-found`; `bad-file`
   */
  async segment(firstLsn: Lsn): Promise<{ header: SegmentHeader; entries: LogEntry[] }> {
    const key = segmentKey(this.shard, firstLsn);
    const segment = readSegment(await this.#read(key), key);
    this.#checkHeader(segment.header, firstLsn, key);
    return segment;
  }

  /**
   * Stores a segment.
   *
   * @returns the header of what is stored: another one's, if that begins as this one does
   * @throws DosqlError `bad-file` when the key has other contents
   */
  async putSegment({ key, bytes, header }: Segment): Promise<SegmentHeader> {
    const put = await this.store.put(key, bytes, { ifAbsent: true });
    if (put.stored) return header;
    const found = await this.segment(header.firstLsn);
    const mine = readSegment(bytes, key);
    if (found.header.epoch === header.epoch && beginAlike(found.entries, mine.entries)) {
      return found.header;
    }
    throw new DosqlError("bad-file", `the archive holds another segment under ${key}`, {
      hint: "two databases write to one archive: give each a folder of its own",
    });
  }

  async #read(key: string, length?: number): Promise<Uint8Array> {
    const range = length === undefined ? undefined : { offset: 0, length };
    const found = await this.store.get(key, range);
    if (found !== null) return found.bytes;
    throw new DosqlError("not-found", `the archive has no ${key}`);
  }

  #checkHeader(header: SegmentHeader, firstLsn: Lsn, key: string): SegmentHeader {
    const { database, shard } = this.shard;
    if (header.database === database && header.shard === shard && header.firstLsn === firstLsn) {
      return header;
    }
    throw new DosqlError(
      "bad-file",
      `${key} is the log of ${header.database}/${header.shard} from LSN ${header.firstLsn}`,
      { hint: "a file was renamed or copied to a wrong place" },
    );
  }
}

/** What one hears whose archive was begun by another database. */
export function otherLog(): DosqlError {
  return new DosqlError("bad-file", "the archive belongs to another change log", {
    hint: "the database was replaced: move the old archive away, or name another one",
  });
}

/** Whether one list of entries is the beginning of the other. */
function beginAlike(a: readonly LogEntry[], b: readonly LogEntry[]): boolean {
  const count = Math.min(a.length, b.length);
  const [left, right] = [a, b].map((entries) => {
    const writer = new CanonicalWriter();
    for (const entry of entries.slice(0, count)) writeEntry(writer, entry);
    return writer.view();
  });
  if (left?.length !== right?.length) return false;
  return left?.every((byte, i) => byte === right?.[i]) === true;
}
