import type { Lsn } from "../../base/lsn.ts";
import { AlarmLoop } from "../../engine/archive/alarm-loop.ts";
import type { AlarmTimes, UpkeepState } from "../../engine/archive/alarm-loop.ts";
import { Maintenance } from "../../engine/archive/maintenance.ts";
import type { Retention } from "../../engine/archive/retention.ts";
import type { ShardName } from "../../engine/archive/shard-archive.ts";
import { ShardArchive } from "../../engine/archive/shard-archive.ts";
import type { CaptureSetting } from "../../engine/capture/capture-setting.ts";
import type { SlotInfo } from "../../engine/feed/change-feed.ts";
import { SealTable } from "../../engine/log/seal-table.ts";
import { MetaTable } from "../../engine/meta-table.ts";
import type { Shard } from "../../engine/shard.ts";
import type { Alarm } from "../../ports/alarm.ts";
import type { ObjectStore } from "../../ports/object-store.ts";
import { FeedService } from "../../rpc/feed-service.ts";

/** How a Durable Object keeps the past of its database. */
export interface MemoryOptions {
  /** Names the database in the archive. */
  readonly name: ShardName;
  /** Null keeps no archive. */
  readonly archive: ObjectStore | null;
  readonly retention: Partial<Retention>;
}

/** What a Durable Object knows of its database's past. */
export interface ShardInfo {
  readonly sizeBytes: number;
  readonly capture: CaptureSetting;
  /** The newest position of the change log. */
  readonly head: Lsn;
  /** The log holds what comes after it. */
  readonly trimmedLsn: Lsn;
  readonly slots: readonly SlotInfo[];
  readonly retention: Retention;
  /** Null without a bucket; `archivedLsn` is the last entry that is stored there. */
  readonly archive: (ShardName & { readonly archivedLsn: Lsn }) | null;
  readonly upkeep: UpkeepState;
}

/** A Durable Object's share of storage: a tenth of what it is on a disk. */
const MAX_ENTRIES = 1_000_000;

/** What is not archived can be lost with the object, so that is soon. */
const ARCHIVED: AlarmTimes = { intervalMs: 60_000, commits: 20_000 };
/** Without an archive there is only trimming, which no one waits for. */
const UNARCHIVED: AlarmTimes = { intervalMs: 600_000, commits: 20_000 };

/** What belongs to an open shard in a Durable Object besides its sessions. */
export class ObjectMemory {
  readonly shard: Shard;
  readonly feed: FeedService;
  readonly #loop: AlarmLoop;
  readonly #maintenance: Maintenance;
  readonly #archive: ShardArchive | null;

  constructor(shard: Shard, alarm: Alarm, { name, archive, retention }: MemoryOptions) {
    this.shard = shard;
    this.#archive = archive === null ? null : new ShardArchive(archive, name);
    this.#maintenance = new Maintenance(shard, {
      shard: name,
      store: archive,
      retention: { maxEntries: MAX_ENTRIES, ...retention },
    });
    const times = archive === null ? UNARCHIVED : ARCHIVED;
    this.#loop = new AlarmLoop(this.#maintenance, shard, alarm, times);
    this.feed = new FeedService(shard.feed, shard.clock, () => this.#loop.wake());
  }

  /** The database in the archive; null where there is none. */
  get archiveName(): ShardName | null {
    return this.#archive?.shard ?? null;
  }

  /**
   * All that was committed, in the archive; null where there is none.
   *
   * @param asItIs without what has not come there yet, where nobody may take the write lease
   */
  async archived(asItIs: boolean): Promise<ShardArchive | null> {
    if (this.#archive === null) return null;
    if (!asItIs) await this.#maintenance.run();
    return this.#archive;
  }

  /** Ends what runs at its next step, and waits for that. */
  close(): Promise<void> {
    this.#loop.stop();
    return this.#maintenance.close();
  }

  /** The alarm came. */
  ring(): Promise<void> {
    this.feed.forgetIdle();
    return this.#loop.ring();
  }

  info(): ShardInfo {
    const { driver } = this.shard.reader;
    const { changes, feed } = this.shard;
    const archivedLsn = Number(new MetaTable(driver).read("archived_lsn") ?? 0) as Lsn;
    return {
      sizeBytes: driver.sizeBytes(),
      capture: changes.setting,
      head: feed.head,
      trimmedLsn: new SealTable(driver).trimmedLsn(),
      slots: feed.slots.list(),
      retention: this.#maintenance.retention,
      archive: this.#archive === null ? null : { ...this.#archive.shard, archivedLsn },
      upkeep: this.#loop.state,
    };
  }
}
