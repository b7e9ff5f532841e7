import { systemClock } from "../platform/node/clock.ts";
import { sqliteFileLocks } from "../platform/node/file-locks.ts";
import { nodeFiles } from "../platform/node/files.ts";
import { folderClaims } from "../platform/node/folder-claims.ts";
import type { ResolvedPath } from "../server/database-path.ts";
import { resolveDatabasePath as resolve } from "../server/database-path.ts";
import type { Claim, FolderHome } from "../server/data-folder.ts";
import { VERSION } from "../server/version.ts";

/** Data folders on this machine's disk, owned by this process. */
export function nodeFolderHome(): FolderHome {
  return {
    files: nodeFiles,
    locks: sqliteFileLocks,
    clock: systemClock,
    process: {
      pid: process.pid,
      startedAtMs: Math.round(Date.now() - process.uptime() * 1000),
    },
    version: VERSION,
    claims: folderClaims<Claim>((folder) => nodeFiles.remove(nodeFiles.join(folder, "owner"))),
  };
}

/**
 * The SQLite file behind a path given to an embedded face. A data folder is owned by this
 * process until `release`; a plain file is left alone.
 *
 * @throws DosqlError `owned` when another process has the folder, `bad-file` when it is no
 * data folder
 */
export function resolveDatabasePath(path: string): ResolvedPath {
  return resolve(nodeFolderHome(), path);
}
