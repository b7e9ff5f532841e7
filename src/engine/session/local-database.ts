import { FeedHandle } from "../feed/feed-handle.ts";
import type { CaptureSetting } from "../capture/capture-setting.ts";
import { LocalSession } from "./local-session.ts";
import type { Database, Session, SessionOptions } from "./session.ts";
import type { Shard } from "../shard.ts";

/** One shard in this process as a `Database`. */
export class LocalDatabase implements Database {
  readonly feed: FeedHandle;
  readonly #shard: Shard;
  /** Sessions that wait or are in a transaction. Others hold nothing and may be forgotten. */
  readonly #engaged = new Set<Session>();
  readonly #release: () => Shard | null;
  #closed = false;

  /**
   * @param release gives back a shard that others use too; answers with it when nobody does any
   * more
   */
  constructor(shard: Shard, release: () => Shard | null = () => shard) {
    this.#shard = shard;
    this.feed = new FeedHandle(shard.feed);
    this.#release = release;
  }

  /** Size of the database, pages that are in the write-ahead log only included. */
  get sizeBytes(): number {
    return this.#shard.reader.driver.sizeBytes();
  }

  /** Which tables' changes are logged. */
  get capture(): CaptureSetting {
    return this.#shard.changes.setting;
  }

  session(options: SessionOptions = {}): Session {
    const session: Session = new LocalSession(this.#shard, options, {
      engaged: (engaged) => {
        if (engaged) this.#engaged.add(session);
        else this.#engaged.delete(session);
      },
      isClosed: () => this.#closed,
    });
    return session;
  }

  /**
   * Ends all subscriptions and sessions, rolls back what they left open, and closes the files
   * unless others use them.
   */
  async close(): Promise<void> {
    this.#closed = true;
    this.feed.close();
    await Promise.all([...this.#engaged].map((session) => session[Symbol.asyncDispose]()));
    const last = this.#release();
    if (last === null) return;
    await last.readerHost?.close();
    last.close();
  }
}
