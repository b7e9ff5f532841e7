import { LruMap } from "../engine/text/lru-map.ts";
import type { Shard } from "../engine/shard.ts";
import { SyncSession } from "../engine/session/sync-session.ts";
import type { KeptSession, SessionCall, SessionReply } from "./shard-session-wire.ts";
import { toWireError, toWireResult } from "./shard-wire.ts";

/** Sessions that an object remembers; each holds next to nothing. */
const MOST_KEPT = 1000;

/** The object's end of the sessions that Workers keep; see shard-session-wire.ts. */
export class KeptSessions {
  #shard: Shard | null = null;
  readonly #known = new LruMap<string, SyncSession>(MOST_KEPT);

  of(shard: Shard, { id, options }: KeptSession): SyncSession {
    // A database that was deleted and made anew has another shard.
    if (this.#shard !== shard) this.#known.clear();
    this.#shard = shard;
    const known = this.#known.get(id);
    if (known !== undefined) return known;
    const session = new SyncSession(shard, { pragmas: "home", ...options });
    this.#known.set(id, session);
    return session;
  }
}

/** Answers a call on a session; failures are values. */
export function answerSession(
  session: SyncSession,
  call: SessionCall,
  sizeBytes: () => number,
): SessionReply {
  try {
    if (call.kind === "describe") return { info: session.describe(call.sql) };
    const { statements, batch, key, ageMs = 0, holder = "" } = call;
    const once = key === undefined ? null : session.once({ key, ageMs, batch, statements, holder });
    if (once === "unprotected" && ageMs > 0) return { unprotected: true };
    const [only] = statements;
    const alone = !batch && statements.length === 1 ? only : undefined;
    const run = () =>
      alone === undefined ? session.batch(statements) : [session.execute(alone.sql, alone.params)];
    const results = Array.isArray(once) ? once : run();
    return { results: results.map(toWireResult), seen: session.seen, sizeBytes: sizeBytes() };
  } catch (error) {
    return { error: toWireError(error) };
  }
}
