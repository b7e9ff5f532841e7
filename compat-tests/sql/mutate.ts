import type { Dialect } from "../../src/sql/lex/dialect.ts";
import { Lexer } from "../../src/sql/lex/lexer.ts";
import type { SeededRandom } from "../../test/sql/seeded-random.ts";

/** Tokens that no statement needs to hold for one of them to be put into it. */
const STRAYS = [
  ...["(", ")", ",", ";", ".", "*", "=", "+", "-", "NOT", "AND", "SELECT", "FROM", "WHERE"],
  ...["AS", "NULL", "x", "1", "'s'", "ON", "BY", "ORDER", "SET", "IN", "VALUES", "TABLE"],
];

interface Piece {
  readonly start: number;
  readonly end: number;
}

function piecesOf(sql: string, dialect: Dialect): Piece[] {
  const lexer = new Lexer(sql, { dialect });
  const pieces: Piece[] = [];
  while (lexer.next()) pieces.push({ start: lexer.start, end: lexer.end });
  return pieces;
}

/**
 * The statement with one token deleted, doubled, swapped with another one or put in: often no
 * longer SQL, and nearly so. What replaces a token stands between spaces, so that no two tokens
 * join into one.
 *
 * @example
 * mutate("SELECT a FROM t", SQLITE, new SeededRandom(1)); // "SELECT FROM t", say
 */
export function mutate(sql: string, dialect: Dialect, random: SeededRandom): string {
  const pieces = piecesOf(sql, dialect);
  if (pieces.length < 2) return sql;
  const textOf = ({ start, end }: Piece): string => sql.slice(start, end);
  const replace = ({ start, end }: Piece, text: string): string =>
    `${sql.slice(0, start)} ${text} ${sql.slice(end)}`;
  const piece = random.pick(pieces);
  switch (random.below(4)) {
    case 0:
      return replace(piece, "");
    case 1:
      return replace(piece, `${textOf(piece)} ${textOf(piece)}`);
    case 2: {
      const other = random.pick(pieces);
      const [first, second] = piece.start <= other.start ? [piece, other] : [other, piece];
      return first === second
        ? replace(first, "")
        : replace(second, textOf(first)).slice(0, first.start) +
            ` ${textOf(second)} ` +
            replace(second, textOf(first)).slice(first.end);
    }
    default: {
      const stray = random.below(2) === 0 ? random.pick(STRAYS) : textOf(random.pick(pieces));
      return replace(piece, `${stray} ${textOf(piece)}`);
    }
  }
}
