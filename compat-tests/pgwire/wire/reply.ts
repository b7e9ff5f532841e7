import { createHash } from "node:crypto";
import { Parser } from "pg-protocol/dist/parser.js";
import type { BackendMessage } from "pg-protocol/dist/messages.js";

/** A message from a server, as it came. */
export interface Reply {
  /** The type byte as a letter; `closed` is the end of the stream, `silence` none in time. */
  readonly code: string;
  readonly body: Buffer;
}

const TYPE_NAMES: Readonly<Record<number, string>> = {
  0: "unspecified",
  16: "bool",
  17: "bytea",
  20: "int8",
  21: "int2",
  23: "int4",
  25: "text",
  700: "float4",
  701: "float8",
  705: "unknown",
  1043: "varchar",
};

const BARE: Readonly<Record<string, string>> = {
  "1": "ParseComplete",
  "2": "BindComplete",
  "3": "CloseComplete",
  I: "EmptyQueryResponse",
  n: "NoData",
  s: "PortalSuspended",
};

/** How much of a message a transcript shows. */
export interface RenderOptions {
  /** Also the table, column and constraint that an error names. */
  readonly errorFields?: boolean;
  /** Also RowDescriptions; default true. */
  readonly columns?: boolean;
}

/** Cuts a byte stream into messages, each of which pg-protocol must be able to read. */
export class ReplyReader {
  #rest: Buffer = Buffer.alloc(0);

