import type { Lsn } from "../../../src/base/lsn.ts";
import type { Moment } from "../../../src/base/moment.ts";
import { LiveLog } from "../../../src/engine/archive/history-source.ts";
import type { MaintenanceOptions } from "../../../src/engine/archive/maintenance.ts";
import { Maintenance } from "../../../src/engine/archive/maintenance.ts";
import type { Restored, RestoreTask } from "../../../src/engine/archive/restore.ts";
import { restoreShard } from "../../../src/engine/archive/restore.ts";
import { ShardArchive } from "../../../src/engine/archive/shard-archive.ts";
import { CAPTURE_ON } from "../../../src/engine/capture/capture-setting.ts";
import { MetaTable } from "../../../src/engine/meta-table.ts";
import type { Session } from "../../../src/engine/session/session.ts";
import type { ShardParts } from "../../../src/engine/shard.ts";
import { NodeSqlDriver } from "../../../src/platform/node/sqlite/sqlite-driver.ts";
import type { ObjectStore } from "../../../src/ports/object-store.ts";
import type { SqlDriver } from "../../../src/ports/sql-driver.ts";
import { describeState, readState } from "../capture/database-state.ts";
import { ManualClock } from "../manual-clock.ts";
import { ShardFixture } from "../open-shard.ts";
import { MemoryStore } from "./memory-store.ts";

export const SHARD = { database: "main", shard: 0 };

/** A captured shard in a folder of its own, its archive, and its maintenance. */
export class ArchiveFixture implements AsyncDisposable {
  readonly clock = new PausingClock();
  readonly store: ObjectStore;
  readonly inner: ShardFixture;
  readonly session: Session;
  maintenance: Maintenance;

  constructor(store: ObjectStore = new MemoryStore(), parts: Partial<ShardParts> = {}) {
    this.store = store;
    this.inner = new ShardFixture({
      capture: CAPTURE_ON,
      clock: this.clock,
      openReader: () => this.openReader(),
      ...parts,
    });
    this.session = this.inner.database.session();
    this.maintenance = this.maintain();
  }

  /** What another process, or the same after a crash, would do. */
  maintain(options: Partial<MaintenanceOptions> = {}): Maintenance {
    return new Maintenance(this.inner.shard, { shard: SHARD, store: this.store, ...options });
  }

  openReader(): SqlDriver {
    return new NodeSqlDriver(this.inner.path, { readonly: true });
  }

  get archive(): ShardArchive {
    return new ShardArchive(this.store, SHARD);
  }

  /** Each statement, one after the other; later ones in a later millisecond. */
  async run(...statements: readonly string[]): Promise<void> {
    for (const sql of statements) {
      this.clock.advance(1);
      await this.session.execute(sql, []);
    }
  }

  /** Everything that a user can find in it. */
  state(): string[] {
    return describeState(readState(this.inner.shard.reader.driver));
  }

  head(): Lsn {
    return this.inner.shard.feed.head;
  }

  /**
   * Restores from the archive, and from the file's own log if asked for.
   *
   * @param look what else to find in the copy
   */
  async restore<T>(
    moment: Moment | "newest",
    options: Partial<RestoreTask> & { readonly fromFile?: boolean } = {},
    look: (driver: SqlDriver) => T | null = () => null,
  ): Promise<Restored & { readonly state: string[]; readonly found: T | null }> {
    const file = options.fromFile === true ? this.openReader() : null;
    file?.exec("BEGIN");
    const live = file === null ? null : new LiveLog(file, epochOf(file));
    const driver = new NodeSqlDriver(":memory:");
    try {
      const task = { archive: this.archive, live, moment, ...options };
      const restored = await restoreShard(driver, task);
      return { ...restored, state: describeState(readState(driver)), found: look(driver) };
    } finally {
      driver.close();
      file?.close();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.maintenance.close();
    await this.inner[Symbol.asyncDispose]();
  }
}

function epochOf(driver: SqlDriver): string | null {
  const epoch = new MetaTable(driver).read("epoch");
  return typeof epoch === "string" ? epoch : null;
}

/** Stands still, but does not make anybody wait who only gives the thread away. */
class PausingClock extends ManualClock {
  override after(delayMs: number, fire: () => void): () => void {
    if (delayMs > 50) return super.after(delayMs, fire);
    const timer = setTimeout(fire, delayMs);
    return () => clearTimeout(timer);
  }
}
