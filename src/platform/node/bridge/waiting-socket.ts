import { readSync, writeSync } from "node:fs";
import { connect } from "node:net";
import type { Socket } from "node:net";

/** How long one sleep lasts where a wait has an end. */
const NAP_MS = 1;
const FIRST_BYTES = 64 * 1024;
/** A buffer that had to grow beyond this is not kept. */
const MOST_BYTES = 1024 * 1024;

/** What a socket of Node's is made of, as far as it is needed here; not declared. */
interface Handle {
  readonly fd: number;
  setBlocking(on: boolean): number;
}

/** A place on this machine: only there is a connection made, or refused, at once. */
export type NearPlace = { readonly path: string } | { readonly port: number };

/** Of a name, Node connects when it is looked up, and so at once; of an address a tick later. */
const AT_ONCE = {
  host: "localhost",
  autoSelectFamily: false,
  lookup: (
    _name: string,
    _options: unknown,
    found: (error: null, address: string, family: number) => void,
  ) => found(null, "127.0.0.1", 4),
};

/**
 * A socket to a server of this machine, which the thread itself writes and reads, without its
 * event loop: it sleeps in the system's own calls. The collector closes one that nobody has.
 */
export class WaitingSocket {
  readonly #socket: Socket;
  readonly #handle: Handle;
  readonly #nap = new Int32Array(new SharedArrayBuffer(4));
  #bytes: Buffer = Buffer.allocUnsafeSlow(FIRST_BYTES);

  /** Null where Node does not say by which descriptor it knows a socket. */
  static connect(place: NearPlace): WaitingSocket | null {
    // It connects before this returns, though it tells so later.
    const socket = connect("path" in place ? place : { ...place, ...AT_ONCE });
    // What is wrong is heard where something is waited for.
    socket.on("error", () => undefined);
    // The event loop takes no bytes of it.
    socket.pause();
    socket.unref();
    socket.setNoDelay(true);
    const { _handle: handle } = socket as unknown as { readonly _handle?: Partial<Handle> | null };
    if (handle?.fd === undefined || handle.fd < 0 || handle.setBlocking === undefined) {
      socket.destroy();
      return null;
    }
    return new WaitingSocket(socket, handle as Handle);
  }

  private constructor(socket: Socket, handle: Handle) {
    this.#socket = socket;
    this.#handle = handle;
  }

  /** From now on `write` and `read` wait as long as it takes. */
  settle(): void {
    this.#handle.setBlocking(true);
  }

  /**
   * Sends all of it.
   *
   * @param limitMs before it is settled: how long that may take
   * @returns how much was sent, less when the other side is gone
   */
  write(bytes: Uint8Array, limitMs: number = 0): number {
    const started = performance.now();
    let sent = 0;
    while (sent < bytes.length) {
      try {
        sent += writeSync(this.#handle.fd, bytes, sent);
      } catch (error) {
        if (!isLater(error)) break;
        if (limitMs === 0) continue;
        if (performance.now() - started > limitMs) break;
        Atomics.wait(this.#nap, 0, 0, NAP_MS);
      }
    }
    return sent;
  }

  /** Waits for more behind `size` bytes, which stay. How much came; 0: the other side is gone. */
  read(size: number): number {
    for (;;) {
      const more = this.#take(size);
      // A signal's handler wakes it, too.
      if (more >= 0) return more;
    }
  }

  /** The same, but -1 when nothing has come within the limit. */
  readWithin(size: number, limitMs: number): number {
    const started = performance.now();
    this.#handle.setBlocking(false);
    try {
      for (;;) {
        const more = this.#take(size);
        const left = limitMs - (performance.now() - started);
        if (more >= 0 || left <= 0) return more;
        Atomics.wait(this.#nap, 0, 0, Math.min(NAP_MS, left));
      }
    } finally {
      this.#handle.setBlocking(true);
    }
  }

  /** Bytes that were read, until something is read over them. */
  bytes(start: number, end: number): Buffer {
    return this.#bytes.subarray(start, end);
  }

  /** Bytes that came behind others stand first. How many they are. */
  put(bytes: Uint8Array): number {
    if (bytes.length > this.#bytes.length) this.#bytes = Buffer.allocUnsafeSlow(bytes.length);
    this.#bytes.set(bytes);
    return bytes.length;
  }

  /** The bytes that were asked for are with who asked: a large buffer is theirs. */
  shrink(): void {
    if (this.#bytes.length > MOST_BYTES) this.#bytes = Buffer.allocUnsafeSlow(FIRST_BYTES);
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(size: number): number {
    if (this.#bytes.length === size) {
      const grown = Buffer.allocUnsafeSlow(size * 2);
      this.#bytes.copy(grown);
      this.#bytes = grown;
    }
    try {
      return readSync(this.#handle.fd, this.#bytes, size, this.#bytes.length - size, null);
    } catch (error) {
      return isLater(error) ? -1 : 0;
    }
  }
}

function isLater(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === "EAGAIN" || code === "EWOULDBLOCK" || code === "EINTR";
}
