import type { Awaitable } from "../base/value.ts";

/** What a token's signature needs: Node answers at once, the web's crypto later. */
export interface Signer {
  hmacSha256(key: Uint8Array, data: Uint8Array): Awaitable<Uint8Array>;
  /** Equality in time that depends on the length only; false when the lengths differ. */
  timingSafeEqual(a: Uint8Array, b: Uint8Array): boolean;
}
