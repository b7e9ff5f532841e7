import type { Awaitable } from "../../base/value.ts";
import type { Database } from "../../engine/session/session.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Crypto } from "../../ports/crypto.ts";
import type { Entropy } from "../../ports/entropy.ts";
import type { Authenticator, Peer } from "./auth/authenticator.ts";
import type { CancelRegistry } from "./cancel-registry.ts";
import type { PgLimits } from "./limits.ts";
import type { Sink } from "./output.ts";

/** What all connections of a server share. */
export interface PgServerParts {
  /** The database of a name, or null when there is none. Asked after authentication. */
  readonly databases: (name: string) => Awaitable<Database | null>;
  readonly authenticator: Authenticator;
  readonly cancels: CancelRegistry;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly crypto: Crypto;
  readonly limits?: Partial<PgLimits>;
}

/** What one connection has of its own. */
export interface PgTransport {
  readonly sink: Sink;
  readonly peer: Peer;
  /**
   * Starts TLS on the transport: called when the client asked for it and was told yes. From
   * then on `receive` gets decrypted bytes. Absent: the client is told no.
   */
  readonly startTls?: () => void;
}
