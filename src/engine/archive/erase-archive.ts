import type { ObjectStore } from "../../ports/object-store.ts";
import { segmentPrefix } from "../log/segment-format.ts";
import type { ShardName } from "./shard-archive.ts";
import { rowsPrefix, snapshotPrefix } from "./snapshot-format.ts";

/** Removes all that an archive has of a shard. What a crash leaves, the next call removes. */
export async function eraseArchive(store: ObjectStore, shard: ShardName): Promise<void> {
  for (const prefix of [snapshotPrefix(shard), rowsPrefix(shard), segmentPrefix(shard)]) {
    let more = true;
    while (more) {
      const page = await store.list(prefix);
      if (page.objects.length > 0) await store.delete(page.objects.map(({ key }) => key));
      more = page.more;
    }
  }
}
