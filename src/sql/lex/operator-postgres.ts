import { internalized } from "./keywords.ts";
import { BEYOND_ASCII, characterTable, codeAt } from "./scanner.ts";

/** A character of operators of the SQL standard. */
const STANDARD = 1;
const SIGN = 2;
/** A character that no operator of the standard holds. */
const FOREIGN = 3;

const OPERATOR_CODES: Uint8Array = characterTable((_, character) => {
  if ("*/<>=".includes(character)) return STANDARD;
  if ("+-".includes(character)) return SIGN;
  return "~!@#^&|`?%".includes(character) ? FOREIGN : 0;
});

/** An operator is a name, and has at most as many bytes. */
const LONGEST_OPERATOR = 63;

/**
 * So many signs in a row are looked at, no more, or a text of signs would take quadratic time. An
 * operator that begins with more is too long, which is found when fewer are left.
 */
const LONGEST_SIGNS = LONGEST_OPERATOR + 1;

/**
 * The end of the operator that begins at an offset; the complement of it when it is too long.
 *
 * It is as long as possible but ends before a comment. One of two or more characters keeps a sign
 * at its end only if it holds a character that is foreign to the standard: `=-` is two operators,
 * `?-` is one.
 */
export function operatorEnd(sql: string, start: number): number {
  let end = start;
  let foreign = false;
  // Behind the last character that is no sign, or the first one.
  let unsigned = start + 1;
  for (;;) {
    const code = codeAt(sql, end);
    const kind = OPERATOR_CODES[Math.min(code, BEYOND_ASCII)] ?? 0;
    if (kind === 0 || (end > start && beginsComment(code, codeAt(sql, end + 1)))) break;
    end++;
    if (kind === FOREIGN) foreign = true;
    if (kind !== SIGN) unsigned = end;
    else if (!foreign && end - unsigned > LONGEST_SIGNS) break;
  }
  if (end === start) return ~(start + 1);
  if (!foreign) end = unsigned;
  return end - start > LONGEST_OPERATOR ? ~end : end;
}

function beginsComment(code: number, next: number): boolean {
  return (code === 45 && next === 45) || (code === 47 && next === 42);
}

/** The operators of two to four characters that statements have most. */
const OPERATORS: ReadonlyMap<number, string> = operatorTable(`
<> <= >= => || -> ->> #> #>> #- @> <@ ?| ?& @? @@ ~* !~ !~* ~~ ~~* !~~ !~~* && << >> ^@ <-> <=>`);

function operatorTable(words: string): ReadonlyMap<number, string> {
  const table = new Map<number, string>();
  for (const word of internalized(words)) {
    table.set(packedOperator(word, 0, word.length), word);
  }
  table.set(packedOperator("!=", 0, 2), "<>");
  return table;
}

/** Up to four characters as one number. */
function packedOperator(sql: string, start: number, end: number): number {
  let packed = 0;
  for (let at = start; at < end; at++) packed = (packed << 7) | sql.charCodeAt(at);
  return packed;
}

/** The operator between two offsets, `<>` for `!=`; known ones are always the same string. */
export function operatorWord(sql: string, start: number, end: number): string {
  if (end === start + 1) return sql.charAt(start);
  const known = end - start < 5 ? OPERATORS.get(packedOperator(sql, start, end)) : undefined;
  return known ?? sql.slice(start, end);
}
