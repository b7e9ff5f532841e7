import { DurableObject } from "cloudflare:workers";
import { ScopedSession } from "../../engine/session/scoped-session.ts";
import type { Database, Statement } from "../../engine/session/session.ts";
import type { PointInTime } from "../../engine/time/point-in-time.ts";
import type { Retention } from "../../engine/archive/retention.ts";
import { bucketArchive } from "../../platform/workers/r2-store.ts";
import type { ObjectStore } from "../../ports/object-store.ts";
import type { IntegerMode } from "../../ports/sql-driver.ts";
import type { FeedCall, FeedReply, ShardFeedService } from "../../rpc/feed-wire.ts";
import { serveTransaction } from "../../rpc/shard-transaction-host.ts";
import type {
  NextMessage,
  TransactionOptions,
  TransactionService,
} from "../../rpc/shard-transaction-wire.ts";
import type { NamedShard } from "../../rpc/named-shard.ts";
import { answerNamed } from "../../rpc/named-shard.ts";
import { KeptSessions, answerSession } from "../../rpc/shard-session-host.ts";
import type {
  KeptSession,
  SessionCall,
  SessionReply,
  SessionService,
} from "../../rpc/shard-session-wire.ts";
import type { RowsCall, RowsReply, RowsService } from "../../rpc/row-wire.ts";
import type { ShardService, WireAnswer, WireError } from "../../rpc/shard-wire.ts";
import { toWireError, toWireResult } from "../../rpc/shard-wire.ts";
import { runStatements } from "./foreign-key-script.workers.ts";
import { NamedService } from "./named-service.workers.ts";
import { ObjectHome } from "./object-home.workers.ts";
import type { ShardInfo } from "./object-memory.workers.ts";
import { ObjectRows } from "./object-rows.workers.ts";
import type { PastNamespace } from "./object-past.workers.ts";
import { askPast } from "./object-past.workers.ts";
import { ownDatabase } from "./own-database.workers.ts";
import type { ObjectRestored, ObjectRestoreOptions } from "./object-restore.workers.ts";
import { restoreObject } from "./object-restore.workers.ts";

/**
 * One shard in a Durable Object. Bind it with `new_sqlite_classes` and reach it by `d1`.
 *
 * @example
 * export { DoSQLShard } from "dosql/worker";
 */
