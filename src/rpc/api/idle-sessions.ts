import { LruMap } from "../../engine/text/lru-map.ts";
import type { Database, Session } from "../../engine/session/session.ts";
import type { Access } from "./access.ts";
import type { OwnSessionOptions } from "./session-options.ts";

/** More calls than this at once are rare, and then some of them know nothing of the others. */
const MOST_IDLE = 100;

/** Kinds of sessions of a database at most: a client may choose options, and have many tokens. */
const MOST_KINDS = 100;

/**
 * Sessions between calls over HTTP, which have no connection of their own: calls of one token that
 * follow one another share one, so that `last_insert_rowid()` and `changes()` are what D1's are,
 * whose calls all share one connection. Another token's calls have sessions of their own: what it
 * inserted last is not everybody's to know.
 */
export class IdleSessions {
  readonly #idle = new WeakMap<Database, LruMap<string, Session[]>>();

  take({ database, holder }: Access, options: OwnSessionOptions): Session {
    const known = this.#of(database).get(keyOf(holder, options))?.pop();
    return known ?? database.session(options);
  }

  /** A session that is as new, but for its counts. */
  give({ database, holder }: Access, options: OwnSessionOptions, session: Session): void {
    const key = keyOf(holder, options);
    const idle = this.#of(database).get(key) ?? [];
    if (options.asOf !== undefined || idle.length >= MOST_IDLE) return;
    this.#of(database).set(key, [...idle, session]);
  }

  #of(database: Database): LruMap<string, Session[]> {
    const known = this.#idle.get(database) ?? new LruMap(MOST_KINDS);
    this.#idle.set(database, known);
    return known;
  }
}

function keyOf(holder: string | undefined, options: OwnSessionOptions): string {
  return JSON.stringify([holder, options]);
}
