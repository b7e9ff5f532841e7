import { DurableObject } from "cloudflare:workers";
import { DosqlError } from "../../base/errors.ts";
import type { Moment } from "../../base/moment.ts";
import { EnclosedDriver } from "../../engine/archive/enclosed-driver.ts";
import { locateMoment } from "../../engine/archive/restore-in-place.ts";
import { restoreShard } from "../../engine/archive/restore.ts";
import type { ShardName } from "../../engine/archive/shard-archive.ts";
import { ShardArchive } from "../../engine/archive/shard-archive.ts";
import { CAPTURE_OFF } from "../../engine/capture/capture-setting.ts";
import { MetaTable } from "../../engine/meta-table.ts";
import type { Statement } from "../../engine/session/session.ts";
import { Shard } from "../../engine/shard.ts";
import { SyncSession } from "../../engine/session/sync-session.ts";
import { workersClock } from "../../platform/workers/clock.ts";
import { holdStorage } from "../../platform/workers/held-storage.ts";
import { bucketArchive } from "../../platform/workers/r2-store.ts";
import { WorkersSqlDriver } from "../../platform/workers/sqlite-driver.ts";
import type { ObjectStore } from "../../ports/object-store.ts";
import type { IntegerMode } from "../../ports/sql-driver.ts";
import type { WireAnswer } from "../../rpc/shard-wire.ts";
import { toWireError, toWireResult } from "../../rpc/shard-wire.ts";

/** Who asked for one moment often asks for it again. */
const KEPT_MS = 600_000;
/** The runtime resets an object that nobody could reach for 30 s. */
const LONGEST_MS = 25_000;
/** The key in the engine's own table: the copy is whole. */
const MADE = "past";

/**
 * A copy of a database as it was at one moment, made out of the archive. A `DoSQLShard` asks it
 * for times that its own change log no longer holds, where this class is bound as `DOSQL_PAST`.
 * It is emptied ten minutes after it was asked last.
 *
 * @example
 * export { DoSQLPast, DoSQLShard } from "dosql/worker";
 */
export class DoSQLPast extends DurableObject<unknown> {
  #shard: Promise<Shard> | null = null;
  #emptyMs = 0;

  /** Where the databases' archive is; see `DoSQLShard`. */
  protected get archive(): ObjectStore | null {
    return bucketArchive(this.env, "DOSQL_ARCHIVE");
  }

  /** Runs queries on the copy; calls of `DoSQLShard` only, which lets nothing else through. */
  async read(
    name: ShardName,
    moment: Moment,
    statements: readonly Statement[],
    integers: IntegerMode,
  ): Promise<WireAnswer> {
    try {
      await this.#keep();
      this.#shard ??= this.#make(name, moment);
      const shard = await this.#shard;
      const session = new SyncSession(shard, { integers, pragmas: "home" });
      const results = statements.map(({ sql, params }) => session.execute(sql, params));
      const sizeBytes = shard.writer.driver.sizeBytes();
      return { results: results.map(toWireResult), seen: session.seen, sizeBytes };
    } catch (error) {
      this.#shard = null;
      return { error: toWireError(error) };
    }
  }

  override async alarm(): Promise<void> {
    await this.ctx.blockConcurrencyWhile(async () => {
      this.#shard = null;
      await this.ctx.storage.deleteAll();
    });
  }

  /** Before the copy is made, so that none is left for ever. */
  async #keep(): Promise<void> {
    const nowMs = workersClock.nowMs();
    if (this.#emptyMs - nowMs > KEPT_MS / 2) return;
    this.#emptyMs = nowMs + KEPT_MS;
    await this.ctx.storage.setAlarm(this.#emptyMs);
  }

  async #make(name: ShardName, moment: Moment): Promise<Shard> {
    const store = this.archive;
    if (store === null) {
      throw new DosqlError("misuse", "DoSQLPast has no archive to read", {
        hint: "bind the same bucket as DOSQL_ARCHIVE",
      });
    }
    const archive = new ShardArchive(store, name);
    const driver = new WorkersSqlDriver(this.ctx.storage);
    const shard = new Shard({ writer: driver, clock: workersClock, capture: CAPTURE_OFF });
    if (new MetaTable(driver).read(MADE) !== null) return shard;
    const { lsn, atEnd } = await locateMoment(archive, null, moment);
    if (atEnd) {
      const message = `nothing is known of that time: the archive ends at LSN ${lsn}`;
      throw new DosqlError("history-gone", message, { hint: "ask for an earlier time" });
    }
    await holdStorage(this.ctx, async () => {
      const endMs = workersClock.monotonicMs() + LONGEST_MS;
      await restoreShard(new EnclosedDriver(driver), {
        archive,
        live: null,
        moment: { kind: "lsn", lsn },
        uncaptured: "leave-out",
        watch: async () => {
          if (workersClock.monotonicMs() > endMs) throw tooLong();
        },
      });
      new MetaTable(driver).write(MADE, BigInt(lsn));
    });
    shard.schemaChanged();
    return shard;
  }
}

function tooLong(): DosqlError {
  return new DosqlError("limit", `making a copy as of then takes longer than ${LONGEST_MS} ms`, {
    hint: "restore a copy of the archive with `dosql restore`",
  });
}
