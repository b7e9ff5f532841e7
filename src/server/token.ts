import type { Files } from "../ports/files.ts";
import type { Entropy } from "../ports/entropy.ts";
import { DosqlError } from "../base/errors.ts";

/** 256 bits: out of reach of guessing for any number of tries. */
const TOKEN_BYTES = 32;
const TOKEN_MODE = 0o600;
const TOKEN_PATTERN = /^[\x21-\x7e]{16,}$/;

/**
 * The bearer token of a data folder, made at the first start. Delete the file for a new one.
 *
 * @throws DosqlError `bad-file` when the file holds no usable token
 */
export function readOrCreateToken(files: Files, entropy: Entropy, path: string): string {
  const found = files.readText(path);
  if (found === null) {
    const token = toHex(entropy.randomBytes(TOKEN_BYTES));
    if (files.createText(path, `${token}\n`, TOKEN_MODE)) return token;
  }
  const token = (found ?? files.readText(path) ?? "").trim();
  if (TOKEN_PATTERN.test(token)) return token;
  throw new DosqlError("bad-file", `${path} holds no token of at least 16 visible characters`, {
    hint: "delete the file; the next start writes a new token",
  });
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
