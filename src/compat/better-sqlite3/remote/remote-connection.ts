import { DosqlError } from "../../../base/errors.ts";
import type { IntegerMode } from "../../../ports/sql-driver.ts";
import type { SyncPipe } from "../../../ports/sync-pipe.ts";
import { readReply } from "./remote-reply.ts";
import type { Reply } from "./remote-reply.ts";
import { RequestWriter } from "./remote-request.ts";

/** Texts that the server keeps compiled for one connection: a program may build any number. */
const COMPILED_KEPT = 500;

/** Something that the server holds for us, until it is told to forget it. */
export interface Compiled {
  forget(): void;
}

type Message = (writer: RequestWriter) => void;

/** What is asked in one exchange. */
export interface Exchange {
  /** Writes the messages; again after a reconnection, which forgets all names. */
  readonly write: (writer: RequestWriter) => void;
  readonly integers: IntegerMode;
  /** It changes nothing, so it may be asked again when its answer was lost. */
  readonly repeatable: boolean;
}

/** What was asked for and not yet waited for. */
export interface Foreseen {
  readonly exchange: Exchange;
  arrived(reply: Reply): void;
  lost(error: unknown): void;
}

/**
 * One session at a server. Between transactions a connection that ended is made anew, by whoever
 * comes next; in a transaction its end is an error, and the transaction's end.
 */
export class RemoteConnection {
  readonly #pipe: SyncPipe;
  readonly #writer = new RequestWriter();
  #connected = false;
  #open = false;
  #generation = 0;
  /** What the server may forget, by messages that go along with the next request. */
  #unsaid: Message[] = [];
  /** The same, in the request that is under way. */
  #said: Message[] = [];
  readonly #compiled = new Set<Compiled>();
  #foreseen: Foreseen | null = null;

  constructor(pipe: SyncPipe) {
    this.#pipe = pipe;
  }

  get inTransaction(): boolean {
    return this.#open;
  }

  /** Names of statements and portals mean something within one of these only. */
  get generation(): number {
    return this.#generation;
  }

  connect(): void {
    if (this.#connected) return;
    this.#generation += 1;
    this.#unsaid = [];
    this.#compiled.clear();
    this.#pipe.connect();
    this.#connected = true;
  }

  /** Has the server told of something when it is next asked. */
  later(message: Message): void {
    this.#unsaid.push(message);
  }

  /** The server is about to compile a text: the one it has had longest may go. */
  compiling(text: Compiled): void {
    this.#compiled.add(text);
    if (this.#compiled.size <= COMPILED_KEPT) return;
    const [oldest] = this.#compiled;
    if (oldest === undefined) return;
    this.#compiled.delete(oldest);
    oldest.forget();
  }

  /** @throws DosqlError what the server says, or `connection` */
  ask(exchange: Exchange): Reply {
    this.settle();
    return this.#read(this.#exchange(exchange), exchange);
  }

  /** Asks within this very connection, and waits when the answer is needed, or anything else. */
  foresee(foreseen: Foreseen): void {
    this.settle();
    const inside = this.#open;
    try {
      this.#begin(foreseen.exchange.write);
      this.#foreseen = foreseen;
    } catch (error) {
      this.#drop(error);
      if (inside) throw transactionLost(error);
      foreseen.lost(error);
    }
  }

  /** Waits for what was asked for already. */
  settle(): void {
    const foreseen = this.#foreseen;
    if (foreseen === null) return;
    this.#foreseen = null;
    const inside = this.#open;
    let answer: Uint8Array | null;
    try {
      answer = this.#pipe.finish();
    } catch (error) {
      if (this.#isUnsaid(error)) {
        foreseen.lost(error);
        return;
      }
      this.#drop(error);
      const lost = inside ? transactionLost(error) : error;
      foreseen.lost(lost);
      // Whoever comes next in this transaction must hear that it is over.
      if (inside) throw lost;
      return;
    }
    if (answer === null) {
      this.#drop(null);
      const lost = inside ? transactionLost(null) : ended();
      foreseen.lost(lost);
      if (inside) throw lost;
      return;
    }
    try {
      foreseen.arrived(this.#read(answer, foreseen.exchange));
    } catch (error) {
      foreseen.lost(error);
    }
  }

  #read(answer: Uint8Array, { integers }: Exchange): Reply {
    const reply = readReply(answer, integers);
    this.#open = reply.open;
    if (reply.error !== null) throw reply.error;
    return reply;
  }

  close(): void {
    this.#foreseen = null;
    this.#connected = false;
    this.#open = false;
    this.#pipe.close();
  }

  #exchange({ write, repeatable }: Exchange): Uint8Array {
    const inside = this.#open;
    for (let attempts = 1; ; attempts++) {
      this.connect();
      let answer: Uint8Array | null;
      try {
        this.#begin(write);
        answer = this.#pipe.finish();
      } catch (error) {
        if (this.#isUnsaid(error)) throw error;
        this.#drop(error);
        if (inside) throw transactionOver(error);
        if (!repeatable || attempts > 1) throw error;
        continue;
      }
      if (answer !== null) return answer;
      this.#drop(null);
      if (inside) throw transactionLost(null);
      if (attempts > 2) throw ended();
    }
  }

  #begin(write: Exchange["write"]): void {
    const writer = this.#writer;
    writer.begin();
    this.#said = this.#unsaid.splice(0);
    for (const message of this.#said) message(writer);
    write(writer);
    this.#pipe.begin(writer.written);
  }

  /** The other side had no time to listen: nothing was sent, and the connection is as it was. */
  #isUnsaid(error: unknown): boolean {
    const unsaid = error instanceof DosqlError && error.sqlite === "SQLITE_BUSY";
    if (unsaid) this.#unsaid.unshift(...this.#said.splice(0));
    return unsaid;
  }

  #drop(error: unknown): void {
    // Anything else is a defect of ours, and the connection is in an unknown state.
    if (error !== null && !(error instanceof DosqlError)) this.#pipe.close();
    this.#connected = false;
    this.#open = false;
  }
}

function ended(): DosqlError {
  return new DosqlError("connection", "the server ends every connection");
}

function transactionLost(cause: unknown): DosqlError {
  const why = cause instanceof Error ? cause.message : "the connection was lost";
  return new DosqlError("connection", `the transaction was rolled back: ${why}`, { cause });
}

/** The same, of a question that was asked and may have been the one to commit. */
function transactionOver(cause: unknown): DosqlError {
  const why = cause instanceof Error ? cause.message : "the connection was lost";
  return new DosqlError("connection", `the transaction is over: ${why}`, {
    cause,
    hint: "it was rolled back, unless this statement was to commit it: that is unknown then",
  });
}
