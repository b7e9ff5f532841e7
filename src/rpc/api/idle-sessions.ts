import type { Database, Session } from "../../engine/session.ts";
import type { RemoteSessionOptions } from "./remote-api.ts";

/** More calls than this at once are rare, and then some of them know nothing of the others. */
const MOST_IDLE = 100;

/**
 * Sessions between calls over HTTP, which have no connection of their own: calls that follow one
 * another share one, so that `last_insert_rowid()` and `changes()` are what D1's are, whose calls
 * all share one connection.
 */
export class IdleSessions {
  readonly #idle = new WeakMap<Database, Map<string, Session[]>>();

  take(database: Database, options: RemoteSessionOptions): Session {
    const known = this.#of(database).get(JSON.stringify(options))?.pop();
    return known ?? database.session(options);
  }

  /** A session that is as new, but for its counts. */
  give(database: Database, options: RemoteSessionOptions, session: Session): void {
    const key = JSON.stringify(options);
    const idle = this.#of(database).get(key) ?? [];
    if (options.asOf !== undefined || idle.length >= MOST_IDLE) return;
    this.#of(database).set(key, [...idle, session]);
  }

  #of(database: Database): Map<string, Session[]> {
    const known = this.#idle.get(database) ?? new Map<string, Session[]>();
    this.#idle.set(database, known);
    return known;
  }
}
