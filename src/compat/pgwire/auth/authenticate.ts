import type { Crypto } from "../../../ports/crypto.ts";
import type { Entropy } from "../../../ports/entropy.ts";
import { AuthenticationCode, writeAuthentication, writeSaslMechanisms } from "../codec/backend.ts";
import { FrontendCode } from "../codec/messages.ts";
import { INCOMPLETE } from "../codec/reader.ts";
import { decodeUtf8, encodeUtf8 } from "../codec/utf8.ts";
import { pgFatal } from "../errors.ts";
import type { PgError } from "../errors.ts";
import type { Channel } from "../startup/handshake.ts";
import { settled } from "../work.ts";
import type { Work } from "../work.ts";
import type { Authenticator, LoginAttempt, Role } from "./authenticator.ts";
import {
  SCRAM_NONCE_BYTES,
  SCRAM_SHA_256,
  finishScram,
  mockVerifier,
  startScram,
} from "./scram.ts";
import { matchesVerifier, md5Answer } from "./verifier.ts";
import type { PasswordVerifier } from "./verifier.ts";

/** What the exchanges need besides the channel. */
export interface AuthParts {
  readonly authenticator: Authenticator;
  readonly crypto: Crypto;
  readonly entropy: Entropy;
}

const MD5_CHALLENGE_BYTES = 4;

/** Lets the client prove who it is; throws a FATAL 28P01 or 28000 when it does not. */
export function* authenticate(
  channel: Channel,
  parts: AuthParts,
  attempt: LoginAttempt,
): Work<Role> {
  const { authenticator } = parts;
  const { user } = attempt;
  const method = authenticator.method(attempt);
  if (method === "reject" || (method === "trust" && !attempt.peer.loopback)) {
    throw pgFatal("28000", `no entry allows user "${user}" to connect to "${attempt.database}"`, {
      hint: "Set a password for the user, or connect from the server's own machine.",
    });
  }
  const role = yield* settled(authenticator.role(user));
  if (method === "trust") {
    if (role === null) throw pgFatal("28000", `role "${user}" does not exist`);
    return accepted(channel, role);
  }
  const verifier = role?.verifier ?? null;
  const proved = yield* exchange(channel, parts, method, user, verifier);
  // One message for every reason, so that it tells nothing about the user.
  if (role === null || !proved) throw wrongPassword(user);
  return accepted(channel, role);
}

function accepted({ output }: Channel, role: Role): Role {
  writeAuthentication(output.writer, AuthenticationCode.ok);
  return role;
}

function wrongPassword(user: string): PgError {
  return pgFatal("28P01", `password authentication failed for user "${user}"`);
}

/** Whether the client proved that it knows the password. */
function* exchange(
  channel: Channel,
  parts: AuthParts,
  method: "scram-sha-256" | "md5" | "cleartext",
  user: string,
  verifier: PasswordVerifier | null,
): Work<boolean> {
  if (method === "cleartext") return yield* askCleartext(channel, parts, user, verifier);
  // As in Postgres, md5 asks for SCRAM when that is what is stored (and so tells what is stored).
  if (method === "md5" && verifier?.kind !== "scram-sha-256") {
    return yield* askMd5(channel, parts, verifier);
  }
  return yield* askScram(channel, parts, user, verifier);
}

function* askCleartext(
  channel: Channel,
  { crypto, authenticator }: AuthParts,
  user: string,
  verifier: PasswordVerifier | null,
): Work<boolean> {
  writeAuthentication(channel.output.writer, AuthenticationCode.cleartext);
  const password = yield* readPassword(channel);
  if (password === "") throw pgFatal("28P01", "empty password returned by client");
  // Without a verifier the same work is done, so that its time tells nothing.
  const compared = verifier ?? mockVerifier(user, authenticator.mockSecret, crypto);
  return matchesVerifier(password, user, compared, crypto) && verifier !== null;
}

function* askMd5(
  channel: Channel,
  { crypto, entropy }: AuthParts,
  verifier: PasswordVerifier | null,
): Work<boolean> {
  const challenge = entropy.randomBytes(MD5_CHALLENGE_BYTES);
  writeAuthentication(channel.output.writer, AuthenticationCode.md5, challenge);
  const answer = yield* readPassword(channel);
  if (verifier?.kind !== "md5") return false;
  const expected = `md5${md5Answer(verifier, challenge, crypto)}`;
  return crypto.timingSafeEqual(encodeUtf8(answer), encodeUtf8(expected));
}

function* askScram(
  channel: Channel,
  { crypto, entropy, authenticator }: AuthParts,
  user: string,
  verifier: PasswordVerifier | null,
): Work<boolean> {
  const { writer } = channel.output;
  const known = verifier?.kind === "scram-sha-256" ? verifier : null;
  const used = known ?? mockVerifier(user, authenticator.mockSecret, crypto);
  writeSaslMechanisms(writer, [SCRAM_SHA_256]);
  const clientFirst = yield* readSaslInitial(channel);
  const state = startScram(clientFirst, used, entropy.randomBytes(SCRAM_NONCE_BYTES));
  writeAuthentication(writer, AuthenticationCode.saslContinue, encodeUtf8(state.serverFirst));
  const clientFinal = yield* readSaslResponse(channel);
  const serverFinal = finishScram(state, clientFinal, crypto);
  if (serverFinal === null || known === null) return false;
  writeAuthentication(writer, AuthenticationCode.saslFinal, encodeUtf8(serverFinal));
  return true;
}

/** Waits for the one kind of message that may come now. */
function* nextPassword({ reader, output, limits }: Channel): Work {
  output.want();
  const limitOf = (type: number): number => {
    if (type === FrontendCode.password) return limits.passwordBytes;
    throw pgFatal("08P01", `expected password response, got message type ${type}`);
  };
  while (reader.next(limitOf) === INCOMPLETE) yield "input";
}

function* readPassword(channel: Channel): Work<string> {
  yield* nextPassword(channel);
  const { body } = channel.reader;
  const password = body.cstring();
  body.finish();
  return password;
}

function* readSaslInitial(channel: Channel): Work<string> {
  yield* nextPassword(channel);
  const { body } = channel.reader;
  const mechanism = body.cstring();
  if (mechanism !== SCRAM_SHA_256) {
    throw pgFatal("08P01", "client selected an invalid SASL authentication mechanism");
  }
  // A length of -1 would ask the server to begin; SCRAM is begun by the client.
  const text = messageText(body.bytes(Math.max(body.int32(), 0)));
  body.finish();
  return text;
}

function* readSaslResponse(channel: Channel): Work<string> {
  yield* nextPassword(channel);
  const { body } = channel.reader;
  return messageText(body.bytes(body.remaining));
}

function messageText(bytes: Uint8Array): string {
  const text = decodeUtf8(bytes, 0, bytes.length);
  if (text === null) throw pgFatal("08P01", "malformed SCRAM message");
  return text;
}
