import { randomBytes } from "node:crypto";
import type { Entropy } from "../../ports/entropy.ts";

/** The operating system's random source. */
export const systemEntropy: Entropy = {
  randomBytes: (count) => new Uint8Array(randomBytes(count)),
};
