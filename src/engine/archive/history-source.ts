import { DosqlError } from "../../base/errors.ts";
import { compareHlc } from "../../base/hlc.ts";
import type { Hlc } from "../../base/hlc.ts";
import type { Lsn } from "../../base/lsn.ts";
import { LSN_ZERO, toLsn } from "../../base/lsn.ts";
import { rowSizeBytes } from "../../base/row-size.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import { PageSize } from "../feed/page-size.ts";
import { EntryChecksum } from "../log/canonical-entry.ts";
import { ENTRY } from "../log/layout.ts";
import type { LogEntry } from "../log/log-entry.ts";
import { LogReader } from "../log/log-reader.ts";
import type { Relation } from "../log/relation.ts";
import { SealCheck } from "../log/seal-check.ts";
import { SealTable } from "../log/seal-table.ts";
import { commitValues } from "../log/to-transaction.ts";
import type { ShardArchive } from "./shard-archive.ts";

/** A stretch of a log. */
export interface HistoryPage {
  readonly entries: readonly LogEntry[];
  /** The shapes of tables that begin with a DDL entry of the page. */
  relationsAt(lsn: Lsn): readonly Relation[];
}

/** The end of a database's own log, on a connection that holds one state of it. */
export class LiveLog {
  readonly #reader: LogReader;
  readonly #seals: SealTable;
  readonly epoch: string | null;

  /** @param epoch as the file says; null when it was never archived */
  constructor(driver: SqlDriver, epoch: string | null) {
    this.#reader = new LogReader(driver);
    this.#seals = new SealTable(driver);
    this.epoch = epoch;
  }

  /** The end of the newest transaction. */
  get end(): Lsn {
    return this.#reader.lastCommit()?.lsn ?? LSN_ZERO;
  }

  /** What lies at or before it is gone. */
  get start(): Lsn {
    return this.#seals.trimmedLsn();
  }

  /** Whether it holds what follows a position. */
  reaches(after: Lsn): boolean {
    return after >= this.start && after < this.end;
  }

  /**
   * Refuses to go on after a commit that is another one here: an old copy of the database was put
   * back and went another way. No two commits are at one time.
   *
   * @throws DosqlError `bad-file`
   */
  requireSame({ lsn, time }: Commit): void {
    const own = this.#timeOf(lsn);
    if (own !== null && compareHlc(own, time) !== 0) throw differsAt(lsn);
  }

  /** Whether it has these very entries, which follow each other, where it has them still. */
  holds(entries: readonly LogEntry[]): boolean {
    const kept = entries.filter(({ lsn }) => lsn > this.start);
    const [first, last] = [kept[0]?.lsn, kept.at(-1)?.lsn];
    if (first === undefined || last === undefined) return true;
    const read = this.#reader.entries(toLsn(first - 1), kept.length, last);
    const own = read.map((entry) => this.#reader.rawEntry(entry));
    return checksumOf(own) === checksumOf(kept);
  }

  /** When the transaction was committed that ends there; null where that is not known any more. */
  #timeOf(lsn: Lsn): Hlc | null {
    if (lsn === LSN_ZERO || lsn < this.start) return null;
    const seal = this.#seals.at(lsn);
    if (seal !== null && seal.lastLsn === lsn) return seal;
    if (lsn === this.start) return null;
    const [entry] = this.#reader.entries(toLsn(lsn - 1), 1);
    return entry?.code === ENTRY.commit ? commitValues(entry) : NO_TIME;
  }

