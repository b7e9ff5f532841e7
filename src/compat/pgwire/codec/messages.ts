import type { FieldReader } from "./fields.ts";

/** Type bytes of messages that a client sends. */
export const FrontendCode = {
  bind: 0x42,
  close: 0x43,
  copyData: 0x64,
  copyDone: 0x63,
  copyFail: 0x66,
  describe: 0x44,
  execute: 0x45,
  flush: 0x48,
  functionCall: 0x46,
  parse: 0x50,
  password: 0x70,
  query: 0x51,
  sync: 0x53,
  terminate: 0x58,
} as const;

/** Parse: a text becomes a named (or, with an empty name, the unnamed) statement. */
export interface ParseMessage {
  readonly name: string;
  readonly text: string;
  /** Types of the first parameters; 0 leaves one open. */
  readonly parameterOids: readonly number[];
}

/** What Describe and Close point at. */
export interface TargetMessage {
  readonly kind: "statement" | "portal" | "unknown";
  /** The byte that said so. */
  readonly letter: number;
  readonly name: string;
}

/** Execute: how many rows of which portal; 0 is all of them. */
export interface ExecuteMessage {
  readonly portal: string;
  readonly maxRows: number;
}

export function readQuery(body: FieldReader): string {
  const text = body.cstring();
  body.finish();
  return text;
}

export function readParse(body: FieldReader): ParseMessage {
  const name = body.cstring();
  const text = body.cstring();
  const count = body.uint16();
  const parameterOids: number[] = [];
  for (let index = 0; index < count; index++) parameterOids.push(body.uint32());
  body.finish();
  return { name, text, parameterOids };
}

export function readTarget(body: FieldReader): TargetMessage {
  const letter = body.byte();
  const name = body.cstring();
  body.finish();
  if (letter === 0x53) return { kind: "statement", letter, name };
  return { kind: letter === 0x50 ? "portal" : "unknown", letter, name };
}

export function readExecute(body: FieldReader): ExecuteMessage {
  const portal = body.cstring();
  const maxRows = body.int32();
  body.finish();
  return { portal, maxRows };
}

/** A list of format codes, as Bind carries two of them. */
export function readFormats(body: FieldReader): readonly number[] {
  const count = body.uint16();
  const formats: number[] = [];
  for (let index = 0; index < count; index++) formats.push(body.uint16());
  return formats;
}
