import { DosqlError } from "../../base/errors.ts";
import type { Awaitable } from "../../base/value.ts";
import { LruMap } from "../../engine/text/lru-map.ts";
import type { Access } from "./access.ts";
import type { StatementHash } from "./remote-api.ts";

/** Shorter texts travel as they are: a hash takes 43 characters. */
const HASHED_LENGTH = 128;

/** Longer texts are not kept, so that the kept ones take a known part of the memory. */
const LONGEST_KEPT = 65_536;
const MOST_KEPT = 500;

/** Whose a text is. */
type TextOwner = Pick<Access, "name" | "holder">;

/** SHA-256 of a text's UTF-8; synchronous on Node. */
export type HashText = (text: string) => Awaitable<StatementHash>;

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
    if (isHashed(text)) this.#texts.set(keyOf(of, await this.#hash(text)), text);
  }
}

function keyOf({ name, holder = "" }: TextOwner, hash: StatementHash): string {
  return JSON.stringify([hash, name, holder]);
}

export function isHashed(text: string): boolean {
  return text.length >= HASHED_LENGTH && text.length <= LONGEST_KEPT;
}

/** 32 bytes as a hash. */
export function statementHash(digest: Uint8Array): StatementHash {
  if (digest.length !== 32) throw new DosqlError("bug", "SHA-256 has 32 bytes");
  const base64 = btoa(String.fromCharCode(...digest));
  return base64.replaceAll("+", "-").replaceAll("/", "_").slice(0, 43) as StatementHash;
}
