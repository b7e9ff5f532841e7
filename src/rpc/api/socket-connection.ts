import { RpcSession } from "capnweb";
import { DosqlError } from "../../base/errors.ts";
import type { Awaitable } from "../../base/value.ts";
import type { MessageSocket, SocketListener } from "../../ports/message-socket.ts";
import { SocketTransport } from "../socket-transport.ts";
import { expired } from "./access.ts";
import { CLOSE, closing } from "./close-code.ts";
import { GuardedTransport } from "./guarded-transport.ts";
import { RootTarget } from "./root-target.ts";
import { sentError } from "./sent-error.ts";
import type { TargetParts } from "./target-parts.ts";

/** Nothing more is run for a client that leaves this much unread of what it asked for. */
const MAX_BUFFERED_BYTES = 8_388_608;
/** How often such a client is looked at. */
const LOOK_MS = 20;
/** A client that takes nothing for so long is gone. */
const STALLED_MS = 60_000;

/** Longer timers fire at once. */
const LONGEST_TIMER_MS = 2_147_483_647;

/** The server's end of a WebSocket. */
export class SocketConnection implements SocketListener {
  readonly #socket: MessageSocket;
  readonly #parts: TargetParts;
  readonly #transport: SocketTransport;
  readonly #waiting: (() => void)[] = [];
  #stopExpiry: () => void = () => undefined;
  #stopLook: () => void = () => undefined;

  constructor(socket: MessageSocket, parts: TargetParts) {
    this.#socket = socket;
    this.#parts = parts;
    this.#transport = new SocketTransport(socket, (error) => this.end(error));
    const root = new RootTarget({ ...parts, room: () => this.#room() });
    const guarded = new GuardedTransport(this.#transport, parts.open);
    const session = new RpcSession(guarded, root, { onSendError: sentError });
    // The server never calls its clients.
    session.getRemoteMain().onRpcBroken(() => undefined);
  }

  message(text: string): void {
    this.#transport.message(text);
  }

  closed(code: number, reason: string): void {
    this.#stop();
    this.#transport.closed(new DosqlError("connection", `closed (${code} ${reason})`));
  }

  /** The server stops. */
  shutdown(): void {
    this.#stop();
    this.#socket.close(CLOSE.goingAway, "the server stops");
  }

  end(error: DosqlError): void {
    this.#stop();
    this.#socket.close(...closing(error));
  }

  #stop(): void {
    this.#stopExpiry();
    this.#stopLook();
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  /** Ends the connection with its token, also one on which nothing happens. */
  watchExpiry(): void {
    const { access, clock } = this.#parts;
    const leftMs = (access.expiresMs ?? Infinity) - clock.nowMs();
    if (leftMs <= LONGEST_TIMER_MS)
      this.#stopExpiry = clock.after(leftMs, () => this.end(expired()));
  }

  /** Lets one call after the other through while the client takes its answers. */
  #room(): Awaitable<void> {
    if (this.#waiting.length === 0 && this.#socket.bufferedBytes <= MAX_BUFFERED_BYTES) return;
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      if (this.#waiting.length === 1) this.#look(this.#parts.clock.monotonicMs());
    });
  }

  #look(sinceMs: number): void {
    const { clock } = this.#parts;
    const hasRoom = this.#socket.bufferedBytes <= MAX_BUFFERED_BYTES;
    if (hasRoom) this.#waiting.shift()?.();
    const nextMs = hasRoom ? clock.monotonicMs() : sinceMs;
    if (this.#waiting.length === 0) this.#socket.resume();
    else if (clock.monotonicMs() - sinceMs > STALLED_MS) {
      this.end(new DosqlError("limit", "the client does not read what it asked for"));
    } else {
      // What waits takes memory too.
      this.#socket.pause();
      this.#stopLook = clock.after(hasRoom ? 0 : LOOK_MS, () => this.#look(nextMs));
    }
  }
}
