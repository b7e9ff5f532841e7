import { remoteRoot } from "./remote-root.ts";
import { DosqlError } from "../../base/errors.ts";
import type { Clock } from "../../ports/clock.ts";
import type { RpcNetwork } from "../../ports/rpc-network.ts";
import type { RemoteRoot } from "../api/remote-api.ts";
import { closeError } from "../api/close-code.ts";
import { CLOSE_NORMAL, RPC_PROTOCOL, tokenProtocol } from "../api/rpc-protocol.ts";
import { SocketTransport } from "../socket-transport.ts";
import type { Stub } from "./remote-stub.ts";
import { receivedError } from "./remote-stub.ts";

/** A connection that is open. */
export interface Link {
  readonly root: Stub<RemoteRoot>;
  /** Null while it is usable. */
  lost(): DosqlError | null;
  close(): void;
}

export interface LinkParts {
  readonly network: RpcNetwork;
  readonly clock: Clock;
  readonly connectTimeoutMs: number;
}

/** Opens a WebSocket; fails with `connection`, or with what the server says. */
export function openSocket(parts: LinkParts, url: string, token: string): Promise<Link> {
  const { network, clock, connectTimeoutMs } = parts;
  const { promise, resolve, reject } = Promise.withResolvers<Link>();
  let transport: SocketTransport | null = null;
  const lose = (error: DosqlError): void => {
    stop();
    reject(error);
    transport?.closed(error);
  };
  const giveUp = network.dial(url, [RPC_PROTOCOL, tokenProtocol(token)], {
    opened(socket) {
      stop();
      const hangUp = (): void => socket.close(CLOSE_NORMAL, "");
      transport = new SocketTransport(socket, hangUp);
      const link = linkOver(transport, () => {
        lose(new DosqlError("connection", "the connection is closed"));
        hangUp();
      });
      resolve(link);
    },
    message: (text) => transport?.message(text),
    closed: (code, reason) => lose(closeError(code, reason)),
  });
  const stop = clock.after(connectTimeoutMs, () => {
    lose(new DosqlError("connection", `no connection within ${connectTimeoutMs} ms`));
    giveUp();
  });
  return promise;
}

/** The objects of one HTTP request: what is called at once on `root` travels together. */
export function openBatch(parts: LinkParts, url: string, token: string): Link {
  const messages: string[] = [];
  // Not what comes later, the notes that capnweb sends when an object is let go: the server did
  // so already.
  const transport = new SocketTransport({ send: (text) => messages.push(text) }, () => undefined);
  const send = async (): Promise<DosqlError> => {
    const headers = { authorization: `Bearer ${token}` };
    const { status, body } = await parts.network.post(url, headers, messages.join("\n"));
    if (status !== 200) return statusError(status, body);
    for (const line of body.split("\n")) if (line !== "") transport.message(line);
    return new DosqlError("connection", "the answer of the server is incomplete");
  };
  parts.clock.after(0, () => {
    void send()
      .catch((error: unknown) => new DosqlError("connection", String(error)))
      .then((error) => transport.closed(error));
  });
  return linkOver(transport, () => undefined);
}

function linkOver(transport: SocketTransport, close: () => void): Link {
  return {
    root: remoteRoot(transport),
    lost: () => transport.lost,
    close,
  };
}

/** What a server answers that does not take the call at all. */
function statusError(status: number, body: string): DosqlError {
  if (status >= 500) return new DosqlError("connection", `the server answered ${status}`);
  try {
    return receivedError((JSON.parse(body) as { error: unknown }).error);
  } catch {
    return new DosqlError("protocol", `the server answered ${status}, and not as DoSQL does`);
  }
}
