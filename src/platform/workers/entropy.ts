import type { Entropy } from "../../ports/entropy.ts";

/** The runtime's own randomness. */
export const workersEntropy: Entropy = {
  randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
};
