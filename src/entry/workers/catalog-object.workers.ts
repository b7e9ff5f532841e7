import { DurableObject } from "cloudflare:workers";
import { WorkersSqlDriver } from "../../platform/workers/sqlite-driver.ts";
import type {
  CatalogEntry,
  CatalogPartition,
  CatalogQuery,
  SeenEntry,
} from "../../server/directory/catalog.ts";
import { CatalogTable } from "../../server/directory/catalog-table.ts";

/**
 * A part of the list of databases. Bind it with `new_sqlite_classes` as `DOSQL_CATALOG` where
 * databases are created, listed and deleted by name; queries never ask it.
 *
 * @example
 * export { DoSQLCatalog, DoSQLShard } from "dosql/worker";
 */
export class DoSQLCatalog extends DurableObject<unknown> implements CatalogPartition {
  readonly #table: CatalogTable;

  constructor(ctx: DurableObjectState, env: unknown) {
    super(ctx, env);
    this.#table = new CatalogTable(new WorkersSqlDriver(ctx.storage));
  }

  async put(entries: readonly CatalogEntry[]): Promise<void> {
    this.#table.put(entries);
  }

  async remove(owner: string, names: readonly string[]): Promise<void> {
    this.#table.remove(owner, names);
  }

  async change(seen: SeenEntry, to: CatalogEntry | null): Promise<void> {
    this.#table.change(seen, to);
  }

  async find(owner: string, names: readonly string[]): Promise<CatalogEntry[]> {
    return this.#table.find(owner, names);
  }

  async list(query: CatalogQuery): Promise<CatalogEntry[]> {
    return this.#table.list(query);
  }
}
