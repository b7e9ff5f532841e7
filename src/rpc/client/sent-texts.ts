import type { Statement } from "../../engine/session/session.ts";
import type { Entropy } from "../../ports/entropy.ts";
import type { Call } from "../api/call-text.ts";
import type { RetryKey, StatementHash } from "../api/remote-api.ts";
import type { HashText } from "../api/statement-texts.ts";
import { base64Url, isHashed } from "../api/statement-texts.ts";

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
    this.#prefix = base64Url(entropy.randomBytes(KEY_BYTES));
  }

  /** Statements with the hash in place of each text that the server has. */
  short(statements: readonly Statement[]): Call["statements"] | Promise<Call["statements"]> {
    if (!statements.some(({ sql }) => this.#sent.has(sql))) return statements;
    return Promise.all(
      statements.map(async ({ sql, params }) => {
        let hash = this.#sent.get(sql);
        if (hash === null) {
          hash = base64Url(await this.#hash(sql)) as StatementHash;
          this.#sent.set(sql, hash);
        }
        return { sql: hash === undefined ? sql : [hash], params } as const;
      }),
    );
  }

  sent(statements: readonly Statement[]): void {
    if (this.#sent.size > MOST_KNOWN) this.#sent.clear();
    for (const { sql } of statements) {
      if (isHashed(sql) && !this.#sent.has(sql)) this.#sent.set(sql, null);
    }
  }

  newKey(): RetryKey {
    return `${this.#prefix}-${++this.#keys}` as RetryKey;
  }
}
