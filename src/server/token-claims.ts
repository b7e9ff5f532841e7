/*
 * Tokens that open some databases for some time: JSON Web Tokens, signed with HMAC-SHA-256. No
 * other algorithm is taken, whatever a token's header asks for.
 *
 *   header   {"alg":"HS256","typ":"JWT"}; `typ` may be absent
 *   aud      "dosql", or a list that holds it
 *   exp      when it ends, seconds since 1970; required
 *   nbf      when it begins; optional
 *   sub      whom it was made for; optional. A token that replaces another one has the same: calls
 *            that were sent with the old one can be sent again with the new one then
 *   db       "*" for all databases, a name, or a list of names; required
 *   ro       true: it reads only; optional
 */
import { DosqlError } from "../base/errors.ts";
import type { Signer } from "../ports/signer.ts";

/** Whom tokens are for. */
const AUDIENCE = "dosql";
const HEADER = { alg: "HS256", typ: "JWT" };
/** No honest token is longer; a longer one is not even looked at. */
const MAX_TOKEN_LENGTH = 8192;
/** Clocks of two machines differ by so much at most. */
const LEEWAY_MS = 5000;
/** Signatures of a shorter secret can be guessed. */
const MIN_SECRET_BYTES = 16;

/** What a token says. */
export interface TokenClaims {
  /** Whom it was made for; empty when it does not say. */
  readonly subject: string;
  /** The databases it opens; null for all of them. */
  readonly databases: readonly string[] | null;
  readonly readOnly: boolean;
  /** Milliseconds since 1970. */
  readonly expiresMs: number;
  readonly notBeforeMs: number | null;
}

/** Whether a text has the form of such a token. A secret may have it too: compare that first. */
export function isClaimsToken(text: string): boolean {
  return /^[\w-]+\.[\w-]+\.[\w-]*$/.test(text);
}

/** @throws DosqlError `invalid-argument` for a secret that is too short */
export async function signToken(
  claims: TokenClaims,
  secret: Uint8Array,
  signer: Signer,
): Promise<string> {
  checkSecret(secret);
  const { subject, databases, readOnly, expiresMs, notBeforeMs } = claims;
  const payload = {
    aud: AUDIENCE,
    exp: Math.floor(expiresMs / 1000),
    ...(notBeforeMs === null ? {} : { nbf: Math.ceil(notBeforeMs / 1000) }),
    ...(subject === "" ? {} : { sub: subject }),
    db: databases ?? "*",
    ...(readOnly ? { ro: true } : {}),
  };
  const signed = `${jsonPart(HEADER)}.${jsonPart(payload)}`;
  return `${signed}.${toBase64Url(await signer.hmacSha256(secret, utf8(signed)))}`;
}

/**
 * What a token says, if it is good now.
 *
 * @throws DosqlError `authentication` when it is not
 */
export async function readToken(
  text: string,
  secret: Uint8Array,
  { signer, nowMs }: { readonly signer: Signer; readonly nowMs: number },
): Promise<TokenClaims> {
  checkSecret(secret);
  if (text.length > MAX_TOKEN_LENGTH || !isClaimsToken(text)) throw refused("is none");
  const [header = "", payload = "", signature = ""] = text.split(".");
  const { alg, typ = "JWT", crit } = readPart(header);
  // Before anything is computed, so that "none" and public keys never matter.
  if (alg !== HEADER.alg) throw refused("has an algorithm that is not HS256");
  if (typ !== HEADER.typ || crit !== undefined) throw refused("is of an unknown kind");
  const expected = await signer.hmacSha256(secret, utf8(`${header}.${payload}`));
  const given = fromBase64Url(signature);
  if (given === null || !signer.timingSafeEqual(given, expected)) {
    throw refused("has a wrong signature");
  }
  return readClaims(readPart(payload), nowMs);
}

/** Whether a text is the server's own token, in time that does not tell where they part. */
export async function isOwnToken(own: string, given: string, signer: Signer): Promise<boolean> {
  if (own === "") return false;
  const secret = utf8(own);
  // Hashes have one length, so that the length of the token does not show either.
  const wanted = await signer.hmacSha256(secret, secret);
  return signer.timingSafeEqual(wanted, await signer.hmacSha256(secret, utf8(given)));
}

/** Whether a token opens a database. */
export function opensDatabase({ databases }: TokenClaims, name: string): boolean {
  return databases === null || databases.includes(name);
}

function readClaims(payload: Readonly<Record<string, unknown>>, nowMs: number): TokenClaims {
  const { aud, exp, nbf, sub = "", db, ro = false } = payload;
  if (aud !== AUDIENCE && !(Array.isArray(aud) && aud.includes(AUDIENCE))) {
    throw refused("is for somebody else");
  }
  if (!isTime(exp)) throw refused("says not when it ends");
  if (nbf !== undefined && !isTime(nbf)) throw refused("says not rightly when it begins");
  const databases = readDatabases(db);
  if (databases === undefined || typeof ro !== "boolean" || typeof sub !== "string") {
    throw refused("says not rightly what it opens");
  }
  const expiresMs = exp * 1000;
  const notBeforeMs = nbf === undefined ? null : nbf * 1000;
  if (nowMs >= expiresMs) throw refused("has expired", "get a new one");
  if (notBeforeMs !== null && nowMs + LEEWAY_MS < notBeforeMs) throw refused("is not valid yet");
  return { subject: sub, databases, readOnly: ro, expiresMs, notBeforeMs };
}

function readDatabases(value: unknown): readonly string[] | null | undefined {
  if (value === "*") return null;
  if (typeof value === "string") return [value];
  const isList = Array.isArray(value) && value.every((name) => typeof name === "string");
  return isList ? value : undefined;
}

function isTime(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value) && value >= 0;
}

function readPart(base64: string): Readonly<Record<string, unknown>> {
  try {
    const bytes = fromBase64Url(base64);
    const decoder = new TextDecoder("utf-8", { fatal: true });
    const value: unknown = bytes === null ? null : JSON.parse(decoder.decode(bytes));
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      return value as Record<string, unknown>;
    }
  } catch {
    // Below.
  }
  throw refused("is none");
}

function jsonPart(value: object): string {
  return toBase64Url(utf8(JSON.stringify(value)));
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function toBase64Url(bytes: Uint8Array): string {
  const base64 = btoa(String.fromCharCode(...bytes));
  return base64.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function fromBase64Url(text: string): Uint8Array | null {
  try {
    const bytes = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    return Uint8Array.from(bytes, (byte) => byte.charCodeAt(0));
  } catch {
    return null;
  }
}

function checkSecret(secret: Uint8Array): void {
  if (secret.length >= MIN_SECRET_BYTES) return;
  throw new DosqlError("invalid-argument", "the secret of tokens is too short", {
    hint: `${MIN_SECRET_BYTES} bytes at least`,
  });
}

function refused(why: string, hint?: string): DosqlError {
  const details = hint === undefined ? {} : { hint };
  return new DosqlError("authentication", `the token ${why}`, details);
}
