const FILES: unique symbol = Symbol.for("dosql.shared-files.1");

/**
 * What this process has open, by the real paths of SQLite files. It hangs on `globalThis`,
 * because a process may load this package twice and still must have one writer for each file.
 */
export function sharedFiles<Share>(): Map<string, Share> {
  const shared = globalThis as { [FILES]?: Map<string, Share> };
  return (shared[FILES] ??= new Map<string, Share>());
}
