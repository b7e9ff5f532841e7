import type { Bookmark } from "../base/bookmark.ts";
import { DosqlError } from "../base/errors.ts";
import type { Row } from "../base/value.ts";
import type { ChangeFeed } from "../engine/feed/change-feed.ts";
import type { ResultSet } from "../engine/session/result-set.ts";
import type { Database, Session, SessionOptions, Statement } from "../engine/session/session.ts";
import type { ShardService, WireAnswer } from "./shard-wire.ts";
import { fromWireAnswer } from "./shard-wire.ts";

/** The same with what it is made of, for those who need other calls of the object. */
export interface StubDatabase extends Database {
  readonly connect: () => ShardService;
}

/**
 * A shard in a Durable Object as a `Database`. `connect` is asked for every call: a stub serves
 * one request only, and one whose object was reset is broken for good.
 *
 * @param feed a `FeedStub`, where somebody wants it: a Worker that does not, need not load it
 */
export function stubDatabase(connect: () => ShardService, feed?: ChangeFeed): StubDatabase {
  return {
    connect,
    session: (options) => new StubSession(connect, options),
    get feed() {
      return feed ?? missing();
    },
    close: () => undefined,
  };
}

/** Each call stands alone, so there is no transaction to be in. */
class StubSession implements Session {
  readonly transaction = "none";
  readonly #ask: (statements: readonly Statement[]) => Promise<WireAnswer>;
  seen = "" as Bookmark;
  lockTimeoutMs = 0;
  statementTimeoutMs = 0;

  constructor(
    connect: () => ShardService,
    { integers = "bigint", asOf, readOnly }: SessionOptions = {},
  ) {
    this.#ask = (statements) => connect().query(statements, integers, asOf);
    if (readOnly) missing();
  }

  readonly describe = missing;
  readonly begin = missing;
  readonly commit = missing;
  readonly rollback = missing;

  async execute(sql: string, params: Row): Promise<ResultSet> {
    return (await this.batch([{ sql, params }]))[0] as ResultSet;
  }

  async batch(statements: readonly Statement[]): Promise<ResultSet[]> {
    const { results, seen } = fromWireAnswer(await this.#ask(statements));
    this.seen = seen;
    return results;
  }

  /** A call that is under way cannot be taken back. */
  cancel(): void {}

  async [Symbol.asyncDispose](): Promise<void> {}
}

function missing(): never {
  throw new DosqlError("unsupported", "not over a Durable Object yet");
}
