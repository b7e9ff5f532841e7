import { RpcSession } from "capnweb";
import { DosqlError } from "../../base/errors.ts";
import type { ErrorCode } from "../../base/errors.ts";
import type { Clock } from "../../ports/clock.ts";
import type { RpcNetwork } from "../../ports/rpc-network.ts";
import type { RemoteRoot } from "../api/remote-api.ts";
import { CLOSE, closeError } from "../api/close-code.ts";
import { RPC_PROTOCOL, tokenProtocol } from "../api/rpc-protocol.ts";
import { SocketTransport } from "../socket-transport.ts";
import type { Stub } from "./remote-stub.ts";

/** A connection that is open. */
export interface Link {
  readonly root: Stub<RemoteRoot>;
  /** Null while it is usable. */
  readonly lost: DosqlError | null;
  close(): void;
}

/** Where a server is, and who asks. */
export interface Address {
  readonly url: string;
  readonly token: string;
}

export interface LinkParts {
  readonly network: RpcNetwork;
  readonly clock: Clock;
  readonly connectTimeoutMs: number;
}

/** Opens a WebSocket; fails with `connection`, or with what the server says. */
export function openSocket(parts: LinkParts, { url, token }: Address): Promise<Link> {
  const { promise, resolve, reject } = Promise.withResolvers<Link>();
  let transport: SocketTransport | null = null;
  let lost: DosqlError | null = null;
  const lose = (error: DosqlError): void => {
    lost ??= error;
    stop();
    reject(lost);
    transport?.closed(lost);
  };
  const giveUp = parts.network.dial(url, [RPC_PROTOCOL, tokenProtocol(token)], {
    opened(socket) {
      stop();
      transport = new SocketTransport(socket, (error) => {
        lost ??= error;
        socket.close(CLOSE.normal, "");
      });
      const root = mainOf(new RpcSession(transport));
      resolve({
        root,
        get lost() {
          return lost;
        },
        close() {
          lose(new DosqlError("connection", "the connection is closed"));
          socket.close(CLOSE.normal, "");
        },
      });
    },
    message: (text) => transport?.message(text),
    closed: (code, reason) => lose(closeError(code, reason)),
  });
  const stop = parts.clock.after(parts.connectTimeoutMs, () => {
    lose(new DosqlError("connection", `no connection within ${parts.connectTimeoutMs} ms`));
    giveUp();
  });
  return promise;
}

/** The objects of one HTTP request: what is called at once on `root` travels together. */
export function openBatch(parts: LinkParts, { url, token }: Address): Link {
  const messages: string[] = [];
  let sent = false;
  let lost: DosqlError | null = null;
  const transport = new SocketTransport(
    {
      send(text) {
        // Also the notes that capnweb sends when an object is let go: the server did so already.
        if (!sent) messages.push(text);
      },
    },
    () => undefined,
  );
  const end = (error: DosqlError): void => {
    lost = error;
    transport.closed(error);
  };
  const send = async (): Promise<void> => {
    const headers = { authorization: `Bearer ${token}`, "content-type": "text/plain" };
    sent = true;
    const { status, body } = await parts.network.post(url, headers, messages.join("\n"));
    if (status !== 200) throw statusError(status, body);
    for (const line of body.split("\n")) if (line !== "") transport.message(line);
    end(new DosqlError("connection", "the answer of the server is incomplete"));
  };
  parts.clock.after(0, () => {
    send().catch((error: unknown) => {
      end(error instanceof DosqlError ? error : new DosqlError("connection", String(error)));
    });
  });
  return {
    root: mainOf(new RpcSession(transport)),
    get lost() {
      return lost;
    },
    close() {},
  };
}

function mainOf(session: RpcSession): Stub<RemoteRoot> {
  return session.getRemoteMain() as unknown as Stub<RemoteRoot>;
}

/** What a server answers that does not take the call at all. */
function statusError(status: number, body: string): DosqlError {
  if (status >= 500) return new DosqlError("connection", `the server answered ${status}`);
  try {
    const { error } = JSON.parse(body) as {
      error: { code: ErrorCode; message: string; hint?: string };
    };
    const { code, message, hint } = error;
    return new DosqlError(code, message, hint === undefined ? {} : { hint });
  } catch {
    return new DosqlError("protocol", `the server answered ${status}, and not as DoSQL does`);
  }
}
