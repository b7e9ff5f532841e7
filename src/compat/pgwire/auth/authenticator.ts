import type { Awaitable } from "../../../base/value.ts";
import type { PasswordVerifier } from "./verifier.ts";

/**
 * How a client proves who it is. `trust` asks for nothing and is granted to loopback peers
 * only, whatever the authenticator says; `reject` refuses.
 */
export type AuthMethod = "trust" | "scram-sha-256" | "md5" | "cleartext" | "reject";

/** What the transport knows of the other end. */
export interface Peer {
  /** The bytes come from this machine: loopback, a unix socket, the same process. */
  readonly loopback: boolean;
}

/** A connection that wants to begin. */
export interface LoginAttempt {
  readonly user: string;
  readonly database: string;
  readonly peer: Peer;
}

/** Someone who may connect. */
export interface Role {
  readonly name: string;
  /** Null: no password is set, and every method but `trust` fails. */
  readonly verifier: PasswordVerifier | null;
  readonly superuser: boolean;
}

/**
 * Decides who may connect and how they prove it.
 *
 * @example
 * const authenticator: Authenticator = {
 *   method: ({ peer }) => (peer.loopback ? "trust" : "scram-sha-256"),
 *   role: (name) => roles.get(name) ?? null,
 *   mockSecret,
 * };
 */
export interface Authenticator {
  method(attempt: LoginAttempt): AuthMethod;
  /** The role of that name, or null. Unknown names go through the same exchange as known ones. */
  role(name: string): Awaitable<Role | null>;
  /**
   * A secret of the server, the same for its whole life: the salts that unknown users see are
   * made from it, so that a name answers alike every time and tells nothing.
   */
  readonly mockSecret: Uint8Array;
}
