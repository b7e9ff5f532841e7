/*
 * Databases that somebody made, in Durable Objects. A bare object (`d1(env.DOSQL)`) comes into
 * being with its first statement; these have to be created, and every call says which of them it
 * means: the epoch that the caller opened.
 */
import type { Bookmark } from "../base/bookmark.ts";
import { DosqlError } from "../base/errors.ts";
import type { TextInsight } from "../engine/counts/query-insights.ts";
import type { DatabaseIdentity, NewDatabase } from "../engine/database-identity.ts";
import type { Statement } from "../engine/session/session.ts";
import type { PointInTime } from "../engine/time/point-in-time.ts";
import type { Awaitable } from "../base/value.ts";
import type { ChangeFeed } from "../engine/feed/change-feed.ts";
import type { IntegerMode } from "../ports/sql-driver.ts";
import type { DatabaseStorage } from "../server/directory/directory.ts";
import type { ExportOptions, ImportStep, Transfer } from "../server/transfer/transfer.ts";
import type { FeedCall, FeedReply, ShardFeedService } from "./feed-wire.ts";
import type { RowsCall, RowsReply, RowsService } from "./row-wire.ts";
import { inPieces } from "../server/transfer/even-pieces.ts";
import { stubDatabase } from "./shard-stub.ts";
import type { StubDatabase } from "./shard-stub.ts";
import type {
  KeptSession,
  SessionCall,
  SessionReply,
  SessionService,
} from "./shard-session-wire.ts";
import type {
  NextMessage,
  TransactionOptions,
  TransactionService,
} from "./shard-transaction-wire.ts";
import type { ShardService, WireAnswer, WireError } from "./shard-wire.ts";
import { fromWireError } from "./shard-wire.ts";

/** An answer, or why there is none. */
export type Outcome<T> = { readonly value: T } | { readonly error: WireError };

/** What a bare database is called in place of an epoch. */
export const BARE = "bare";

/** Where a database was before a restore, and is now. */
export interface RestoredPositions {
  readonly before: Bookmark;
  readonly now: Bookmark;
}

/** Which database a caller means: one of an epoch, whichever is there, or a bare one. */
export type Expected = number | null | typeof BARE;

/** Results as JSON, and the position they were read at; or what D1 says of a failure. */
export type D1Answer =
  | { readonly text: string; readonly bookmark: Bookmark }
  | { readonly failed: string };

/** What goes on with a named database, besides its queries. */
export interface NamedShardService {
  databaseIdentity(): Promise<DatabaseIdentity | null>;
  createDatabase(wanted: NewDatabase): Promise<Outcome<DatabaseIdentity>>;
  removeDatabase(epoch: number): Promise<void>;
  queryNamed(
    expected: Expected,
    statements: readonly Statement[],
    integers: IntegerMode,
    asOf?: PointInTime,
  ): Promise<NamedAnswer>;
  transactNamed(
    expected: Expected,
    next: NextMessage,
    options: TransactionOptions,
  ): Promise<NamedAnswer>;
  /** As `SessionService`. */
  sessionNamed(
    expected: Expected,
    kept: KeptSession,
    call: SessionCall,
  ): Promise<SessionReply & { readonly epoch?: number }>;
  rowsNamed(expected: Expected, call: RowsCall): Promise<RowsReply>;
  feedNamed(expected: Expected, call: FeedCall): Promise<FeedReply | { readonly error: WireError }>;
  /** D1's wires: queries as they came, and the results as JSON; see `compat/d1/wires.ts`. */
  d1Named(
    expected: Expected,
    asked: string | readonly unknown[],
    format: string,
  ): Promise<D1Answer>;
  storeScript(
    expected: Expected,
    script: string,
    part: number,
    /** Null behind the last piece. */
    bytes: Uint8Array | null,
  ): Promise<Outcome<null>>;
  ingestScript(expected: Expected, script: string): Promise<Outcome<ImportStep>>;
  /** Goes on with it. */
  pollScript(expected: Expected, script: string): Promise<Outcome<ImportStep>>;
  /** True when all is written; else to be called again, with `isBegun`. */
  prepareExport(
    expected: Expected,
    script: string,
    options: ExportOptions,
    isBegun: boolean,
  ): Promise<Outcome<boolean>>;
  /** Puts the database back; answers with the positions before and after. */
  restoreNamed(expected: Expected, bookmark: string): Promise<Outcome<RestoredPositions>>;
  /** What ran since then, in milliseconds since 1970. */
  insightsNamed(expected: Expected, sinceMs: number): Promise<Outcome<readonly TextInsight[]>>;
  /** Null behind the last piece, which forgets the script. */
  readScript(expected: Expected, script: string, part: number): Promise<Outcome<Uint8Array | null>>;
}

const METHODS: readonly (keyof NamedShardService)[] = [
  "databaseIdentity",
  "createDatabase",
  "removeDatabase",
  "queryNamed",
  "transactNamed",
  "sessionNamed",
  "rowsNamed",
  "feedNamed",
  "d1Named",
  "storeScript",
  "ingestScript",
  "pollScript",
  "prepareExport",
  "readScript",
  "restoreNamed",
  "insightsNamed",
];

/** What a Durable Object offers for all of that: one method, named in its first argument. */
export interface NamedShard {
  named(method: string, args: readonly unknown[]): Promise<unknown>;
}

