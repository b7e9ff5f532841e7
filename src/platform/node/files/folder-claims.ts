const CLAIMS: unique symbol = Symbol.for("dosql.folder-claims.1");

interface Releasable {
  readonly lock: { release(): void };
}

/**
 * The data folders that this process owns. They hang on `globalThis`, because a process may
 * load this package twice (two versions, a bundle and its source) and still is one owner.
 *
 * @param removeOwnerFile runs for every folder still claimed when the process exits
 */
export function folderClaims<C extends Releasable>(
  removeOwnerFile: (folder: string) => void,
): Map<string, C> {
  const shared = globalThis as { [CLAIMS]?: Map<string, C> };
  const found = shared[CLAIMS];
  if (found !== undefined) return found;
  const claims = new Map<string, C>();
  shared[CLAIMS] = claims;
  process.once("exit", () => {
    for (const [folder, claim] of claims) {
      try {
        removeOwnerFile(folder);
      } catch {
        // The lock ends with the process; an owner file that stays says nothing without it.
      }
      claim.lock.release();
    }
    claims.clear();
  });
  return claims;
}
