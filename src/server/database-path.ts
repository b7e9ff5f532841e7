import type { DataFolder, FolderHome } from "./data-folder.ts";
import { isDataFolder, openDataFolder } from "./data-folder.ts";

/** A path that an embedding program named, resolved to the SQLite file to open. */
export interface ResolvedPath {
  /** The shard file; as it was given when it is a plain SQLite file or no file at all. */
  readonly file: string;
  /** The data folder that is owned now because of this path; null for a plain file. */
  readonly folder: string | null;
  /** The same as an object. */
  readonly owned: DataFolder | null;
  /** Gives the ownership back; call it when the handle closes. Idempotent. */
  readonly release: () => void;
}

const SHARD_PATH = /[\\/]databases[\\/][^\\/]+[\\/]shard-\d+\.sqlite$/;

/**
 * Turns a data folder into its shard file and claims it; leaves every other path alone. A shard
 * file named directly claims its folder too, so that nobody writes behind a server's back.
 *
 * @param create a missing path without a file extension becomes a new data folder
 * @throws DosqlError as `openDataFolder`
 */
export function resolveDatabasePath(
  home: FolderHome,
  path: string,
  options: { readonly create: boolean } = { create: false },
): ResolvedPath {
  const plain: ResolvedPath = { file: path, folder: null, owned: null, release() {} };
  if (path === "" || path === ":memory:" || path.startsWith("file:")) return plain;
  const info = home.files.info(path);
  if (info?.kind === "folder" || (info === null && options.create && looksLikeFolder(path))) {
    const folder = openDataFolder(home, path, options);
    return owning(folder, folder.shardFile);
  }
  const absolute = home.files.absolute(path);
  const root = absolute.replace(SHARD_PATH, "");
  if (root === absolute || !isDataFolder(home.files, root)) return plain;
  const folder = openDataFolder(home, root, { create: false });
  return owning(folder, path);
}

function owning(owned: DataFolder, file: string): ResolvedPath {
  return { file, folder: owned.path, owned, release: () => owned.release() };
}

function looksLikeFolder(path: string): boolean {
  return /[\\/]$/.test(path) || !/\.[^.\\/]+$/.test(path);
}
