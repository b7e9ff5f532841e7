import { LocalSession } from "./local-session.ts";
import type { Database, Session, SessionOptions } from "./session.ts";
import type { Shard } from "./shard.ts";

/** One shard in this process as a `Database`. */
export class LocalDatabase implements Database {
  readonly #shard: Shard;
  readonly #sessions = new Set<Session>();

  constructor(shard: Shard) {
    this.#shard = shard;
  }

  /** Sessions open now. */
  get sessionCount(): number {
    return this.#sessions.size;
  }

  session(options: SessionOptions = {}): Session {
    const session: Session = new LocalSession(this.#shard, options, () => {
      this.#sessions.delete(session);
    });
    this.#sessions.add(session);
    return session;
  }

  /** Ends all sessions, rolls back what they left open, and closes the files. */
  async close(): Promise<void> {
    await Promise.all([...this.#sessions].map((session) => session[Symbol.asyncDispose]()));
    await this.#shard.readerHost?.close();
    this.#shard.close();
  }
}
