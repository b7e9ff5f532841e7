/** The few primitives that authentication needs; synchronous in both homes. */
export interface Crypto {
  sha256(data: Uint8Array): Uint8Array;
  hmacSha256(key: Uint8Array, data: Uint8Array): Uint8Array;
  /** PBKDF2 with HMAC-SHA-256, 32 bytes out. */
  pbkdf2Sha256(password: Uint8Array, salt: Uint8Array, iterations: number): Uint8Array;
  /** For the protocol's md5 authentication only. */
  md5(data: Uint8Array): Uint8Array;
  /** Equality in time that depends on the length only; false when the lengths differ. */
  timingSafeEqual(a: Uint8Array, b: Uint8Array): boolean;
}
