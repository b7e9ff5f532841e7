import { DosqlError } from "../../base/errors.ts";
import { dollarTagEnd } from "./scan-postgres.ts";
import { codeAt, isDigit, type Scanner } from "./scanner.ts";
import { escapedText } from "./string-value.ts";

type Illegal = Pick<Scanner, "start" | "end">;

/** Why Postgres refuses a token whose kind is `illegal`, in its words. */
export function illegalReason(sql: string, token: Illegal): string {
  const text = sql.slice(token.start, token.end);
  const first = text.charAt(0).toLowerCase();
  if (isDigit(text.charCodeAt(0)) || first === ".") return numberReason(text);
  switch (first) {
    case "'":
    case "e":
      return "unterminated quoted string";
    case '"':
    case "u":
      return quotedReason(text);
    case "b":
      return "unterminated bit string literal";
    case "x":
      return "unterminated hexadecimal string literal";
    case "$":
      return dollarReason(text);
    case "\0":
      return 'invalid byte sequence for encoding "UTF8": 0x00';
    default:
      if (text.startsWith("/*")) return "unterminated /* comment";
      return text.length > 1 ? "operator too long" : "syntax error";
  }
}

/** The error that Postgres gives for a token whose kind is `illegal`. */
export function illegalError(sql: string, token: Illegal): DosqlError {
  const { start, end } = token;
  if ((codeAt(sql, start) | 32) === 101) {
    // An escape is refused where it stands, before the end of the text is found missing.
    try {
      escapedText(sql, start + 1, end + 1);
    } catch (error) {
      if (!(error instanceof DosqlError)) throw error;
      if (error.at !== undefined) return error;
    }
  }
  const reason = illegalReason(sql, token);
  const near = codeAt(sql, start) === 0 ? "" : ` at or near "${sql.slice(start, end)}"`;
  return new DosqlError("syntax", `${reason}${near}`, { at: start });
}

function numberReason(text: string): string {
  switch (/^0([box])_?$/i.exec(text)?.[1]?.toLowerCase()) {
    case "x":
      return "invalid hexadecimal integer";
    case "o":
      return "invalid octal integer";
    case "b":
      return "invalid binary integer";
    default:
      return "trailing junk after numeric literal";
  }
}

function quotedReason(text: string): string {
  const quoted = text.replace(/^u&/i, "");
  if (quoted.startsWith("'")) return "unterminated quoted string";
  return quoted === '""' ? "zero-length delimited identifier" : "unterminated quoted identifier";
}

function dollarReason(text: string): string {
  if (/^\$\d+$/.test(text)) return "parameter number too large";
  if (/^\$\d/.test(text)) return "trailing junk after parameter";
  return dollarTagEnd(text, 0) < 0 ? "syntax error" : "unterminated dollar-quoted string";
}
