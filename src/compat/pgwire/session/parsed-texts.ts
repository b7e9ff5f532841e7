import { bindByNumber } from "../../../sql/read/parameters.ts";
import type { Command } from "../commands/command.ts";
import { parseCommand } from "../commands/parse-command.ts";
import type { FailurePlace, QueryText } from "../error-report.ts";
import { pgError } from "../errors.ts";
import { splitQuery } from "./split-query.ts";

/** What a Parse message's text says, whatever the database holds. */
export interface ParsedText {
  /** The text, and where the statement begins in it. */
  readonly query: QueryText;
  readonly command: Command | null;
  /** The statement with `$n` written as `?n`; null when there is none. */
  readonly sql: string | null;
}

/** Texts remembered: the statements of one program's busy part. */
const TEXTS_KEPT = 100;

/** A longer text is not remembered: it is seldom sent twice, and would cost memory. */
const LONGEST_KEPT_UNITS = 4096;

/**
 * Drivers send the same few texts again and again, each time with its own Parse: what does not
 * depend on the schema is worked out once.
 */
export class ParsedTexts {
  readonly #texts = new Map<string, ParsedText>();

  /** Reads a text; `place` is where an error in it stands. */
  read(text: string, place: FailurePlace): ParsedText {
    const known = this.#texts.get(text);
    if (known !== undefined) {
      place.query = known.query;
      return known;
    }
    const parsed = parse(text, place);
    if (text.length > LONGEST_KEPT_UNITS) return parsed;
    if (this.#texts.size >= TEXTS_KEPT) this.#texts.clear();
    this.#texts.set(text, parsed);
    return parsed;
  }
}

function parse(text: string, place: FailurePlace): ParsedText {
  const [piece, ...more] = splitQuery(text);
  const query = { text, offset: piece?.start ?? 0 };
  place.query = query;
  if (more.length > 0) {
    throw pgError("42601", "cannot insert multiple commands into a prepared statement");
  }
  if (piece === undefined) return { query, command: null, sql: null };
  const command = parseCommand(piece.text);
  return { query, command, sql: command === null ? bindByNumber(piece.text) : piece.text };
}
