/** Randomness that an attacker cannot guess: tokens, nonces, cancel keys. */
export interface Entropy {
  randomBytes(count: number): Uint8Array;
}
