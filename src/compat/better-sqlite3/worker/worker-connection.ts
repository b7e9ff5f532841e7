import { DosqlError } from "../../../base/errors.ts";
import type { ErrorCode } from "../../../base/errors.ts";
import type { DatabaseProcess } from "../../../ports/database-process.ts";
import { WorkerCallbacks } from "./worker-callbacks.ts";
import type { WorkerFailure, WorkerReply, WorkerRequest } from "./worker-message.ts";

/** Statements that a process keeps compiled: a program may prepare any number. */
const COMPILED_KEPT = 500;

/** Whether what a request does may last although its answer is lost: outside of transactions? */
export type Lasting = "no" | "alone" | "always";

/** A part of rows that was asked for and not yet waited for. */
export interface Awaited {
  arrived(reply: WorkerReply): void;
  lost(error: unknown): void;
}

/** How processes are made. */
export interface WorkerOrigin {
  readonly start: () => DatabaseProcess;
  /** Where the program is; processes start where it was at first. */
  readonly folder: () => string;
  /** Asks a new process for what the old ones had, so that nobody sees that it is another. */
  readonly restore: (connection: WorkerConnection, first: boolean) => void;
  /** The database ends with its process. */
  readonly volatile: boolean;
}

/**
 * The program's end of a database in a process. One request at a time; while it waits, it serves
 * the calls that the process makes meanwhile. A process that ended is replaced by the next
 * request; the end of one in a transaction is the transaction's end.
 */
export class WorkerConnection {
  readonly callbacks: WorkerCallbacks = new WorkerCallbacks();
  readonly #origin: WorkerOrigin;
  #process: DatabaseProcess | null = null;
  #generation = 0;
  #open = false;
  readonly #firstFolder: string;
  /** Where the process is. */
  #folder: string;
  /** Where the program was when it said what is repeated now. */
  #from: string | null = null;
  #depth = 0;
  #closed = false;
  #awaited: Awaited | null = null;
  /** Of the request that is waited for. */
  #lasting: Lasting = "no";
  #unsaid: WorkerRequest[] = [];
  /** A transaction ended with its process, and the program has not heard of it. */
  #unheard: { readonly error: unknown } | null = null;
  readonly #compiled = new Map<number, { forget(): void }>();

  constructor(origin: WorkerOrigin) {
    this.#origin = origin;
    this.#firstFolder = origin.folder();
    this.#folder = this.#firstFolder;
  }

  get inTransaction(): boolean {
    return this.#open;
  }

  /** Names of statements and cursors mean something within one of these only. */
  get generation(): number {
    return this.#generation;
  }

