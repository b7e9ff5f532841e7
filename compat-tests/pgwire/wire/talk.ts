import { bind, describePortal, execute, parse, query, shownValues, SYNC } from "./frames.ts";
import type { BoundValue } from "./frames.ts";
import { digest, render, type RenderOptions, type Reply } from "./reply.ts";
import { isEnd, Wire, type Address } from "./wire.ts";

/** As many rows as anyone would read; longer runs are shown by their number and hash. */
const ROWS_SHOWN = 20;
const LINE_CHARACTERS = 240;

/** One case's conversation with a server: what was sent, and every message that came back. */
export class Talk {
  readonly address: Address;
  readonly lines: string[] = [];
  readonly options: RenderOptions;
  readonly #open: Wire[] = [];

  constructor(address: Address, options: RenderOptions = {}) {
    this.address = address;
    this.options = options;
  }

  /** A session that has logged in; its letter marks its lines. */
  async session(parameters: Record<string, string> = {}): Promise<TalkSession> {
    return this.#add(await Wire.login(this.address, parameters));
  }

  /** A connection that has sent nothing yet. */
  async connection(): Promise<TalkSession> {
    return this.#add(await Wire.open(this.address));
  }

  #add(wire: Wire): TalkSession {
    this.#open.push(wire);
    return new TalkSession(this, wire, String.fromCharCode(96 + this.#open.length));
  }

  close(): void {
    for (const wire of this.#open) wire.close();
  }
}

/** A connection within a talk. */
export class TalkSession {
  readonly wire: Wire;
  readonly #talk: Talk;
  readonly #letter: string;

  constructor(talk: Talk, wire: Wire, letter: string) {
    this.#talk = talk;
    this.wire = wire;
    this.#letter = letter;
  }

  /** A simple query and its answer. */
  async query(sql: string): Promise<void> {
    this.send(`Query ${shortened(sql)}`, query(sql));
    await this.ready();
  }

  /** Parse, Bind, Describe portal, Execute, Sync: what drivers do. */
  async run(
    sql: string,
    values: readonly BoundValue[] = [],
    results: number[] = [],
  ): Promise<void> {
    this.send(
      `Run ${shortened(sql)} ${shortened(shownValues(values))} results ${results.join()}`,
      parse(sql),
      bind(values, { results }),
      describePortal(),
      execute(),
      SYNC,
    );
    await this.ready();
  }

  send(shown: string, ...frames: readonly Buffer[]): void {
    this.note(`> ${shown}`);
    this.wire.send(...frames);
  }

  /** Notes the replies up to the n-th ReadyForQuery. */
  async ready(count = 1): Promise<void> {
    this.show(await this.wire.untilReady(count));
  }

  /** Notes this many replies. */
  async replies(count: number): Promise<void> {
    const replies: Reply[] = [];
    while (replies.length < count) {
      const reply = await this.wire.next();
      replies.push(reply);
      if (isEnd(reply)) break;
    }
    this.show(replies);
  }

  /** Notes the next reply, or that none came in this time. */
  async within(forMs: number): Promise<void> {
    this.show([await this.wire.next(forMs)]);
  }

  /** Notes the replies up to the end of the connection. */
  async closed(): Promise<void> {
    const replies: Reply[] = [];
    for (;;) {
      const reply = await this.wire.next();
      replies.push(reply);
      if (isEnd(reply)) break;
    }
    this.show(replies);
  }

  show(replies: readonly Reply[]): void {
    for (let at = 0; at < replies.length; at++) {
      const rows = countRows(replies, at);
      if (rows > ROWS_SHOWN) {
        const bytes = Buffer.concat(replies.slice(at, at + rows).map(({ body }) => body));
        this.note(`< ${rows} DataRows ${digest(bytes)}`);
        at += rows - 1;
        continue;
      }
      const reply = replies[at];
      if (reply === undefined) break;
      if (reply.code === "T" && this.#talk.options.columns === false) continue;
      this.note(`< ${isEnd(reply) ? `(${reply.code})` : render(reply, this.#talk.options)}`);
    }
  }

  note(line: string): void {
    this.#talk.lines.push(`${this.#letter}${shortened(line)}`);
  }
}

function countRows(replies: readonly Reply[], from: number): number {
  let at = from;
  while (replies[at]?.code === "D") at++;
  return at - from;
}

/** What nobody would read is named by its start, its size and its hash. */
function shortened(text: string): string {
  if (text.length <= LINE_CHARACTERS) return text;
  return `${text.slice(0, 60)}… (${text.length} characters, ${digest(text)})`;
}
