import type { Bookmark } from "../../../src/base/bookmark.ts";
import { DosqlError } from "../../../src/base/errors.ts";
import type { Awaitable, Row } from "../../../src/base/value.ts";
import { AbsentFeed } from "../../engine/feed/absent-feed.ts";
import type { ResultSet } from "../../../src/engine/session/result-set.ts";
import type {
  BeginOptions,
  Database,
  Session,
  SessionOptions,
  StatementInfo,
  TransactionStatus,
} from "../../../src/engine/session/session.ts";

const COLUMNS = [{ name: "c", table: "t", column: "c", declaredType: "TEXT" }];

/** Rows of one text column, as a SELECT answers them. */
export function rowsOf(...values: readonly string[]): ResultSet {
  return {
    columns: COLUMNS,
    rows: values.map((value): Row => [value]),
    changes: 0,
    lastRowid: 0n,
    command: "SELECT",
  };
}

/**
 * A session whose answers a test gives: `answer` says what a text is answered with, which may
 * be a promise. All calls are written down.
 */
export class ScriptedSession implements Session, Database {
  readonly calls: string[] = [];
  readonly feed = new AbsentFeed("in a script");
  readonly seen = "" as Bookmark;
  transaction: TransactionStatus = "none";
  lockTimeoutMs = 0;
  statementTimeoutMs = 0;
  answer: (sql: string) => Awaitable<ResultSet> = () => rowsOf();
  onCommit: () => Awaitable<void> = () => undefined;
  #interrupt: ((error: DosqlError) => void) | null = null;

  session(options?: SessionOptions): Session {
    this.calls.push(`session ${options?.isolation}`);
    return this;
  }

  close(): void {
    this.calls.push("close");
  }

  execute(sql: string): Awaitable<ResultSet> {
    this.calls.push(sql);
    return this.answer(sql);
  }

  /** An answer that never comes, but for a cancel. */
  hang(): Promise<ResultSet> {
    const { promise, reject } = Promise.withResolvers<ResultSet>();
    this.#interrupt = reject;
    return promise;
  }

  batch(): ResultSet[] {
    return [];
  }

  describe(): StatementInfo {
    return { command: "SELECT", readonly: true, columns: COLUMNS, parameters: [] };
  }

  begin(options: BeginOptions = {}): void {
    this.calls.push(`begin ${JSON.stringify(options)}`);
    this.transaction = options.implicit === true ? "implicit" : "explicit";
  }

  commit(): Awaitable<Bookmark> {
    this.calls.push("commit");
    const waited = this.onCommit();
    return waited instanceof Promise ? this.#committed(waited) : this.#ended();
  }

  async #committed(waited: Promise<void>): Promise<Bookmark> {
    await waited;
    return this.#ended();
  }

  #ended(): Bookmark {
    this.transaction = "none";
    return this.seen;
  }

  rollback(): void {
    this.calls.push("rollback");
    this.transaction = "none";
  }

  cancel(reason = "canceled"): void {
    this.calls.push(`cancel ${reason}`);
    this.#interrupt?.(new DosqlError("canceled", "canceling statement due to user request"));
    this.#interrupt = null;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.calls.push("dispose");
    this.cancel();
  }
}
