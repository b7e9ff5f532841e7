import type { MessageSocket, SocketListener } from "../../ports/message-socket.ts";

/** Data that is no text ends a connection: the protocol has none. */
const UNSUPPORTED_DATA = 1003;

/** Serves a WebSocket for as long as this Worker's invocation lives. */
export function acceptSocket(
  socket: WebSocket,
  serve: (socket: MessageSocket) => SocketListener,
): void {
  let over = false;
  const end = (code: number, reason: string): void => {
    if (over) return;
    over = true;
    // The listener exists by then: nothing closes within `serve` itself.
    queueMicrotask(() => listener.closed(code, reason));
  };
  socket.accept();
  const listener = serve({
    // The runtime does not say; a client is sent what it asked for only.
    bufferedBytes: 0,
    send(text) {
      if (socket.readyState === WebSocket.READY_STATE_OPEN) socket.send(text);
    },
    close(code, reason) {
      if (!over) socket.close(code, reason);
      // A client that is gone would never answer.
      end(code, reason);
    },
    pause() {},
    resume() {},
  });
  socket.addEventListener("message", ({ data }) => {
    if (over) return;
    if (typeof data === "string") listener.message(data);
    else {
      socket.close(UNSUPPORTED_DATA, "text was expected");
      end(UNSUPPORTED_DATA, "");
    }
  });
  socket.addEventListener("close", ({ code, reason }) => end(code, reason));
  socket.addEventListener("error", () => end(1006, ""));
}
