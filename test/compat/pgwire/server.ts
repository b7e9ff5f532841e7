import type { Authenticator } from "../../../src/compat/pgwire/auth/authenticator.ts";
import { makeScramVerifier } from "../../../src/compat/pgwire/auth/verifier.ts";
import { CancelRegistry } from "../../../src/compat/pgwire/cancel-registry.ts";
import type { PgServerParts } from "../../../src/compat/pgwire/server-parts.ts";
import type { Database } from "../../../src/engine/session/session.ts";
import { systemClock } from "../../../src/platform/node/clock.ts";
import { nodeCrypto } from "../../../src/platform/node/crypto.ts";
import { systemEntropy } from "../../../src/platform/node/entropy.ts";
import { WireClient } from "./wire-client.ts";

export const PASSWORD = "correct horse";

/** Trust for everybody; `ada` has a password for the tests that ask for one. */
export function authenticatorOf(given: Partial<Authenticator> = {}): Authenticator {
  const verifier = makeScramVerifier(PASSWORD, { crypto: nodeCrypto, entropy: systemEntropy });
  return {
    method: () => "trust",
    role: (name) => (name === "ada" ? { name, verifier, superuser: true } : null),
    mockSecret: new Uint8Array(32).fill(7),
    ...given,
  };
}

/** The parts of a server with one database, under every name. */
export function serverParts(
  database: Database | null,
  given: Partial<PgServerParts> = {},
): PgServerParts {
  const ports = { crypto: nodeCrypto, entropy: systemEntropy };
  return {
    databases: () => database,
    authenticator: authenticatorOf(),
    cancels: new CancelRegistry(ports),
    clock: systemClock,
    ...ports,
    ...given,
  };
}

/** A client that is through its startup. */
export function connect(
  database: Database,
  given: Partial<PgServerParts> = {},
  parameters: Record<string, string> = {},
): WireClient {
  const client = new WireClient(serverParts(database, given));
  client.greet(parameters);
  return client;
}
