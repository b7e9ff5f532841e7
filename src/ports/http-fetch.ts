/** What is asked. */
export interface HttpAsk {
  readonly method: "GET" | "POST" | "PUT";
  readonly headers: Readonly<Record<string, string>>;
  /** Bytes are asked for as they are sent. */
  readonly body?: string | AsyncIterable<Uint8Array>;
}

/** What came back, as a whole. */
export interface HttpReply {
  readonly status: number;
  readonly body: string;
}

/**
 * Asks an HTTP server.
 *
 * @throws DosqlError `address` where no answer came
 */
export type HttpFetch = (url: string, ask: HttpAsk) => Promise<HttpReply>;
