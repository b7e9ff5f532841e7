import { filterCases } from "./filter-cases.ts";
import type { FeedHome } from "./feed-home.ts";
import { resumeCases } from "./resume-cases.ts";
import { slotCases } from "./slot-cases.ts";
import { snapshotCases } from "./snapshot-cases.ts";
import { streamCases } from "./stream-cases.ts";

/** What the feed does in every home. */
export function feedCases(home: FeedHome): void {
  streamCases(home);
  filterCases(home);
  slotCases(home);
  snapshotCases(home);
  resumeCases(home);
}
