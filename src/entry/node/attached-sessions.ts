import { CancelRegistry } from "../../compat/pgwire/cancel-registry.ts";
import { PgConnection } from "../../compat/pgwire/connection.ts";
import { pgFatal } from "../../compat/pgwire/errors.ts";
import type { PgServerParts } from "../../compat/pgwire/server-parts.ts";
import type { Database } from "../../engine/session/session.ts";
import { systemClock } from "../../platform/node/clock.ts";
import { nodeCrypto } from "../../platform/node/crypto.ts";
import { systemEntropy } from "../../platform/node/entropy.ts";
import type { ByteSession, ByteSink } from "../../ports/byte-stream.ts";
import type { ServeConfig } from "../../server/serve-config.ts";

const MOCK_SECRET_BYTES = 32;

/**
 * The sessions of processes that attach to the owner of a data folder.
 *
 * @param farewell what they hear when the owner gives the folder back
 */
export function attachedSessions(
  database: Database,
  names: Pick<ServeConfig, "database" | "user">,
  farewell?: string,
): (sink: ByteSink) => ByteSession {
  const ports = { clock: systemClock, entropy: systemEntropy, crypto: nodeCrypto };
  const parts: PgServerParts = {
    ...ports,
    databases: (name) => (name === names.database ? database : null),
    authenticator: {
      method: () => "trust",
      role: (name) => (name === names.user ? { name, verifier: null, superuser: true } : null),
      mockSecret: systemEntropy.randomBytes(MOCK_SECRET_BYTES),
    },
    cancels: new CancelRegistry(ports),
  };
  return (sink) => {
    const connection = new PgConnection(parts, { sink, peer: { loopback: true } });
    return {
      receive: (bytes) => connection.receive(bytes),
      drained: () => connection.drained(),
      closed: () => connection.closed(),
      shutdown: () =>
        farewell === undefined
          ? connection.terminate()
          : connection.terminate(pgFatal("57P01", farewell).report),
    };
  };
}
