import type { RpcNetwork } from "../../ports/rpc-network.ts";

/** Data that is no text ends a connection: the protocol has none. */
const UNSUPPORTED_DATA = 1003;
/** What the standard says for a connection that ended without a word. */
const ABNORMAL = 1006;

/** WebSocket and fetch as the standards have them. */
export const webNetwork: RpcNetwork = {
  dial(url, protocols, listener) {
    const socket = new WebSocket(url, [...protocols]);
    socket.addEventListener("open", () => listener.opened(socket));
    socket.addEventListener("message", ({ data }) => {
      if (typeof data === "string") listener.message(data);
      else socket.close(UNSUPPORTED_DATA, "text was expected");
    });
    socket.addEventListener("close", ({ code, reason }) => listener.closed(code, reason));
    socket.addEventListener("error", () => listener.closed(ABNORMAL, ""));
    return () => socket.close();
  },
  async post(url, headers, body) {
    const response = await fetch(url, { method: "POST", headers, body });
    return { status: response.status, body: await response.text() };
  },
};
