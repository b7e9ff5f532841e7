import { describe, expect, it } from "vitest";
import { crc32 } from "../../../src/base/crc32.ts";
import { DosqlError } from "../../../src/base/errors.ts";
import { toLsn } from "../../../src/base/lsn.ts";
import { ENTRY } from "../../../src/engine/log/layout.ts";
import type { LogEntry } from "../../../src/engine/log/log-entry.ts";
import {
  headerBytes,
  readSegment,
  readSegmentHeader,
} from "../../../src/engine/log/segment-reader.ts";
import type { Segment } from "../../../src/engine/log/segment-writer.ts";
import { SegmentWriter } from "../../../src/engine/log/segment-writer.ts";
import { freshRandom, SeededRandom } from "../../sql/seeded-random.ts";
import { sampleCommit, sampleLog, sampleRelation } from "./sample-entries.ts";

const IDENTITY = { database: "my/db", shard: 3, epoch: "e1" };

function write(entries: readonly LogEntry[], maxBytes?: number): Segment[] {
  const writer = new SegmentWriter(IDENTITY, maxBytes);
  const segments = entries.flatMap((entry) => writer.add(entry));
  return writer.pending ? [...segments, writer.finish()] : segments;
}

function read(segments: readonly Segment[]): LogEntry[] {
  return segments.flatMap(({ bytes, key }) => readSegment(bytes, key).entries);
}

/** What is read of `ddl` and `commit` has no nulls at its end. */
function bare(entries: readonly LogEntry[]): unknown[] {
  return entries.map(({ relation, values, ...rest }) => ({
    ...rest,
    relation,
    values: relation === null && values.at(-1) === null ? values.slice(0, -1) : values,
  }));
}

describe("a segment", () => {
  it("brings all entries back, in one piece or in many", () => {
    const random = freshRandom("segments");
    for (const maxBytes of [200, 5_000, 50_000, undefined]) {
      const shape = { transactions: 60, entries: 12, below: (n: number) => random.below(n) };
      const entries = sampleLog(shape);
      const segments = write(entries, maxBytes);
      expect(read(segments)).toEqual(bare(entries));
      if (maxBytes !== undefined) expect(segments.length).toBeGreaterThan(1);
    }
  });

  it("says what is in it", () => {
    const relation = sampleRelation(5, 2);
    const entry = (lsn: number): LogEntry => ({
      lsn: toLsn(lsn),
      code: ENTRY.insert,
      relation,
      values: [1n, "a", null],
    });
    const log = [entry(7), sampleCommit(toLsn(8), 1), entry(9), sampleCommit(toLsn(10), 2)];
    const [segment] = write([...log, entry(11)]);
    expect(segment?.key).toBe("wal/my%2Fdb/3/00000000000000000007.seg");
    const header = readSegmentHeader(segment?.bytes ?? new Uint8Array(), "it");
    expect(header).toEqual({
      ...IDENTITY,
      firstLsn: 7,
      lastLsn: 11,
      firstTime: { wallMs: 1_700_000_000_001, counter: 0 },
      lastTime: { wallMs: 1_700_000_000_002, counter: 0 },
      lastCommit: 10,
      schemaVersions: [4, 4],
      relations: [relation],
    });
  });

  it("ends with a commit, unless a transaction is longer than a segment", () => {
    const relation = sampleRelation(5, 1);
    const row = (lsn: number): LogEntry => ({
      lsn: toLsn(lsn),
      code: ENTRY.insert,
      relation,
      values: [1n, "x".repeat(700)],
    });
    const log: LogEntry[] = [];
    for (let lsn = 1; lsn <= 90; lsn++) {
      log.push(lsn < 60 && lsn % 4 === 0 ? sampleCommit(toLsn(lsn), lsn) : row(lsn));
    }
    log.push(sampleCommit(toLsn(91), 91));
    const segments = write(log, 8_000);
    expect(read(segments)).toEqual(bare(log));
    for (const { bytes } of segments) expect(bytes.length).toBeLessThanOrEqual(8_000);
    const ends = segments.map(({ header }) => header.lastLsn);
    expect(ends.filter((lsn) => lsn < 60).every((lsn) => lsn % 4 === 0)).toBe(true);
    expect(ends.filter((lsn) => lsn > 60).length).toBeGreaterThan(2);
    const inside = segments.find(({ header }) => header.lastCommit === null);
    expect(inside?.header).toMatchObject({ firstTime: null, lastTime: null, schemaVersions: null });
  });

  it("takes an entry that is longer than a segment", () => {
    const relation = sampleRelation(5, 1);
    const values = [1n, new Uint8Array(3_000_000).fill(5)];
    const log = [
      sampleCommit(toLsn(1), 1),
      { lsn: toLsn(2), code: ENTRY.insert, relation, values },
      sampleCommit(toLsn(3), 2),
    ];
    const segments = write(log);
    expect(segments.map(({ header }) => header.lastLsn)).toEqual([1, 2, 3]);
    const blob = read(segments)[1]?.values[1];
    expect(blob instanceof Uint8Array && blob.length).toBe(3_000_000);
    expect(crc32(blob as Uint8Array)).toBe(crc32(values[1] as Uint8Array));
  });

  it("tells how many bytes its header takes", () => {
    const [segment] = write(sampleLog({ transactions: 2, entries: 3, below: () => 2 }));
    const bytes = segment?.bytes ?? new Uint8Array();
    const length = headerBytes(bytes.subarray(0, 16), "it");
    expect(readSegmentHeader(bytes.subarray(0, length), "it")).toEqual(segment?.header);
    expect(() => readSegmentHeader(bytes.subarray(0, length - 1), "it")).toThrow(/too early/);
  });
});

