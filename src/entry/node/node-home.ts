import { systemClock } from "../../platform/node/clock.ts";
import { sqliteFileLocks } from "../../platform/node/files/file-locks.ts";
import { nodeFiles } from "../../platform/node/files/files.ts";
import { folderClaims } from "../../platform/node/files/folder-claims.ts";
import type { Claim, FolderHome } from "../../server/data-folder.ts";
import { VERSION } from "../../server/version.ts";

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