  /** The process, for what ends when nobody has this any more. */
  connect(): DatabaseProcess {
    if (this.#process !== null) return this.#process;
    if (this.#closed) throw new DosqlError("misuse", "the database is closed");
    if (this.#generation > 0 && this.#origin.volatile) {
      throw new DosqlError("connection", "the database was in memory, and its process ended");
    }
    const process = this.#origin.start();
    this.#process = process;
    this.#folder = this.#firstFolder;
    this.#generation += 1;
    this.#compiled.clear();
    this.#unsaid = [];
    const unheard = this.#unheard;
    this.#unheard = null;
    try {
      this.#origin.restore(this, this.#generation === 1);
    } catch (error) {
      if (this.#process === process) this.#end();
      throw error;
    } finally {
      this.#unheard = unheard;
    }
    return process;
  }

  /** The process is about to compile a statement: the one it has had longest may go. */
  compiling(id: number, statement: { forget(): void }): void {
    this.#compiled.set(id, statement);
    if (this.#compiled.size <= COMPILED_KEPT) return;
    const [oldest] = this.#compiled;
    if (oldest === undefined) return;
    this.#compiled.delete(oldest[0]);
    oldest[1].forget();
    this.later({ op: "forget", id: oldest[0] });
  }

  /** @throws what the library throws there, what a function of the program threw, DosqlError */
  ask(request: WorkerRequest, lasting: Lasting = "no"): unknown {
    const unheard = this.#unheard;
    this.#unheard = null;
    if (unheard !== null) throw unheard.error;
    try {
      return this.#ask(request, lasting);
    } finally {
      this.stir();
    }
  }

  /**
   * Has those look who wait for news: a request may have made some, and the process, which then
   * waits for the next one, says so only to who has asked last.
   */
  stir(): void {
    this.#process?.stir();
  }

  /**
   * Asks for who only waits for something, beside what the program does: if that finds out that
   * a transaction is over, the program must hear it as well.
   */
  askAside(request: WorkerRequest): unknown {
    const inside = this.#open;
    const { generation } = this;
    try {
      return this.#ask(request, "no");
    } catch (error) {
      if (inside && this.generation !== generation) this.#unheard = { error };
      throw error;
    }
  }

  #ask(request: WorkerRequest, lasting: Lasting): unknown {
    this.settle();
    this.#send(request);
    // The request within which this one was made is a statement, too.
    if (this.#depth === 0) this.#lasting = lasting;
    const reply = this.#wait();
    const { kind } = reply;
    if (kind === "done") return reply.value;
    throw kind === "failed" ? this.failureOf(reply.failure) : outOfTurn();
  }

  /** Asks as if the program were in that folder. */
  askFrom(folder: string, request: WorkerRequest): unknown {
    this.#from = folder;
    try {
      return this.ask(request);
    } finally {
      this.#from = null;
    }
  }

  /** Tells what is not answered with the next request, if that finds the same process. */
  later(request: WorkerRequest): void {
    this.#unsaid.push(request);
  }

  /** Sends a request whose answer is waited for when it is needed, or something else is. */
  foresee(request: WorkerRequest, awaited: Awaited): void {
    this.settle();
    this.#send(request);
    this.#lasting = "no";
    this.#awaited = awaited;
    if (this.#process === null) return;
    this.#process.ahead = true;
    this.stir();
  }

  /** Waits for what was asked for already. */
  settle(): void {
    const awaited = this.#awaited;
    if (awaited === null) return;
    this.#awaited = null;
    const inside = this.#open;
    try {
      awaited.arrived(this.#wait());
    } catch (error) {
      awaited.lost(error);
      // Whoever comes next in this transaction must hear that it is over.
      if (inside) throw error;
    } finally {
      if (this.#process !== null) this.#process.ahead = false;
    }
  }

  async turn(): Promise<void> {
    await this.#process?.turn();
  }

  /** @see DatabaseProcess.news */
  async news(withinMs: number | null): Promise<void> {
    await this.#process?.news(withinMs);
  }

  get closed(): boolean {
    return this.#closed;
  }

  close(): void {
    this.#closed = true;
    this.#end();
  }

  #end(): void {
    const process = this.#process;
    this.#awaited = null;
    this.#process = null;
    this.#open = false;
    process?.end();
  }

  failureOf(failure: WorkerFailure): unknown {
    if (typeof failure === "number") return this.callbacks.thrown(failure);
    const { name, message, code, hint } = failure;
    switch (name) {
      case "DosqlError":
        return new DosqlError(code as ErrorCode, message, hint === undefined ? {} : { hint });
      case "SqliteError":
        return sqliteFailure(message, code ?? "SQLITE_ERROR");
      case "TypeError":
        return new TypeError(message);
      case "RangeError":
        return new RangeError(message);
      default:
        return new Error(message);
    }
  }

  #send(request: WorkerRequest): void {
    const process = this.connect();
    for (const message of this.#unsaid.splice(0)) process.send(message);
    const folder = this.#from ?? this.#origin.folder();
    if (folder !== this.#folder && request.op !== "open") {
      this.#folder = folder;
      process.send({ op: "follow", folder });
    }
    process.send(request);
  }

  /** The reply to the request that was sent last. */
  #wait(): WorkerReply {
    if (this.#depth === 0) this.callbacks.forgetThrown();
    this.#depth += 1;
    const process = this.#process;
    try {
      for (;;) {
        // A call may have ended it, and the next request within the call have made another one.
        if (process === null || this.#process !== process) throw ended("");
        const reply = process.receive() as WorkerReply | null;
        if (reply === null || reply.kind === "expired") throw this.#lost(reply !== null);
        this.#open = reply.open;
        if (reply.kind !== "call") return reply;
        process.send(this.callbacks.call(reply));
      }
    } finally {
      this.#depth -= 1;
    }
  }

  #lost(expired: boolean): DosqlError {
    const what = outcome(this.#open, this.#lasting);
    this.#open = false;
    this.#process?.kill();
    this.#process = null;
    // Its statements and cursors are those of no process any more.
    this.#generation += 1;
    if (!expired) return ended(what);
    return new DosqlError("sqlite", `interrupted: the statement took too long${what}`, {
      sqlite: "SQLITE_INTERRUPT",
    });
  }
}

function ended(what: string): DosqlError {
  const message = `the process that holds the database ended${what}`;
  return new DosqlError("connection", message);
}

function outcome(inside: boolean, lasting: Lasting): string {
  if (lasting === "always" || (lasting === "alone" && !inside)) {
    return "; whether its changes were committed is not known";
  }
  return inside ? ", and its transaction was rolled back" : "";
}

function sqliteFailure(message: string, code: string): DosqlError {
  const [, own] = /^DOSQL_(.*)$/.exec(code) ?? [];
  return own === undefined
    ? new DosqlError("sqlite", message, { sqlite: code })
    : new DosqlError(own.toLowerCase().replaceAll("_", "-") as ErrorCode, message);
}

function outOfTurn(): DosqlError {
  return new DosqlError("bug", "the process answered out of turn");
}
