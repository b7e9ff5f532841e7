import type { Awaitable } from "../../base/value.ts";
import type { DatabaseId } from "../../base/database-id.ts";
import { isDatabaseId } from "../../base/database-id.ts";
import { DosqlError } from "../../base/errors.ts";
import type { DatabaseIdentity, NewDatabase } from "../../engine/database-identity.ts";
import { databaseExists, noSuchDatabase } from "../../engine/database-identity.ts";
import type { Clock } from "../../ports/clock.ts";
import type { CatalogEntry, CatalogPartition, CatalogQuery } from "./catalog.ts";
import { partitionOf } from "./catalog.ts";
import type { KeyedHash } from "./database-name.ts";
import { MAIN_DATABASE, checkDatabaseName, databaseIdOf } from "./database-name.ts";

/** The storage of one database, whether there is one in it or not. */
export interface DatabaseStorage {
  /** Null when none was made there, or it was deleted. Asking leaves nothing behind. */
  identity(): Awaitable<DatabaseIdentity | null>;
  /** @throws DosqlError `database-exists` */
  create(wanted: NewDatabase): Awaitable<DatabaseIdentity>;
  /** Empties the storage of the database of this epoch; nothing happens when it is another one. */
  remove(epoch: number): Awaitable<void>;
}

/** What a home gives to a directory. */
export interface DirectoryParts {
  readonly hash: KeyedHash;
  readonly clock: Clock;
  /** The parts of the catalog; only lists, creations and deletions ask them. */
  readonly partitions: readonly CatalogPartition[];
  storage(id: DatabaseId): DatabaseStorage;
}

/** A database that exists. */
export interface FoundDatabase {
  readonly id: DatabaseId;
  readonly identity: DatabaseIdentity;
}

/** A page of a listing. */
export interface DatabasePage {
  readonly entries: readonly CatalogEntry[];
  /** Where the next page begins (`after`); null at the end. */
  readonly next: string | null;
}

/** What a listing is to hold. */
export interface ListRequest {
  readonly prefix?: string;
  /** The last name of the page before. */
  readonly after?: string;
  readonly limit: number;
  /** Only these are asked for, and no others looked at; null for all. */
  readonly names?: readonly string[] | null;
}

/** No call to create or delete a database lasts longer: what is older was left by a crash. */
const CHANGE_TIMEOUT_MS = 60_000;

/** The epoch of `main`, which is never made and never deleted. */
const MAIN_EPOCH = 0;

/**
 * Databases by name. A name's storage is computed, never looked up, and the storage itself says
 * whether its database exists; the catalog is asked only for lists.
 *
 * **What is written first.** A creation and a deletion note their intent in the catalog
 * (`changingSinceMs`), then change the storage, then settle the entry: the entry of a creation
 * stays, that of a deletion goes. So whatever a crash leaves between, the name is in the catalog
 * with a mark, and whoever meets the mark asks the storage: the next list shows the truth and
 * settles old marks, and the next create or delete of the name does all of it again. The other
 * order could leave a database that no list ever shows.
 */
export class Directory {
  readonly #parts: DirectoryParts;

  constructor(parts: DirectoryParts) {
    this.#parts = parts;
  }

