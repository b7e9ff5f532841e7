import type { Hlc } from "../../base/hlc.ts";
import { compareHlc } from "../../base/hlc.ts";
import type { Lsn } from "../../base/lsn.ts";
import { LSN_ZERO, toLsn } from "../../base/lsn.ts";
import type { FeedArchive } from "../feed/feed-archive.ts";
import { ENTRY } from "../log/layout.ts";
import type { LogEntry } from "../log/log-entry.ts";
import { commitValues } from "../log/to-transaction.ts";
import type { ShardArchive } from "./shard-archive.ts";

/** The segments of an archive, for those who follow changes from long ago. */
export class ArchiveFeed implements FeedArchive {
  readonly #archive: ShardArchive;

  constructor(archive: ShardArchive) {
    this.#archive = archive;
  }

  async findStart(from: Lsn | Hlc, epoch: string): Promise<Lsn | null> {
    const firsts: Lsn[] = [];
    for await (const lsn of this.#archive.segments(LSN_ZERO)) firsts.push(lsn);
    const isAfter = (lsn: Lsn, time: Hlc): boolean =>
      typeof from === "number" ? lsn > from : compareHlc(time, from) > 0;
    for (let i = (await this.#lastOf(firsts, from)) ?? -1; i >= 0; i--) {
      const first = firsts[i] ?? LSN_ZERO;
      const { header, entries } = await this.#archive.segment(first);
      if (header.epoch !== epoch) return null;
      const commit = entries.findLast((entry) => {
        return entry.code === ENTRY.commit && !isAfter(entry.lsn, commitValues(entry));
      });
      if (commit !== undefined) return commit.lsn;
      // Behind a gap nobody knows what was before.
      if (i === 0 || !(await this.#joins(firsts[i - 1], first))) {
        return first === 1 ? LSN_ZERO : null;
      }
    }
    return null;
  }

  async *pages(after: Lsn, epoch: string): AsyncGenerator<readonly LogEntry[]> {
    let at = after;
    const firsts: Lsn[] = [];
    for await (const lsn of this.#archive.segments(LSN_ZERO)) firsts.push(lsn);
    const start = Math.max(
      0,
      firsts.findLastIndex((lsn) => lsn <= after + 1),
    );
    for (const first of firsts.slice(start)) {
      if (first > at + 1) return;
      const { header, entries } = await this.#archive.segment(first);
      if (header.epoch !== epoch) return;
      const from = at;
      if (header.lastLsn <= from) continue;
      at = header.lastLsn;
      yield entries.filter(({ lsn }) => lsn > from);
    }
  }

  /** The place of the last segment that may hold a commit at or before `from`. */
  async #lastOf(firsts: readonly Lsn[], from: Lsn | Hlc): Promise<number | null> {
    if (typeof from === "number") {
      const place = firsts.findLastIndex((lsn) => lsn <= from + 1);
      return place < 0 ? null : place;
    }
    let [low, high] = [0, firsts.length];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      // Segments without a commit belong to what ends behind them.
      let [place, time]: [number, Hlc | null] = [middle, null];
      for (; place < high; place++) {
        time = (await this.#archive.header(firsts[place] ?? LSN_ZERO)).firstTime;
        if (time !== null) break;
      }
      if (time !== null && compareHlc(time, from) <= 0) low = place + 1;
      else high = middle;
    }
    return low === 0 ? (firsts.length > 0 ? 0 : null) : low - 1;
  }

  async #joins(before: Lsn | undefined, first: Lsn): Promise<boolean> {
    if (before === undefined) return false;
    const { lastLsn } = await this.#archive.header(before);
    return toLsn(lastLsn + 1) >= first;
  }
}
