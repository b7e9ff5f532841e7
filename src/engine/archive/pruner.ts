import type { Lsn } from "../../base/lsn.ts";
import { LSN_ZERO, toLsn } from "../../base/lsn.ts";
import { lsnOfKey, segmentKey } from "../log/segment-format.ts";
import type { ShardArchive } from "./shard-archive.ts";
import { rowsPrefix, snapshotKey } from "./snapshot-format.ts";
import type { SnapshotHeader } from "./snapshot-format.ts";
import { Snapshots } from "./snapshot-reader.ts";

/** Objects that are deleted at once: what R2 takes. */
const DELETED_AT_ONCE = 1_000;

/** What is left of an archive, and what is not. */
export interface Pruned {
  /** The oldest position that can be restored; null in an archive without a snapshot. */
  readonly fromLsn: Lsn | null;
  readonly deleted: number;
}

/**
 * Deletes what an archive needs only for times before a horizon: all before the newest snapshot
 * at or before it. First the snapshots go, so that nobody begins with one that is not whole, then
 * the segments, the oldest first, then the snapshots' rows. Each step leaves an archive in which
 * what lies after the horizon is whole; what a crash leaves, the next call deletes.
 */
export async function pruneArchive(archive: ShardArchive, horizonMs: number): Promise<Pruned> {
  const snapshots = new Snapshots(archive);
  const positions = await snapshots.positions();
  const first = await firstNeeded(snapshots, positions, horizonMs);
  if (first === null) return { fromLsn: positions[0] ?? null, deleted: 0 };
  const { store, shard } = archive;
  const keys = positions.filter((lsn) => lsn < first).map((lsn) => snapshotKey(shard, lsn));
  let before: Lsn | null = null;
  for await (const lsn of archive.segments(LSN_ZERO)) {
    // A segment goes up to where the next one begins.
    if (lsn > first + 1) break;
    if (before !== null) keys.push(segmentKey(shard, before));
    before = lsn;
  }
  keys.push(...(await rowsBefore(archive, first)));
  for (let at = 0; at < keys.length; at += DELETED_AT_ONCE) {
    await store.delete(keys.slice(at, at + DELETED_AT_ONCE));
  }
  return { fromLsn: first, deleted: keys.length };
}

/** The newest snapshot at or before the horizon; null when there is none that is whole. */
async function firstNeeded(
  snapshots: Snapshots,
  positions: readonly Lsn[],
  horizonMs: number,
): Promise<Lsn | null> {
  for (const lsn of [...positions].reverse()) {
    const header: SnapshotHeader = await snapshots.header(lsn);
    if (header.time.wallMs <= horizonMs && (await snapshots.has(header))) return lsn;
  }
  return null;
}

async function rowsBefore({ store, shard }: ShardArchive, first: Lsn): Promise<string[]> {
  const prefix = rowsPrefix(shard);
  const keys: string[] = [];
  for (let after: string | undefined; ;) {
    const page = await store.list(prefix, after);
    for (const { key } of page.objects) {
      const lsn = lsnOfKey(key.slice(0, key.lastIndexOf("/") + 1), prefix, "/") ?? toLsn(first);
      if (lsn >= first) return keys;
      keys.push(key);
    }
    after = page.objects.at(-1)?.key;
    if (!page.more || after === undefined) return keys;
  }
}
