import {
  codeAt,
  digitsEnd,
  isDigit,
  isHexDigit,
  isNameStart,
  nameEnd,
  type Scanner,
  take,
} from "./scanner.ts";

/** Reads a number, from its first digit or point on. */
export function scanPostgresNumber(scanner: Scanner): void {
  const { sql, start } = scanner;
  const radix = codeAt(sql, start) === 48 ? radixDigits(codeAt(sql, start + 1)) : null;
  if (radix !== null) return scanRadix(scanner, radix);
  let kind: Scanner["kind"] = "integer";
  // Behind the last point or sign: from here on a name could go on.
  let tail = start;
  let end = separatedEnd(sql, start, isDigit);
  if (codeAt(sql, end) === 46) {
    // `1..2` is an integer, two points, an integer.
    if (codeAt(sql, end + 1) === 46 && end > start) return take(scanner, "integer", end, "");
    kind = "float";
    tail = end + 1;
    end = isDigit(codeAt(sql, tail)) ? separatedEnd(sql, tail, isDigit) : tail;
  }
  if ((codeAt(sql, end) | 32) === 101) {
    const sign = codeAt(sql, end + 1);
    const signed = sign === 43 || sign === 45;
    const first = signed ? end + 2 : end + 1;
    if (isDigit(codeAt(sql, first))) {
      kind = "float";
      if (signed) tail = first;
      end = separatedEnd(sql, first, isDigit);
    } else if (signed) {
      return take(scanner, "illegal", first, "");
    }
  }
  // A name behind a number is refused, also one that begins in it: `1_0$` is `1` and `_0$`.
  const inName = isNameStart(codeAt(sql, end)) || digitsEnd(sql, tail) < end;
  const last = inName ? nameEnd(sql, end) : end;
  take(scanner, last > end ? "illegal" : kind, last, "");
}

/** The digits of a number that begins with `0` and this letter; null for a decimal one. */
function radixDigits(letter: number): ((code: number) => boolean) | null {
  switch (letter | 32) {
    case 98: // b
      return (code) => code === 48 || code === 49;
    case 111: // o
      return (code) => code >= 48 && code <= 55;
    case 120: // x
      return isHexDigit;
    default:
      return null;
  }
}

/** `0x1F`, `0o17`, `0b1`. */
function scanRadix(scanner: Scanner, accepts: (code: number) => boolean): void {
  const { sql, start } = scanner;
  const end = separatedEnd(sql, start + 2, accepts);
  // What follows belongs to it too, even a digit, if it would go on a name that began with the `x`.
  const last = nameEnd(sql, end);
  take(scanner, end > start + 2 && last === end ? "integer" : "illegal", last, "");
}

/** The end of digits with single `_` before them. A `_` before the first is for the caller. */
function separatedEnd(sql: string, at: number, accepts: (code: number) => boolean): number {
  let end = at;
  for (;;) {
    const code = codeAt(sql, end);
    if (accepts(code)) end++;
    else if (code === 95 && accepts(codeAt(sql, end + 1))) end += 2;
    else return end;
  }
}
