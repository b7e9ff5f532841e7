import type { MessageSocket } from "../../ports/message-socket.ts";

/** A WebSocket that outlives the object's memory, as the RPC uses it. */
export function hibernatingSocket(socket: WebSocket): MessageSocket {
  return {
    // The runtime does not say; a client is sent what it asked for only.
    bufferedBytes: 0,
    send(text) {
      if (socket.readyState === WebSocket.READY_STATE_OPEN) socket.send(text);
    },
    close: (code, reason) => socket.close(code, reason),
    pause() {},
    resume() {},
  };
}

/** Answers a request for a WebSocket that is closed at once: of another answer nobody learns. */
export function closedSocket(protocol: string, code: number, reason: string): Response {
  const { 0: client, 1: server } = new WebSocketPair();
  server.accept();
  server.close(code, reason);
  return upgraded(client, protocol);
}

/** The answer that opens a WebSocket. */
export function upgraded(webSocket: WebSocket, protocol: string): Response {
  const headers = { "sec-websocket-protocol": protocol };
  return new Response(null, { status: 101, webSocket, headers });
}
