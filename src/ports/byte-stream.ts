/** What a protocol session may do with its connection. */
export interface ByteSink {
  /** Takes bytes; false asks the session to wait for `drained` before producing more. */
  write(bytes: Uint8Array): boolean;
  /** Sends what was written, then closes the connection. */
  end(): void;
  /** Stops and starts the flow of input. */
  pauseInput(): void;
  resumeInput(): void;
}

/** One protocol conversation without a transport: bytes come in here and leave by a `ByteSink`. */
export interface ByteSession {
  receive(bytes: Uint8Array): void;
  /** The sink takes bytes again after a `write` that answered false. */
  drained(): void;
  /** The client is gone; nothing can be sent any more. */
  closed(): void;
  /** The server stops: tell the client why, and end. */
  shutdown(): void;
}

/** What is known of a connection before its first byte. */
export interface ConnectionFacts {
  /** The client's address, without its port. */
  readonly address: string;
  /** Connections open now, this one included. */
  readonly connections: number;
}
