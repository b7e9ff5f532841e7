import type { Awaitable } from "../../base/value.ts";
import { LruMap } from "../../engine/text/lru-map.ts";
import type { Access } from "./access.ts";
import { toBase64 } from "./cells.ts";
import type { StatementHash } from "./remote-api.ts";

/** Shorter texts travel as they are: a hash takes 43 characters. */
const HASHED_LENGTH = 128;

/** Longer texts are not kept, so that the kept ones take a known part of the memory. */
const LONGEST_KEPT = 65_536;
const MOST_KEPT = 500;

/** Whose a text is. */
type TextOwner = Pick<Access, "name" | "holder">;

/** SHA-256 of a text's UTF-8; synchronous on Node. */
export type HashText = (text: string) => Awaitable<Uint8Array>;

/**
 * What a server knows of the texts that its clients have sent, each for the same database and
 * holder of a token only: else a hash would ask what others run.
 */
export class StatementTexts {
  readonly #hash: HashText;
  readonly #texts = new LruMap<string, string>(MOST_KEPT);

  constructor(hash: HashText) {
    this.#hash = hash;
  }

  /** Null when it is not known. */
  find(of: TextOwner, hash: StatementHash): string | null {
    return this.#texts.get(keyOf(of, hash)) ?? null;
  }

  /** Remembers a text that clients may send as its hash. The hash is ours, never a client's. */
  async keep(of: TextOwner, text: string): Promise<void> {
    if (!isHashed(text)) return;
    const hash = base64Url(await this.#hash(text)) as StatementHash;
    this.#texts.set(keyOf(of, hash), text);
  }
}

function keyOf({ name, holder = "" }: TextOwner, hash: StatementHash): string {
  return JSON.stringify([hash, name, holder]);
}

export function isHashed(text: string): boolean {
  return text.length >= HASHED_LENGTH && text.length <= LONGEST_KEPT;
}

/** Bytes in letters, digits, `-` and `_`. */
export function base64Url(bytes: Uint8Array): string {
  return toBase64(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
