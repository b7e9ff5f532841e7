import { readFileSync } from "node:fs";
import * as net from "node:net";
import * as tls from "node:tls";
import { DosqlError } from "../../../base/errors.ts";
import type { PipeTarget } from "../../../ports/sync-pipe.ts";
import { LoginDialog, connectFailure } from "./login-dialog.ts";

/** A server that does not answer at all is given up after this long. */
export const CONNECT_TIMEOUT_MS = 10_000;
const SSL_REQUEST = 80_877_103;
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
    throw connectFailure(target, error);
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
  const dialog = new LoginDialog(target);
  socket.write(dialog.startup());
  for (;;) {
    const chunk = socket.read() as Buffer | null;
    if (chunk === null) {
      await happens(socket, "readable");
      continue;
    }
    const { send, done } = dialog.hear(chunk);
    for (const bytes of send) socket.write(bytes);
    if (done) return;
  }
}
