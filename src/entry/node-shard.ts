import { Shard } from "../engine/shard.ts";
import { systemClock } from "../platform/node/clock.ts";
import { ReaderPool } from "../platform/node/reader-pool.ts";
import { NodeSqlDriver } from "../platform/node/sqlite-driver.ts";

/** How a shard file is opened on Node. */
export interface NodeShardOptions {
  /** `FULL` (the server): an acknowledged commit survives power loss. Default `FULL`. */
  readonly synchronous?: "FULL" | "NORMAL";
  /** Reader processes at most; 0 runs every read on the calling thread. Default 0. */
  readonly readers?: number;
}

/**
 * Reader processes kept ready when there are any: the first long read does not wait for a start.
 */
const WARM_READERS = 2;

/**
 * Opens a shard file: a connection that writes, one that reads beside it, and reader processes
 * if asked for.
 */
export function openNodeShard(path: string, options: NodeShardOptions = {}): Shard {
  const writer = new NodeSqlDriver(path, { synchronous: options.synchronous ?? "FULL" });
  const most = options.readers ?? 0;
  try {
    const memory = path === ":memory:" || path === "";
    if (memory) return new Shard({ writer, clock: systemClock });
    // The reader needs the file's header and WAL, which the writer's first write makes.
    const reader = new NodeSqlDriver(path, { readonly: true });
    const pool =
      most === 0
        ? null
        : new ReaderPool({ path, main: readerMain(), warm: Math.min(WARM_READERS, most), most });
    return new Shard({
      writer,
      reader,
      clock: systemClock,
      ...(pool === null ? {} : { readerHost: pool }),
    });
  } catch (error) {
    writer.close();
    throw error;
  }
}

/** This package runs from TypeScript in a checkout and from JavaScript when installed. */
function readerMain(): URL {
  const suffix = import.meta.url.endsWith(".ts") ? "ts" : "js";
  return new URL(`./reader-process.${suffix}`, import.meta.url);
}