  push(bytes: Buffer): Reply[] {
    this.#rest = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
    const replies: Reply[] = [];
    let at = 0;
    while (this.#rest.length - at >= 5) {
      const end = at + 1 + this.#rest.readInt32BE(at + 1);
      if (end > this.#rest.length) break;
      const code = String.fromCharCode(this.#rest[at] ?? 0);
      checkStrictly(code, this.#rest.subarray(at, end));
      replies.push({ code, body: this.#rest.subarray(at + 5, end) });
      at = end;
    }
    this.#rest = this.#rest.subarray(at);
    return replies;
  }

  /** Bytes that are no whole message yet. */
  get restBytes(): number {
    return this.#rest.length;
  }
}

/** pg-protocol knows protocol 3.0; NegotiateProtocolVersion and long cancel keys came later. */
function checkStrictly(code: string, message: Buffer): void {
  if (code === "v") return;
  const seen: BackendMessage[] = [];
  new Parser().parse(message, (one) => seen.push(one));
  const [only] = seen;
  if (seen.length !== 1 || only === undefined) throw new Error(`"${code}" is no whole message`);
  if (code !== "E" && only.name === "error") throw new Error(`pg-protocol does not know "${code}"`);
}

/** One line for a transcript; what two servers may rightly choose for themselves is left out. */
export function render(reply: Reply, options: RenderOptions = {}): string {
  const { code, body } = reply;
  const bare = BARE[code];
  if (bare !== undefined)
    return body.length === 0 ? bare : `${bare} with ${body.length} bytes more`;
  const cursor = new Cursor(body);
  const line = renderBody(code, cursor, options);
  return cursor.left === 0 ? line : `${line}, then ${cursor.left} bytes more`;
}

function renderBody(code: string, body: Cursor, options: RenderOptions): string {
  switch (code) {
    case "C":
      return `CommandComplete ${body.cstring()}`;
    case "D":
      return `DataRow ${list(body, () => value(body.sized()))}`;
    case "E":
    case "N":
      return report(code, body, options);
    case "K":
      return `BackendKeyData, process ${body.int32() > 0}, key of ${body.rest().length} bytes`;
    case "R":
      return authentication(body);
    case "S":
      return `ParameterStatus ${body.cstring()} = ${body.cstring()}`;
    case "T":
      return `RowDescription ${list(body, () => field(body))}`;
    case "Z":
      return `ReadyForQuery ${body.rest().toString("latin1")}`;
    case "t":
      return `ParameterDescription ${list(body, () => typeName(body.int32()))}`;
    case "v":
      return negotiation(body);
    default:
      return `${code} ${body.rest().length} bytes`;
  }
}

function list(body: Cursor, one: () => string): string {
  const count = body.int16();
  return `(${Array.from({ length: count }, one).join(", ")})`;
}

function field(body: Cursor): string {
  const name = body.cstring();
  // The table's oid and the column's number: ours has no oids of tables.
  body.int32();
  body.int16();
  const type = typeName(body.int32());
  const size = body.int16();
  const modifier = body.int32();
  const format = body.int16() === 0 ? "" : " binary";
  return `${name} ${type} size ${size}${modifier === -1 ? "" : ` modifier ${modifier}`}${format}`;
}

function typeName(oid: number): string {
  return TYPE_NAMES[oid] ?? `oid ${oid}`;
}

/** Text in quotes; bytes that are no printable text in hexadecimal. */
export function value(bytes: Buffer | null): string {
  if (bytes === null) return "NULL";
  const text = bytes.toString("utf8");
  const isText = !/[\0-\x08\x0e-\x1f\ufffd]/.test(text) && Buffer.from(text).equals(bytes);
  if (bytes.length > 64) return `${bytes.length} bytes ${digest(bytes)}`;
  return isText ? JSON.stringify(text) : `x'${bytes.toString("hex")}'`;
}

export function digest(bytes: Buffer | string): string {
  return createHash("sha256").update(bytes).digest("hex").slice(0, 12);
}

function report(code: string, body: Cursor, options: RenderOptions): string {
  const fields = new Map<string, string>();
  for (;;) {
    const kind = body.byte();
    if (kind === 0) break;
    fields.set(String.fromCharCode(kind), body.cstring());
  }
  const words = [code === "E" ? "ErrorResponse" : "NoticeResponse"];
  words.push(fields.get("S") ?? "without severity", fields.get("C") ?? "without code");
  if (fields.get("V") !== fields.get("S")) words.push(`but V is ${fields.get("V")}`);
  if ((fields.get("M") ?? "") === "") words.push("without a message");
  if (fields.has("P")) words.push(`at ${fields.get("P")}`);
  if (options.errorFields === true) {
    for (const [kind, name] of ERROR_FIELDS) {
      if (fields.has(kind)) words.push(`${name} ${fields.get(kind)}`);
    }
  }
  return words.join(" ");
}

const ERROR_FIELDS: readonly (readonly [string, string])[] = [
  ["t", "table"],
  ["c", "column"],
  ["n", "constraint"],
];

function authentication(body: Cursor): string {
  const kind = body.int32();
  if (kind === 0) return "Authentication ok";
  if (kind === 10) {
    const names: string[] = [];
    for (let name = body.cstring(); name !== ""; name = body.cstring()) names.push(name);
    return `Authentication SASL ${names.join(" ")}`;
  }
  const rest = body.rest();
  if (kind === 11) return `Authentication SASL continue`;
  if (kind === 12) return `Authentication SASL final`;
  return `Authentication ${kind} with ${rest.length} bytes`;
}

function negotiation(body: Cursor): string {
  const version = body.int32();
  const names = Array.from({ length: body.int32() }, () => body.cstring());
  return `NegotiateProtocolVersion ${version >>> 16}.${version & 0xffff} (${names.join(", ")})`;
}

/** Reads a body from front to back. */
class Cursor {
  readonly #body: Buffer;
  #at = 0;

  constructor(body: Buffer) {
    this.#body = body;
  }

  get left(): number {
    return this.#body.length - this.#at;
  }

  byte(): number {
    return this.#body.readUInt8(this.#skip(1));
  }

  int16(): number {
    return this.#body.readInt16BE(this.#skip(2));
  }

  int32(): number {
    return this.#body.readInt32BE(this.#skip(4));
  }

  cstring(): string {
    const end = this.#body.indexOf(0, this.#at);
    if (end === -1) throw new Error("a string without its end");
    return this.#body.toString("utf8", this.#skip(end + 1 - this.#at), end);
  }

  sized(): Buffer | null {
    const size = this.int32();
    if (size === -1) return null;
    const start = this.#skip(size);
    return this.#body.subarray(start, start + size);
  }

  rest(): Buffer {
    return this.#body.subarray(this.#skip(this.left));
  }

  #skip(bytes: number): number {
    const start = this.#at;
    if (start + bytes > this.#body.length) throw new Error("the message is shorter than it says");
    this.#at += bytes;
    return start;
  }
}
