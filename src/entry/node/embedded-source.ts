import { readCaptureSetting } from "../../engine/capture/file-setting.ts";
import type { EmbeddedShare } from "../../engine/embedded/embedded-writer.ts";
import type { BetterSqlite3Library } from "../../platform/node/better-sqlite3/library.ts";
import { exitTasks } from "../../platform/node/exit-tasks.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import { resolveDatabasePath } from "../../server/database-path.ts";
import { FileHold } from "./file-hold.ts";
import { FolderSocket } from "./folder-socket.ts";
import { folderOptions } from "./node-database.ts";
import { nodeFolderHome } from "./node-home.ts";
import type { NodeShardOptions } from "./node-shard.ts";

/** The file behind a path that an embedding program named. */
export interface EmbeddedFile {
  readonly file: string;
  /** The process' part in it. */
  readonly hold: FileHold;
  /** It is a data folder's. */
  readonly ours: boolean;
  /** The SQLite to open it with: better-sqlite3's class, or null for Node's own. */
  readonly library: BetterSqlite3Library | null;
  readonly share: EmbeddedShare;
  readonly release: () => void;
}

/**
 * Finds the file, claims it for one SQLite and, in a data folder, has the engine make of it what
 * the server would.
 *
 * @param choose says which SQLite: told which one has the file open already, if any
 * @param shares other processes may attach to a data folder that this one owns
 * @throws DosqlError `owned`, `bad-file`, `misuse`
 */
export function findEmbedded(
  path: string,
  choose: (found: BetterSqlite3Library | null | undefined) => BetterSqlite3Library | null,
  shares: boolean,
): EmbeddedFile {
  const { file, folder, owned, release } = resolveDatabasePath(nodeFolderHome(), path);
  const hold = new FileHold(file);
  let leave: (() => void) | null = null;
  const releaseAll = (): void => {
    exitTasks().delete(releaseAll);
    leave?.();
    const last = hold.release();
    void last?.readerHost?.close();
    last?.close();
    release();
  };
  // The program's own connection is then the last one, and takes the WAL file with it.
  exitTasks().add(releaseAll);
  try {
    const library = choose(hold.library);
    hold.claim(library);
    const beside = besideOf(library);
    if (folder !== null) hold.openShard({ ...beside, ...folderOptions(file) });
    if (owned !== null && shares) leave = FolderSocket.of(owned).enter();
    const share = {
      get shard() {
        return hold.shard;
      },
      keep() {
        hold.openShard({ ...beside, journal: "kept" });
      },
      onShard(listener: () => void) {
        hold.onShard(listener);
      },
    };
    return { file, hold, ours: folder !== null, library, share, release: releaseAll };
  } catch (error) {
    releaseAll();
    throw error;
  }
}

/**
 * Whether the changes of a plain file are captured: then the engine takes part in it, so that
 * they go on to be.
 *
 * @param sql the connection that asks
 */
export function discoverCapture(
  sql: SqlDriver,
  { share }: EmbeddedFile,
  readonly: boolean,
): string | null {
  if (readCaptureSetting(sql)?.mode !== "on") return null;
  if (!readonly) share.keep();
  return sql.caps.hiddenPrefix;
}

/** The library's own durability holds for its connection; what others ask for is stronger. */
function besideOf(library: BetterSqlite3Library | null): NodeShardOptions {
  return { synchronous: "NORMAL", ...(library === null ? {} : { driver: library }) };
}
