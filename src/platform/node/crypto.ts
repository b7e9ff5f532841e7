import { createHash, createHmac, pbkdf2Sync, timingSafeEqual } from "node:crypto";
import type { Crypto } from "../../ports/crypto.ts";

/** The primitives of authentication, from Node's OpenSSL. */
export const nodeCrypto: Crypto = {
  sha256: (data) => new Uint8Array(createHash("sha256").update(data).digest()),
  hmacSha256: (key, data) => new Uint8Array(createHmac("sha256", key).update(data).digest()),
  pbkdf2Sha256: (password, salt, iterations) =>
    new Uint8Array(pbkdf2Sync(password, salt, iterations, 32, "sha256")),
  md5: (data) => new Uint8Array(createHash("md5").update(data).digest()),
  timingSafeEqual: (a, b) => a.length === b.length && timingSafeEqual(a, b),
};
