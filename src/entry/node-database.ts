import { LocalDatabase } from "../engine/local-database.ts";
import type { Database } from "../engine/session.ts";
import { nodeFiles } from "../platform/node/files.ts";
import { NodeSqlDriver } from "../platform/node/sqlite-driver.ts";
import { checkShardFile } from "../server/shard-file.ts";
import type { NodeShardOptions } from "./node-shard.ts";
import { openNodeShard } from "./node-shard.ts";

/** Opens a shard file that this process may use, after a look at its health. */
export function openLocalDatabase(file: string, options: NodeShardOptions): LocalDatabase {
  if (file !== "" && file !== ":memory:") {
    checkShardFile(nodeFiles, file, (path) => new NodeSqlDriver(path, { readonly: true }));
  }
  return new LocalDatabase(openNodeShard(file, options));
}

/** A database that gives back what it was opened with when it closes. */
export class HeldDatabase implements Database {
  readonly #inner: LocalDatabase;
  readonly #release: () => void;

  constructor(inner: LocalDatabase, release: () => void) {
    this.#inner = inner;
    this.#release = release;
  }

  session(...options: Parameters<Database["session"]>): ReturnType<Database["session"]> {
    return this.#inner.session(...options);
  }

  async close(): Promise<void> {
    try {
      await this.#inner.close();
    } finally {
      this.#release();
    }
  }
}
