import type { Crypto } from "../../../ports/crypto.ts";
import type { Entropy } from "../../../ports/entropy.ts";
import { encodeUtf8 } from "../codec/utf8.ts";
import { fromBase64, toBase64 } from "./base64.ts";
import { saslPrep } from "./saslprep.ts";

/** What a server keeps of a password for SCRAM-SHA-256: enough to check it, not to log in with. */
export interface ScramVerifier {
  readonly kind: "scram-sha-256";
  readonly iterations: number;
  readonly salt: Uint8Array;
  readonly storedKey: Uint8Array;
  readonly serverKey: Uint8Array;
}

/** `md5` of password and user name, in hex: whoever has it can log in. */
export interface Md5Verifier {
  readonly kind: "md5";
  readonly hex: string;
}

export type PasswordVerifier = ScramVerifier | Md5Verifier;

/** RFC 7677's least, and Postgres' default: the check costs the client milliseconds. */
export const SCRAM_ITERATIONS = 4096;

/** Postgres' salt. */
export const SCRAM_SALT_BYTES = 16;

/** SHA-256. */
export const SCRAM_KEY_BYTES = 32;

/** Makes a verifier from a password that a user chose. */
export function makeScramVerifier(
  password: string,
  ports: { readonly crypto: Crypto; readonly entropy: Entropy },
): ScramVerifier {
  const salt = ports.entropy.randomBytes(SCRAM_SALT_BYTES);
  return deriveScramVerifier(password, salt, SCRAM_ITERATIONS, ports.crypto);
}

/** The verifier of a password with a salt and a count that are given. */
export function deriveScramVerifier(
  password: string,
  salt: Uint8Array,
  iterations: number,
  crypto: Crypto,
): ScramVerifier {
  const salted = crypto.pbkdf2Sha256(encodeUtf8(saslPrep(password)), salt, iterations);
  const clientKey = crypto.hmacSha256(salted, encodeUtf8("Client Key"));
  return {
    kind: "scram-sha-256",
    iterations,
    salt,
    storedKey: crypto.sha256(clientKey),
    serverKey: crypto.hmacSha256(salted, encodeUtf8("Server Key")),
  };
}

/** A verifier as Postgres writes it into `pg_authid`. */
export function formatVerifier(verifier: PasswordVerifier): string {
  if (verifier.kind === "md5") return `md5${verifier.hex}`;
  const { iterations, salt, storedKey, serverKey } = verifier;
  const keys = `${toBase64(storedKey)}:${toBase64(serverKey)}`;
  return `SCRAM-SHA-256$${iterations}:${toBase64(salt)}$${keys}`;
}

const SCRAM_TEXT = /^SCRAM-SHA-256\$([1-9]\d{0,8}):([^$:]+)\$([^$:]+):([^$:]+)$/;
const MD5_TEXT = /^md5([0-9a-f]{32})$/;

/** Reads what `formatVerifier` writes; null for any other text. */
export function parseVerifier(text: string): PasswordVerifier | null {
  const hex = MD5_TEXT.exec(text)?.[1];
  if (hex !== undefined) return { kind: "md5", hex };
  const [, iterations = "", ...encoded] = SCRAM_TEXT.exec(text) ?? [];
  const [salt, storedKey, serverKey] = encoded.map(fromBase64);
  if (salt === undefined || salt === null) return null;
  if (storedKey?.length !== SCRAM_KEY_BYTES || serverKey?.length !== SCRAM_KEY_BYTES) return null;
  return {
    kind: "scram-sha-256",
    iterations: Number(iterations),
    salt,
    storedKey,
    serverKey,
  };
}

/** Whether a password in plain text is the one that a verifier was made from. */
export function matchesVerifier(
  password: string,
  user: string,
  verifier: PasswordVerifier,
  crypto: Crypto,
): boolean {
  if (verifier.kind === "md5") {
    const hex = md5Hex(encodeUtf8(password + user), crypto);
    return crypto.timingSafeEqual(encodeUtf8(hex), encodeUtf8(verifier.hex));
  }
  const { salt, iterations, serverKey } = verifier;
  const derived = deriveScramVerifier(password, salt, iterations, crypto);
  return crypto.timingSafeEqual(derived.serverKey, serverKey);
}

/** Makes the verifier of the protocol's md5 method. */
export function makeMd5Verifier(password: string, user: string, crypto: Crypto): Md5Verifier {
  return { kind: "md5", hex: md5Hex(encodeUtf8(password + user), crypto) };
}

/** What a client answers to an md5 challenge, without the `md5` before it. */
export function md5Answer(verifier: Md5Verifier, challenge: Uint8Array, crypto: Crypto): string {
  const hex = encodeUtf8(verifier.hex);
  const salted = new Uint8Array(hex.length + challenge.length);
  salted.set(hex);
  salted.set(challenge, hex.length);
  return md5Hex(salted, crypto);
}

function md5Hex(data: Uint8Array, crypto: Crypto): string {
  return Array.from(crypto.md5(data), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