  /** The id of a name, whether there is such a database or not. */
  idOf(name: string): Promise<DatabaseId> {
    return databaseIdOf(this.#parts.hash, name);
  }

  /**
   * The database of a name or an id; null when this owner has none. Asks no catalog.
   *
   * @param owner null for whoever's it is
   */
  async find(owner: string | null, nameOrId: string): Promise<FoundDatabase | null> {
    const mainId = await this.idOf(MAIN_DATABASE);
    if (nameOrId === MAIN_DATABASE || nameOrId === mainId) {
      const identity = { name: MAIN_DATABASE, owner: owner ?? "", epoch: MAIN_EPOCH, createdMs: 0 };
      return { id: mainId, identity };
    }
    const id = isDatabaseId(nameOrId) ? nameOrId : await this.idOf(nameOrId);
    const identity = await this.#parts.storage(id).identity();
    if (identity === null || (owner !== null && identity.owner !== owner)) return null;
    return { id, identity };
  }

  /**
   * Makes a database.
   *
   * @throws DosqlError `invalid-argument` for its name, `database-exists`
   */
  async create(owner: string, wanted: unknown): Promise<FoundDatabase> {
    const name = checkDatabaseName(wanted);
    if (name === MAIN_DATABASE) throw databaseExists(name);
    const id = await this.idOf(name);
    const storage = this.#parts.storage(id);
    const found = await storage.identity();
    if (found !== null) {
      if (found.owner === owner) await this.#repair(id, found);
      throw databaseExists(name);
    }
    const createdMs = this.#parts.clock.nowMs();
    const noted = await this.#note({ name, id, owner, createdMs });
    const identity = await storage.create({ name, owner, createdMs });
    await this.#settle(noted, identity);
    return { id, identity };
  }

  /**
   * Deletes a database and all that it holds.
   *
   * @throws DosqlError `no-such-database`, `unsupported` for `main`
   */
  async remove(owner: string, nameOrId: string): Promise<void> {
    const found = await this.find(owner, nameOrId);
    if (found === null) {
      await this.#forget(owner, nameOrId);
      throw noSuchDatabase(nameOrId);
    }
    const { id, identity } = found;
    const { name, epoch, createdMs } = identity;
    if (name === MAIN_DATABASE) {
      throw new DosqlError("unsupported", "the database main cannot be deleted", {
        hint: "drop its tables instead",
      });
    }
    const noted = await this.#note({ name, id, owner, createdMs });
    const storage = this.#parts.storage(id);
    await storage.remove(epoch);
    // Somebody may have made another one meanwhile: a list that meets the mark says which it is.
    if ((await storage.identity()) === null) await this.#drop(noted);
  }

  /** Databases in the order of their names. */
  async list(owner: string, request: ListRequest): Promise<DatabasePage> {
    const { prefix = "", after = "", limit, names = null } = request;
    const query = { owner, prefix, after, limit };
    const isAsked = (name: string): boolean => name > after && name.startsWith(prefix);
    const all =
      names === null ? await this.#listed(query) : await this.#named(owner, names.filter(isAsked));
    const hasMain = names?.includes(MAIN_DATABASE) ?? true;
    if (hasMain && isAsked(MAIN_DATABASE)) all.push(await this.#main());
    const page = all.sort((a, b) => (a.name < b.name ? -1 : 1)).slice(0, limit);
    const checked = await Promise.all(page.map((entry) => this.#checked(entry)));
    return {
      entries: checked.filter((entry) => entry !== null),
      next: all.length >= limit && limit > 0 ? (page.at(-1)?.name ?? null) : null,
    };
  }

  /** Corrects what the catalog says of a size, where nobody changes the database. */
  async noteSize({ id, identity }: FoundDatabase, sizeBytes: number): Promise<void> {
    const { name, owner, epoch, createdMs } = identity;
    if (epoch === MAIN_EPOCH) return;
    const seen = { name, id, owner, createdMs, sizeBytes, changingSinceMs: null };
    await this.#partition(id).change(seen, seen);
  }

  async #listed(query: CatalogQuery): Promise<CatalogEntry[]> {
    const { partitions } = this.#parts;
    return (await Promise.all(partitions.map(async (part) => part.list(query)))).flat();
  }

  /** A question to each part that may have one of them. */
  async #named(owner: string, names: readonly string[]): Promise<CatalogEntry[]> {
    const asked = new Map<CatalogPartition, string[]>();
    for (const name of new Set(names)) {
      const part = this.#partition(await this.idOf(name));
      asked.set(part, [...(asked.get(part) ?? []), name]);
    }
    const found = [...asked].map(async ([part, some]) => part.find(owner, some));
    return (await Promise.all(found)).flat();
  }

  /** The entry as its storage has it; null when there is no such database (any more, or yet). */
  async #checked(entry: CatalogEntry): Promise<CatalogEntry | null> {
    const { id, owner, changingSinceMs } = entry;
    if (changingSinceMs === null) return entry;
    const identity = await this.#parts.storage(id).identity();
    const isOld = this.#parts.clock.nowMs() - changingSinceMs > CHANGE_TIMEOUT_MS;
    if (identity?.owner === owner) {
      if (isOld) await this.#settle(entry, identity);
      return entry;
    }
    if (isOld) await this.#drop(entry);
    return null;
  }

  /** The entry of a database that exists: somebody may have stopped before it was settled. */
  async #repair(id: DatabaseId, { name, owner, createdMs }: DatabaseIdentity): Promise<void> {
    const [entry] = await this.#partition(id).find(owner, [name]);
    if (entry === undefined) await this.#note({ name, id, owner, createdMs });
    else await this.#checked(entry);
  }

  async #main(): Promise<CatalogEntry> {
    const id = await this.idOf(MAIN_DATABASE);
    const name = MAIN_DATABASE;
    return { name, id, owner: "", createdMs: 0, sizeBytes: 0, changingSinceMs: null };
  }

  async #note(
    of: Pick<CatalogEntry, "name" | "id" | "owner" | "createdMs">,
  ): Promise<CatalogEntry> {
    const entry = { ...of, sizeBytes: 0, changingSinceMs: this.#parts.clock.nowMs() };
    await this.#partition(of.id).put([entry]);
    return entry;
  }

  /** Takes a mark away, unless somebody wrote another one over it. */
  async #settle(noted: CatalogEntry, { createdMs }: DatabaseIdentity): Promise<void> {
    await this.#partition(noted.id).change(noted, { ...noted, createdMs, changingSinceMs: null });
  }

  async #drop(seen: CatalogEntry): Promise<void> {
    await this.#partition(seen.id).change(seen, null);
  }

  /** What a deletion that stopped halfway may have left in the catalog. */
  async #forget(owner: string, nameOrId: string): Promise<void> {
    if (isDatabaseId(nameOrId)) return;
    const id = await this.idOf(nameOrId);
    const [entry] = await this.#partition(id).find(owner, [nameOrId]);
    if (entry === undefined) return;
    if (entry.changingSinceMs !== null) await this.#checked(entry);
    else if ((await this.#parts.storage(id).identity()) === null) await this.#drop(entry);
  }

  #partition(id: DatabaseId): CatalogPartition {
    const { partitions } = this.#parts;
    const part = partitions[partitionOf(id, partitions.length)];
    if (part === undefined) throw new DosqlError("bug", "a directory without a catalog");
    return part;
  }
}
