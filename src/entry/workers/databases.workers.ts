import type { Database } from "../../engine/session/session.ts";
import type { DirectoryEnv } from "./workers-directory.workers.ts";
import { WorkersDirectory } from "./workers-directory.workers.ts";

/** Options of `databases`. */
export interface DatabasesOptions {
  /**
   * Whose databases: lists, creations and deletions are for this account only, the one that
   * `wrangler d1` names in `CLOUDFLARE_ACCOUNT_ID`. Default: the empty name.
   */
  readonly account?: string;
}

/** Options of `open`. */
export interface OpenNamed {
  /** Make it when there is none. Default false: its first statement fails then. */
  readonly create?: boolean;
}

/** Databases that are made at run time, each in a Durable Object of its own. */
export interface Databases {
  /**
   * A database by its name, for `d1` or as it is. Nothing is asked before its first statement, and
   * no catalog then: the name says where it is. Statements fail with `no-such-database` when there
   * is none, or when it was deleted since they began.
   */
  open(name: string, options?: OpenNamed): Database;
  /**
   * Makes an empty database.
   *
   * @throws DosqlError `database-exists`; `invalid-argument` for the name; `unsupported` without
   * the binding DOSQL_CATALOG
   */
  create(name: string): Promise<void>;
  /**
   * Deletes a database and all that it holds, its archive too.
   *
   * @throws DosqlError `no-such-database`, `unsupported` for `main`
   */
  delete(name: string): Promise<void>;
  /** The names that begin with `prefix`, in order. */
  list(prefix?: string): AsyncIterable<string>;
}

/** Names that a list asks for at a time. */
const PAGE_SIZE = 1000;

/**
 * Databases by name, one for each tenant say, without a deployment for each. The Worker binds
 * `DOSQL` (the class `DoSQLShard`), to make and list some `DOSQL_CATALOG` (`DoSQLCatalog`) too, and
 * the secret `DOSQL_KEY`. They are those that `wrangler d1` sees through `d1Api`.
 *
 * @example
 * const db = d1(databases(env).open(`tenant-${id}`, { create: true }));
 */
export function databases(env: DirectoryEnv, options: DatabasesOptions = {}): Databases {
  const { account = "" } = options;
  const home = new WorkersDirectory(env);
  const { directory } = home;
  return {
    open: (name, { create = false } = {}) => home.databaseOf(name, create ? account : null),
    async create(name) {
      await directory.create(account, name);
    },
    delete: (name) => directory.remove(account, name),
    async *list(prefix = "") {
      for (let after: string | null = ""; after !== null;) {
        const page = await directory.list(account, { prefix, after, limit: PAGE_SIZE });
        for (const { name } of page.entries) yield name;
        after = page.next;
      }
    },
  };
}
