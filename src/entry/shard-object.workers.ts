import { DurableObject } from "cloudflare:workers";
import { CAPTURE_ON } from "../engine/capture/capture-setting.ts";
import type { Statement } from "../engine/session.ts";
import { Shard } from "../engine/shard.ts";
import { SyncSession } from "../engine/sync-session.ts";
import type { PointInTime } from "../engine/time/point-in-time.ts";
import { workersClock } from "../platform/workers/clock.ts";
import { WorkersSqlDriver } from "../platform/workers/sqlite-driver.ts";
import type { IntegerMode } from "../ports/sql-driver.ts";
import type { ShardService, WireAnswer } from "../rpc/shard-wire.ts";
import { toWireError, toWireResult } from "../rpc/shard-wire.ts";

/**
 * One shard in a Durable Object. Bind it with `new_sqlite_classes` and reach it by `d1`.
 *
 * @example
 * export { DoSQLShard } from "dosql/worker";
 */
export class DoSQLShard extends DurableObject<unknown> implements ShardService {
  readonly #driver: WorkersSqlDriver;
  readonly #shard: Shard;
  readonly #sessions: Readonly<Record<IntegerMode, SyncSession>>;

  constructor(ctx: DurableObjectState, env: unknown) {
    super(ctx, env);
    this.#driver = new WorkersSqlDriver(ctx.storage);
    const shard = new Shard({
      writer: this.#driver,
      clock: workersClock,
      captureAtFirst: CAPTURE_ON,
    });
    this.#shard = shard;
    this.#sessions = {
      number: new SyncSession(shard, { integers: "number", pragmas: "home" }),
      bigint: new SyncSession(shard, { integers: "bigint", pragmas: "home" }),
    };
  }

  async query(
    statements: readonly Statement[],
    integers: IntegerMode,
    asOf?: PointInTime,
  ): Promise<WireAnswer> {
    try {
      const session =
        asOf === undefined
          ? this.#sessions[integers]
          : new SyncSession(this.#shard, { integers, pragmas: "home", asOf });
      const results =
        statements.length === 1
          ? statements.map(({ sql, params }) => session.execute(sql, params))
          : session.batch(statements);
      return {
        results: results.map(toWireResult),
        seen: session.seen,
        sizeBytes: this.#driver.sizeBytes(),
      };
    } catch (error) {
      return { error: toWireError(error) };
    }
  }
}
