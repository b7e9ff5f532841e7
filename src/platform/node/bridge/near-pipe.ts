import { DosqlError } from "../../../base/errors.ts";
import type { PipeTarget, SyncPipe } from "../../../ports/sync-pipe.ts";
import { AnswerScan, farewell, FRESH_MS, SYNC, TERMINATE, UNKNOWN } from "./answer-scan.ts";
import { CONNECT_TIMEOUT_MS } from "./bridge-login.ts";
import { connectFailure, LoginDialog } from "./login-dialog.ts";
import { type NearPlace, WaitingSocket } from "./waiting-socket.ts";

/** Who takes no bytes for so long has no room for us now: the other kind waits as it does. */
const FIRST_WORD_MS = 100;

/** A question that is out. */
interface Asked {
  /** What `finish` answers at once. */
  readonly outcome: null | DosqlError | "wait";
  readonly askedMs: number;
}

/**
 * A pipe to a server of this machine: the thread carries the bytes itself. Where that cannot be, a
 * pipe of another kind takes its place.
 */
export class NearPipe implements SyncPipe {
  readonly #place: NearPlace;
  readonly #target: PipeTarget;
  readonly #makeOther: () => SyncPipe;
  #other: SyncPipe | null = null;
  #socket: WaitingSocket | null = null;
  #scan = new AnswerScan();
  #asked: Asked | null = null;
  /** Bytes that are here already, and of them the answer's, once it is whole. */
  #size = 0;
  #end = 0;
  /** What came behind an answer: a notice, or why the connection is about to end. */
  #behind: Buffer | null = null;
  /** A Sync is out, to hear whether anybody listens. */
  #knocking = false;
  #answeredMs = 0;

  /** @param makeOther what is used where this thread cannot have a socket of its own */
  constructor(place: NearPlace, target: PipeTarget, makeOther: () => SyncPipe) {
    this.#place = place;
    this.#target = target;
    this.#makeOther = makeOther;
  }

