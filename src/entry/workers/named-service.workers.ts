import type { Bookmark } from "../../base/bookmark.ts";
import { DosqlError } from "../../base/errors.ts";
import { d1Message } from "../../compat/d1/failure.ts";
import { D1Backend, answerD1 } from "../../compat/d1/wires.ts";
import type { TextInsight } from "../../engine/counts/query-insights.ts";
import type { DatabaseIdentity, NewDatabase } from "../../engine/database-identity.ts";
import {
  checkIdentity,
  createIdentity,
  entomb,
  halfDeleted,
  readIdentity,
} from "../../engine/database-identity.ts";
import { ensureFormat } from "../../engine/meta-table.ts";
import type { Statement } from "../../engine/session/session.ts";
import { SpoolTable } from "../../engine/spool-table.ts";
import type { PointInTime } from "../../engine/time/point-in-time.ts";
import type { IntegerMode } from "../../ports/sql-driver.ts";
import type { FeedCall, FeedReply } from "../../rpc/feed-wire.ts";
import type { NextMessage, TransactionOptions } from "../../rpc/shard-transaction-wire.ts";
import type {
  D1Answer,
  Expected,
  NamedAnswer,
  NamedShardService,
  Outcome,
  RestoredPositions,
} from "../../rpc/named-shard.ts";
import { BARE, MAX_PIECE_BYTES } from "../../rpc/named-shard.ts";
import { stubDatabase } from "../../rpc/shard-stub.ts";
import type { KeptSession, SessionCall, SessionReply } from "../../rpc/shard-session-wire.ts";
import type { RowsCall, RowsReply } from "../../rpc/row-wire.ts";
import type { WireAnswer, WireError } from "../../rpc/shard-wire.ts";
import { toWireError } from "../../rpc/shard-wire.ts";
import type { ExportOptions, ImportStep } from "../../server/transfer/transfer.ts";
import type { ObjectHome } from "./object-home.workers.ts";
import { ObjectExport } from "./object-export.workers.ts";
import { ObjectImport } from "./object-import.workers.ts";

/** What the object does for whoever may ask it. */
export interface ObjectService {
  query(
    statements: readonly Statement[],
    integers: IntegerMode,
    asOf?: PointInTime,
  ): Promise<WireAnswer>;
  transact(next: NextMessage, options: TransactionOptions): Promise<WireAnswer>;
  session(kept: KeptSession, call: SessionCall): Promise<SessionReply>;
  rows(call: RowsCall): Promise<RowsReply>;
  feed(call: FeedCall): Promise<FeedReply | { readonly error: WireError }>;
  restoreTo(
    point: PointInTime,
  ): Promise<
    { readonly previous: Bookmark; readonly bookmark: Bookmark } | { readonly error: WireError }
  >;
}

