import { turnsForeignKeysOff } from "../../engine/text/foreign-key-script.ts";
import { readScript } from "../script/script-reader.ts";

/** What a PRAGMA that turns foreign keys off must say. */
const WORD = /foreign_keys/i;
const WORD_LENGTH = 12;

/**
 * Looks for the word `foreign_keys` in a script that comes in pieces, wherever they end. Most
 * scripts do not say it, and need not be split to know that.
 */
export class ForeignKeyMention {
  /** Bytes are characters: those of the word are ASCII. */
  readonly #decoder = new TextDecoder("latin1");
  #tail = "";

  /** Whether the word was there, up to the end of this piece. */
  push(bytes: Uint8Array): boolean {
    const text = this.#tail + this.#decoder.decode(bytes);
    this.#tail = text.slice(-WORD_LENGTH);
    return WORD.test(text);
  }
}

/**
 * Whether a script turns foreign keys off. What of it cannot be read, says so when it runs.
 *
 * @param pieces gives the whole script anew each time
 */
export async function scriptKeysOff(pieces: () => AsyncIterable<Uint8Array>): Promise<boolean> {
  const mention = new ForeignKeyMention();
  for await (const piece of pieces()) {
    if (mention.push(piece)) return await splitKeysOff(pieces());
  }
  return false;
}

async function splitKeysOff(pieces: AsyncIterable<Uint8Array>): Promise<boolean> {
  for await (const event of readScript(pieces)) {
    if (event.kind === "statement" && turnsForeignKeysOff([{ sql: event.text }])) return true;
  }
  return false;
}