  connect(): void {
    this.#drop();
    const socket = WaitingSocket.connect(this.#place);
    const dialog = new LoginDialog(this.#target);
    const startup = dialog.startup();
    // Who listens there, or why nobody does, the other kind finds out, and says it.
    if (socket === null || socket.write(startup, FIRST_WORD_MS) < startup.length) {
      socket?.close();
      this.#other ??= this.#makeOther();
      this.#other.connect();
      return;
    }
    this.#other?.close();
    this.#other = null;
    try {
      this.#logIn(socket, dialog);
    } catch (error) {
      socket.close();
      throw connectFailure(this.#target, error);
    }
    socket.settle();
    this.#socket = socket;
    this.#answeredMs = performance.now();
  }

  begin(request: Uint8Array): void {
    if (this.#other !== null) {
      this.#other.begin(request);
      return;
    }
    const outcome = this.#socket === null ? null : this.#send(this.#socket, request);
    this.#asked = { outcome, askedMs: performance.now() };
  }

  finish(): Uint8Array | null {
    if (this.#other !== null) return this.#other.finish();
    const { outcome = null, askedMs = 0 } = this.#asked ?? {};
    this.#asked = null;
    if (outcome !== "wait") {
      if (outcome !== null) throw outcome;
      return null;
    }
    const socket = this.#socket;
    if (socket === null) return null;
    // When it came that was not waited for at once, nobody knows.
    const waited = performance.now() - askedMs < FRESH_MS;
    if (this.#hear(socket) === "ended") throw this.#lost(socket);
    this.#answeredMs = waited ? performance.now() : 0;
    return this.#answer(socket);
  }

  close(): void {
    this.#other?.close();
    this.#other = null;
    this.#socket?.write(TERMINATE);
    this.#drop();
  }

  #logIn(socket: WaitingSocket, dialog: LoginDialog): void {
    const { label, patienceMs } = this.#target;
    const limitMs = patienceMs ?? CONNECT_TIMEOUT_MS;
    const endMs = performance.now() + limitMs;
    for (;;) {
      const more = socket.readWithin(0, endMs - performance.now());
      if (more === 0) throw new Error("the server closed the connection");
      if (more < 0) {
        if (patienceMs === undefined) throw new Error(`no answer within ${limitMs / 1_000} s`);
        throw new DosqlError("busy", `${label}: no answer within ${limitMs} ms`);
      }
      const { send, done } = dialog.hear(socket.bytes(0, more));
      for (const bytes of send) socket.write(bytes, limitMs);
      if (done) return;
    }
  }

  /** Null: the connection had ended, and nothing was heard. */
  #send(socket: WaitingSocket, request: Uint8Array): Asked["outcome"] {
    const fresh = performance.now() - this.#answeredMs < FRESH_MS;
    if (!fresh || this.#knocking || this.#behind !== null) {
      this.#goOn(socket);
      const { patienceMs } = this.#target;
      const there =
        patienceMs === undefined ? this.#glance(socket) : this.#knock(socket, patienceMs);
      if (there === "late") return new DosqlError("busy", `no answer within ${patienceMs} ms`);
      if (there === "ended") return this.#gone();
    }
    const sent = socket.write(request);
    if (sent === request.length) return "wait";
    if (sent === 0) return this.#gone();
    // It may have said why it listened no more.
    this.#glance(socket);
    return this.#lost(socket);
  }

  /** Whether the connection has ended while nothing was asked. */
  #glance(socket: WaitingSocket): "there" | "ended" {
    for (;;) {
      const more = socket.readWithin(this.#size, 0);
      if (more === 0) return "ended";
      // Who has said goodbye hears nothing more.
      if (more < 0) return this.#reason(socket) === null ? "there" : "ended";
      // A notice, or the reason for which the connection is about to end.
      this.#take(socket, more);
    }
  }

  /** Whether somebody listens who may be busy with something else. */
  #knock(socket: WaitingSocket, patienceMs: number): "there" | "ended" | "late" {
    if (!this.#knocking && socket.write(SYNC) < SYNC.length) return "ended";
    this.#knocking = true;
    const heard = this.#hear(socket, performance.now() + patienceMs);
    if (heard === "there") {
      this.#knocking = false;
      this.#answer(socket);
      this.#goOn(socket);
    }
    return heard;
  }

  /** Reads to the end of an answer. */
  #hear(socket: WaitingSocket, endMs?: number): "there" | "ended" | "late" {
    for (;;) {
      const more =
        endMs === undefined
          ? socket.read(this.#size)
          : socket.readWithin(this.#size, endMs - performance.now());
      if (more === 0) return "ended";
      if (more < 0) return "late";
      if (this.#take(socket, more)) return "there";
    }
  }

  #take(socket: WaitingSocket, more: number): boolean {
    const start = this.#size;
    this.#size += more;
    const end = this.#scan.readyEnd(socket.bytes(start, this.#size));
    this.#end = start + end;
    return end >= 0;
  }

  #answer(socket: WaitingSocket): Uint8Array {
    const answer = socket.bytes(0, this.#end);
    if (this.#end < this.#size) this.#behind = Buffer.from(socket.bytes(this.#end, this.#size));
    this.#size = 0;
    socket.shrink();
    return answer;
  }

  /** Begins the next answer with what came behind the last. */
  #goOn(socket: WaitingSocket): void {
    const behind = this.#behind;
    this.#behind = null;
    if (behind !== null) this.#take(socket, socket.put(behind));
  }

  #gone(): null {
    this.#drop();
    return null;
  }

  #lost(socket: WaitingSocket): DosqlError {
    const reason = this.#reason(socket) ?? "the server closed the connection";
    this.#drop();
    return new DosqlError("connection", `the connection was lost: ${reason}`, { hint: UNKNOWN });
  }

  #reason(socket: WaitingSocket): string | null {
    return this.#size === 0 ? null : farewell([socket.bytes(0, this.#size)]);
  }

  #drop(): void {
    this.#socket?.close();
    this.#socket = null;
    this.#scan = new AnswerScan();
    this.#asked = null;
    this.#size = 0;
    this.#behind = null;
    this.#knocking = false;
  }
}
