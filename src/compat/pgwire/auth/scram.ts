import type { Crypto } from "../../../ports/crypto.ts";
import { encodeUtf8 } from "../codec/utf8.ts";
import { pgFatal } from "../errors.ts";
import type { PgError } from "../errors.ts";
import { fromBase64, toBase64 } from "./base64.ts";
import { SCRAM_ITERATIONS, SCRAM_KEY_BYTES, SCRAM_SALT_BYTES } from "./verifier.ts";
import type { ScramVerifier } from "./verifier.ts";

export const SCRAM_SHA_256 = "SCRAM-SHA-256";

/** Bytes of the server's half of the nonce: Postgres' 18, which base64 writes without padding. */
export const SCRAM_NONCE_BYTES = 18;

/** What the exchange carries from the first message to the last. */
export interface ScramExchange {
  readonly verifier: ScramVerifier;
  readonly nonce: string;
  /** The three messages joined, without the client's proof: what both sides sign. */
  readonly gs2Header: string;
  readonly clientFirstBare: string;
  readonly serverFirst: string;
}

/**
 * Reads `client-first-message` and makes the answer: the joint nonce, the salt and the count.
 * The user's name in it is ignored, as in Postgres: the startup packet has named the user.
 */
export function startScram(
  clientFirst: string,
  verifier: ScramVerifier,
  nonceBytes: Uint8Array,
): ScramExchange {
  const [flag = "", ...rest] = clientFirst.split(",");
  // "n": the client has no channel binding; "y": it has, and saw that we do not offer it.
  if (flag.startsWith("p=")) {
    throw malformed("The client selected SCRAM-SHA-256 without channel binding, but sent a 'p'.");
  }
  if (flag !== "n" && flag !== "y") throw malformed("Unexpected channel-binding flag.");
  const [authorization, ...attributes] = rest;
  if (authorization === undefined) throw malformed("The message ends too early.");
  if (authorization !== "") {
    throw pgFatal("0A000", "client uses authorization identity, but it is not supported");
  }
  const [name = "", nonce = ""] = attributes;
  if (name.startsWith("m=")) {
    throw pgFatal("0A000", "client requires an unsupported SCRAM extension");
  }
  if (!name.startsWith("n=")) throw malformed("The user name is missing.");
  if (!/^r=[\x21-\x2b\x2d-\x7e]+$/.test(nonce)) throw malformed("The nonce is not printable.");
  const joint = nonce.slice(2) + toBase64(nonceBytes);
  return {
    verifier,
    nonce: joint,
    gs2Header: `${flag},,`,
    clientFirstBare: attributes.join(","),
    serverFirst: `r=${joint},s=${toBase64(verifier.salt)},i=${verifier.iterations}`,
  };
}

const CLIENT_FINAL = /^(c=([^,]*),r=([^,]*)(?:,[A-Za-z]=[^,]*)*),p=([^,]*)$/;

/**
 * Checks `client-final-message`. The answer, when the proof is right, is the server's own
 * signature; null when it is wrong.
 */
export function finishScram(
  exchange: ScramExchange,
  clientFinal: string,
  crypto: Crypto,
): string | null {
  const [, withoutProof = "", binding, nonce, proofText = ""] =
    CLIENT_FINAL.exec(clientFinal) ?? [];
  if (withoutProof === "") throw malformed("The final message cannot be read.");
  if (binding !== toBase64(encodeUtf8(exchange.gs2Header))) {
    throw malformed("Unexpected channel-binding attribute.");
  }
  if (nonce !== exchange.nonce) throw malformed("The nonce does not match.");
  const proof = fromBase64(proofText);
  if (proof?.length !== SCRAM_KEY_BYTES) throw malformed("The proof has a wrong length.");
  const { storedKey, serverKey } = exchange.verifier;
  const signed = encodeUtf8(`${exchange.clientFirstBare},${exchange.serverFirst},${withoutProof}`);
  const signature = crypto.hmacSha256(storedKey, signed);
  const clientKey = proof.map((byte, index) => byte ^ (signature[index] ?? 0));
  if (!crypto.timingSafeEqual(crypto.sha256(clientKey), storedKey)) return null;
  return `v=${toBase64(crypto.hmacSha256(serverKey, signed))}`;
}

/**
 * A verifier that no password fits, for users who do not exist or have none: the salt depends
 * on the name and a secret alone, so that asking twice tells nothing.
 */
export function mockVerifier(user: string, mockSecret: Uint8Array, crypto: Crypto): ScramVerifier {
  const salt = crypto.hmacSha256(mockSecret, encodeUtf8(`salt:${user}`));
  return {
    kind: "scram-sha-256",
    iterations: SCRAM_ITERATIONS,
    salt: salt.slice(0, SCRAM_SALT_BYTES),
    storedKey: crypto.hmacSha256(mockSecret, encodeUtf8(`stored:${user}`)),
    serverKey: crypto.hmacSha256(mockSecret, encodeUtf8(`server:${user}`)),
  };
}

function malformed(detail: string): PgError {
  return pgFatal("08P01", "malformed SCRAM message", { detail });
}
