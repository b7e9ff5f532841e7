import { DosqlError } from "../../base/errors.ts";
import { compareHlc } from "../../base/hlc.ts";
import type { Lsn } from "../../base/lsn.ts";
import { LSN_ZERO, toLsn } from "../../base/lsn.ts";
import { rowSizeBytes } from "../../base/row-size.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import { PageSize } from "../feed/page-size.ts";
import type { Pacer } from "../feed/pacer.ts";
import { ENTRY } from "../log/layout.ts";
import type { LogEntry } from "../log/log-entry.ts";
import { LogReader } from "../log/log-reader.ts";
import type { Relation } from "../log/relation.ts";
import { SealCheck } from "../log/seal-check.ts";
import { SealTable } from "../log/seal-table.ts";
import type { SegmentHeader } from "../log/segment-format.ts";
import type { Segment } from "../log/segment-writer.ts";
import { SegmentWriter } from "../log/segment-writer.ts";
import { MetaTable } from "../meta-table.ts";
import type { ShardArchive } from "./shard-archive.ts";
import { otherLog } from "./shard-archive.ts";

/** The key in the engine's own table. */
const LAST_SEGMENT = "archived_from";

/** What an archiver did. */
export interface Archived {
  readonly segments: number;
  readonly bytes: number;
}

/**
 * Copies the sealed part of a log into segments. It goes on behind the last segment that is
 * stored, so that a crash at any point costs work and nothing else.
 */
export class Archiver {
  readonly #archive: ShardArchive;
  readonly #reader: LogReader;
  readonly #seals: SealTable;
  readonly #meta: MetaTable;
  readonly #epoch: string;
  /** The last entry that is stored; null when the store must be asked. */
  #end: Lsn | null = null;
  /** The first entry of the last segment that this archiver stored. */
  #lastSegment: Lsn | null = null;
  #done = { segments: 0, bytes: 0 };

  constructor(archive: ShardArchive, reader: SqlDriver, epoch: string) {
    this.#archive = archive;
    this.#reader = new LogReader(reader);
    this.#seals = new SealTable(reader);
    this.#meta = new MetaTable(reader);
    this.#epoch = epoch;
  }

  /**
   * The last entry that is stored; 0 in an empty archive. It may be inside of a transaction.
   *
   * @throws DosqlError `bad-file` when the archive holds another log
   */
  async end(): Promise<Lsn> {
    this.#end ??= await this.#find();
    return this.#end;
  }

  /**
   * Whether what was stored last is there no more: somebody deleted the archive. Then the store is
   * asked anew where to go on.
   */
  async isLost(): Promise<boolean> {
    if (this.#lastSegment === null || this.#end === null) return false;
    if (await this.#archive.hasSegment(this.#lastSegment)) return false;
    this.#end = null;
    this.#lastSegment = null;
    return true;
  }

  /** Notes in the database how far the archive is. On the writer, in a transaction. */
  note(writer: SqlDriver): void {
    if (this.#end === null || this.#lastSegment === null) return;
    const meta = new MetaTable(writer);
    meta.write("archived_lsn", BigInt(this.#end));
    meta.write(LAST_SEGMENT, BigInt(this.#lastSegment));
  }

  /** Stores everything that is sealed and not stored yet. */
  async run(pacer: Pacer): Promise<Archived> {
    this.#done = { segments: 0, bytes: 0 };
    while (!(await this.#pass(pacer)));
    return this.#done;
  }

  /** False when another archiver stored something else: then the end must be looked up. */
  async #pass(pacer: Pacer): Promise<boolean> {
    const end = await this.end();
    if (end > this.#reader.head()) {
      this.#end = null;
      throw this.#ahead(end);
    }
    const upTo = this.#seals.sealedLsn();
    this.#reader.relations.check();
    // What is gone from the log and is not in the archive leaves a gap there.
    const trimmed = this.#seals.trimmedLsn();
    const stored = end > trimmed ? end : trimmed;
    const writer = new SegmentWriter({ ...this.#archive.shard, epoch: this.#epoch });
    // A transaction whose beginning is stored is read from its beginning, to check all of it.
    let at = this.#seals.at(stored)?.lastLsn ?? trimmed;
    const check = new SealCheck(this.#seals, at);
    const size = new PageSize();
    while (at < upTo) {
      const page = this.#reader.entries(at, size.rows, upTo);
      check.begin(page);
      for (const entry of page) {
        const fault = check.fault(entry);
        if (fault !== null) throw fault;
        size.note(rowSizeBytes(entry.values));
      }
      size.adapt();
      at = page.at(-1)?.lsn ?? upTo;
      if (!(await this.#add(writer, page, stored))) return false;
      if (pacer.worked(page.length)) await pacer.rest();
    }
    return !writer.pending || (await this.#put(writer.finish()));
  }

  async #add(writer: SegmentWriter, page: readonly LogEntry[], stored: Lsn): Promise<boolean> {
    for (const entry of page) {
      if (entry.lsn <= stored) continue;
      for (const segment of writer.add(this.#reader.rawEntry(entry), this.#shapes(entry))) {
        if (!(await this.#put(segment))) return false;
      }
    }
    return true;
  }

  #shapes({ code, lsn }: LogEntry): Relation[] {
    if (code !== ENTRY.ddl) return [];
    return this.#reader.relations.changedAt(lsn).filter(({ fromLsn }) => fromLsn === lsn);
  }

  async #put(segment: Segment): Promise<boolean> {
    // Until the store answers, it is not known what it holds.
    this.#end = null;
    const stored = await this.#archive.putSegment(segment);
    this.#done.segments += 1;
    this.#done.bytes += segment.bytes.length;
    if (stored.lastLsn !== segment.header.lastLsn) return false;
    this.#end = stored.lastLsn;
    this.#lastSegment = stored.firstLsn;
    return true;
  }

  async #find(): Promise<Lsn> {
    // Where the last segment began that was stored, so that not all have to be listed.
    const hint = toLsn(Number(this.#meta.read(LAST_SEGMENT) ?? 0));
    const last = (await this.#last(hint)) ?? (hint === 0 ? null : await this.#last(LSN_ZERO));
    if (last === null) return LSN_ZERO;
    const header = await this.#archive.header(last);
    if (header.epoch !== this.#epoch) throw otherLog();
    this.#requireSame(header);
    this.#lastSegment = last;
    return header.lastLsn;
  }

  async #last(from: Lsn): Promise<Lsn | null> {
    let last: Lsn | null = null;
    for await (const lsn of this.#archive.segments(from)) last = lsn;
    return last;
  }

  /** An old copy of the database may have gone another way; no two commits are at one time. */
  #requireSame({ lastCommit, lastTime }: SegmentHeader): void {
    if (lastCommit === null || lastTime === null) return;
    const seal = this.#seals.at(lastCommit);
    if (seal === null || this.#seals.sealedLsn() < lastCommit) return;
    if (seal.lastLsn === lastCommit && compareHlc(seal, lastTime) === 0) return;
    throw new DosqlError("bad-file", `the archive and the change log differ at LSN ${lastCommit}`, {
      hint: "the database is an old copy: move the archive away, or restore from it",
    });
  }

  #ahead(end: Lsn): DosqlError {
    const message = `the archive ends at LSN ${end}, the change log at ${this.#reader.head()}`;
    return new DosqlError("bad-file", message, {
      hint: "the database is an old copy: move the archive away, or restore from it",
    });
  }
}
