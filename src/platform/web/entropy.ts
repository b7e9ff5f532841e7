import type { Entropy } from "../../ports/entropy.ts";

/** Randomness as the standard has it. */
export const webEntropy: Entropy = {
  randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
};
