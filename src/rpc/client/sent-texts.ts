import type { Entropy } from "../../ports/entropy.ts";
import type { RetryKey, StatementHash } from "../api/remote-api.ts";
import type { HashText } from "../api/statement-texts.ts";
import { isHashed } from "../api/statement-texts.ts";

const MOST_KNOWN = 500;
/** No two clients begin their keys with the same bytes. */
const KEY_BYTES = 16;

/** Which long texts the server has heard from this client, and the keys of its calls. */
export class SentTexts {
  readonly #hash: HashText;
  readonly #prefix: string;
  #keys = 0;
  readonly #sent = new Map<string, StatementHash | null>();

  constructor(hash: HashText, entropy: Entropy) {
    this.#hash = hash;
    this.#prefix = hex(entropy.randomBytes(KEY_BYTES));
  }

  /** The text's hash once the server has it, else the text. */
  async short(sql: string): Promise<string | readonly [StatementHash]> {
    const known = this.#sent.get(sql);
    if (known === undefined) return sql;
    const hash = known ?? (await this.#hash(sql));
    this.#sent.set(sql, hash);
    return [hash];
  }

  sent(sqls: readonly string[]): void {
    if (this.#sent.size > MOST_KNOWN) this.#sent.clear();
    for (const sql of sqls) {
      if (isHashed(sql) && this.#sent.get(sql) === undefined) this.#sent.set(sql, null);
    }
  }

  newKey(): RetryKey {
    return `${this.#prefix}-${++this.#keys}` as RetryKey;
  }
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