/** A Durable Object as the home of a database that is created, deleted and named. */
export class NamedService implements NamedShardService {
  readonly #imports: ObjectImport;
  readonly #exports: ObjectExport;
  readonly #home: ObjectHome;
  readonly #object: ObjectService;
  readonly #d1: D1Backend;
  /** As last read; undefined when it must be read. */
  #identity: DatabaseIdentity | null | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(ctx: DurableObjectState, home: ObjectHome, object: ObjectService) {
    this.#imports = new ObjectImport(ctx, home);
    this.#exports = new ObjectExport(home);
    this.#home = home;
    this.#object = object;
    this.#d1 = new D1Backend(
      stubDatabase(() => object),
      "text",
    );
  }

  async databaseIdentity(): Promise<DatabaseIdentity | null> {
    return this.#known();
  }

  createDatabase(wanted: NewDatabase): Promise<Outcome<DatabaseIdentity>> {
    return outcome(() =>
      this.#inTurn(async () => {
        const unfinished = halfDeleted(this.#home.driver);
        if (unfinished !== null) await this.#remove(unfinished);
        const { driver } = this.#home;
        ensureFormat(driver);
        this.#identity = undefined;
        return createIdentity(driver, wanted);
      }),
    );
  }

  /** One creation or removal after the other: a removal waits for its bucket in the middle. */
  #inTurn<T>(body: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(body);
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  removeDatabase(epoch: number): Promise<void> {
    return this.#inTurn(async () => {
      const identity = this.#known();
      if (identity?.epoch === epoch) await this.#remove(identity);
    });
  }

  /** A crash within leaves a tombstone that says so, or no storage at all. */
  async #remove(identity: DatabaseIdentity): Promise<void> {
    entomb(this.#home.driver, identity, "deleting");
    this.#identity = undefined;
    await this.#home.wipe();
    ensureFormat(this.#home.driver);
    entomb(this.#home.driver, identity, "deleted");
  }

  async queryNamed(
    expected: Expected,
    statements: readonly Statement[],
    integers: IntegerMode,
    asOf?: PointInTime,
  ): Promise<NamedAnswer> {
    return this.#answer(expected, () => this.#object.query(statements, integers, asOf));
  }

  async transactNamed(
    expected: Expected,
    next: NextMessage,
    options: TransactionOptions,
  ): Promise<NamedAnswer> {
    return this.#answer(expected, () => this.#object.transact(next, options));
  }

  async sessionNamed(
    expected: Expected,
    kept: KeptSession,
    call: SessionCall,
  ): Promise<SessionReply & { readonly epoch?: number }> {
    return this.#answer(expected, () => this.#object.session(kept, call));
  }

  async rowsNamed(expected: Expected, call: RowsCall): Promise<RowsReply> {
    try {
      this.#expect(expected);
    } catch (error) {
      return { error: toWireError(error) };
    }
    return this.#object.rows(call);
  }

  async feedNamed(
    expected: Expected,
    call: FeedCall,
  ): Promise<FeedReply | { readonly error: WireError }> {
    try {
      this.#expect(expected);
    } catch (error) {
      return { error: toWireError(error) };
    }
    return this.#object.feed(call);
  }

  async d1Named(
    expected: Expected,
    asked: string | readonly unknown[],
    format: string,
  ): Promise<D1Answer> {
    try {
      this.#expect(expected);
      return await answerD1(this.#d1, asked, format);
    } catch (error) {
      return { failed: d1Message(error, undefined) };
    }
  }

  async #answer<T extends object>(
    expected: Expected,
    ask: () => Promise<T>,
  ): Promise<(T | { readonly error: WireError }) & { readonly epoch?: number }> {
    try {
      const epoch = this.#expect(expected);
      const answer = await ask();
      return epoch === null ? answer : { ...answer, epoch };
    } catch (error) {
      return { error: toWireError(error) };
    }
  }

  storeScript(
    expected: Expected,
    script: string,
    part: number,
    bytes: Uint8Array | null,
  ): Promise<Outcome<null>> {
    return outcome(() => {
      const spool = this.#spool(expected);
      if (spool.isClosed(script)) {
        throw new DosqlError("misuse", "this upload is complete", { hint: "begin anew" });
      }
      // All but the last piece are of one size.
      const before = part > 0 ? spool.pieceBytes(script, part - 1) : null;
      if (part > 0 && (bytes === null ? before === null : before !== MAX_PIECE_BYTES)) {
        throw new DosqlError("misuse", "what comes before this part is missing", {
          hint: "begin anew",
        });
      }
      if (bytes === null) {
        // Null is the end of it.
        spool.close(script);
        return null;
      }
      if (part === 0 && !this.#imports.isOpen) spool.dropBefore(hourBefore(script));
      // An upload that was cut and begins anew may come in fewer pieces.
      spool.dropFrom(script, part);
      spool.write(script, part, bytes);
      return null;
    });
  }

  ingestScript(expected: Expected, script: string): Promise<Outcome<ImportStep>> {
    return outcome(() => {
      this.#expect(expected);
      return this.#imports.begin(script);
    });
  }

  pollScript(expected: Expected, script: string): Promise<Outcome<ImportStep>> {
    return outcome(() => {
      this.#expect(expected);
      return this.#imports.step(script);
    });
  }

  /** After a restore: an import that was stuck is over. */
  endImport(): void {
    this.#imports.end();
  }

  /** The alarm came: true while an import goes on. */
  ring(): Promise<boolean> {
    return this.#imports.ring();
  }

  prepareExport(
    expected: Expected,
    script: string,
    options: ExportOptions,
    isBegun: boolean,
  ): Promise<Outcome<boolean>> {
    return outcome(() => {
      this.#expect(expected);
      return this.#exports.write(script, options, isBegun);
    });
  }

  async restoreNamed(expected: Expected, bookmark: string): Promise<Outcome<RestoredPositions>> {
    try {
      this.#expect(expected);
      const answer = await this.#object.restoreTo(bookmark);
      if ("error" in answer) return answer;
      return { value: { before: answer.previous, now: answer.bookmark } };
    } catch (error) {
      return { error: toWireError(error) };
    }
  }

  insightsNamed(expected: Expected, sinceMs: number): Promise<Outcome<readonly TextInsight[]>> {
    return outcome(() => {
      this.#expect(expected);
      return this.#home.shard.countQueries().since(sinceMs);
    });
  }

  readScript(
    expected: Expected,
    script: string,
    part: number,
  ): Promise<Outcome<Uint8Array | null>> {
    return outcome(() => {
      this.#expect(expected);
      return this.#exports.read(script, part);
    });
  }

  #known(): DatabaseIdentity | null {
    return (this.#identity ??= readIdentity(this.#home.driver));
  }

  /** The epoch that answers; null for a bare database. */
  #expect(expected: Expected): number | null {
    return expected === BARE ? null : checkIdentity(this.#known(), expected).epoch;
  }

  #spool(expected: Expected): SpoolTable {
    this.#expect(expected);
    return new SpoolTable(this.#home.driver);
  }
}

/** A name an hour older: names begin with milliseconds of a fixed width. */
function hourBefore(script: string): string {
  return String(parseInt(script, 10) - 3_600_000);
}

async function outcome<T>(body: () => T | Promise<T>): Promise<Outcome<T>> {
  try {
    return { value: await body() };
  } catch (error) {
    return { error: toWireError(error) };
  }
}
