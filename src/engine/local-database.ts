import { LocalSession } from "./local-session.ts";
import type { Database, Session, SessionOptions } from "./session.ts";
import type { Shard } from "./shard.ts";

/** One shard in this process as a `Database`. */
export class LocalDatabase implements Database {
  readonly #shard: Shard;
  /** Sessions that wait or are in a transaction. Others hold nothing and may be forgotten. */
  readonly #engaged = new Set<Session>();

  constructor(shard: Shard) {
    this.#shard = shard;
  }

  /** Size of the database, pages that are in the write-ahead log only included. */
  get sizeBytes(): number {
    return this.#shard.reader.driver.sizeBytes();
  }

  session(options: SessionOptions = {}): Session {
    const session: Session = new LocalSession(this.#shard, options, (engaged) => {
      if (engaged) this.#engaged.add(session);
      else this.#engaged.delete(session);
    });
    return session;
  }

  /** Ends all sessions, rolls back what they left open, and closes the files. */
  async close(): Promise<void> {
    await Promise.all([...this.#engaged].map((session) => session[Symbol.asyncDispose]()));
    await this.#shard.readerHost?.close();
    this.#shard.close();
  }
}
