/*
 * Sessions that a Worker keeps for its clients, over a shard in a Durable Object. The object has a
 * session for each of them while it is in memory, found by its id, so that `changes()` and settings
 * are each client's own. Outside of a transaction every call stands alone.
 */
import type { SessionOptions, Statement, StatementInfo } from "../engine/session/session.ts";
import type { WireAnswer } from "./shard-wire.ts";

/** A session of a client. */
export interface KeptSession {
  /** Chosen by the Worker; nobody else can guess it. */
  readonly id: string;
  readonly options: SessionOptions;
}

/** What a session is asked for. */
export type SessionCall =
  | {
      readonly kind: "run";
      readonly statements: readonly Statement[];
      /** All in one transaction also where there is one statement only. */
      readonly batch: boolean;
      /** Of a call that is to happen once; see `OnceCall`. */
      readonly key?: string;
      readonly ageMs?: number;
      readonly holder?: string;
    }
  | { readonly kind: "describe"; readonly sql: string };

/** What a statement is, without running it. */
export interface Described {
  readonly info: StatementInfo;
}

/** `unprotected`: the call was sent before, and whether it was done then is not known. */
export type SessionReply = WireAnswer | Described | { readonly unprotected: true };

/** What a shard's Durable Object offers for it over the runtime's RPC. */
export interface SessionService {
  session(kept: KeptSession, call: SessionCall): Promise<SessionReply>;
}
