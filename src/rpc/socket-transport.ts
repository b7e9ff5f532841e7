import type { RpcTransport } from "capnweb";
import { DosqlError } from "../base/errors.ts";
import type { MessageSocket } from "../ports/message-socket.ts";

/** A WebSocket as capnweb sees it, on either end. */
export class SocketTransport implements RpcTransport {
  readonly #socket: Pick<MessageSocket, "send">;
  readonly #abort: (error: DosqlError) => void;
  readonly #received: string[] = [];
  #waiting: PromiseWithResolvers<string> | null = null;
  #error: DosqlError | null = null;

  /** Why it is of no use any more; null while it is. */
  get lost(): DosqlError | null {
    return this.#error;
  }

  /** @param abort told when the peer broke the protocol; it closes the socket */
  constructor(socket: Pick<MessageSocket, "send">, abort: (error: DosqlError) => void) {
    this.#socket = socket;
    this.#abort = abort;
  }

  message(text: string): void {
    if (this.#error !== null) return;
    const waiting = this.#waiting;
    this.#waiting = null;
    if (waiting === null) this.#received.push(text);
    else waiting.resolve(text);
  }

  /** The socket is closed: whatever waits for an answer hears this. */
  closed(error: DosqlError): void {
    if (this.#error !== null) return;
    this.#error = error;
    this.#waiting?.reject(error);
    this.#waiting = null;
  }

  send(text: string): void {
    if (this.#error === null) this.#socket.send(text);
  }

  receive(): Promise<string> {
    const next = this.#received.shift();
    if (next !== undefined) return Promise.resolve(next);
    if (this.#error !== null) return Promise.reject(this.#error);
    this.#waiting = Promise.withResolvers<string>();
    return this.#waiting.promise;
  }

  abort(reason: unknown): void {
    if (this.#error !== null) return;
    const message = reason instanceof Error ? reason.message : String(reason);
    this.#error = new DosqlError("protocol", message);
    this.#abort(this.#error);
  }
}
