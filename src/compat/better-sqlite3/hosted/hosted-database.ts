import { DosqlError } from "../../../base/errors.ts";
import type { Row } from "../../../base/value.ts";
import { rowSizeBytes } from "../../../base/row-size.ts";
import type { ProgramLine } from "../../../ports/database-process.ts";
import { splitScript } from "../../../sql/script/split.ts";
import { HostedBackup } from "./hosted-backup.ts";
import { aggregateFor, functionFor, moduleFor, settingsOf } from "./hosted-calls.ts";
import { HostedExtras } from "./hosted-extras.ts";
import type { Extras } from "./hosted-extras.ts";
import { HostedStatement } from "./hosted-statement.ts";
import { SqliteError } from "../errors.ts";
import { endsTransaction } from "../statement-text.ts";
import type { OpenDatabase } from "../surface.ts";
import { LOG_BODY } from "../worker/worker-message.ts";
import type {
  WorkerFailure,
  WorkerPart,
  WorkerReply,
  WorkerRequest,
  WorkerSettings,
  WorkerStep,
} from "../worker/worker-message.ts";

/** A part of rows ends when it has so many bytes. */
const PART_BYTES = 1024 * 1024;
/** It ends, too, when its rows take so long: nobody knows whether the program wants them. */
const PART_MS = 4;
/** After so many requests the event loop may turn: what the engine does besides waits there. */
const TURN_EVERY = 256;

/** How the process opens what it is asked for. */
export type OpenHosted = (settings: WorkerSettings, log: (sql: unknown) => void) => OpenDatabase;

/** What the process has for a database. */
export interface HostedHome {
  readonly open: OpenHosted;
  /** Called before each request, which may find another schema than the last. */
  readonly begin: () => void;
  /** What the package adds to it. */
  readonly extras: (database: OpenDatabase) => Extras;
}

/** A running iterator. */
interface Cursor {
  readonly statement: HostedStatement;
  readonly rows: Iterator<unknown>;
  begun: boolean;
}

/** What a function of the program threw, on its way through the library. */
class Passed {
  readonly number: number;

  constructor(number: number) {
    this.number = number;
  }
}

/**
 * A database of this process as a program in another one uses it: it is asked, answers, and calls
 * the program's functions in between.
 */
export class HostedDatabase {
  readonly #line: ProgramLine;
  readonly #open: OpenHosted;
  readonly #begin: () => void;
  #database: OpenDatabase | null = null;
  readonly #statements = new Map<number, HostedStatement>();
  readonly #cursors = new Map<number, Cursor>();
  readonly #extras: HostedExtras;
  readonly #backups = new Map<number, HostedBackup>();
  /** The program was told last that something is not there: it is told when it is. */
  #watched = false;
  /** The folder in which the program is cannot be entered any more. */
  #nowhere: string | null = null;

  constructor(line: ProgramLine, home: HostedHome) {
    this.#line = line;
    this.#open = home.open;
    this.#begin = home.begin;
    let extras: Extras | null = null;
    this.#extras = new HostedExtras({
      extras: () => (extras ??= home.extras(this.#opened)),
      busy: () => line.busy,
      settled: () => this.#tellNews(),
      steadyMs: () => line.steadyMs(),
      failureOf,
    });
  }

  /** Serves until the program is gone. */
  async serve(): Promise<void> {
    for (let served = 1; ; served++) {
      // Functions of the program that a backup calls are answered through the same line.
      const apart = this.#watched && this.#backups.size === 0;
      const message = apart ? await this.#receiveLater() : this.#line.receive();
      const request = message as WorkerRequest | null;
      if (request === null) break;
      this.#watched = false;
      const backup = request.op === "turn" ? this.#backups.get(request.body) : undefined;
      if (request.op === "await") await this.#wait(request.promise);
      else if (backup !== undefined) await this.#line.turn(backup.step());
      else if (served % TURN_EVERY === 0) await this.#line.turn(null);
      this.#answer(request);
    }
    for (const { rows } of this.#cursors.values()) rows.return?.();
    this.#database?.close();
  }

  #receiveLater(): Promise<unknown> {
    this.#tellNews();
    return this.#line.receiveLater();
  }

  #tellNews(): void {
    if (this.#watched && this.#extras.news()) this.#line.nudge();
  }

