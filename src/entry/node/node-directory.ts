/*
 * Named databases of a data folder. Each has a folder of its own below `databases`, called by its
 * id and never by its name, with a shard file as `main` has; the list of them is in
 * `directory.sqlite`. The owner of the folder opens a file when somebody asks for it, and closes
 * those that nobody used lately.
 */
import type { DatabaseId } from "../../base/database-id.ts";
import { DosqlError } from "../../base/errors.ts";
import { eraseArchive } from "../../engine/archive/erase-archive.ts";
import type { ShardArchive } from "../../engine/archive/shard-archive.ts";
import { CAPTURE_ON } from "../../engine/capture/capture-setting.ts";
import type { DatabaseIdentity, NewDatabase } from "../../engine/database-identity.ts";
import {
  checkIdentity,
  createIdentity,
  entomb,
  halfDeleted,
  noSuchDatabase,
  readIdentity,
} from "../../engine/database-identity.ts";
import { LocalDatabase } from "../../engine/session/local-database.ts";
import { ensureFormat } from "../../engine/meta-table.ts";
import type { Shard } from "../../engine/shard.ts";
import { systemClock } from "../../platform/node/clock.ts";
import { nodeCrypto } from "../../platform/node/crypto.ts";
import { nodeFiles } from "../../platform/node/files/files.ts";
import { FolderStore } from "../../platform/node/files/folder-store.ts";
import { NodeSqlDriver } from "../../platform/node/sqlite/sqlite-driver.ts";
import type { Retention } from "../../engine/archive/retention.ts";
import { archiveFolder } from "../../server/data-folder.ts";
import { CatalogTable } from "../../server/directory/catalog-table.ts";
import type { KeyedHash } from "../../server/directory/database-name.ts";
import { DEFAULT_DEPLOYMENT_KEY } from "../../server/directory/database-name.ts";
import type { DatabaseStorage, FoundDatabase } from "../../server/directory/directory.ts";
import { Directory } from "../../server/directory/directory.ts";
import { checkShardFile } from "../../server/shard-file.ts";
import { FileHold } from "./file-hold.ts";
import type { MaintainedFolder } from "./node-archive.ts";
import { archivedBy, folderFeed, folderHistory, maintainFolder } from "./node-archive.ts";

/** Files that stay open when nobody uses them: opening costs milliseconds, and each has handles. */
const MAX_IDLE = 32;

/** How the databases are looked after; as `main` is. */
export interface NodeDirectoryOptions {
  readonly archive: boolean;
  readonly retention: Partial<Retention>;
}

/** A named database that is open. */
export interface OpenFile {
  readonly database: LocalDatabase;
  readonly shard: Shard;
  /** Where its shard file is. */
  readonly folder: string;
  /** All that was committed, in the archive; null where there is none. */
  archived(): Promise<ShardArchive | null>;
  /** Who has to know when the database is deleted; each is told at most once. */
  readonly watchers: Set<(error: DosqlError) => void>;
}

interface Entry extends OpenFile {
  readonly maintained: MaintainedFolder;
  readonly hold: FileHold;
  users: number;
}

/** HMAC-SHA-256 of texts under one key. */
export function nodeKeyedHash(secret: string): KeyedHash {
  const utf8 = new TextEncoder();
  return (text) => nodeCrypto.hmacSha256(utf8.encode(secret), utf8.encode(text));
}

/** The databases of a data folder by name, but for `main`. */
export class NodeDirectory {
  readonly directory: Directory;
  readonly #databases: string;
  readonly #options: NodeDirectoryOptions;
  readonly #catalog: NodeSqlDriver;
  /** Open ones; those that were used last are at the end. */
  readonly #open = new Map<DatabaseId, Entry>();
  /** Those that are being deleted. */
  /** Removals under way. */
  readonly #leaving = new Map<DatabaseId, Promise<void>>();

