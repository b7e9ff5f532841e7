import { DosqlError } from "../base/errors.ts";
import { ForeignWatch } from "../engine/foreign-watch.ts";
import type { Shard } from "../engine/shard.ts";
import { nodeFiles } from "../platform/node/files.ts";
import { sharedFiles } from "../platform/node/shared-files.ts";
import { readerPool, openNodeShard } from "./node-shard.ts";
import type { NodeShardOptions } from "./node-shard.ts";

/** What this process has open on one SQLite file. */
interface FileShare {
  /** The copy of this package that opened it: classes of two copies do not know each other. */
  readonly copy: object;
  holders: number;
  shard: Shard | null;
  watch: ForeignWatch | null;
  users: number;
  /** With which settings the shard is open. */
  synchronous: "FULL" | "NORMAL";
  driver: unknown;
}

/**
 * One handle's part in a SQLite file. All handles of a process share one shard, which the first
 * that needs it opens and the last one closes; an embedded connection finds it here, also when it
 * is opened later.
 *
 * @throws DosqlError `misuse` when another copy of this package has the file
 */
export class FileHold {
  readonly #path: string;
  readonly #share: FileShare;
  #uses = false;
  #released = false;

  constructor(path: string) {
    this.#path = nodeFiles.absolute(path);
    const shares = sharedFiles<FileShare>();
    const found = shares.get(this.#path);
    if (found !== undefined && found.copy !== FileHold) throw loadedTwice(path);
    this.#share = found ?? {
      copy: FileHold,
      holders: 0,
      shard: null,
      watch: null,
      users: 0,
      synchronous: "FULL",
      driver: undefined,
    };
    this.#share.holders += 1;
    shares.set(this.#path, this.#share);
  }

  /** The shard, while anybody in this process uses it. */
  get shard(): Shard | null {
    return this.#share.shard;
  }

  /**
   * Opens the shard, or takes part in the one that is open: the stronger settings hold.
   *
   * @throws DosqlError `busy` when capture is to change while a transaction is open
   */
  openShard(options: NodeShardOptions): Shard {
    const share = this.#share;
    if (share.shard === null) {
      share.shard = openNodeShard(this.#path, options);
      share.synchronous = options.synchronous ?? "FULL";
      share.driver = options.driver;
      share.watch = new ForeignWatch(share.shard);
    } else {
      strengthen(share.shard, this.#path, share, options);
    }
    if (!this.#uses) share.users += 1;
    this.#uses = true;
    return share.shard;
  }

  /** Gives the file back; answers with the shard that its last user has to close now. */
  release(): Shard | null {
    if (this.#released) return null;
    this.#released = true;
    const share = this.#share;
    share.holders -= 1;
    if (share.holders === 0) sharedFiles<FileShare>().delete(this.#path);
    if (!this.#uses) return null;
    share.users -= 1;
    if (share.users > 0) return null;
    const { shard } = share;
    share.watch?.stop();
    share.shard = null;
    return shard;
  }
}

function strengthen(
  shard: Shard,
  path: string,
  share: FileShare,
  { synchronous = "FULL", readers = 0, capture, driver }: NodeShardOptions,
): void {
  if (driver !== undefined && driver !== share.driver) {
    throw new DosqlError("misuse", `${path} is open in this process on another SQLite library`, {
      hint: "open it with the same driver everywhere",
    });
  }
  if (capture !== undefined) shard.setCapture(capture);
  if (synchronous === "FULL" && share.synchronous !== "FULL") {
    share.synchronous = "FULL";
    betweenTransactions(shard, () => shard.writer.driver.exec("PRAGMA synchronous = FULL"));
  }
  shard.readerHost ??= readerPool(path, readers);
}

/** Some settings cannot change inside a transaction: then when it ends. */
function betweenTransactions(shard: Shard, change: () => void): void {
  const holder = { idleSinceMs: () => null, expire: () => undefined };
  shard.lease.acquire(holder, () => {
    try {
      change();
    } finally {
      shard.lease.release(holder);
    }
  });
}

function loadedTwice(path: string): DosqlError {
  return new DosqlError("misuse", `${path} is open in another copy of dosql in this process`, {
    hint: "load the package once: two copies cannot share a file",
  });
}
