import { readSync, writeSync } from "node:fs";
import { connect } from "node:net";
import type { Socket } from "node:net";
import { availableParallelism } from "node:os";

/** As long as answers come this soon, looking for them is quicker than being woken. */
const SPIN_MS = 0.25;
/** Looking less long than this is looking once. */
const LEAST_SPIN_MS = 0.01;
/** How long one sleep lasts where a wait has an end. */
const NAP_MS = 1;
const FIRST_BYTES = 64 * 1024;

/** What a socket of Node's is made of, as far as it is needed here; not declared. */
interface Handle {
  readonly fd: number;
  setBlocking(on: boolean): number;
}

/**
 * The socket of a path, which the thread itself writes and reads, without its event loop. Where
 * the next answer is soon, the thread looks for it; else it sleeps in the system's `read`.
 */
export class WaitingSocket {
  readonly #socket: Socket;
  readonly #handle: Handle;
  readonly #nap = new Int32Array(new SharedArrayBuffer(4));
  readonly #alone = availableParallelism() < 2;
  #spinMs = SPIN_MS;
  #bytes: Buffer = Buffer.allocUnsafeSlow(FIRST_BYTES);

  /** Null where Node does not say by which descriptor it knows a socket. */
  static connect(path: string): WaitingSocket | null {
    // To a path it connects at once, though it tells so later.
    const socket = connect({ path });
    // What is wrong is heard where something is waited for.
    socket.on("error", () => undefined);
    socket.pause();
    socket.unref();
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

  /** What the collector may do with it when nobody has it any more. */
  get leave(): () => void {
    const socket = this.#socket;
    return () => void socket.destroy();
  }

  /**
   * Sends all of it.
   *
   * @returns how much was sent, when the other side is gone
   */
  write(bytes: Uint8Array): number {
    let sent = 0;
    while (sent < bytes.length) {
      try {
        sent += writeSync(this.#handle.fd, bytes, sent);
      } catch (error) {
        if (!isLater(error)) return sent;
        this.#handle.setBlocking(true);
        try {
          sent += writeSync(this.#handle.fd, bytes, sent);
        } catch (end) {
          if (!isLater(end)) return sent;
        } finally {
          this.#handle.setBlocking(false);
        }
      }
    }
    return sent;
  }

  /** What is there now, behind `size` bytes that stay; 0 at the end, -1 when there is nothing. */
  peek(size: number): number {
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

  /** The same, and waits for it; -1 when nothing has come within the limit. */
  read(size: number, limitMs: number | null): number {
    const started = performance.now();
    for (;;) {
      const more = this.peek(size);
      const waited = performance.now() - started;
      if (more >= 0) {
        this.#learn(waited);
        return more;
      }
      if (waited < this.#spinMs && !this.#alone) continue;
      if (limitMs === null) return this.#sleep(size, started);
      if (waited >= limitMs) return -1;
      Atomics.wait(this.#nap, 0, 0, Math.min(NAP_MS, limitMs - waited));
    }
  }

  /** Bytes that were read, until something is read over them. */
  bytes(start: number, end: number): Buffer {
    return this.#bytes.subarray(start, end);
  }

  /** A long answer is not kept for ever. */
  shrink(): void {
    if (this.#bytes.length > FIRST_BYTES * 16) this.#bytes = Buffer.allocUnsafeSlow(FIRST_BYTES);
  }

  close(): void {
    this.#socket.destroy();
  }

  #sleep(size: number, started: number): number {
    this.#handle.setBlocking(true);
    try {
      let more = -1;
      // A signal's handler wakes it, too.
      while (more < 0) more = this.peek(size);
      this.#learn(performance.now() - started);
      return more;
    } finally {
      this.#handle.setBlocking(false);
    }
  }

  #learn(waitedMs: number): void {
    if (waitedMs <= SPIN_MS) this.#spinMs = SPIN_MS;
    else this.#spinMs = this.#spinMs < LEAST_SPIN_MS ? 0 : this.#spinMs / 2;
  }
}

function isLater(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === "EAGAIN" || code === "EWOULDBLOCK" || code === "EINTR";
}
