import { DosqlError } from "../../../base/errors.ts";
import type { PipeTarget, SyncPipe } from "../../../ports/sync-pipe.ts";
import { AnswerScan, farewell, FRESH_MS, SYNC, TERMINATE, UNKNOWN } from "./answer-scan.ts";
import { CONNECT_TIMEOUT_MS } from "./bridge-login.ts";
import { connectFailure, LoginDialog } from "./login-dialog.ts";
import { type NearPlace, WaitingSocket } from "./waiting-socket.ts";

/** A question that is out. */
interface Asked {
  /** What `finish` answers at once. */
  readonly outcome: null | DosqlError | "wait";
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
  /** Bytes of the answer that are here already. */
  #size = 0;
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
    if (socket === null || socket.write(startup, CONNECT_TIMEOUT_MS) < startup.length) {
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
    this.#asked = this.#socket === null ? null : { outcome: this.#send(this.#socket, request) };
  }

  finish(): Uint8Array | null {
    if (this.#other !== null) return this.#other.finish();
    const outcome = this.#asked?.outcome ?? null;
    this.#asked = null;
    if (outcome !== "wait") {
      if (outcome !== null) throw outcome;
      return null;
    }
    const socket = this.#socket;
    if (socket === null) return null;
    if (this.#hear(socket) === "ended") throw this.#lost(socket);
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
    if (performance.now() - this.#answeredMs >= FRESH_MS || this.#knocking) {
      const { patienceMs } = this.#target;
      const there =
        patienceMs === undefined ? this.#glance(socket) : this.#knock(socket, patienceMs);
      if (there === "late") return new DosqlError("busy", `no answer within ${patienceMs} ms`);
      if (there === "ended") return this.#gone();
    }
    const sent = socket.write(request);
    if (sent === request.length) return "wait";
    return sent === 0 ? this.#gone() : this.#lost(socket);
  }

  /** Whether the connection has ended while nothing was asked. */
  #glance(socket: WaitingSocket): "there" | "ended" {
    for (;;) {
      const more = socket.readWithin(this.#size, 0);
      if (more === 0) return "ended";
      if (more < 0) return "there";
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
      this.#size = 0;
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
    return this.#scan.endsReady(socket.bytes(start, this.#size));
  }

  #answer(socket: WaitingSocket): Uint8Array {
    const answer = socket.bytes(0, this.#size);
    this.#size = 0;
    this.#answeredMs = performance.now();
    socket.shrink();
    return answer;
  }

  #gone(): null {
    this.#drop();
    return null;
  }

  #lost(socket: WaitingSocket): DosqlError {
    const reason = farewell([socket.bytes(0, this.#size)]) ?? "the server closed the connection";
    this.#drop();
    return new DosqlError("connection", `the connection was lost: ${reason}`, { hint: UNKNOWN });
  }

  #drop(): void {
    this.#socket?.close();
    this.#socket = null;
    this.#scan = new AnswerScan();
    this.#asked = null;
    this.#size = 0;
    this.#knocking = false;
  }
}
