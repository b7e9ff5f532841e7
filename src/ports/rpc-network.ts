import type { MessageSocket, SocketListener } from "./message-socket.ts";

/** A client's end of a WebSocket: it asks for no more than it takes. */
export type ClientSocket = Pick<MessageSocket, "send" | "close">;

/** Who waits for a WebSocket to open. */
export interface DialListener extends SocketListener {
  opened(socket: ClientSocket): void;
  /** Called once at least: only the first call says why. */
  closed(code: number, reason: string): void;
}

/** What came back for an HTTP request. */
export interface PostReply {
  readonly status: number;
  readonly body: string;
}

/** How a client of the RPC reaches its server. */
export interface RpcNetwork {
  /** Opens a WebSocket; the returned function gives up. One that fails to open is `closed`. */
  dial(url: string, protocols: readonly string[], listener: DialListener): () => void;
  /** Sends plain text. The returned promise fails when no answer came. */
  post(url: string, headers: Record<string, string>, body: string): Promise<PostReply>;
}
