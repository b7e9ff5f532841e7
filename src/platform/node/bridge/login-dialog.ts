import { DosqlError } from "../../../base/errors.ts";
import type { PipeTarget } from "../../../ports/sync-pipe.ts";
import { ScramClient, md5Password } from "./bridge-password.ts";

const PROTOCOL_3 = 0x0003_0000;
const HEADER_BYTES = 5;
/** No message of a login is longer. */
const MOST_LOGIN_BYTES = 64 * 1024;

const Authentication = { ok: 0, cleartext: 3, md5: 5, sasl: 10, saslContinue: 11, saslFinal: 12 };

/** What is to be sent next; `done` after the first ReadyForQuery. */
export interface LoginStep {
  readonly send: readonly Uint8Array[];
  readonly done: boolean;
}

/** How one comes in at a server: what is said to what one hears, however bytes are carried. */
export class LoginDialog {
  readonly #target: PipeTarget;
  #scram: ScramClient | null = null;
  #verified = false;
  #unread: Buffer = Buffer.alloc(0);

  constructor(target: PipeTarget) {
    this.#target = target;
  }

  /** What is said first. */
  startup(): Uint8Array {
    const { user, parameters } = this.#target;
    const pairs = [["user", user], ...parameters, [""]].flat();
    const body = Buffer.from(`${pairs.join("\0")}\0`);
    const head = Buffer.alloc(8);
    head.writeInt32BE(8 + body.length, 0);
    head.writeInt32BE(PROTOCOL_3, 4);
    return Buffer.concat([head, body]);
  }

  /**
   * Hears bytes, wherever they were cut.
   *
   * @throws DosqlError `authentication`, `no-such-database`, `unsupported`, `connection`
   * @throws Error when this is no answer of the protocol
   */
  hear(chunk: Uint8Array): LoginStep {
    const send: Uint8Array[] = [];
    let unread = Buffer.concat([this.#unread, chunk]);
    while (unread.length >= HEADER_BYTES) {
      const size = unread.readInt32BE(1);
      if (size < 4 || size > MOST_LOGIN_BYTES) throw new Error("the answer is not the protocol");
      if (unread.length < size + 1) break;
      const type = String.fromCharCode(unread[0] ?? 0);
      const body = unread.subarray(HEADER_BYTES, size + 1);
      unread = unread.subarray(size + 1);
      if (type === "Z") {
        this.#proved();
        return { send, done: true };
      }
      const answer = this.#answer(type, body);
      if (answer !== null) send.push(answer);
    }
    this.#unread = unread;
    return { send, done: false };
  }

  #answer(type: string, body: Buffer): Uint8Array | null {
    const target = this.#target;
    switch (type) {
      case "R":
        return this.#authenticate(body.readInt32BE(0), body.subarray(4));
      case "v":
        throw new DosqlError("unsupported", `${target.label} is no DoSQL server, or an older one`, {
          hint: "it does not know sessions with SQLite's values",
        });
      case "E":
        throw serverError(target, body.toString("utf8"));
      default:
        return null;
    }
  }

  /** Whoever took a proof and gave none may be anybody. */
  #proved(): void {
    if (this.#scram === null || this.#verified) return;
    throw refused(this.#target, "the server does not show that it knows the password");
  }

  #authenticate(kind: number, rest: Buffer): Uint8Array | null {
    const target = this.#target;
    switch (kind) {
      case Authentication.ok:
        this.#proved();
        return null;
      case Authentication.cleartext:
        return message("p", Buffer.from(`${passwordOf(target)}\0`));
      case Authentication.md5:
        return message("p", Buffer.from(`${md5Password(passwordOf(target), target.user, rest)}\0`));
      case Authentication.sasl: {
        this.#scram = new ScramClient(passwordOf(target));
        this.#verified = false;
        const first = Buffer.from(this.#scram.first);
        const size = Buffer.alloc(4);
        size.writeInt32BE(first.length);
        return message("p", Buffer.concat([Buffer.from("SCRAM-SHA-256\0"), size, first]));
      }
      case Authentication.saslContinue:
        return message("p", Buffer.from(this.#scram?.final(rest.toString()) ?? ""));
      case Authentication.saslFinal:
        this.#verified = this.#scram?.verifies(rest.toString()) ?? false;
        if (this.#verified) return null;
        throw refused(target, "the server does not know the password it asked for");
      default:
        throw refused(target, `the server asks for authentication of kind ${kind}`);
    }
  }
}

/** Anything else that ends a connection, in words for the one who opens it. */
export function connectFailure(target: PipeTarget, error: unknown): DosqlError {
  if (error instanceof DosqlError) return error;
  const { message: text, code } = error as NodeJS.ErrnoException;
  return new DosqlError("connection", `cannot connect to ${target.label}: ${code ?? text}`, {
    hint: code === undefined ? text : "is the server running, and is this its address?",
  });
}

function message(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.write(type);
  head.writeInt32BE(4 + body.length, 1);
  return Buffer.concat([head, body]);
}

function passwordOf(target: PipeTarget): string {
  if (target.password !== null) return target.password;
  throw refused(target, "the server asks for a password", "give it in the URL: dosql://user:…@");
}

function refused(target: PipeTarget, message: string, hint?: string): DosqlError {
  const details = hint === undefined ? {} : { hint };
  return new DosqlError("authentication", `${target.label}: ${message}`, details);
}

function serverError(target: PipeTarget, fields: string): DosqlError {
  const field = (letter: string): string =>
    fields
      .split("\0")
      .find((one) => one.startsWith(letter))
      ?.slice(1) ?? "";
  const [state, text] = [field("C"), field("M")];
  if (state.startsWith("28")) return refused(target, text);
  const code = state === "3D000" ? "no-such-database" : "connection";
  return new DosqlError(code, `${target.label}: ${text}`);
}