  *pages(after: Lsn): Generator<HistoryPage> {
    const { relations } = this.#reader;
    relations.check();
    // A position inside of a transaction: it is read from its beginning, to check all of it.
    let at = this.#seals.at(after)?.lastLsn ?? this.#seals.trimmedLsn();
    const check = new SealCheck(this.#seals, at);
    const size = new PageSize();
    for (const { end } = this; at < end;) {
      const page = this.#reader.entries(at, size.rows, end);
      check.begin(page);
      for (const entry of page) {
        const fault = check.fault(entry);
        if (fault !== null) throw fault;
        size.note(rowSizeBytes(entry.values));
      }
      size.adapt();
      at = page.at(-1)?.lsn ?? end;
      const kept = page.filter(({ lsn }) => lsn > after);
      const entries = kept.map((entry) => this.#reader.rawEntry(entry));
      yield {
        entries,
        relationsAt: (lsn) => relations.changedAt(lsn).filter(({ fromLsn }) => fromLsn === lsn),
      };
    }
  }
}

function checksumOf(entries: readonly LogEntry[]): number {
  const checksum = new EntryChecksum();
  for (const entry of entries) checksum.add(entry);
  return checksum.take();
}

function differsAt(lsn: Lsn): DosqlError {
  return new DosqlError("bad-file", `the archive and the change log differ at LSN ${lsn}`, {
    hint:
      "the database is an old copy that went another way: restore from the archive alone " +
      "(--archive DIR, no --data)",
  });
}

/** Of what is no commit: none was at that time. */
const NO_TIME: Hlc = { wallMs: -1, counter: 0 };

/** So many of the last entries tell two histories apart. */
const COMPARED_ENTRIES = 1_000;

/** How far before a position its segment is looked for at first; then farther and farther. */
const SEARCH_ENTRIES = 1_000;

/** Where a history begins: behind a snapshot. */
interface HistoryStart {
  readonly after: Lsn;
  /** Of the transaction that ends there. */
  readonly time: Hlc;
  readonly epoch: string;
}

/** A commit entry, and when it was. */
interface Commit {
  readonly lsn: Lsn;
  readonly time: Hlc;
}

/**
 * The log of a shard after a position: from the archive as far as that goes, then from the
 * database's own log, if there is one.
 *
 * @throws DosqlError `bad-file` for what is damaged, missing, or another log's
 */
export async function* readHistory(
  archive: ShardArchive,
  live: LiveLog | null,
  { after, time, epoch }: HistoryStart,
): AsyncGenerator<HistoryPage> {
  if (live !== null) await requireNoFork(archive, live, epoch);
  let at = after;
  let newest: Commit = { lsn: after, time };
  for await (const firstLsn of segmentsFrom(archive, after)) {
    const { header, entries } = await archive.segment(firstLsn);
    if (header.epoch !== epoch) throw otherLog(`the segment at LSN ${firstLsn}`);
    if (header.lastLsn <= at) continue;
    if (firstLsn > at + 1) break;
    const from = at;
    at = header.lastLsn;
    const { lastCommit, lastTime } = header;
    if (lastCommit !== null && lastTime !== null) newest = { lsn: lastCommit, time: lastTime };
    yield {
      entries: entries.filter(({ lsn }) => lsn > from),
      relationsAt: (lsn) => header.relations.filter((relation) => relation.fromLsn === lsn),
    };
  }
  if (live === null || at >= live.end) return await refuseGap(archive, at);
  if (!live.reaches(at)) throw missing(at + 1, live.start);
  live.requireSame(newest);
  yield* live.pages(at);
}

/**
 * An old copy of the database that was put back and went another way may end before the archive
 * does: then what it did last is not what the archive has there.
 */
async function requireNoFork(archive: ShardArchive, live: LiveLog, epoch: string): Promise<void> {
  const { end } = live;
  if (end === LSN_ZERO) return;
  if (live.epoch !== epoch) throw otherLog("the database's own log");
  for await (const firstLsn of segmentsFrom(archive, toLsn(end - 1))) {
    const { header, entries } = await archive.segment(firstLsn);
    if (header.epoch !== epoch || firstLsn > end) return;
    if (header.lastLsn < end) continue;
    const stored = entries.filter(({ lsn }) => lsn <= end).slice(-COMPARED_ENTRIES);
    if (!live.holds(stored)) throw differsAt(end);
    return;
  }
}

/** First LSNs of segments, from the one on that holds what follows a position. */
async function* segmentsFrom(archive: ShardArchive, after: Lsn): AsyncGenerator<Lsn> {
  const from = await searchStart(archive, after);
  let before: Lsn | null = null;
  for await (const lsn of archive.segments(from)) {
    if (lsn > after + 1) {
      if (before !== null) yield before;
      before = null;
      yield lsn;
    } else before = lsn;
  }
  if (before !== null) yield before;
}

/** The first entry of a segment that does not begin after the position, near it. */
async function searchStart(archive: ShardArchive, after: Lsn): Promise<Lsn> {
  for (let back = SEARCH_ENTRIES; back <= after; back *= 4) {
    const from = toLsn(after + 1 - back);
    const first = await firstSegment(archive, from);
    if (first !== null && first <= after + 1) return first;
  }
  return LSN_ZERO;
}

async function firstSegment(archive: ShardArchive, from: Lsn): Promise<Lsn | null> {
  for await (const lsn of archive.segments(from)) return lsn;
  return null;
}

/** Nothing may follow a position from which there is no way on. */
async function refuseGap(archive: ShardArchive, at: Lsn): Promise<void> {
  for await (const lsn of archive.segments(toLsn(at + 1))) {
    throw missing(at + 1, lsn - 1);
  }
}

function missing(from: number, to: number): DosqlError {
  return new DosqlError("bad-file", `the archive has no entries from LSN ${from} to ${to}`, {
    hint: "take the missing segments from a backup, or restore to a time outside of the gap",
  });
}

function otherLog(what: string): DosqlError {
  return new DosqlError("bad-file", `${what} belongs to another change log than the snapshot`, {
    hint: "the archive holds parts of two databases",
  });
}