export class DoSQLShard
  extends DurableObject<unknown>
  implements
    NamedShard,
    ShardService,
    RowsService,
    SessionService,
    ShardFeedService,
    TransactionService
{
  readonly #home: ObjectHome;
  /**
   * For subclasses in this package. No stub has an object's own properties.
   *
   * @internal
   */
  protected readonly home: ObjectHome;
  /**
   * The database for code of a subclass, which runs in the object and asks it without a way to go:
   * `d1(this.database)` is a D1 database. Its `feed` is the object's own; a subscription does not
   * keep the object awake. No stub has an object's own properties.
   *
   * @example
   * export class Room extends DoSQLShard {
   *   readonly #db = d1(this.database);
   *   async join(name: string) {
   *     await this.#db.prepare("INSERT INTO guest (name) VALUES (?)").bind(name).run();
   *   }
   * }
   */
  protected readonly database: Database;
  readonly #rows: ObjectRows;
  readonly #named: NamedService;
  readonly #kept = new KeptSessions();

  constructor(ctx: DurableObjectState, env: unknown) {
    super(ctx, env);
    this.#home = new ObjectHome(ctx.storage, () => ({
      name: { database: ctx.id.toString(), shard: 0 },
      archive: this.archive,
      retention: this.retention,
    }));
    this.home = this.#home;
    this.database = ownDatabase(this, () => this.#home.shard.feed);
    void ctx.blockConcurrencyWhile(() => this.#home.load());
    this.#rows = new ObjectRows(this.#home);
    this.#named = new NamedService(ctx, this.#home, this);
  }

  /**
   * Where the change log and snapshots of the database are copied to, under the object's id: the
   * R2 bucket that is bound as `DOSQL_ARCHIVE`. Null keeps no archive, and the past ends where
   * `retention` says. Several classes may share a bucket.
   *
   * @example
   * export class Shard extends DoSQLShard {
   *   protected override get archive() {
   *     return new R2Store(this.env.LOGS);
   *   }
   * }
   */
  protected get archive(): ObjectStore | null {
    return bucketArchive(this.env, "DOSQL_ARCHIVE");
  }

  /**
   * How much of the change log stays in the object: by default that of 24 hours, and at most
   * 1,000,000 entries, about 100 MB. What a slot has not confirmed stays longer; a slot is lost
   * once it lags 1,000,000 entries, unless it was created with another `maxLag`. With an archive,
   * nothing goes before it is there.
   */
  protected get retention(): Partial<Retention> {
    return {};
  }

  /**
   * Who makes copies of the database out of its archive, for times that the change log no longer
   * holds: the class `DoSQLPast` that is bound as `DOSQL_PAST`. Null asks nobody.
   */
  protected get past(): PastNamespace | null {
    const { DOSQL_PAST = null } = this.env as { readonly DOSQL_PAST?: PastNamespace };
    return DOSQL_PAST;
  }

  /** Calls of `namedService`: the object as the home of a named database. */
  named(method: string, args: readonly unknown[]): Promise<unknown> {
    return answerNamed(this.#named, method, args);
  }

  async query(
    statements: readonly Statement[],
    integers: IntegerMode,
    asOf?: PointInTime,
  ): Promise<WireAnswer> {
    const answer = (): WireAnswer => this.#answer(statements, integers, asOf);
    const found = await runStatements(this.ctx, () => this.#home.shard, statements, answer);
    // The ordinary case first: what follows opens what may not be there.
    return "error" in found ? await this.#past({ statements, integers, asOf }, found) : found;
  }

  /** Asks the archive where the log does not reach back far enough. */
  async #past(
    question: Parameters<typeof askPast>[2],
    found: { readonly error: WireError },
  ): Promise<WireAnswer> {
    if (found.error.code !== "history-gone") return found;
    const { shard, memory } = this.#home;
    const place = { name: memory.archiveName, namespace: this.past };
    return await askPast(shard, place, question, found);
  }

  #answer(statements: readonly Statement[], integers: IntegerMode, asOf?: PointInTime): WireAnswer {
    try {
      const session = this.#home.session(integers, asOf);
      const results =
        statements.length === 1
          ? statements.map(({ sql, params }) => session.execute(sql, params))
          : session.batch(statements);
      return {
        results: results.map(toWireResult),
        seen: session.seen,
        sizeBytes: this.#home.driver.sizeBytes(),
      };
    } catch (error) {
      return { error: toWireError(error) };
    }
  }

  /** Calls of the sessions that a Worker keeps for its clients. */
  async session(kept: KeptSession, call: SessionCall): Promise<SessionReply> {
    this.#home.mindImport();
    const { statements = [] } = call as Partial<typeof call & { kind: "run" }>;
    const sizeBytes = (): number => this.#home.driver.sizeBytes();
    const answer = (): SessionReply =>
      answerSession(this.#kept.of(this.#home.shard, kept), call, sizeBytes);
    const found = await runStatements(this.ctx, () => this.#home.shard, statements, answer);
    const { integers = "bigint", asOf } = kept.options;
    return "error" in found ? await this.#past({ statements, integers, asOf }, found) : found;
  }

  /** An interactive transaction. Until it ends, everything else in the object waits. */
  async transact(next: NextMessage, options: TransactionOptions): Promise<WireAnswer> {
    const { shard, driver } = this.#home;
    const { kept, integers } = options;
    const own = kept === undefined ? this.#home.session(integers) : this.#kept.of(shard, kept);
    const session = new ScopedSession(shard, own);
    const sizeBytes = (): number => driver.sizeBytes();
    return serveTransaction(
      { session, scope: driver, clock: shard.clock, sizeBytes },
      next,
      options,
    );
  }

  /** Results in parts, for `dosql(db).iterate`. */
  async rows(call: RowsCall): Promise<RowsReply> {
    this.#home.mindImport();
    if (this.#home.isImporting) return { error: toWireError(this.#home.importer.refusal) };
    return this.#rows.answer(call);
  }

  /** Calls of a `FeedStub`. */
  async feed(call: FeedCall): Promise<FeedReply | { readonly error: WireError }> {
    try {
      return await this.#home.memory.feed.answer(call);
    } catch (error) {
      return { error: toWireError(error) };
    }
  }

  /**
   * Brings the database back to what it was, in one transaction that is logged: consumers of the
   * feed hear what it changes, and a restore to `previous` takes it back. Everything else in the
   * object waits meanwhile. It is an administrator's call, which no SQL can make.
   *
   * Where the change log tells all that happened since, and the schema was not changed, that is
   * undone. Else the database is made again out of the archive: it has to take less than 25 s, and
   * the log tells it as a transaction of origin `foreign` that drops and makes all tables.
   *
   * A database that an import has left closed, because it could not be taken back, is opened by it.
   *
   * Errors are answers: `history-gone` for what is not known (any more), `invalid-argument`,
   * `busy` (to be tried again), `limit`, `unsupported` for tables without captured changes.
   */
  async restoreTo(
    point: PointInTime,
    options: ObjectRestoreOptions = {},
  ): Promise<ObjectRestored | { readonly error: WireError }> {
    try {
      const { memory, importer } = this.#home;
      const stuck = importer.stuck === null ? null : importer;
      const restored = await restoreObject(this.ctx, memory, point, { ...options, stuck });
      if (stuck !== null) this.#named.endImport();
      return restored;
    } catch (error) {
      return { error: toWireError(error) };
    }
  }

  /** What the object keeps of the past, and how its upkeep goes. */
  async info(): Promise<ShardInfo> {
    return this.#home.memory.info();
  }

  /** Seals, archives and trims the change log; called by the runtime. */
  override async alarm(): Promise<void> {
    if (this.#home.isWiping) return;
    if (!(await this.#named.ring())) await this.#home.memory.ring();
  }
}
