import type { Crypto } from "../../ports/crypto.ts";
import type { Entropy } from "../../ports/entropy.ts";

/** What BackendKeyData tells a client, and a way to forget it. */
export interface CancelHandle {
  readonly processId: number;
  readonly key: Uint8Array;
  release(): void;
}

interface Entry {
  readonly key: Uint8Array;
  readonly cancel: () => void;
}

/**
 * The connections of one server, by the number and the secret that a CancelRequest names. Such
 * a request comes on a connection of its own, so the server's connections share one registry.
 */
export class CancelRegistry {
  readonly #entropy: Entropy;
  readonly #crypto: Crypto;
  readonly #entries = new Map<number, Entry>();

  constructor(ports: { readonly entropy: Entropy; readonly crypto: Crypto }) {
    this.#entropy = ports.entropy;
    this.#crypto = ports.crypto;
  }

  /** Connections that can be cancelled now. */
  get size(): number {
    return this.#entries.size;
  }

  /** Gives a connection its number and secret; `cancel` ends the statement that it runs. */
  register(keyBytes: number, cancel: () => void): CancelHandle {
    let processId = this.#randomId();
    while (processId === 0 || this.#entries.has(processId)) processId = this.#randomId();
    const key = this.#entropy.randomBytes(keyBytes);
    this.#entries.set(processId, { key, cancel });
    return { processId, key, release: () => void this.#entries.delete(processId) };
  }

  /** Cancels, when the secret is right. The requester is never told. */
  cancel(processId: number, key: Uint8Array): void {
    const entry = this.#entries.get(processId);
    if (entry !== undefined && this.#crypto.timingSafeEqual(entry.key, key)) entry.cancel();
  }

  /** A positive int32: some clients print it as a process id. */
  #randomId(): number {
    return this.#entropy.randomBytes(4).reduce((id, byte) => id * 256 + byte, 0) % 0x8000_0000;
  }
}
