import { readFileSync } from "node:fs";
import * as net from "node:net";
import * as tls from "node:tls";
import { DosqlError } from "../../../base/errors.ts";
import type { PipeTarget } from "../../../ports/sync-pipe.ts";
import { ScramClient, md5Password } from "./bridge-password.ts";

/** A server that does not answer at all is given up after this long. */
const CONNECT_TIMEOUT_MS = 10_000;
const PROTOCOL_3 = 0x0003_0000;
const SSL_REQUEST = 80_877_103;
/** No message of a login is longer. */
const MOST_LOGIN_BYTES = 64 * 1024;

const Authentication = { ok: 0, cleartext: 3, md5: 5, sasl: 10, saslContinue: 11, saslFinal: 12 };

/** A socket behind the first ReadyForQuery. Bytes flow again after `goOn`. */
export interface BridgeSocket {
  readonly socket: net.Socket;
  readonly goOn: () => void;
}

/**
 * Connects and logs in.
 *
 * @throws DosqlError `connection`, `authentication`, `no-such-database`, `unsupported`
 */
export async function openBridgeSocket(target: PipeTarget): Promise<BridgeSocket> {
  const { socket: path, host, port } = target;
  const plain = path === null ? net.connect({ host, port }) : net.connect({ path });
  // What is wrong is heard where something is waited for; unheard, it would end the thread.
  plain.on("error", () => undefined);
  let socket = plain;
  const { patienceMs } = target;
  const timer = setTimeout(() => {
    socket.destroy(
      patienceMs === undefined
        ? new Error(`no answer within ${CONNECT_TIMEOUT_MS / 1_000} s`)
        : new DosqlError("busy", `${target.label}: no answer within ${patienceMs} ms`),
    );
  }, patienceMs ?? CONNECT_TIMEOUT_MS);
  try {
    await happens(plain, "connect");
    plain.setNoDelay(true);
    plain.setKeepAlive(true, 60_000);
    if (target.tls !== null) socket = await startTls(plain, target, target.tls.caFile);
    await logIn(socket, target);
    return { socket, goOn: () => void socket.resume() };
  } catch (error) {
    socket.destroy();
    plain.destroy();
    if (error instanceof DosqlError) throw error;
    const { message, code } = error as NodeJS.ErrnoException;
    throw new DosqlError("connection", `cannot connect to ${target.label}: ${code ?? message}`, {
      hint: code === undefined ? message : "is the server running, and is this its address?",
    });
  } finally {
    clearTimeout(timer);
  }
}

function happens(socket: net.Socket, event: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (): void => {
      socket.off("error", failed);
      socket.off("close", closed);
      resolve();
    };
    const failed = (error: Error): void => reject(error);
    const closed = (): void => reject(new Error("the server closed the connection"));
    socket.once(event, done);
    socket.once("error", failed);
    socket.once("close", closed);
  });
}

async function startTls(
  plain: net.Socket,
  { host, label }: PipeTarget,
  caFile: string | null,
): Promise<net.Socket> {
  const request = Buffer.alloc(8);
  request.writeInt32BE(8, 0);
  request.writeInt32BE(SSL_REQUEST, 4);
  plain.write(request);
  const answer = await new Promise<Buffer>((resolve, reject) => {
    plain.once("data", resolve);
    plain.once("error", reject);
    plain.once("close", () => reject(new Error("the server closed the connection")));
  });
  if (answer.length !== 1 || answer[0] !== 0x53) {
    throw new DosqlError("connection", `${label} does not speak TLS`, {
      hint: "connect with dosql:// where the network can be trusted",
    });
  }
  const ca = caFile === null ? {} : { ca: readFileSync(caFile) };
  const name = net.isIP(host) === 0 ? { servername: host } : {};
  const secure = tls.connect({ socket: plain, host, ...name, ...ca });
  secure.on("error", () => undefined);
  await happens(secure, "secureConnect");
  return secure;
}

/** Says who we are and hears the server out, up to its first ReadyForQuery. */
async function logIn(socket: net.Socket, target: PipeTarget): Promise<void> {
  socket.write(startup(target));
  let scram = null as ScramClient | null;
  for await (const { type, body } of messages(socket)) {
    switch (type) {
      case "R": {
        const kind = body.readInt32BE(0);
        const rest = body.subarray(4);
        if (kind === Authentication.ok) break;
        if (kind === Authentication.saslFinal) {
          if (scram?.verifies(rest.toString()) === true) break;
          throw refused(target, "the server does not know the password it asked for");
        }
        if (kind === Authentication.sasl) scram = new ScramClient(passwordOf(target));
        socket.write(passwordAnswer(kind, rest, target, scram));
        break;
      }
      case "v":
        throw new DosqlError("unsupported", `${target.label} is no DoSQL server, or an older one`, {
          hint: "it does not know sessions with SQLite's values",
        });
      case "E":
        throw serverError(target, body.toString("utf8"));
      case "Z":
        return;
      default:
    }
  }
  throw new Error("the server closed the connection");
}

function passwordAnswer(
  kind: number,
  rest: Buffer,
  target: PipeTarget,
  scram: ScramClient | null,
): Buffer {
  switch (kind) {
    case Authentication.cleartext:
      return message("p", Buffer.from(`${passwordOf(target)}\0`));
    case Authentication.md5:
      return message("p", Buffer.from(`${md5Password(passwordOf(target), target.user, rest)}\0`));
    case Authentication.sasl: {
      const first = Buffer.from(scram?.first ?? "");
      const size = Buffer.alloc(4);
      size.writeInt32BE(first.length);
      return message("p", Buffer.concat([Buffer.from("SCRAM-SHA-256\0"), size, first]));
    }
    case Authentication.saslContinue:
      return message("p", Buffer.from(scram?.final(rest.toString()) ?? ""));
    default:
      throw refused(target, `the server asks for authentication of kind ${kind}`);
  }
}

function startup({ user, parameters }: PipeTarget): Buffer {
  const pairs = [["user", user], ...parameters, [""]].flat();
  const body = Buffer.from(`${pairs.join("\0")}\0`);
  const head = Buffer.alloc(8);
  head.writeInt32BE(8 + body.length, 0);
  head.writeInt32BE(PROTOCOL_3, 4);
  return Buffer.concat([head, body]);
}

function message(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.write(type);
  head.writeInt32BE(4 + body.length, 1);
  return Buffer.concat([head, body]);
}

/** The messages that arrive, one by one; the socket rests after the last that is taken. */
async function* messages(socket: net.Socket): AsyncGenerator<{ type: string; body: Buffer }> {
  let unread = Buffer.alloc(0);
  for (;;) {
    while (unread.length >= 5) {
      const size = unread.readInt32BE(1);
      if (size < 4 || size > MOST_LOGIN_BYTES) throw new Error("the answer is not the protocol");
      if (unread.length < size + 1) break;
      const body = unread.subarray(5, size + 1);
      const type = String.fromCharCode(unread[0] ?? 0);
      unread = unread.subarray(size + 1);
      yield { type, body };
    }
    const chunk = socket.read() as Buffer | null;
    if (chunk === null) await happens(socket, "readable");
    else unread = Buffer.concat([unread, chunk]);
  }
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