/** The service behind a stub. It is made for every call, so its methods are made when asked for. */
export function namedService(stub: NamedShard): NamedShardService {
  return new Proxy({} as NamedShardService, {
    get(_, name) {
      const method = METHODS.find((one) => one === name);
      return method && ((...args: unknown[]) => stub.named(method, args));
    },
  });
}

/**
 * Answers a call of `namedService`.
 *
 * @throws DosqlError `invalid-argument` for a method that there is not
 */
export function answerNamed(
  service: NamedShardService,
  method: string,
  args: readonly unknown[],
): Promise<unknown> {
  const known = METHODS.find((one) => one === method);
  if (known === undefined) throw new DosqlError("invalid-argument", `no such method: ${method}`);
  const run = service[known] as (...of: unknown[]) => Promise<unknown>;
  return run.apply(service, [...args]);
}

/** A `WireAnswer` and the epoch that gave it. */
export type NamedAnswer = WireAnswer & { readonly epoch?: number };

/** Asked for every call, as in `stubDatabase`. */
export type ConnectNamed = () => NamedShardService;

/** What a named database offers, behind the methods of its object. */
export type NamedService = Pick<ShardService, "query"> &
  RowsService &
  SessionService &
  TransactionService &
  ShardFeedService;

/** The storage behind a stub, for a directory. */
export function storageOf(connect: ConnectNamed): DatabaseStorage {
  return {
    identity: () => connect().databaseIdentity(),
    create: async (wanted) => valueOf(await connect().createDatabase(wanted)),
    remove: (epoch) => connect().removeDatabase(epoch),
  };
}

/** A named database behind a stub. */
export function namedDatabase(
  connect: () => Awaitable<NamedShardService>,
  expected: Expected,
  feedOf?: (connect: () => ShardFeedService) => ChangeFeed,
): StubDatabase {
  const service = expectingService(connect, expected);
  return stubDatabase(
    () => service,
    feedOf?.(() => service),
  );
}

/**
 * The calls of a named database. It stays the one that answered first: when it was deleted and made
 * anew, its sessions hear `no-such-database`.
 */
export function expectingService(
  connect: () => Awaitable<NamedShardService>,
  expected: Expected,
): NamedService {
  let known = expected;
  const noting = <T extends object>(answer: T & { readonly epoch?: number }): T => {
    if (answer.epoch !== undefined) known = answer.epoch;
    return answer;
  };
  return {
    async query(statements, integers, asOf) {
      return noting(await (await connect()).queryNamed(known, statements, integers, asOf));
    },
    async transact(next, options) {
      return noting(await (await connect()).transactNamed(known, next, options));
    },
    async session(kept, call) {
      return noting(await (await connect()).sessionNamed(known, kept, call));
    },
    async rows(call) {
      return (await connect()).rowsNamed(known, call);
    },
    async feed(call) {
      return (await connect()).feedNamed(known, call);
    },
  };
}

/** Whole scripts, in and out. */
export function namedTransfer(connect: ConnectNamed, expected: Expected): Transfer {
  /** A call is an event of the object, with a time of its own. */
  const goOn = async (script: string, begun: ImportStep): Promise<ImportStep> => {
    let step = begun;
    for (let calls = 1; step === null && calls < MAX_STEPS; calls++) {
      step = valueOf(await connect().pollScript(expected, script));
    }
    return step;
  };
  return {
    async receive(script, pieces, { at, isLast } = { at: 0, isLast: true }) {
      let part = at / MAX_PIECE_BYTES;
      if (!Number.isInteger(part)) {
        throw new DosqlError("invalid-argument", "all parts but the last are some MiB long");
      }
      for await (const bytes of inPieces(pieces, MAX_PIECE_BYTES)) {
        valueOf(await connect().storeScript(expected, script, part++, bytes));
      }
      if (isLast) valueOf(await connect().storeScript(expected, script, part, null));
    },
    ingest: async (script) => goOn(script, valueOf(await connect().ingestScript(expected, script))),
    poll: (script) => goOn(script, null),
    prepare: async (script, options) => {
      let isDone = false;
      for (let calls = 0; !isDone; calls++) {
        isDone = valueOf(await connect().prepareExport(expected, script, options, calls > 0));
      }
    },
    async *exported(script) {
      for (let part = 0; ; part++) {
        const piece = valueOf(await connect().readScript(expected, script, part));
        if (piece === null) return;
        yield piece;
      }
    },
  };
}

/** The size of an upload's pieces: below what a Durable Object stores as one value. */
export const MAX_PIECE_BYTES: number = 1024 * 1024;
/** Slices of an import for one answer: about a second each. */
const MAX_STEPS = 10;

/** Puts a named database back to a position. */
export async function restoreNamed(
  connect: ConnectNamed,
  expected: Expected,
  bookmark: string,
): Promise<RestoredPositions> {
  return valueOf(await connect().restoreNamed(expected, bookmark));
}

/** What ran in a named database. */
export async function insightsNamed(
  connect: ConnectNamed,
  expected: Expected,
  sinceMs: number,
): Promise<readonly TextInsight[]> {
  return valueOf(await connect().insightsNamed(expected, sinceMs));
}

function valueOf<T>(outcome: Outcome<T>): T {
  if ("error" in outcome) throw fromWireError(outcome.error);
  return outcome.value;
}
