/**
 * The words of SQLite's grammar. How a word may be used is one of three:
 * reserved words are never a name; join words are a name, but not an alias without AS;
 * all others are a name wherever the grammar has no use for the word.
 */
const RESERVED = `
ADD ALL ALTER AND AS AUTOINCREMENT BETWEEN CASE CHECK COLLATE COMMIT CONSTRAINT CREATE DEFAULT
DEFERRABLE DELETE DISTINCT DROP ELSE ESCAPE EXCEPT EXISTS FOREIGN FROM GROUP HAVING IN INDEX INSERT
INTERSECT INTO IS ISNULL JOIN LIMIT NOT NOTHING NOTNULL NULL ON OR ORDER PRIMARY REFERENCES
RETURNING SELECT SET TABLE THEN TO TRANSACTION UNION UNIQUE UPDATE USING VALUES WHEN WHERE`;

const JOIN_WORDS = "CROSS FULL INDEXED INNER LEFT NATURAL OUTER RIGHT";

const FREE = `
ABORT ACTION AFTER ALWAYS ANALYZE ASC ATTACH BEFORE BEGIN BY CASCADE CAST COLUMN CONFLICT CURRENT
CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP DATABASE DEFERRED DESC DETACH DO EACH END EXCLUDE
EXCLUSIVE EXPLAIN FAIL FILTER FIRST FOLLOWING FOR GENERATED GLOB GROUPS IF IGNORE IMMEDIATE
INITIALLY INSTEAD KEY LAST LIKE MATCH MATERIALIZED NO NULLS OF OFFSET OTHERS OVER PARTITION PLAN
PRAGMA PRECEDING QUERY RAISE RANGE RECURSIVE REGEXP REINDEX RELEASE RENAME REPLACE RESTRICT
ROLLBACK ROW ROWS SAVEPOINT TEMP TEMPORARY TIES TRIGGER UNBOUNDED VACUUM VIEW VIRTUAL WINDOW WITH
WITHIN WITHOUT`;

/**
 * How a keyword may stand for a name. Of Postgres' classes `free` is «unreserved», `column` a word
 * that names columns and tables but no function or type, `type` one that names functions and types
 * but no column or table.
 */
export type KeywordUse = "reserved" | "join" | "free" | "column" | "type";

/** The keywords of one dialect. */
export interface KeywordTable {
  /**
   * Open-addressed by `slotOf`, four numbers to a slot. Three hold the letters of a word, five bits
   * each: those behind the last whole group of six, the group before that, the one before it; no
   * two words have the same three. The fourth is its index in `words`. The first is 0 in a free
   * slot.
   */
  readonly slots: Int32Array;
  readonly words: readonly string[];
  readonly uses: ReadonlyMap<string, KeywordUse>;
}

/**
 * Strings that the engine knows by their address, as it does the literals in a source: they are
 * equal when they are the same object, and comparing two of them takes one instruction. The parts
 * of a split text are not such strings; names of properties are.
 */
export function internalized(words: string): string[] {
  const names: Record<string, null> = { __proto__: null };
  for (const word of words.match(/\S+/g) ?? []) names[word] = null;
  return Object.keys(names);
}

/** Builds a keyword table from lists of upper-case words of at most 18 letters and `_`. */
export function keywordTable(lists: readonly (readonly [KeywordUse, string])[]): KeywordTable {
  const uses = new Map<string, KeywordUse>();
  for (const [use, list] of lists) {
    for (const word of internalized(list)) uses.set(word, use);
  }
  const words = [...uses.keys()];
  const slots = new Int32Array(4 * 2 ** Math.ceil(Math.log2(words.length * 3)));
  for (let index = 0; index < words.length; index++) addWord(slots, words[index] ?? "", index);
  return { slots, words, uses };
}

function addWord(slots: Int32Array, word: string, index: number): void {
  let last = 0;
  let before = 0;
  let first = 0;
  for (let i = 0; i < word.length; i++) {
    if (i === 6 || i === 12) {
      first = before;
      before = last;
      last = 0;
    }
    last = (last << 5) | (word.charCodeAt(i) & 31);
  }
  let at = slotOf(slots, last, before, first);
  while (slots[at] !== 0) at = (at + 4) & (slots.length - 1);
  slots[at] = last;
  slots[at + 1] = before;
  slots[at + 2] = first;
  slots[at + 3] = index;
}

/** Where the search for a word begins. The factors spread the words of both dialects well. */
function slotOf(slots: Int32Array, last: number, before: number, first: number): number {
  const mixed = Math.imul(last ^ Math.imul(before, 0x2c1b3c6d) ^ first, 0x9e3779b1);
  return (mixed >>> 13) & (slots.length - 4);
}

/** The keyword that has these letters, or the empty string. */
export function findKeyword(
  table: KeywordTable,
  last: number,
  before: number,
  first: number,
): string {
  const { slots } = table;
  let at = slotOf(slots, last, before, first);
  for (;;) {
    const key = slots[at];
    if (key === last && slots[at + 1] === before && slots[at + 2] === first) {
      return table.words[slots[at + 3] ?? 0] ?? "";
    }
    if (key === 0) return "";
    at = (at + 4) & (slots.length - 1);
  }
}

/** SQLite's keywords (those of 3.53, all compile-time options included). */
export const SQLITE_KEYWORDS: KeywordTable = keywordTable([
  ["reserved", RESERVED],
  ["join", JOIN_WORDS],
  ["free", FREE],
]);

/**
 * Clears the bit in which ASCII letters differ by case. No other character of an identifier
 * becomes a letter by it.
 */
const UPPER = ~32;

/** Whether `sql` holds the upper-case ASCII `word` at `start`, in any case. */
export function equalsFolded(sql: string, start: number, word: string): boolean {
  for (let i = 0; i < word.length; i++) {
    if ((sql.charCodeAt(start + i) & UPPER) !== (word.charCodeAt(i) & UPPER)) return false;
  }
  return true;
}

/** How `name` is used as a keyword, in any case, of SQLite or of the table; null if it is none. */
export function keywordUse(name: string, table: KeywordTable = SQLITE_KEYWORDS): KeywordUse | null {
  const { uses } = table;
  const use = uses.get(name);
  if (use !== undefined) return use;
  // Beyond ASCII there are letters whose upper case is ASCII.
  return /^\w+$/.test(name) ? (uses.get(name.toUpperCase()) ?? null) : null;
}