  /** Gives what is waited for a moment, which it takes while something goes on here. */
  async #wait(promise: number): Promise<void> {
    const line = this.#line;
    // What the last requests have made is there then.
    await line.turn(null);
    const pending = this.#extras.pending(promise);
    if (pending !== null && line.busy) await line.turn(pending);
  }

  #answer(request: WorkerRequest): void {
    if (request.op === "forget") this.#statements.delete(request.id);
    if (request.op === "follow") this.#follow(request.folder);
    if (request.op === "forget" || request.op === "follow") return;
    const { deadline } = this.#line;
    deadline.begin();
    let reply: WorkerReply;
    try {
      const value = this.#do(request);
      reply = { kind: "done", value, open: this.#inTransaction };
    } catch (error) {
      reply = { kind: "failed", failure: failureOf(error), open: this.#inTransaction };
    }
    deadline.end();
    // Inside of another request the time of that one goes on.
    deadline.saying(() => this.#line.send(reply));
  }

  #follow(folder: string): void {
    this.#nowhere = null;
    try {
      this.#line.follow(folder);
    } catch (error) {
      this.#nowhere = `unable to open database: ${String(error)}`;
    }
  }

  #do(request: WorkerRequest): unknown {
    // What is said of files there must not be done elsewhere.
    if (this.#nowhere !== null) {
      throw new SqliteError(this.#nowhere, "SQLITE_CANTOPEN");
    }
    this.#begin();
    switch (request.op) {
      case "open":
        return this.#begun(request.settings);
      case "prepare": {
        const { database: number } = request;
        const database = number === 0 ? this.#opened : this.#extras.past(number);
        const statement = new HostedStatement(database, request.sql);
        this.#statements.set(request.id, statement);
        return statement.describe();
      }
      case "all":
        return this.#statement(request.id).all(request.params, request.bigints);
      case "first":
        return this.#spared(request.id).first(request.params, request.bigints);
      case "record":
        return this.#statement(request.id).record(request.params);
      case "run":
        return this.#spared(request.id).run(request.params, request.bigints);
      case "columns":
        return this.#statement(request.id).columns();
      case "expanded":
        return this.#statement(request.id).expanded(request.params);
      case "rows": {
        const statement = this.#statement(request.id);
        const rows = statement.iterate(request.params, request.bigints);
        this.#cursors.set(request.cursor, { statement, rows, begun: false });
        return this.#part(request.cursor, request.count);
      }
      case "more":
        return this.#part(request.cursor, request.count);
      case "leave":
        this.#leave(request.cursor);
        return null;
      default:
        return this.#tell(request);
    }
  }

  /** Of the past, and of changes. */
  #tell(request: WorkerRequest): unknown {
    const extras = this.#extras;
    switch (request.op) {
      case "at":
        extras.at(request.database, request.point);
        return null;
      case "past":
        extras.past(request.database).exec(request.sql);
        return null;
      case "inside":
        return extras.past(request.database).inTransaction;
      case "shut":
        extras.shut(request.database);
        return null;
      case "changes":
        extras.begin(request.cursor, request.options);
        return null;
      case "told":
        return extras.told(request.cursor);
      case "feed":
        return extras.feed(request.call);
      case "await": {
        const found = extras.settled(request.promise);
        this.#watched = !found.settled;
        return found;
      }
      default:
        return this.#set(request);
    }
  }

  #set(request: WorkerRequest): unknown {
    const database = this.#opened;
    const call = this.#call;
    switch (request.op) {
      case "exec":
        if (isEnd(request.sql)) this.#line.deadline.spare();
        database.exec(request.sql);
        return null;
      case "function": {
        const { body, definition } = request;
        const { name, arity } = definition;
        database.function(name, settingsOf(definition), functionFor(call, body, arity));
        return null;
      }
      case "aggregate":
        database.aggregate(request.definition.name, aggregateFor(call, request.body, request));
        return null;
      case "table":
        database.table(request.name, moduleFor(call, request.body, request.table));
        return null;
      case "extension":
        if (request.entryPoint === undefined) database.loadExtension(request.path);
        else database.loadExtension(request.path, request.entryPoint);
        return null;
      case "defensive":
        database.unsafeMode(!request.active);
        return null;
      case "limit":
        this.#line.deadline.set(request.ms);
        return null;
      case "serialize":
        return database.serialize({ attached: request.schema });
      case "backup":
        return this.#backUp(request);
      case "turn":
        return this.#turned(request.body);
      default:
        throw new DosqlError("bug", `the process was asked for ${request.op}`);
    }
  }

  #begun(settings: WorkerSettings): null {
    let quiet = settings.again;
    const database = this.#open(settings, (sql) => {
      if (!quiet) this.#call(LOG_BODY, "call", [sql]);
    });
    this.#database = database;
    if (settings.again) recover(database);
    quiet = false;
    if (settings.limitMs > 0) this.#line.deadline.set(settings.limitMs);
    return null;
  }

  #backUp({ body, schema, path }: Extract<WorkerRequest, { op: "backup" }>): null {
    const backup = new HostedBackup((progress) =>
      this.#opened.backup(path, {
        attached: schema,
        progress: (state) => {
          progress();
          return this.#call(body, "progress", [state]) as number;
        },
      }),
    );
    this.#backups.set(body, backup);
    return null;
  }

  /** Where a backup has ended; null while it goes on. */
  #turned(body: number): unknown {
    const end = this.#backups.get(body)?.end ?? null;
    if (end !== null) this.#backups.delete(body);
    return end === null ? null : end();
  }

  #part(id: number, count: number): WorkerPart {
    const cursor = this.#cursors.get(id);
    if (cursor === undefined) throw new DosqlError("bug", "no such cursor in the process");
    const rows: Row[] = [];
    let more = true;
    let failure: WorkerFailure | null = null;
    const until = this.#line.steadyMs() + PART_MS;
    let slow = false;
    try {
      for (let bytes = 0; rows.length < count && bytes < PART_BYTES && !slow;) {
        const step = cursor.rows.next();
        if (step.done === true) {
          more = false;
          break;
        }
        const row = step.value as Row;
        bytes += rowSizeBytes(row);
        rows.push(row);
        slow = this.#line.steadyMs() > until;
      }
    } catch (error) {
      more = false;
      failure = failureOf(error);
    }
    const columns = cursor.begun ? null : cursor.statement.changedColumns();
    cursor.begun = true;
    if (!more) this.#cursors.delete(id);
    return { rows, columns, more, slow, failure };
  }

  #leave(id: number): void {
    const cursor = this.#cursors.get(id);
    this.#cursors.delete(id);
    cursor?.rows.return?.();
  }

  readonly #call = (body: number, step: WorkerStep, args: unknown[]): unknown => {
    const line = this.#line;
    const message: WorkerReply = { kind: "call", body, step, args, open: this.#inTransaction };
    line.deadline.saying(() => line.send(message));
    for (;;) {
      const request = line.receive() as WorkerRequest | null;
      if (request === null) throw new DosqlError("connection", "the program is gone");
      if (request.op === "answer") return request.value;
      // A value on purpose: no error class of ours may be mistaken for the program's.
      // oxlint-disable-next-line typescript/only-throw-error
      if (request.op === "threw") throw new Passed(request.number);
      this.#answer(request);
    }
  };

  get #inTransaction(): boolean {
    return this.#database?.inTransaction === true;
  }

  get #opened(): OpenDatabase {
    if (this.#database === null) throw new DosqlError("bug", "the process has opened nothing");
    return this.#database;
  }

  /** A statement that is run to its end when it is a transaction's. */
  #spared(id: number): HostedStatement {
    const statement = this.#statement(id);
    if (statement.ends) this.#line.deadline.spare();
    return statement;
  }

  #statement(id: number): HostedStatement {
    const found = this.#statements.get(id);
    if (found === undefined) throw new DosqlError("bug", "no such statement in the process");
    return found;
  }
}

/** Puts right what the end of a process has left, which may take longer than a statement may. */
function recover(database: OpenDatabase): void {
  try {
    database.prepare("SELECT 1 FROM sqlite_schema").get();
  } catch {
    // Whatever is wrong there, the program's own statement will tell.
  }
}

/** Of a script COMMIT may be the beginning only. */
function isEnd(sql: string): boolean {
  return endsTransaction(sql) && splitScript(sql).length === 1;
}

function failureOf(error: unknown): WorkerFailure {
  if (error instanceof Passed) return error.number;
  if (!(error instanceof Error)) return { name: "Error", message: String(error), code: null };
  const { name, message } = error;
  if (error instanceof DosqlError) {
    const { code, hint } = error;
    return { name: "DosqlError", message, code, ...(hint === undefined ? {} : { hint }) };
  }
  const { code } = error as { code?: unknown };
  return { name, message, code: typeof code === "string" ? code : null };
}
