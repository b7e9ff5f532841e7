/** Builds frontend messages byte by byte, so that a case can also build wrong ones. */

export function int16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

export function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

export function int64(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(value);
  return bytes;
}

export function float64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return bytes;
}

export function cstring(text: string): Buffer {
  return Buffer.from(`${text}\0`, "utf8");
}

/** A message: its type, its length (which counts itself), its body. */
export function frame(code: string, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from(code, "latin1"), int32(body.length + 4), body]);
}

/** A packet of the time before the session: no type byte. */
export function packet(...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([int32(body.length + 4), body]);
}

export const PROTOCOL_3_0 = 0x0003_0000;
export const PROTOCOL_3_2 = 0x0003_0002;

export function startup(protocol: number, parameters: Readonly<Record<string, string>>): Buffer {
  const pairs = Object.entries(parameters).flatMap(([name, value]) => [
    cstring(name),
    cstring(value),
  ]);
  return packet(int32(protocol), ...pairs, Buffer.of(0));
}

export function cancelRequest(processId: number, key: Buffer): Buffer {
  return packet(int32(80_877_102), int32(processId), key);
}

export const SSL_REQUEST: Buffer = packet(int32(80_877_103));
export const GSSENC_REQUEST: Buffer = packet(int32(80_877_104));

export function query(sql: string): Buffer {
  return frame("Q", cstring(sql));
}

export function parse(sql: string, name = "", oids: readonly number[] = []): Buffer {
  return frame("P", cstring(name), cstring(sql), int16(oids.length), ...oids.map(int32));
}

/** A value to bind: text, bytes in binary format, or NULL. */
export type BoundValue = string | Buffer | null;

/** As a transcript shows bound values. */
export function shownValues(values: readonly BoundValue[]): string {
  const one = (value: BoundValue): string =>
    Buffer.isBuffer(value) ? `x'${value.toString("hex")}'` : JSON.stringify(value);
  return `[${values.map(one).join(", ")}]`;
}

export interface BindOptions {
  readonly portal?: string;
  readonly statement?: string;
  /** Format codes of the results: none is text, one is for all columns. */
  readonly results?: readonly number[];
  /** Format codes of the parameters; without it, one for each by the kind of the value. */
  readonly formats?: readonly number[];
}

export function bind(values: readonly BoundValue[] = [], options: BindOptions = {}): Buffer {
  const formats = options.formats ?? values.map((value) => (Buffer.isBuffer(value) ? 1 : 0));
  const results = options.results ?? [];
  return frame(
    "B",
    cstring(options.portal ?? ""),
    cstring(options.statement ?? ""),
    int16(formats.length),
    ...formats.map(int16),
    int16(values.length),
    ...values.flatMap(sized),
    int16(results.length),
    ...results.map(int16),
  );
}

function sized(value: BoundValue): Buffer[] {
  if (value === null) return [int32(-1)];
  const bytes = Buffer.isBuffer(value) ? value : Buffer.from(value, "utf8");
  return [int32(bytes.length), bytes];
}

export function execute(maxRows = 0, portal = ""): Buffer {
  return frame("E", cstring(portal), int32(maxRows));
}

export function describeStatement(name = ""): Buffer {
  return frame("D", Buffer.from("S"), cstring(name));
}

export function describePortal(name = ""): Buffer {
  return frame("D", Buffer.from("P"), cstring(name));
}

export function closeStatement(name = ""): Buffer {
  return frame("C", Buffer.from("S"), cstring(name));
}

export function closePortal(name = ""): Buffer {
  return frame("C", Buffer.from("P"), cstring(name));
}

export const SYNC: Buffer = frame("S");
export const FLUSH: Buffer = frame("H");
export const TERMINATE: Buffer = frame("X");
