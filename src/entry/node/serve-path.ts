import type { LocalDatabase } from "../../engine/session/local-database.ts";
import { nodeFiles } from "../../platform/node/files/files.ts";
import type { PgListener } from "../../platform/node/net/pg-listener.ts";
import { listenPgPath } from "../../platform/node/net/pg-listener.ts";
import type { DataFolder } from "../../server/data-folder.ts";
import type { ServeConfig } from "../../server/serve-config.ts";
import { attachedSessions } from "./attached-sessions.ts";
import { FolderSocket, socketOf } from "./folder-socket.ts";

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
  const socket = socketOf(folder.path);
  if (socket === null) return null;
  // A program that embeds the folder beside its server in this process lets the server answer.
  const giveBack = FolderSocket.of(folder).lend();
  try {
    // Left behind by a crash: the folder's lock says that nobody listens there.
    nodeFiles.remove(socket);
    const { maxConnections } = config;
    const openSession = attachedSessions(database, config);
    const listener = await listenPgPath(socket, { maxConnections, openSession });
    return {
      path: socket,
      listener: {
        port: 0,
        get connections() {
          return listener.connections;
        },
        async stop() {
          await listener.stop();
          giveBack();
        },
      },
    };
  } catch (error) {
    giveBack();
    throw error;
  }
}