describe("a damaged segment", () => {
  const random = new SeededRandom(1);
  const [segment] = write(
    sampleLog({ transactions: 3, entries: 4, below: (n) => random.below(n) }),
  );
  const { bytes } = segment as Segment;

  it("is refused, whichever byte is another", () => {
    for (let at = 0; at < bytes.length; at++) {
      const copy = bytes.slice();
      copy[at] = (copy[at] ?? 0) ^ (1 << (at & 7));
      expect(() => readSegment(copy, "it"), `byte ${at}`).toThrow(DosqlError);
    }
  });

  it("is refused, wherever it ends", () => {
    for (let length = 0; length < bytes.length; length++) {
      expect(() => readSegment(bytes.subarray(0, length), "it"), String(length)).toThrow(
        DosqlError,
      );
    }
    const longer = new Uint8Array(bytes.length + 1);
    longer.set(bytes);
    expect(() => readSegment(longer, "it")).toThrow(DosqlError);
  });

  it("is an error of ours also where its checksums are right", () => {
    const fuzz = freshRandom("segment fuzz");
    const outcomes = { read: 0, refused: 0 };
    for (let round = 0; round < 3_000; round++) {
      const copy = mutate(bytes, fuzz);
      sign(copy);
      try {
        readSegment(copy, "it");
        outcomes.read++;
      } catch (error) {
        if (!(error instanceof DosqlError)) throw error;
        expect(["bad-file", "format-too-new"]).toContain(error.code);
        outcomes.refused++;
      }
    }
    expect(outcomes.refused).toBeGreaterThan(500);
    expect(outcomes.read).toBeGreaterThan(50);
  });

  it("has a checksum for each entry", () => {
    const copy = bytes.slice();
    const view = new DataView(copy.buffer);
    const at = 16 + view.getUint32(12) + 4;
    copy[at + 12] = 99;
    view.setUint32(copy.length - 4, crc32(copy.subarray(0, copy.length - 4)));
    expect(() => readSegment(copy, "it")).toThrow(/the checksum of entry 1 is wrong/);
  });

  it("is refused where DDL or a commit is none", () => {
    const ddl = { lsn: toLsn(1), code: ENTRY.ddl, relation: null, values: [1n, 2n] };
    const [first] = write([ddl, sampleCommit(toLsn(2), 1)]);
    expect(() => readSegment(first!.bytes, "it")).toThrow(/entry 1 is wrong/);
    const commit = { ...sampleCommit(toLsn(1), 1), values: [5n, -1n, 1n, "local"] };
    const [second] = write([sampleCommit(toLsn(0), 1), commit, sampleCommit(toLsn(2), 1)].slice(1));
    expect(() => readSegment(second!.bytes, "it")).toThrow(DosqlError);
  });

  it("of a newer format is refused by that name", () => {
    const copy = bytes.slice();
    new DataView(copy.buffer).setUint32(8, 2);
    expect(() => readSegment(copy, "it")).toThrow(/has format 2/);
  });
});

/** Changes some bytes, with a liking for what lengths are made of. */
function mutate(bytes: Uint8Array, random: SeededRandom): Uint8Array<ArrayBuffer> {
  const copy = bytes.slice();
  for (let count = random.below(3) + 1; count > 0; count--) {
    const at = random.below(copy.length);
    copy[at] = random.pick([0, 1, 127, 255, random.below(256)]);
  }
  return copy;
}

/** Makes all checksums right that can be found. */
function sign(bytes: Uint8Array<ArrayBuffer>): void {
  const view = new DataView(bytes.buffer);
  const end = bytes.length - 16;
  let at = 16 + view.getUint32(12);
  if (at + 4 <= end) view.setUint32(at, crc32(bytes.subarray(0, at)));
  at += 4;
  while (at + 4 <= end) {
    const length = view.getUint32(at);
    const crcAt = at + 4 + length;
    if (crcAt + 4 > end) break;
    view.setUint32(crcAt, crc32(bytes.subarray(at + 4, crcAt)));
    at = crcAt + 4;
  }
  view.setUint32(bytes.length - 4, crc32(bytes.subarray(0, bytes.length - 4)));
}
