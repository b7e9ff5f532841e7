import { ArchiveHistory } from "../engine/archive/archive-history.ts";
import { Maintenance } from "../engine/archive/maintenance.ts";
import { MaintenanceLoop } from "../engine/archive/maintenance-loop.ts";
import type { Retention } from "../engine/archive/retention.ts";
import { ShardArchive } from "../engine/archive/shard-archive.ts";
import type { Shard } from "../engine/shard.ts";
import { systemClock } from "../platform/node/clock.ts";
import { nodeFiles } from "../platform/node/files.ts";
import { FolderStore } from "../platform/node/folder-store.ts";
import { NodeSqlDriver } from "../platform/node/sqlite-driver.ts";
import type { HistoryHost } from "../ports/history-host.ts";
import { archiveFolder } from "../server/data-folder.ts";

/** The only shard of a data folder, as its archive names it. */
const MAIN_SHARD = { database: "main", shard: 0 };

/** An archive in a folder. */
export function folderArchive(folder: string): ShardArchive {
  return new ShardArchive(new FolderStore(folder), MAIN_SHARD);
}

/** The past of a data folder's shard, as far as its archive has it. */
export function folderHistory(shardFile: string): HistoryHost {
  const archive = folderArchive(archiveFolder(nodeFiles, shardFile));
  // SQLite's own temporary database: on disk when it grows, and gone when it is closed.
  return new ArchiveHistory(archive, () => openScratch(""), systemClock);
}

/** An empty database to be filled fast: a crash may leave anything. */
export function openScratch(path: string): NodeSqlDriver {
  const driver = new NodeSqlDriver(path, { wal: false });
  driver.exec("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF");
  return driver;
}

/** What is looked after in the background. */
export interface MaintainedFolder {
  readonly maintenance: Maintenance;
  stop(): Promise<void>;
}

/** The maintenance of a data folder's shard, without the background. */
export function folderMaintenance(
  shard: Shard,
  shardFile: string,
  options: { readonly archive: boolean; readonly retention: Partial<Retention> },
): Maintenance {
  const store = options.archive ? new FolderStore(archiveFolder(nodeFiles, shardFile)) : null;
  const { retention } = options;
  return new Maintenance(shard, { shard: MAIN_SHARD, store, retention });
}

/** Looks after a data folder's shard until `stop`. Problems are warnings of the process. */
export function maintainFolder(
  shard: Shard,
  shardFile: string,
  options: { readonly archive: boolean; readonly retention: Partial<Retention> },
): MaintainedFolder {
  const maintenance = folderMaintenance(shard, shardFile, options);
  const loop = new MaintenanceLoop(maintenance, shard, {
    onProblem: ({ message, hint }) => {
      process.emitWarning(`archive: ${message}`, {
        type: "DosqlWarning",
        ...(hint === undefined ? {} : { detail: hint }),
      });
    },
  });
  return { maintenance, stop: () => loop.stop() };
}
