import { DosqlError } from "../../base/errors.ts";
import { ForeignWatch } from "../../engine/foreign-watch.ts";
import type { Shard } from "../../engine/shard.ts";
import type { BetterSqlite3Library } from "../../platform/node/better-sqlite3/library.ts";
import { nodeFiles } from "../../platform/node/files/files.ts";
import { sharedFiles } from "../../platform/node/files/shared-files.ts";
import { isMemory } from "../../platform/node/sqlite/connection-settings.ts";
import { isWal, openNodeShard, readerPool, refuseReaders } from "./node-shard.ts";
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
  /** What embedded connections use: better-sqlite3's class, or null for Node's own SQLite. */
  embedded: BetterSqlite3Library | null | undefined;
  /** Told when a shard is opened. */
  readonly listeners: Set<() => void>;
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
  #listener: (() => void) | null = null;

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
      embedded: undefined,
      listeners: new Set(),
    };
    this.#share.holders += 1;
    shares.set(this.#path, this.#share);
  }

  /** The shard, while anybody in this process uses it. */
  get shard(): Shard | null {
    return this.#share.shard;
  }

  /**
   * The SQLite that has the file open in this process: better-sqlite3's class, null for Node's
   * own, undefined while it is open nowhere.
   */
  get library(): BetterSqlite3Library | null | undefined {
    const { embedded, shard, driver } = this.#share;
    if (embedded !== undefined || shard === null) return embedded;
    return (driver ?? null) as BetterSqlite3Library | null;
  }

  /**
   * An embedded connection opens the file with that SQLite. Two of them in one process must not:
   * when one closes a file, the operating system drops the locks of the other.
   *
   * @throws DosqlError `misuse` when it is open on another one
   */
  claim(library: BetterSqlite3Library | null): void {
    const { library: found } = this;
    if (found !== undefined && found !== library) throw anotherLibrary(this.#path);
    this.#share.embedded = library;
  }

  /** Calls `listener` whenever a shard is opened on the file, until this handle is given back. */
  onShard(listener: () => void): void {
    this.#listener = listener;
    this.#share.listeners.add(listener);
  }

  /**
   * Opens the shard, or takes part in the one that is open: the stronger settings hold.
   *
   * @throws DosqlError `busy` when capture is to change while a transaction is open
   */
  openShard(options: NodeShardOptions): Shard {
    const share = this.#share;
    if (share.shard === null) {
      const driver = options.driver ?? share.embedded ?? undefined;
      if (share.embedded !== undefined && driver !== (share.embedded ?? undefined)) {
        throw anotherLibrary(this.#path);
      }
      const settings = driver === undefined ? options : { ...options, driver };
      share.shard = openNodeShard(this.#path, settings);
      share.synchronous = options.synchronous ?? "FULL";
      share.driver = driver;
      share.watch = new ForeignWatch(share.shard);
      for (const listener of share.listeners) listener();
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
    if (this.#listener !== null) share.listeners.delete(this.#listener);
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
  { synchronous = "FULL", readers = 0, capture, driver, journal }: NodeShardOptions,
): void {
  if (driver !== undefined && driver !== share.driver) {
    throw anotherLibrary(path);
  }
  if (journal !== "kept") bringToWal(shard, path);
  else if (!shard.readsBesideWriter) refuseReaders(readers);
  if (capture !== undefined) shard.setCapture(capture);
  if (synchronous === "FULL" && share.synchronous !== "FULL") {
    share.synchronous = "FULL";
    betweenTransactions(shard, () => shard.writer.driver.exec("PRAGMA synchronous = FULL"));
  }
  shard.readerHost ??= readerPool(path, readers);
}

/** A file in the journal mode of its user is wanted by somebody who does not keep that. */
function bringToWal(shard: Shard, path: string): void {
  const { driver } = shard.writer;
  if (isMemory(path) || isWal(driver)) return;
  if (!shard.lease.free) {
    throw new DosqlError("busy", "the journal mode cannot change while a transaction is open");
  }
  driver.exec("PRAGMA journal_mode = WAL");
  if (!isWal(driver)) throw new DosqlError("io", `cannot switch ${path} to WAL`);
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

function anotherLibrary(path: string): DosqlError {
  return new DosqlError("misuse", `${path} is open in this process on another SQLite library`, {
    hint: "open it with the same driver everywhere",
  });
}

function loadedTwice(path: string): DosqlError {
  return new DosqlError("misuse", `${path} is open in another copy of dosql in this process`, {
    hint: "load the package once: two copies cannot share a file",
  });
}
