import type { Maintenance } from "../../engine/archive/maintenance.ts";
import type { LocalDatabase } from "../../engine/session/local-database.ts";
import { openDataFolder } from "../../server/data-folder.ts";
import type { CheckpointReport, VacuumReport } from "../../server/upkeep-report.ts";
import { FileHold } from "./file-hold.ts";
import { folderMaintenance } from "./node-archive.ts";
import { folderOptions, openLocalDatabase } from "./node-database.ts";
import { nodeFolderHome } from "./node-home.ts";

/**
 * Seals, archives and trims the change log of a data folder, which nobody else may have open.
 *
 * @throws DosqlError `owned`, `bad-file`
 */
export function checkpointFolder(data: string): Promise<CheckpointReport> {
  return withFolder(data, async (maintenance) => {
    const { sealed, segments, archivedLsn, snapshotLsn, trimmed } = await maintenance.checkpoint();
    return { sealed, segments, archivedLsn, snapshotLsn, trimmed };
  });
}

/**
 * Gives unused space of a data folder's database back. Nobody else may have it open.
 *
 * @param keepMs how far back its archive is to reach; null keeps all of that
 * @throws DosqlError `owned`, `bad-file`
 */
export function vacuumFolder(data: string, keepMs: number | null): Promise<VacuumReport> {
  return withFolder(data, async (maintenance, database) => {
    const beforeBytes = database.sizeBytes;
    await maintenance.vacuum();
    const pruned = keepMs === null ? null : await maintenance.prune(keepMs);
    const deletedFiles = pruned?.deleted ?? null;
    return { beforeBytes, afterBytes: database.sizeBytes, deletedFiles };
  });
}

async function withFolder<T>(
  data: string,
  work: (maintenance: Maintenance, database: LocalDatabase) => Promise<T>,
): Promise<T> {
  const folder = openDataFolder(nodeFolderHome(), data, { create: false });
  try {
    const database = openLocalDatabase(folder.shardFile, folderOptions(folder.shardFile));
    try {
      const hold = new FileHold(folder.shardFile);
      const options = { archive: true, retention: {} };
      const maintenance = folderMaintenance(hold.openShard({}), folder.shardFile, options);
      try {
        return await work(maintenance, database);
      } finally {
        await maintenance.close();
        hold.release();
      }
    } finally {
      await database.close();
    }
  } finally {
    folder.release();
  }
}
