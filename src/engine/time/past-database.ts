import type { Database, SessionOptions } from "../session/session.ts";
import { momentOf } from "./point-in-time.ts";
import type { PointInTime } from "./point-in-time.ts";

/**
 * A database as it was: all its sessions are of that time. Closing it closes nothing.
 *
 * @throws DosqlError `invalid-argument` for what is no point in time
 */
export function pastDatabase(database: Database, asOf: PointInTime): Database {
  momentOf(asOf);
  return {
    session: (options: SessionOptions = {}) => database.session({ ...options, asOf }),
    get feed() {
      return database.feed;
    },
    close: () => undefined,
  };
}
