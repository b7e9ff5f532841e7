import type { Signer } from "../../ports/signer.ts";

/** HMAC-SHA-256 by the runtime's crypto. */
export const workersSigner: Signer = {
  async hmacSha256(key, data) {
    const usage = { name: "HMAC", hash: "SHA-256" };
    const own = await crypto.subtle.importKey("raw", key, usage, false, ["sign"]);
    return new Uint8Array(await crypto.subtle.sign("HMAC", own, data));
  },
  timingSafeEqual: (a, b) => a.length === b.length && crypto.subtle.timingSafeEqual(a, b),
};
