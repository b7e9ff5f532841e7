import { DosqlError } from "../../base/errors.ts";
import { compareHlc } from "../../base/hlc.ts";
import type { Hlc } from "../../base/hlc.ts";
import type { Lsn } from "../../base/lsn.ts";
import { LSN_ZERO, toLsn } from "../../base/lsn.ts";
import type { LogEntry } from "../log/log-entry.ts";
import type { LogReader } from "../log/log-reader.ts";
import { commitValues } from "../log/to-transaction.ts";
import type { FeedStart } from "./change-feed.ts";
import { historyGone } from "./history-gone.ts";

/**
 * The end of the transaction after which a reader begins.
 *
 * @throws DosqlError `history-gone` when the log no longer holds what follows it;
 * `invalid-argument` for what is no position, or one after the head
 */
export function findPosition(reader: LogReader, from: Exclude<FeedStart, "snapshot">): Lsn {
  const head = reader.lastCommit()?.lsn ?? LSN_ZERO;
  // Everything up to here is gone.
  const floor = toLsn(Math.max(0, reader.oldest() - 1));
  if (from === "now") return head;
  if (from === "start") return floor;
  if (typeof from === "object") return findTime(reader, from.at, floor, head);
  if (typeof from !== "number") {
    throw new DosqlError("invalid-argument", `a feed cannot begin at ${String(from)}`, {
      hint: 'give a position, "start", "now", "snapshot" or { at: time }',
    });
  }
  const lsn = toLsn(from);
  if (lsn > head) {
    throw new DosqlError("invalid-argument", `position ${lsn} lies after the log's head, ${head}`, {
      hint: "is it a position of this database, and of its newest history?",
    });
  }
  if (lsn < floor) throw historyGone(lsn);
  // Inside a transaction, the whole of it is still to come.
  return laterOf(reader.commitUpTo(lsn)?.lsn ?? LSN_ZERO, floor);
}

/** Finds by halving the numbers: times grow with them. */
function findTime(reader: LogReader, at: Hlc, floor: Lsn, head: Lsn): Lsn {
  checkTime(at);
  let low: number = floor + 1;
  let high: number = head;
  let first: LogEntry | null = null;
  while (low <= high) {
    const middle = Math.floor((low + high) / 2);
    const commit = reader.commitFrom(toLsn(middle));
    if (commit !== null && compareHlc(commitValues(commit), at) <= 0) {
      low = commit.lsn + 1;
    } else {
      first = commit;
      high = middle - 1;
    }
  }
  const before = first === null ? head : reader.commitUpTo(toLsn(first.lsn - 1))?.lsn;
  const start = laterOf(before ?? LSN_ZERO, floor);
  const trimmed = reader.trimmedTime();
  const reaches = trimmed !== null && compareHlc(trimmed, at) <= 0;
  if (start === floor && floor > 0 && !reaches) {
    throw new DosqlError("history-gone", "the change log does not reach back to that time", {
      hint: 'take a new snapshot: subscribe from "snapshot"',
    });
  }
  return start;
}

function checkTime({ wallMs, counter }: Hlc): void {
  if (Number.isFinite(wallMs) && Number.isFinite(counter)) return;
  throw new DosqlError("invalid-argument", "a time is { wallMs, counter }, both numbers");
}

function laterOf(a: Lsn, b: Lsn): Lsn {
  return a > b ? a : b;
}
