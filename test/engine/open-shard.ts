import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LocalDatabase } from "../../src/engine/session/local-database.ts";
import type { ShardParts } from "../../src/engine/shard.ts";
import { Shard } from "../../src/engine/shard.ts";
import { systemClock } from "../../src/platform/node/clock.ts";
import { NodeSqlDriver } from "../../src/platform/node/sqlite/sqlite-driver.ts";

/** A shard in a folder of its own, with a reader beside the writer; removed at the end. */
export class ShardFixture implements AsyncDisposable {
  readonly folder: string = mkdtempSync(join(tmpdir(), "dosql-engine-"));
  readonly path: string = join(this.folder, "shard.sqlite");
  readonly shard: Shard;
  readonly database: LocalDatabase;

  constructor(parts: Partial<ShardParts> = {}) {
    const writer = new NodeSqlDriver(this.path);
    const reader = new NodeSqlDriver(this.path, { readonly: true });
    this.shard = new Shard({ writer, reader, clock: systemClock, ...parts });
    this.database = new LocalDatabase(this.shard);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.database.close();
    rmSync(this.folder, { recursive: true });
  }
}
