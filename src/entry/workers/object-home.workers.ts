import { CAPTURE_ON } from "../../engine/capture/capture-setting.ts";
import { ArchiveFeed } from "../../engine/archive/archive-feed.ts";
import { eraseArchive } from "../../engine/archive/erase-archive.ts";
import { ShardArchive } from "../../engine/archive/shard-archive.ts";
import { Shard } from "../../engine/shard.ts";
import { SyncSession } from "../../engine/session/sync-session.ts";
import type { PointInTime } from "../../engine/time/point-in-time.ts";
import { workersClock } from "../../platform/workers/clock.ts";
import { ObjectAlarm } from "../../platform/workers/object-alarm.ts";
import { WorkersSqlDriver } from "../../platform/workers/sqlite-driver.ts";
import type { IntegerMode } from "../../ports/sql-driver.ts";
import { Importer, isOpen, readImport } from "../../server/transfer/import-state.ts";
import type { MemoryOptions } from "./object-memory.workers.ts";
import { ObjectMemory } from "./object-memory.workers.ts";

/** An import that nobody drives any more goes on after this time. */
const IMPORT_WAKE_MS = 15_000;

interface OpenShard {
  readonly shard: Shard;
  readonly memory: ObjectMemory;
  readonly sessions: Readonly<Record<IntegerMode, SyncSession>>;
}

/**
 * The shard in a Durable Object's storage. It is opened by the first who needs it, and not with
 * the object: opening writes, and an object that is only asked who lives in it shall cost no
 * storage.
 */
export class ObjectHome {
  readonly #storage: DurableObjectStorage;
  readonly #alarm: ObjectAlarm;
  readonly #memory: () => MemoryOptions;
  #driver: WorkersSqlDriver;
  #open: OpenShard | null = null;
  #isWiping = false;
  /** Holds the write lease while an import goes on. */
  readonly importer: Importer = new Importer();

  /** @param memory is asked when the shard is opened */
  constructor(storage: DurableObjectStorage, memory: () => MemoryOptions) {
    this.#storage = storage;
    this.#alarm = new ObjectAlarm(storage);
    this.#memory = memory;
    this.#driver = new WorkersSqlDriver(storage);
  }

  get driver(): WorkersSqlDriver {
    return this.#driver;
  }

  get shard(): Shard {
    return this.#opened().shard;
  }

  get memory(): ObjectMemory {
    return this.#opened().memory;
  }

  /** Before anything else. */
  load(): Promise<void> {
    return this.#alarm.load();
  }

  /** Nobody else uses the database then. */
  get isImporting(): boolean {
    return this.shard.lease.heldBy(this.importer);
  }

  /**
   * Somebody came while an import goes on. The alarm that drives it may be lost: the runtime gives
   * up on one that fails again and again.
   */
  mindImport(): void {
    if (!this.isImporting) return;
    const { dueMs } = this.#alarm;
    const look = async (): Promise<void> => {
      const isLost = (await this.#storage.getAlarm()) === null && this.#alarm.dueMs === dueMs;
      if (!isLost || !this.isImporting || this.importer.stuck !== null) return;
      this.#alarm.set(workersClock.nowMs() + IMPORT_WAKE_MS);
    };
    look().catch(() => undefined);
  }

  /** The alarm comes within this time. */
  wakeIn(delayMs: number): void {
    const dueMs = workersClock.nowMs() + delayMs;
    if (this.#alarm.dueMs === null || this.#alarm.dueMs > dueMs) this.#alarm.set(dueMs);
  }

  /** The alarm came; whoever does not call `memory.ring` says so here. */
  rang(): void {
    this.#alarm.rang();
  }

  /** A session whose calls stand alone; the same one for all, but for the past. */
  session(integers: IntegerMode, asOf?: PointInTime): SyncSession {
    this.mindImport();
    if (asOf === undefined) return this.#opened().sessions[integers];
    return new SyncSession(this.shard, { integers, pragmas: "home", asOf });
  }

  /** Whether the storage is being emptied. Nothing is to be copied to the archive then. */
  get isWiping(): boolean {
    return this.#isWiping;
  }

  /** Empties the storage, and the archive of it; whatever was open before is over. */
  async wipe(): Promise<void> {
    this.#isWiping = true;
    try {
      await this.#close();
      const { archive, name } = this.#memory();
      if (archive !== null) await eraseArchive(archive, name);
      await this.#storage.deleteAlarm();
      this.#alarm.rang();
      // Who came while the bucket was waited for has opened it again.
      while (this.#open !== null) await this.#close();
      await this.#storage.deleteAll();
      this.#driver = new WorkersSqlDriver(this.#storage);
    } finally {
      this.#isWiping = false;
    }
  }

  async #close(): Promise<void> {
    const open = this.#open;
    await open?.memory.close();
    open?.shard.close();
    if (this.#open === open) this.#open = null;
  }

  #opened(): OpenShard {
    return (this.#open ??= openShard(this.#driver, this.importer, this.#alarm, this.#memory()));
  }
}

function openShard(
  writer: WorkersSqlDriver,
  importer: Importer,
  alarm: ObjectAlarm,
  options: MemoryOptions,
): OpenShard {
  const { archive, name } = options;
  const shard = new Shard({
    writer,
    clock: workersClock,
    captureAtFirst: CAPTURE_ON,
    ...(archive === null ? {} : { feedArchive: new ArchiveFeed(new ShardArchive(archive, name)) }),
  });
  shard.countQueries();
  // A reset came in the middle of an import.
  const found = readImport(writer);
  importer.stuck = found?.phase === "stuck" ? found : null;
  if (isOpen(found)) shard.lease.tryAcquire(importer);
  const sessions = {
    number: new SyncSession(shard, { integers: "number", pragmas: "home", whole: true }),
    bigint: new SyncSession(shard, { integers: "bigint", pragmas: "home", whole: true }),
  };
  return { shard, memory: new ObjectMemory(shard, alarm, options), sessions };
}
