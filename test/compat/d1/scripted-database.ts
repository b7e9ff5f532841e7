import type { Bookmark } from "../../../src/base/bookmark.ts";
import { DosqlError } from "../../../src/base/errors.ts";
import type { Awaitable, Row } from "../../../src/base/value.ts";
import { AbsentFeed } from "../../engine/feed/absent-feed.ts";
import type { ResultSet } from "../../../src/engine/session/result-set.ts";
import type {
  Database,
  Session,
  SessionOptions,
  Statement,
} from "../../../src/engine/session/session.ts";

/** What a session of a `ScriptedDatabase` was asked. */
export interface Asked {
  readonly session: number;
  readonly statements: readonly Statement[];
}

/** A result of one column `v`. */
export function result(rows: Row[] = [], more: Partial<ResultSet> = {}): ResultSet {
  const columns = [{ name: "v", table: null, column: null, declaredType: null }];
  return { columns, rows, changes: 0, lastRowid: 0n, command: "SELECT", ...more };
}

/** A database whose answers a test gives, and that notes what it was asked. */
export class ScriptedDatabase implements Database {
  readonly asked: Asked[] = [];
  readonly options: SessionOptions[] = [];
  /** Answers one statement; may throw or wait. */
  reply: (statement: Statement) => Awaitable<ResultSet> = () => result();
  /** The position that every session says it has seen. */
  seen = "0001";

  readonly feed = new AbsentFeed("in a script");

  session(options: SessionOptions = {}): Session {
    this.options.push(options);
    return new ScriptedSession(this, this.options.length);
  }

  close(): void {}
}

class ScriptedSession implements Session {
  readonly transaction = "none";
  readonly #database: ScriptedDatabase;
  readonly #number: number;
  #busy = false;
  lockTimeoutMs = 0;
  statementTimeoutMs = 0;

  constructor(database: ScriptedDatabase, number: number) {
    this.#database = database;
    this.#number = number;
  }

  get seen(): Bookmark {
    return this.#database.seen as Bookmark;
  }

  async execute(sql: string, params: Row): Promise<ResultSet> {
    const [only] = await this.#answer([{ sql, params }]);
    if (only === undefined) throw new Error("no answer");
    return only;
  }

  batch(statements: readonly Statement[]): Promise<ResultSet[]> {
    return this.#answer(statements);
  }

  describe = unexpected;
  begin = unexpected;
  commit = unexpected;
  rollback = unexpected;

  cancel(): void {}

  async [Symbol.asyncDispose](): Promise<void> {}

  async #answer(statements: readonly Statement[]): Promise<ResultSet[]> {
    if (this.#busy) throw new DosqlError("bug", "the session is busy");
    this.#busy = true;
    try {
      this.#database.asked.push({ session: this.#number, statements });
      const results: ResultSet[] = [];
      for (const statement of statements) results.push(await this.#database.reply(statement));
      return results;
    } finally {
      this.#busy = false;
    }
  }
}

function unexpected(): never {
  throw new Error("the D1 facade has no use for this");
}
