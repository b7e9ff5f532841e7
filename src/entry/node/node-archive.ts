import { ArchiveFeed } from "../../engine/archive/archive-feed.ts";
import { ArchiveHistory } from "../../engine/archive/archive-history.ts";
import { Maintenance } from "../../engine/archive/maintenance.ts";
import { MaintenanceLoop } from "../../engine/archive/maintenance-loop.ts";
import type { Retention } from "../../engine/archive/retention.ts";
import type { ShardName } from "../../engine/archive/shard-archive.ts";
import { ShardArchive } from "../../engine/archive/shard-archive.ts";
import type { FeedArchive } from "../../engine/feed/feed-archive.ts";
import type { Shard } from "../../engine/shard.ts";
import { systemClock } from "../../platform/node/clock.ts";
import { nodeFiles } from "../../platform/node/files/files.ts";
import { FolderStore } from "../../platform/node/files/folder-store.ts";
import { NodeSqlDriver } from "../../platform/node/sqlite/sqlite-driver.ts";
import type { HistoryHost } from "../../ports/history-host.ts";
import { archiveFolder } from "../../server/data-folder.ts";

/** The only shard of a data folder, as its archive names it. */
const MAIN_SHARD = { database: "main", shard: 0 };

/** An archive in a folder. */
export function folderArchive(folder: string, name: ShardName = MAIN_SHARD): ShardArchive {
  return new ShardArchive(new FolderStore(folder), name);
}

/** The past of a data folder's shard, as far as its archive has it. */
export function folderHistory(shardFile: string, name: ShardName = MAIN_SHARD): HistoryHost {
  const folder = archiveFolder(nodeFiles, shardFile);
  const archive = folderArchive(folder, name);
  // SQLite's own temporary database: on disk when it grows, and gone when it is closed.
  const history = new ArchiveHistory(archive, () => openScratch(""), systemClock);
  return {
    openAt: (moment) => history.openAt(moment),
    get exists() {
      return nodeFiles.info(folder) !== null;
    },
  };
}

/** The changes of a data folder's shard, as far as its archive has them. */
export function folderFeed(shardFile: string, name: ShardName = MAIN_SHARD): FeedArchive {
  return new ArchiveFeed(folderArchive(archiveFolder(nodeFiles, shardFile), name));
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
  name: ShardName = MAIN_SHARD,
): Maintenance {
  const store = options.archive ? new FolderStore(archiveFolder(nodeFiles, shardFile)) : null;
  const { retention } = options;
  return new Maintenance(shard, { shard: name, store, retention });
}

/** Looks after a data folder's shard until `stop`. Problems are warnings of the process. */
export function maintainFolder(
  shard: Shard,
  shardFile: string,
  options: { readonly archive: boolean; readonly retention: Partial<Retention> },
  name: ShardName = MAIN_SHARD,
): MaintainedFolder {
  const maintenance = folderMaintenance(shard, shardFile, options, name);
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

/** Answers with all that was committed, in the archive; null where none is kept. */
export function archivedBy(
  { maintenance }: MaintainedFolder,
  shardFile: string,
  archive: boolean,
  name: ShardName = MAIN_SHARD,
): () => Promise<ShardArchive | null> {
  return async () => {
    if (!archive) return null;
    await maintenance.run();
    return folderArchive(archiveFolder(nodeFiles, shardFile), name);
  };
}
