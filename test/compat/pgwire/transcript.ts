import { serialize } from "pg-protocol";

/** What the client says and what the server must answer, in short form. */
export interface Transcript {
  readonly title: string;
  readonly steps: readonly Step[];
  /** Why Postgres answers otherwise; absent where it answers the same (all checked on 15.18). */
  readonly differs?: string;
}

export type Step = readonly [send: readonly Uint8Array[], expected: readonly string[]];

export const query = (text: string): Uint8Array => serialize.query(text);
export const parse = (text: string, name = "", types: number[] = []): Uint8Array =>
  serialize.parse({ text, name, types });
export const bind = (values: unknown[] = [], portal = "", statement = ""): Uint8Array =>
  serialize.bind({ values, portal, statement });
export const execute = (rows = 0, portal = ""): Uint8Array => serialize.execute({ portal, rows });
export const describeStatement = (name = ""): Uint8Array => serialize.describe({ type: "S", name });
export const describePortal = (name = ""): Uint8Array => serialize.describe({ type: "P", name });
export const close = (type: "S" | "P", name: string): Uint8Array => serialize.close({ type, name });
export const sync = serialize.sync();
export const flush = serialize.flush();
/** The whole way of an unnamed statement, without its Sync. */
export const run = (text: string, values: unknown[] = []): Uint8Array[] => [
  parse(text),
  bind(values),
  execute(),
];

export const T = ["row id:20 v:25", "data 1 one", "data 2 two"] as const;
export const READY = "ready I";
export const IN_BLOCK = "ready T";
export const FAILED = "ready E";
export const RAN = ["parseComplete", "bindComplete"] as const;
