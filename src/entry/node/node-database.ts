import { CAPTURE_ON } from "../../engine/capture/capture-setting.ts";
import { LocalDatabase } from "../../engine/session/local-database.ts";
import type { Database } from "../../engine/session/session.ts";
import { nodeFiles } from "../../platform/node/files/files.ts";
import { retryWhileBusy } from "../../platform/node/sqlite/busy-retry.ts";
import { NodeSqlDriver } from "../../platform/node/sqlite/sqlite-driver.ts";
import { checkShardFile } from "../../server/shard-file.ts";
import { FileHold } from "./file-hold.ts";
import { folderFeed, folderHistory } from "./node-archive.ts";
import type { NodeShardOptions } from "./node-shard.ts";
import { openNodeShard } from "./node-shard.ts";

/**
 * Opens a shard file that this process may use, after a look at its health. All who open one file
 * in this process share one shard.
 */
export function openLocalDatabase(file: string, options: NodeShardOptions): LocalDatabase {
  if (file === "" || file === ":memory:") return new LocalDatabase(openNodeShard(file, options));
  const hold = new FileHold(file);
  try {
    // Another process may be opening the same file, which writes to it.
    const shard = retryWhileBusy(() => {
      if (hold.shard === null) {
        checkShardFile(nodeFiles, file, (path) => new NodeSqlDriver(path, { readonly: true }));
      }
      return hold.openShard(options);
    });
    return new LocalDatabase(shard, () => hold.release());
  } catch (error) {
    hold.release();
    throw error;
  }
}

/** Changes of a data folder's database are captured from its first statement on. */
export function folderOptions(file: string): NodeShardOptions {
  return {
    ...(nodeFiles.info(file) === null ? { captureAtFirst: CAPTURE_ON } : {}),
    feedArchive: folderFeed(file),
    history: folderHistory(file),
  };
}

/** A database that gives back what it was opened with when it closes. */
export class HeldDatabase implements Database {
  readonly #inner: LocalDatabase;
  readonly #around: { readonly before: () => void; readonly after: () => void };

  /** @param around what to do before it closes, and after */
  constructor(inner: LocalDatabase, around: { before: () => void; after: () => void }) {
    this.#inner = inner;
    this.#around = around;
  }

  session(...options: Parameters<Database["session"]>): ReturnType<Database["session"]> {
    return this.#inner.session(...options);
  }

  get feed(): Database["feed"] {
    return this.#inner.feed;
  }

  async close(): Promise<void> {
    this.#around.before();
    try {
      await this.#inner.close();
    } finally {
      this.#around.after();
    }
  }
}
