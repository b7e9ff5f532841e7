import { toLsn } from "../base/lsn.ts";
import type { LocalDatabase } from "../engine/session/local-database.ts";
import type { ChangeSource } from "../ports/change-source.ts";
import { readSubscription, slotStart } from "./changes-query.ts";
import { ChangeLines } from "./changes-stream.ts";

/** The feed of a database in this process as the command line sees it. */
export function localChanges(
  { feed, capture }: LocalDatabase,
  label: string,
  end: () => Promise<void>,
): ChangeSource {
  return {
    label,
    async lines(query) {
      const lines = new ChangeLines(feed, readSubscription(new URLSearchParams(query)));
      return { end: () => void lines.return(), [Symbol.asyncIterator]: () => lines };
    },
    status: async () => ({ capture, head: feed.head, slots: feed.slots.list() }),
    async createSlot(name, from) {
      await feed.slots.create(name, from === null ? {} : { from: slotStart(from) });
    },
    confirmSlot: async (name, lsn) => feed.slots.confirm(name, toLsn(lsn)),
    close: end,
  };
}
