// What the server's core uses of the web's vocabulary for HTTP: the part that Node and workerd
// agree on. Add a member when code needs it and both homes have it.

declare class URLSearchParams {
  constructor(init?: string | Record<string, string>);
  get(name: string): string | null;
  getAll(name: string): string[];
  has(name: string): boolean;
  set(name: string, value: string): void;
  append(name: string, value: string): void;
  delete(name: string): void;
  toString(): string;
  [Symbol.iterator](): IterableIterator<[string, string]>;
}

declare class URL {
  static canParse(text: string, base?: string): boolean;
  constructor(text: string, base?: string | URL);
  href: string;
  protocol: string;
  username: string;
  password: string;
  host: string;
  hostname: string;
  port: string;
  pathname: string;
  search: string;
  hash: string;
  readonly origin: string;
  readonly searchParams: URLSearchParams;
  toString(): string;
}

declare class Headers {
  constructor(init?: Record<string, string> | [string, string][] | Headers);
  get(name: string): string | null;
  has(name: string): boolean;
  set(name: string, value: string): void;
  append(name: string, value: string): void;
  delete(name: string): void;
  [Symbol.iterator](): IterableIterator<[string, string]>;
}

declare class ReadableStream<Chunk = unknown> {
  constructor(
    source: {
      pull(controller: { enqueue(chunk: Chunk): void; close(): void }): Promise<void>;
      cancel(): Promise<void>;
    },
    strategy: { highWaterMark: number },
  );
  getReader(): {
    read(): Promise<{ done: false; value: Chunk } | { done: true; value?: undefined }>;
    cancel(reason?: unknown): Promise<void>;
    releaseLock(): void;
  };
  cancel(reason?: unknown): Promise<void>;
}

/** A text of characters up to U+00FF as base64. */
declare function btoa(bytes: string): string;

/** The text behind base64. */
declare function atob(base64: string): string;

type BodyInit = string | Uint8Array<ArrayBuffer> | ArrayBuffer | ReadableStream<Uint8Array>;

declare class Request {
  constructor(
    input: string | URL | Request,
    init?: { method?: string; headers?: Headers | Record<string, string>; body?: BodyInit | null },
  );
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: ReadableStream<Uint8Array<ArrayBuffer>> | null;
  text(): Promise<string>;
  json(): Promise<unknown>;
  arrayBuffer(): Promise<ArrayBuffer>;
}

declare class Response {
  static json(
    value: unknown,
    init?: { status?: number; headers?: Headers | Record<string, string> },
  ): Response;
  constructor(
    body?: BodyInit | null,
    init?: { status?: number; headers?: Headers | Record<string, string> },
  );
  readonly status: number;
  readonly ok: boolean;
  readonly headers: Headers;
  readonly body: ReadableStream<Uint8Array<ArrayBuffer>> | null;
  text(): Promise<string>;
  json(): Promise<unknown>;
  arrayBuffer(): Promise<ArrayBuffer>;
}