  /** @param folder the data folder, which this process owns */
  constructor(folder: string, options: NodeDirectoryOptions) {
    this.#databases = nodeFiles.join(folder, "databases");
    this.#options = options;
    this.#catalog = new NodeSqlDriver(nodeFiles.join(folder, "directory.sqlite"), {
      synchronous: "FULL",
    });
    this.directory = new Directory({
      hash: nodeKeyedHash(DEFAULT_DEPLOYMENT_KEY),
      clock: systemClock,
      partitions: [new CatalogTable(this.#catalog)],
      storage: (id) => this.#storage(id),
    });
  }

  /**
   * Opens a database until `release` is called with it.
   *
   * @throws DosqlError `no-such-database` when it was deleted since it was found
   */
  take({ id, identity }: FoundDatabase): OpenFile {
    if (this.#leaving.has(id)) throw noSuchDatabase(identity.name);
    checkIdentity(this.#identity(id), identity.epoch);
    const entry = this.#open.get(id) ?? this.#openFile(id);
    entry.users += 1;
    // The end of the map is what was used last.
    this.#open.delete(id);
    this.#open.set(id, entry);
    return entry;
  }

  async release(id: DatabaseId, file: OpenFile): Promise<void> {
    const entry = this.#open.get(id);
    // What was deleted meanwhile is closed; another one of its name may be open.
    if (entry === undefined || entry !== file) return;
    entry.users -= 1;
    const idle = [...this.#open].filter(([, { users }]) => users === 0);
    const [oldest] = idle;
    if (idle.length > MAX_IDLE && oldest !== undefined) await this.#close(oldest[0]);
  }

  /** Closes everything. */
  async close(): Promise<void> {
    for (const id of this.#open.keys()) await this.#close(id);
    this.#catalog.close();
  }

  #storage(id: DatabaseId): DatabaseStorage {
    return {
      identity: () => this.#identity(id),
      create: (wanted) => this.#create(id, wanted),
      remove: (epoch) => this.#remove(id, epoch),
    };
  }

  #identity(id: DatabaseId): DatabaseIdentity | null {
    const open = this.#open.get(id);
    if (open !== undefined) return readIdentity(open.shard.reader.driver);
    if (nodeFiles.info(this.#file(id)) === null) return null;
    return this.#withFile(id, readIdentity);
  }

  async #create(id: DatabaseId, wanted: NewDatabase): Promise<DatabaseIdentity> {
    await this.#leaving.get(id)?.catch(() => undefined);
    nodeFiles.makeFolder(this.#folder(id), FOLDER_MODE);
    const unfinished = this.#withFile(id, (driver) => {
      ensureFormat(driver);
      return halfDeleted(driver);
    });
    if (unfinished !== null) await this.#erase(id, unfinished);
    return this.#withFile(id, (driver) => createIdentity(driver, wanted));
  }

  async #remove(id: DatabaseId, epoch: number): Promise<void> {
    const leaving = this.#leaving.get(id);
    if (leaving !== undefined) return leaving;
    const identity = this.#identity(id);
    if (identity?.epoch !== epoch) return;
    // Whoever asks meanwhile finds this one under way.
    const removal = Promise.resolve().then(() => this.#empty(id, identity));
    this.#leaving.set(id, removal);
    return removal;
  }

  async #empty(id: DatabaseId, identity: DatabaseIdentity): Promise<void> {
    try {
      for (const tell of this.#open.get(id)?.watchers ?? []) tell(noSuchDatabase(identity.name));
      await this.#close(id);
      this.#withFile(id, (driver) => entomb(driver, identity, "deleting"));
      await this.#erase(id, identity);
    } finally {
      this.#leaving.delete(id);
    }
  }

  /** A crash within leaves a tombstone that says so, or no file at all. */
  async #erase(id: DatabaseId, identity: DatabaseIdentity): Promise<void> {
    const file = this.#file(id);
    const store = new FolderStore(archiveFolder(nodeFiles, file));
    await eraseArchive(store, { database: id, shard: 0 });
    for (const name of nodeFiles.list(this.#folder(id))) {
      nodeFiles.remove(nodeFiles.join(this.#folder(id), name));
    }
    this.#withFile(id, (driver) => {
      ensureFormat(driver);
      entomb(driver, identity, "deleted");
    });
  }

  #openFile(id: DatabaseId): Entry {
    const file = this.#file(id);
    checkShardFile(nodeFiles, file, (path) => new NodeSqlDriver(path, { readonly: true }));
    const hold = new FileHold(file);
    try {
      const name = { database: id, shard: 0 };
      const history = folderHistory(file, name);
      const feedArchive = folderFeed(file, name);
      const shard = hold.openShard({ captureAtFirst: CAPTURE_ON, history, feedArchive });
      shard.countQueries();
      const maintained = maintainFolder(shard, file, this.#options, name);
      const database = new LocalDatabase(shard, () => hold.release());
      const archived = archivedBy(maintained, file, this.#options.archive, name);
      const folder = this.#folder(id);
      const watchers = new Set<(error: DosqlError) => void>();
      return { database, shard, folder, archived, maintained, hold, users: 0, watchers };
    } catch (error) {
      hold.release()?.close();
      throw error;
    }
  }

  async #close(id: DatabaseId): Promise<void> {
    const entry = this.#open.get(id);
    if (entry === undefined) return;
    this.#open.delete(id);
    await entry.maintained.stop();
    await entry.database.close();
  }

  /** A look at a file that nobody has open. */
  #withFile<T>(id: DatabaseId, look: (driver: NodeSqlDriver) => T): T {
    if (this.#open.has(id)) throw new DosqlError("bug", "a second look at an open file");
    const driver = new NodeSqlDriver(this.#file(id), { synchronous: "FULL" });
    try {
      return look(driver);
    } finally {
      driver.close();
    }
  }

  #folder(id: DatabaseId): string {
    return nodeFiles.join(this.#databases, id);
  }

  #file(id: DatabaseId): string {
    return nodeFiles.join(this.#folder(id), "shard-0.sqlite");
  }
}

/** Only the owner of a data folder may look into it. */
const FOLDER_MODE = 0o700;
