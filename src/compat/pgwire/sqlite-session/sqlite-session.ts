import { DosqlError } from "../../../base/errors.ts";
import type { Row } from "../../../base/value.ts";
import type { ResultSet } from "../../../engine/session/result-set.ts";
import type { Session } from "../../../engine/session/session.ts";
import { splitScript } from "../../../sql/script/split.ts";
import {
  writeBindComplete,
  writeCloseComplete,
  writeCommandComplete,
  writeParseComplete,
  writePortalSuspended,
  writeReadyForQuery,
} from "../codec/backend.ts";
import {
  FrontendCode,
  readExecute,
  readFormats,
  readParse,
  readQuery,
  readTarget,
} from "../codec/messages.ts";
import { INCOMPLETE } from "../codec/reader.ts";
import { pgError } from "../errors.ts";
import type { IdleTimer } from "../session/idle-timer.ts";
import type { Channel } from "../startup/handshake.ts";
import type { Work } from "../work.ts";
import { SqliteCopies } from "./sqlite-copies.ts";
import { SqliteControl } from "./sqlite-control.ts";
import { writeColumns, writeSqliteError, writeStatement } from "./sqlite-answers.ts";
import type { SqliteStatement } from "./sqlite-answers.ts";
import { readTaggedValues, writeTaggedRow } from "./tagged-values.ts";

/** A statement with its values, not run yet; or its rows, as far as they are not sent. */
interface SqlitePortal {
  readonly statement: SqliteStatement;
  readonly params: Row;
  result: ResultSet | null;
  position: number;
}

/**
 * The extended protocol with SQLite's meaning, for a program that has a database of its own face
 * here from afar (see `SESSION_OPTION`). What differs from a Postgres session: an error undoes its
 * statement, not the transaction; each statement outside of one is its own; portals live until
 * they are closed; a Query message runs a script and returns no rows; Describe of a statement
 * answers with a DataRow of what `writeStatement` tells; rows and parameters are tagged values;
 * a tag is the command, the changes and the last inserted rowid; a FunctionCall message is about a
 * copy of the database (`engine/copy-message.ts`).
 */
export class SqliteSession {
  readonly #channel: Channel;
  readonly #idle: IdleTimer;
  readonly #control: SqliteControl;
  readonly #copies: SqliteCopies;
  readonly #statements = new Map<string, SqliteStatement>();
  readonly #portals = new Map<string, SqlitePortal>();
  /** An extended message failed: nothing is done before the next Sync. */
  #skipping = false;
  #ready = false;

  constructor(channel: Channel, session: Session, idle: IdleTimer) {
    this.#channel = channel;
    this.#idle = idle;
    this.#copies = new SqliteCopies(session);
    this.#control = new SqliteControl(session);
  }

  /** Serves the client until it takes its leave. */
  *run(): Work {
    this.#getReady();
    const { reader, output, limits } = this.#channel;
    const limitOf = (): number => limits.messageBytes;
    for (;;) {
      if (output.full) output.send();
      if (output.congested) yield "room";
      const type = reader.next(limitOf);
      if (type === INCOMPLETE) {
        if (this.#ready) this.#idle.start(this.#control.inTransaction);
        yield "input";
        if (this.#ready) this.#idle.stop();
        continue;
      }
      if (type === FrontendCode.terminate) return;
      if (this.#skipping && type !== FrontendCode.sync) continue;
      this.#ready = false;
      try {
        const work = this.#answer(type);
        if (work !== null) yield* work;
      } catch (error) {
        this.#skipping = type !== FrontendCode.query;
        writeSqliteError(output.writer, error);
        yield* this.#control.failed();
      }
      if (type === FrontendCode.sync || type === FrontendCode.query) this.#getReady();
    }
  }

  /** Does what needs no waiting at once, and hands out the rest. */
  #answer(type: number): Work | null {
    switch (type) {
      case FrontendCode.parse:
        return this.#parse();
      case FrontendCode.bind:
        this.#bind();
        return null;
      case FrontendCode.describe:
        this.#describe();
        return null;
      case FrontendCode.execute:
        return this.#execute();
      case FrontendCode.close:
        this.#close();
        return null;
      case FrontendCode.query:
        return this.#query();
      case FrontendCode.sync:
        this.#skipping = false;
        return null;
      case FrontendCode.functionCall:
        return this.#copy();
      case FrontendCode.flush:
        this.#channel.output.want();
        return null;
      default:
        throw new DosqlError("protocol", `unexpected message of type ${type}`);
    }
  }

  *#parse(): Work {
    const { reader, output } = this.#channel;
    const { name, text: given } = readParse(reader.body);
    const { text, info } = yield* this.#control.compile(given);
    this.#statements.set(name, { text, info, told: info.columns });
    writeParseComplete(output.writer);
  }

  #bind(): void {
    const { reader, output } = this.#channel;
    const { body } = reader;
    const portal = body.cstring();
    const statement = this.#statementOf(body.cstring());
    const params = readTaggedValues(body);
    readFormats(body);
    body.finish();
    this.#portals.set(portal, { statement, params, result: null, position: 0 });
    writeBindComplete(output.writer);
  }

  #describe(): void {
    const { reader, output } = this.#channel;
    const { name } = readTarget(reader.body);
    writeStatement(output.writer, this.#statementOf(name));
  }

  *#execute(): Work {
    const { reader, output } = this.#channel;
    const { portal: name, maxRows } = readExecute(reader.body);
    const portal = this.#portals.get(name);
    if (portal === undefined) throw pgError("34000", `portal "${name}" does not exist`);
    const { statement, params } = portal;
    portal.result ??= yield* this.#control.run(statement.text, params);
    const { result } = portal;
    if (result.columns !== statement.told) {
      statement.told = result.columns;
      writeColumns(output.writer, result.columns);
    }
    const { rows } = result;
    const end = maxRows > 0 ? Math.min(portal.position + maxRows, rows.length) : rows.length;
    for (; portal.position < end; portal.position++) {
      writeTaggedRow(output.writer, rows[portal.position] as Row);
      if (output.full && !output.send()) yield "room-for-rows";
    }
    if (end < rows.length) writePortalSuspended(output.writer);
    else {
      this.#portals.delete(name);
      writeCommandComplete(output.writer, tagOf(result));
    }
  }

  #close(): void {
    const { reader, output } = this.#channel;
    const { kind, name } = readTarget(reader.body);
    if (kind === "statement") this.#statements.delete(name);
    else this.#portals.delete(name);
    writeCloseComplete(output.writer);
  }

  *#query(): Work {
    const { reader, output } = this.#channel;
    for (const { text } of splitScript(readQuery(reader.body))) {
      const result = yield* this.#control.runUnbound(text);
      writeCommandComplete(output.writer, tagOf(result));
    }
  }

  *#copy(): Work {
    const { reader, output } = this.#channel;
    const row = yield* this.#copies.answer(reader.body);
    if (row !== null) writeTaggedRow(output.writer, row);
  }

  #statementOf(name: string): SqliteStatement {
    const statement = this.#statements.get(name);
    if (statement !== undefined) return statement;
    throw pgError("26000", `prepared statement "${name}" does not exist`);
  }

  #getReady(): void {
    const { output } = this.#channel;
    writeReadyForQuery(output.writer, this.#control.inTransaction ? "T" : "I");
    output.want();
    this.#ready = true;
  }
}

function tagOf({ command, changes, lastRowid }: ResultSet): string {
  return `${command} ${changes} ${lastRowid}`;
}
