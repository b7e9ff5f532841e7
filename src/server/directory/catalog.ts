import type { Awaitable } from "../../base/value.ts";
import type { DatabaseId } from "../../base/database-id.ts";

/**
 * A database in the catalog. The catalog only serves to list databases: whether one exists, its
 * own shard says.
 */
export interface CatalogEntry {
  readonly name: string;
  readonly id: DatabaseId;
  readonly owner: string;
  /** Milliseconds since 1970. */
  readonly createdMs: number;
  /** About; as it was when somebody looked last. */
  readonly sizeBytes: number;
  /**
   * Null when the shard agrees. Else a create or a delete began then (milliseconds since 1970)
   * and was not seen to end.
   */
  readonly changingSinceMs: number | null;
}

/** What a part of the catalog is asked to list, in the order of the names' bytes. */
export interface CatalogQuery {
  readonly owner: string;
  readonly prefix: string;
  /** Empty for the first ones. */
  readonly after: string;
  readonly limit: number;
}

/** What makes an entry another one. */
export type SeenEntry = Pick<CatalogEntry, "owner" | "name" | "createdMs" | "changingSinceMs">;

/** One part of the catalog: the names whose id begins with its number. */
export interface CatalogPartition {
  /** Writes entries over those of the same owner and name. */
  put(entries: readonly CatalogEntry[]): Awaitable<void>;
  remove(owner: string, names: readonly string[]): Awaitable<void>;
  /**
   * Writes an entry over the one that was seen, or takes that away (null): only where it is still
   * as it was, since whoever changed it meanwhile knows more.
   */
  change(seen: SeenEntry, to: CatalogEntry | null): Awaitable<void>;
  /** Those of these names that there are, in any order. */
  find(owner: string, names: readonly string[]): Awaitable<readonly CatalogEntry[]>;
  list(query: CatalogQuery): Awaitable<readonly CatalogEntry[]>;
}

/**
 * How many parts there are on Workers. It can never change: it decides where a name is looked
 * for. 16 objects of a million names each hold about 2 GB together, and a listing asks all.
 */
export const CATALOG_PARTITIONS = 16;

/** The part that an id belongs to. */
export function partitionOf(id: DatabaseId, partitions: number): number {
  return parseInt(id.slice(0, 2), 16) % partitions;
}
