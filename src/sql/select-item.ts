import { SQLITE_KEYWORDS } from "./keywords.ts";
import { END, type Token } from "./lexer.ts";

/** Words between the SELECTs of a compound. */
export function isCompound(word: string): boolean {
  return word === "UNION" || word === "EXCEPT" || word === "INTERSECT";
}

/** Words that end a select list outside of parentheses. */
export function endsSelectList(word: string): boolean {
  switch (word) {
    case "FROM":
    case "WHERE":
    case "GROUP":
    case "HAVING":
    case "ORDER":
    case "LIMIT":
    case ")":
      return true;
    default:
      return isCompound(word);
  }
}

/**
 * Whether the last token of a select item is its alias, given the token before. A parenthesis
 * before may be given by its opening or by its closing.
 */
export function isAlias(before: Token, last: Token): boolean {
  const named = last.kind === "identifier" || last.kind === "quoted" || last.kind === "string";
  return named && endsOperand(before);
}

/** Whether an expression can end with this token. */
function endsOperand(token: Token): boolean {
  switch (token.kind) {
    case "operator":
      return token.word === "*";
    case "punctuation":
      return token.word === "(" || token.word === ")";
    case "identifier": {
      if (token.word === "" || token.word === "AS") return true;
      if (SQLITE_KEYWORDS.uses.get(token.word) !== "reserved") return true;
      return token.word === "NULL" || token.word === "ISNULL" || token.word === "NOTNULL";
    }
    case "end":
      return false;
    default:
      return true;
  }
}

/** Offsets of the items of the outermost select lists that have no alias and are no plain name. */
export function namelessItems(tokens: readonly Token[]): { start: number; end: number }[] {
  const items: { start: number; end: number }[] = [];
  let depth = 0;
  let listed = false;
  let first: Token = END;
  let before: Token = END;
  let last: Token = END;
  const finish = (): void => {
    if (listed && first !== last && !isAlias(before, last)) {
      items.push({ start: first.start, end: last.end });
    }
    first = before = last = END;
  };
  for (const token of tokens) {
    const { word } = token;
    if (word === ")") depth--;
    if (depth === 0 && word === "SELECT") {
      listed = true;
      first = before = last = END;
      continue;
    }
    const ends = word === "," || word === ";" || (word !== ")" && endsSelectList(word));
    if (depth === 0 && listed && ends) {
      finish();
      if (word !== ",") listed = false;
    } else if (first !== END || (word !== "DISTINCT" && word !== "ALL")) {
      if (first === END) first = token;
      before = last;
      last = token;
    }
    if (word === "(") depth++;
  }
  finish();
  return items;
}
