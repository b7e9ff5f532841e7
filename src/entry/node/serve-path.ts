import path from "node:path";
import { CancelRegistry } from "../../compat/pgwire/cancel-registry.ts";
import { PgConnection } from "../../compat/pgwire/connection.ts";
import type { PgServerParts } from "../../compat/pgwire/server-parts.ts";
import type { LocalDatabase } from "../../engine/session/local-database.ts";
import { systemClock } from "../../platform/node/clock.ts";
import { nodeCrypto } from "../../platform/node/crypto.ts";
import { systemEntropy } from "../../platform/node/entropy.ts";
import { nodeFiles } from "../../platform/node/files/files.ts";
import type { PgListener } from "../../platform/node/net/pg-listener.ts";
import { listenPgPath } from "../../platform/node/net/pg-listener.ts";
import type { DataFolder } from "../../server/data-folder.ts";
import type { ServeConfig } from "../../server/serve-config.ts";

/** The shortest limit of a unix socket's path (macOS), without its ending NUL. */
const MOST_PATH_BYTES = 103;
const MOCK_SECRET_BYTES = 32;

/** The socket by which other processes of the folder's user attach. */
export interface AttachedListener {
  readonly path: string;
  readonly listener: PgListener;
}

/**
 * Serves a data folder by a unix socket inside of it, without passwords: who may enter the folder
 * may read its files, too. Null where the path is too long for one, or the system has none.
 *
 * @throws DosqlError `address`
 */
export async function servePath(
  folder: DataFolder,
  config: ServeConfig,
  database: LocalDatabase,
): Promise<AttachedListener | null> {
  const socket = path.join(folder.path, "socket");
  if (process.platform === "win32" || Buffer.byteLength(socket) > MOST_PATH_BYTES) return null;
  const ports = { clock: systemClock, entropy: systemEntropy, crypto: nodeCrypto };
  const parts: PgServerParts = {
    ...ports,
    databases: (name) => (name === config.database ? database : null),
    authenticator: {
      method: () => "trust",
      role: (name) => (name === config.user ? { name, verifier: null, superuser: true } : null),
      mockSecret: systemEntropy.randomBytes(MOCK_SECRET_BYTES),
    },
    cancels: new CancelRegistry(ports),
  };
  // Left behind by a crash: the folder's lock says that nobody listens there.
  nodeFiles.remove(socket);
  const listener = await listenPgPath(socket, {
    maxConnections: config.maxConnections,
    openSession(sink) {
      const connection = new PgConnection(parts, { sink, peer: { loopback: true } });
      return {
        receive: (bytes) => connection.receive(bytes),
        drained: () => connection.drained(),
        closed: () => connection.closed(),
        shutdown: () => connection.terminate(),
      };
    },
  });
  return { path: socket, listener };
}
