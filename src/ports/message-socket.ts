/** A WebSocket that is open, as the RPC uses it: messages of text, both ways. */
export interface MessageSocket {
  /** Bytes that were sent and that the network has not taken yet. */
  readonly bufferedBytes: number;
  send(text: string): void;
  /** @param reason 123 bytes of UTF-8 at most */
  close(code: number, reason: string): void;
  /** Reads nothing more until `resume`, where the home can. */
  pause(): void;
  resume(): void;
}

/** Who listens to a socket. */
export interface SocketListener {
  message(text: string): void;
  /** Called once; also after an own `close`. */
  closed(code: number, reason: string): void;
}
