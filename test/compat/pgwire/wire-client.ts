import { Parser } from "pg-protocol/dist/parser.js";
import { serialize } from "pg-protocol";
import { PgConnection } from "../../../src/compat/pgwire/connection.ts";
import type { PgServerParts, PgTransport } from "../../../src/compat/pgwire/server-parts.ts";

/** A decoded message; its fields depend on its name. */
export type Message = { readonly name: string; readonly [field: string]: any };

/** Where the client's bytes are cut on their way: whole, or every so many bytes. */
export type Cut = number | null;

/**
 * The other end of a connection, in memory: pg-protocol's serializer and its strict parser.
 * What the server writes is kept twice, as it was written and decoded.
 */
export class WireClient {
  readonly connection: PgConnection;
  readonly writes: Uint8Array[] = [];
  ended = false;
  paused = false;
  /** What the sink answers: false plays a transport without room. */
  hasRoom = true;
  cut: Cut = null;
  readonly #parts: PgServerParts;
  #cancelKey: Message | undefined;
  #messages: Message[] = [];
  readonly #parser = new Parser();
  #heard: () => void = () => undefined;
  /** Bytes in front of the first message: the one-byte answers to SSLRequest and GSSENCRequest. */
  #bareBytes = 0;
  bare = "";

  constructor(parts: PgServerParts, transport: Partial<PgTransport> = {}) {
    this.#parts = parts;
    this.connection = new PgConnection(parts, {
      peer: { loopback: true },
      ...transport,
      sink: {
        write: (bytes) => this.#receive(bytes),
        end: () => {
          this.ended = true;
          this.#heard();
        },
        pauseInput: () => {
          this.paused = true;
        },
        resumeInput: () => {
          this.paused = false;
        },
      },
    });
  }

  /** The next so many bytes are answers without a message around them. */
  expectBare(count: number): void {
    this.#bareBytes += count;
  }

  send(...buffers: readonly Uint8Array[]): void {
    const all = Buffer.concat(buffers);
    const step = this.cut ?? all.length;
    for (let at = 0; at < all.length; at += step) {
      this.connection.receive(new Uint8Array(all.subarray(at, at + step)));
    }
  }

  /** Sends the startup packet for a loopback session that trusts, and drops the greeting. */
  greet(parameters: Record<string, string> = {}): void {
    this.send(serialize.startup({ user: "ada", "dosql.dialect": "sqlite", ...parameters }));
    this.#cancelKey = this.take().find(({ name }) => name === "backendKeyData");
  }

  /** Cancels what runs, as clients do it: by a connection of its own. */
  cancel(): void {
    const key = this.#cancelKey;
    const other = new WireClient(this.#parts);
    other.send(serialize.cancel(key?.["processID"], key?.["secretKey"]));
  }

  /** What was decoded since the last time. */
  take(): Message[] {
    const messages = this.#messages;
    this.#messages = [];
    return messages;
  }

  /** Waits until a message of that name (or the end) has come, then takes all. */
  async until(name = "readyForQuery"): Promise<Message[]> {
    const there = (): boolean => this.ended || this.#messages.some((m) => m.name === name);
    while (!there()) {
      await new Promise<void>((resolve) => {
        this.#heard = resolve;
      });
    }
    return this.take();
  }

  /** Sends and waits for ReadyForQuery; answers in short form. */
  async ask(...buffers: readonly Uint8Array[]): Promise<string[]> {
    this.send(...buffers);
    return short(await this.until());
  }

  #receive(bytes: Uint8Array): boolean {
    this.writes.push(bytes);
    let rest = Buffer.from(bytes);
    if (this.#bareBytes > 0) {
      const bare = rest.subarray(0, this.#bareBytes);
      this.#bareBytes -= bare.length;
      this.bare += bare.toString();
      rest = rest.subarray(bare.length);
    }
    this.#parser.parse(rest, (message) => this.#messages.push(message));
    this.#heard();
    return this.hasRoom;
  }
}

/** Messages as one would write them on paper. */
export function short(messages: readonly Message[]): string[] {
  return messages.map(shortOne);
}

function shortOne(message: Message): string {
  switch (message.name) {
    case "rowDescription":
      return `row ${message["fields"].map((f: any) => `${f.name}:${f.dataTypeID}`).join(" ")}`;
    case "dataRow":
      return `data ${message["fields"].map((f: unknown) => f ?? "null").join(" ")}`;
    case "commandComplete":
      return `done ${message["text"]}`;
    case "readyForQuery":
      return `ready ${message["status"]}`;
    case "error":
    case "notice":
      return `${message["severity"]} ${message["code"]}`;
    case "parameterStatus":
      return `status ${message["parameterName"]}=${message["parameterValue"]}`;
    case "parameterDescription":
      return `parameters ${message["dataTypeIDs"].join(" ")}`.trimEnd();
    default:
      return message.name;
  }
}
