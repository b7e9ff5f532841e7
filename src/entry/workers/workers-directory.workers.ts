import { DosqlError } from "../../base/errors.ts";
import type { DatabaseId } from "../../base/database-id.ts";
import type { ChangeFeed } from "../../engine/feed/change-feed.ts";
import type { Database } from "../../engine/session/session.ts";
import { workersClock } from "../../platform/workers/clock.ts";
import { workersEntropy } from "../../platform/workers/entropy.ts";
import { keyedHash } from "../../platform/workers/web-crypto.ts";
import { FeedStub } from "../../rpc/feed-stub.ts";
import type { ShardFeedService } from "../../rpc/feed-wire.ts";
import type {
  ConnectNamed,
  Expected,
  NamedShard,
  NamedShardService,
} from "../../rpc/named-shard.ts";
import { BARE, namedDatabase, namedService, storageOf } from "../../rpc/named-shard.ts";
import type { CatalogPartition } from "../../server/directory/catalog.ts";
import { CATALOG_PARTITIONS } from "../../server/directory/catalog.ts";
import { DEFAULT_DEPLOYMENT_KEY, MAIN_DATABASE } from "../../server/directory/database-name.ts";
import type { FoundDatabase } from "../../server/directory/directory.ts";
import { Directory } from "../../server/directory/directory.ts";

/** A Durable Object namespace, as far as it is used here. */
export interface ObjectNamespace {
  idFromName(name: string): unknown;
  // The runtime's own parameter type; a method's parameters are compared in both directions.
  get(id: never): object;
}

/** What a Worker with named databases binds. */
export interface DirectoryEnv {
  /** The class `DoSQLShard`. */
  readonly DOSQL: ObjectNamespace;
  /** The class `DoSQLCatalog`; without it nothing can be created, listed or deleted. */
  readonly DOSQL_CATALOG?: ObjectNamespace;
  /**
   * A secret of the deployment, of which the ids of its databases are made: with another one
   * there are other databases. Default: a fixed one.
   */
  readonly DOSQL_KEY?: string;
}

/** Databases by name, in Durable Objects. */
export class WorkersDirectory {
  readonly directory: Directory;
  readonly #env: DirectoryEnv;

  constructor(env: DirectoryEnv) {
    this.#env = env;
    this.directory = new Directory({
      hash: keyedHash(env.DOSQL_KEY ?? DEFAULT_DEPLOYMENT_KEY),
      clock: workersClock,
      partitions: Array.from({ length: CATALOG_PARTITIONS }, (_, i) => partition(env, i)),
      storage: (id) => storageOf(this.#connect(id)),
    });
  }

  /** The object of a database. */
  connect({ id, identity }: FoundDatabase): ConnectNamed {
    // Who binds the namespace has the default database by this name.
    return this.#connect(identity.name === MAIN_DATABASE ? MAIN_DATABASE : id);
  }

  /** The object of a name, whether there is such a database or not. */
  async objectOf(name: string): Promise<string> {
    return name === MAIN_DATABASE ? MAIN_DATABASE : await this.directory.idOf(name);
  }

  /** The service of an object. */
  serviceOf(object: string): ConnectNamed {
    return this.#connect(object);
  }

  database(found: FoundDatabase): Database {
    return namedDatabase(this.connect(found), expectedOf(found));
  }

  /**
   * A database by its name alone: whether there is one, its first query will say.
   *
   * @param createdBy makes one that is missing, and owns it
   */
  databaseOf(name: string, createdBy: string | null = null): Database {
    const feed = (connect: () => ShardFeedService): ChangeFeed =>
      new FeedStub(connect, { clock: workersClock, entropy: workersEntropy });
    if (name === MAIN_DATABASE) return namedDatabase(this.#connect(name), BARE, feed);
    let object: Promise<DatabaseId> | null = null;
    const connect = async (): Promise<NamedShardService> => {
      object ??= this.#located(name, createdBy);
      try {
        return this.#connect(await object)();
      } catch (error) {
        object = null;
        throw error;
      }
    };
    return namedDatabase(connect, null, feed);
  }

  async #located(name: string, createdBy: string | null): Promise<DatabaseId> {
    const id = await this.directory.idOf(name);
    if (createdBy === null) return id;
    try {
      if ((await this.#connect(id)().databaseIdentity()) === null) {
        await this.directory.create(createdBy, name);
      }
    } catch (error) {
      // Somebody else was faster.
      if (!(error instanceof DosqlError) || error.code !== "database-exists") throw error;
    }
    return id;
  }

  #connect(object: string): ConnectNamed {
    const { DOSQL } = this.#env;
    // A hash, once.
    const id = DOSQL.idFromName(object) as never;
    return () => namedService(DOSQL.get(id) as NamedShard);
  }
}

/** What a call has to find there. */
export function expectedOf({ identity }: FoundDatabase): Expected {
  return identity.name === MAIN_DATABASE ? BARE : identity.epoch;
}

/** A stub is made for every call: one whose object was reset is broken for good. */
function partition({ DOSQL_CATALOG: catalog }: DirectoryEnv, part: number): CatalogPartition {
  const connect = (): CatalogPartition => {
    if (catalog === undefined) {
      throw new DosqlError("unsupported", "there is no catalog of databases", {
        hint: 'bind the class "DoSQLCatalog" as DOSQL_CATALOG',
      });
    }
    const id = catalog.idFromName(`part ${part}`) as never;
    return catalog.get(id) as CatalogPartition;
  };
  return {
    put: (entries) => connect().put(entries),
    remove: (owner, names) => connect().remove(owner, names),
    change: (seen, to) => connect().change(seen, to),
    find: (owner, names) => connect().find(owner, names),
    list: (query) => connect().list(query),
  };
}
