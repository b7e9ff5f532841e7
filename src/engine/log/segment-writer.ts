import { crc32 } from "../../base/crc32.ts";
import type { Hlc } from "../../base/hlc.ts";
import type { Lsn } from "../../base/lsn.ts";
import { LSN_ZERO } from "../../base/lsn.ts";
import { writeEntry } from "./canonical-entry.ts";
import { CanonicalWriter } from "./canonical-writer.ts";
import { ENTRY } from "./layout.ts";
import type { LogEntry } from "./log-entry.ts";
import type { Relation } from "./relation.ts";
import {
  FOOTER_BYTES,
  headerText,
  RECORD_BYTES,
  SEGMENT_BYTES,
  SEGMENT_END,
  SEGMENT_MAGIC,
  SEGMENT_VERSION,
  segmentKey,
} from "./segment-format.ts";
import type { LogIdentity, SegmentHeader } from "./segment-format.ts";
import { commitValues } from "./to-transaction.ts";

/** A finished segment. */
export interface Segment {
  readonly key: string;
  readonly header: SegmentHeader;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** An entry, and what begins with it. */
interface Added {
  readonly entry: LogEntry;
  readonly shapes: readonly Relation[];
}

/** What is known after some of the entries. */
interface Mark {
  readonly length: number;
  readonly count: number;
  readonly lastLsn: Lsn;
}

/** A header without its relations, and the names of database and epoch. */
const BARE_HEADER_BYTES = 1024;

/** Makes segments of entries that come in the order of the log. See segment-format.ts. */
export class SegmentWriter {
  readonly #identity: LogIdentity;
  readonly #maxBytes: number;
  readonly #records = new CanonicalWriter();
  readonly #entry = new CanonicalWriter();
  #relations = new Map<number, Relation>();
  #relationBytes = 0;
  #commits: { lsn: Lsn; time: Hlc; schemaVersion: number }[] = [];
  #firstLsn: Lsn = LSN_ZERO;
  #lastLsn: Lsn = LSN_ZERO;
  #count = 0;
  /** After the newest commit. */
  #mark: Mark | null = null;
  /** Entries after the newest commit. */
  #open: Added[] = [];

  constructor(identity: LogIdentity, maxBytes: number = SEGMENT_BYTES) {
    this.#identity = identity;
    this.#maxBytes = maxBytes;
  }

  /** Whether entries wait for `finish`. */
  get pending(): boolean {
    return this.#count > 0;
  }

  /**
   * Takes an entry; returns the segments that were full before it.
   *
   * @param shapes those that begin with the entry, if it is DDL; no entry may ever have them
   */
  add(entry: LogEntry, shapes: readonly Relation[] = []): Segment[] {
    const full: Segment[] = [];
    this.#encode(entry);
    // After a cut, entries of the open transaction may fill the next segment as well.
    while (this.#count > 0 && this.#size() > this.#maxBytes) {
      full.push(this.#cut());
      this.#encode(entry);
    }
    this.#put({ entry, shapes });
    return full;
  }

  /** The segment of all entries that are left. */
  finish(): Segment {
    const length = this.#records.length;
    const segment = this.#segment({ length, count: this.#count, lastLsn: this.#lastLsn });
    this.#clear();
    return segment;
  }

  /** Cuts behind the newest commit, or here when there is none; what is open begins the next. */
  #cut(): Segment {
    const open = this.#open;
    const mark = this.#mark;
    if (mark === null) return this.finish();
    const segment = this.#segment(mark);
    this.#clear();
    for (const added of open) {
      this.#encode(added.entry);
      this.#put(added);
    }
    return segment;
  }

  #encode(entry: LogEntry): void {
    this.#entry.reset();
    writeEntry(this.#entry, entry);
  }

  /** The file's, if the encoded entry were in it and had no new relation. */
  #size(): number {
    const records = this.#records.length + this.#entry.length + RECORD_BYTES;
    return records + this.#relationBytes + BARE_HEADER_BYTES + FOOTER_BYTES;
  }

  #put(added: Added): void {
    const { entry, shapes } = added;
    const bytes = this.#entry.view();
    this.#records.u32(bytes.length);
    this.#records.raw(bytes);
    this.#records.u32(crc32(bytes));
    if (this.#count === 0) this.#firstLsn = entry.lsn;
    this.#lastLsn = entry.lsn;
    this.#count += 1;
    if (entry.relation !== null) this.#addRelation(entry.relation);
    for (const shape of shapes) this.#addRelation(shape);
    this.#open.push(added);
    if (entry.code === ENTRY.commit) this.#noteCommit(entry);
  }

  #addRelation(relation: Relation): void {
    if (this.#relations.has(relation.id)) return;
    this.#relations.set(relation.id, relation);
    this.#relationBytes += new TextEncoder().encode(JSON.stringify(relation)).length;
  }

  #noteCommit(entry: LogEntry): void {
    const { wallMs, counter, schemaVersion } = commitValues(entry);
    this.#commits.push({ lsn: entry.lsn, time: { wallMs, counter }, schemaVersion });
    this.#mark = { length: this.#records.length, count: this.#count, lastLsn: entry.lsn };
    this.#open = [];
  }

  #segment({ length, count, lastLsn }: Mark): Segment {
    const [first, last] = [this.#commits[0], this.#commits.at(-1)];
    const header: SegmentHeader = {
      ...this.#identity,
      firstLsn: this.#firstLsn,
      lastLsn,
      firstTime: first?.time ?? null,
      lastTime: last?.time ?? null,
      lastCommit: last?.lsn ?? null,
      schemaVersions:
        first === undefined || last === undefined
          ? null
          : [first.schemaVersion, last.schemaVersion],
      relations: [...this.#relations.values()].sort((a, b) => a.id - b.id),
    };
    const file = new CanonicalWriter();
    file.raw(new TextEncoder().encode(SEGMENT_MAGIC));
    file.u32(SEGMENT_VERSION);
    file.text(headerText(header));
    file.u32(crc32(file.view()));
    file.raw(this.#records.view().subarray(0, length));
    file.raw(new TextEncoder().encode(SEGMENT_END));
    file.u32(count);
    file.u32(crc32(file.view()));
    return { key: segmentKey(this.#identity, this.#firstLsn), header, bytes: file.copy() };
  }

  #clear(): void {
    this.#records.reset();
    this.#relations = new Map();
    this.#relationBytes = 0;
    this.#commits = [];
    this.#count = 0;
    this.#mark = null;
    this.#open = [];
  }
}
