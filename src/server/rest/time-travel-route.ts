import type { Bookmark } from "../../base/bookmark.ts";
import { formatBookmark } from "../../base/bookmark.ts";
import { DosqlError } from "../../base/errors.ts";
import { momentOf } from "../../engine/time/point-in-time.ts";
import { succeeded } from "./envelope.ts";
import type { RestRequest } from "./rest-request.ts";
import { requireWriting, withDatabase } from "./rest-request.ts";

/** `GET …/time_travel/bookmark`: the position now, or at `?timestamp=`. */
export async function tellBookmark(request: RestRequest): Promise<Response> {
  const timestamp = request.query.get("timestamp");
  return withDatabase(request, async (database) => {
    const { bookmark } = await database.state();
    const then = timestamp === null ? bookmark : bookmarkAt(timestamp);
    // Nothing is newer than the newest commit.
    return succeeded({ bookmark: then < bookmark ? then : bookmark });
  });
}

/** `POST …/time_travel/restore?bookmark=` or `?timestamp=`. */
export async function restoreDatabase(request: RestRequest): Promise<Response> {
  requireWriting(request.access);
  const { query } = request;
  const timestamp = query.get("timestamp");
  const given = query.get("bookmark");
  if (given === null && timestamp === null) {
    throw new DosqlError("invalid-argument", "a restore needs a bookmark or a timestamp");
  }
  return withDatabase(request, async (database) => {
    const bookmark = given ?? bookmarkAt(timestamp ?? "");
    const { before, now } = await database.restore(bookmark);
    const message = `Restored to ${bookmark}; undo by a restore to ${before}`;
    return succeeded({ bookmark: now, previous_bookmark: before, message });
  });
}

/** Positions are times: that of a time is the last one that it can have. */
function bookmarkAt(timestamp: string): Bookmark {
  const moment = momentOf(timestamp);
  if (moment.kind === "time") return formatBookmark(moment.time);
  throw new DosqlError("invalid-argument", `${timestamp} is no time`);
}
