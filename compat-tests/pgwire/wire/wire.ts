import { connect, type Socket } from "node:net";
import { cstring, frame, int32, startup, PROTOCOL_3_0 } from "./frames.ts";
import { ReplyReader, type Reply } from "./reply.ts";
import { ScramClient } from "./scram-client.ts";

/** Where a server listens and who may enter. */
export interface Address {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

/** Generous: the machine may be busy; a server that answers nothing is found all the same. */
const SILENCE_MS = 10_000;
/** Parameters of every session: ours speaks SQLite's SQL, and PostgreSQL takes any dotted name. */
export const SESSION_PARAMETERS: Readonly<Record<string, string>> = {
  options: "-c dosql.dialect=sqlite",
  client_encoding: "UTF8",
};

/** A connection that sends what it is told and shows every message that comes back. */
export class Wire {
  readonly #socket: Socket;
  readonly #reader = new ReplyReader();
  readonly #waiting: Reply[] = [];
  #ended = false;
  #failure: unknown = null;
  #wake: () => void = () => {};
  processId = 0;
  key: Buffer = Buffer.alloc(0);

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on("data", (bytes) => this.#take(bytes));
    socket.on("error", () => this.#end());
    socket.on("close", () => this.#end());
  }

  /** Opens the TCP connection and sends nothing. */
  static async open(address: Address): Promise<Wire> {
    const socket = connect({ host: address.host, port: address.port, noDelay: true });
    await new Promise<void>((resolve, reject) => {
      socket.once("connect", resolve);
      socket.once("error", reject);
    });
    return new Wire(socket);
  }

  /** Opens a session with the right password; its first ReadyForQuery has been read. */
  static async login(address: Address, parameters: Record<string, string> = {}): Promise<Wire> {
    const wire = await Wire.open(address);
    const { user, database } = address;
    wire.send(startup(PROTOCOL_3_0, { user, database, ...SESSION_PARAMETERS, ...parameters }));
    for (const reply of await wire.authenticate(address.password)) {
      if (reply.code === "E") throw new Error(`login failed: ${reply.body.toString("latin1")}`);
    }
    return wire;
  }

  send(...frames: readonly Buffer[]): void {
    this.#socket.write(Buffer.concat(frames));
  }

  /** Answers what the server asks; all replies up to the first ReadyForQuery or the end. */
  async authenticate(password: string): Promise<Reply[]> {
    const scram = new ScramClient(password);
    const replies: Reply[] = [];
    for (;;) {
      const reply = await this.next();
      replies.push(reply);
      if (reply.code === "K") {
        this.processId = reply.body.readInt32BE(0);
        this.key = Buffer.from(reply.body.subarray(4));
      }
      if (reply.code === "Z" || isEnd(reply)) return replies;
      if (reply.code === "R") this.#answer(reply.body, password, scram);
    }
  }

  #answer(body: Buffer, password: string, scram: ScramClient): void {
    const kind = body.readInt32BE(0);
    const rest = body.toString("utf8", 4);
    if (kind === 3) this.send(frame("p", cstring(password)));
    if (kind === 10) {
      const first = Buffer.from(scram.first());
      this.send(frame("p", cstring("SCRAM-SHA-256"), int32(first.length), first));
    }
    if (kind === 11) this.send(frame("p", Buffer.from(scram.final(rest))));
    if (kind === 12 && !scram.accepts(rest)) throw new Error("the server's signature is wrong");
  }

  /** The next message, or `closed`, or `silence`. */
  async next(timeoutMs: number = SILENCE_MS): Promise<Reply> {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      if (this.#failure !== null) throw this.#failure;
      const reply = this.#waiting.shift();
      if (reply !== undefined) return reply;
      const code = this.#ended ? "closed" : Date.now() >= deadline ? "silence" : "";
      if (code !== "") return { code, body: Buffer.alloc(0) };
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, deadline - Date.now());
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  /** Replies up to and including the n-th ReadyForQuery, or the end. */
  async untilReady(count = 1): Promise<Reply[]> {
    const replies: Reply[] = [];
    let left = count;
    while (left > 0) {
      const reply = await this.next();
      replies.push(reply);
      if (isEnd(reply)) break;
      if (reply.code === "Z") left--;
    }
    return replies;
  }

  /** Reads one byte that is no message: the answer to SSLRequest. */
  async byte(): Promise<string> {
    this.#socket.removeAllListeners("data");
    const bytes = await new Promise<Buffer>((resolve) => {
      this.#socket.once("data", resolve);
      this.#socket.once("close", () => resolve(Buffer.from("(closed)")));
    });
    this.#socket.on("data", (more) => this.#take(more));
    return bytes.toString("latin1");
  }

  /** Stops reading, as a client that is busy elsewhere; what was read stays. */
  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(bytes: Buffer): void {
    try {
      this.#waiting.push(...this.#reader.push(bytes));
    } catch (error) {
      this.#failure = error;
    }
    this.#wake();
  }

  #end(): void {
    this.#ended = true;
    this.#wake();
  }
}

export function isEnd(reply: Reply): boolean {
  return reply.code === "closed" || reply.code === "silence";
}
