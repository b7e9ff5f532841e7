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

/** How a keyword may stand for a name. */
export type KeywordUse = "reserved" | "join" | "free";

/** The keywords of one dialect, found by their place in a text. */
export interface KeywordTable {
  /** Open-addressed by `slotOf`; empty strings are free slots. */
  readonly slots: readonly string[];
  readonly uses: ReadonlyMap<string, KeywordUse>;
  readonly longest: number;
}

/** Slots of the table: with the factors of `slotOf`, four of SQLite's words share one. */
const SLOTS = 1024;

/**
 * Clears the bit in which ASCII letters differ by case. No other character of an identifier
 * becomes a letter by it.
 */
const UPPER = ~32;

function slotOf(first: number, second: number, last: number, length: number): number {
  return ((first & UPPER) * 55 + (second & UPPER) * 5 + (last & UPPER) * 31 + length) % SLOTS;
}

/** Builds a keyword table from lists of upper-case words. */
function keywordTable(words: Readonly<Record<KeywordUse, string>>): KeywordTable {
  const slots = Array.from({ length: SLOTS }, () => "");
  const uses = new Map<string, KeywordUse>();
  let longest = 0;
  for (const use of ["reserved", "join", "free"] as const) {
    for (const word of words[use].trim().split(/\s+/)) {
      uses.set(word, use);
      longest = Math.max(longest, word.length);
      const last = word.charCodeAt(word.length - 1);
      let slot = slotOf(word.charCodeAt(0), word.charCodeAt(1), last, word.length);
      while (slots[slot] !== "") slot = (slot + 1) % SLOTS;
      slots[slot] = word;
    }
  }
  return { slots, uses, longest };
}

/** SQLite's keywords (those of 3.53, all compile-time options included). */
export const SQLITE_KEYWORDS: KeywordTable = keywordTable({
  reserved: RESERVED,
  join: JOIN_WORDS,
  free: FREE,
});

/**
 * The keyword that `sql` holds between two offsets, in upper case and always the same string
 * object, or the empty string when it is none. Case is folded for ASCII only, as SQLite does.
 */
export function keywordAt(table: KeywordTable, sql: string, start: number, end: number): string {
  const length = end - start;
  if (length < 2 || length > table.longest) return "";
  const last = sql.charCodeAt(end - 1);
  let slot = slotOf(sql.charCodeAt(start), sql.charCodeAt(start + 1), last, length);
  for (;;) {
    const word = table.slots[slot];
    if (word === undefined || word === "") return "";
    if (word.length === length && equalsFolded(sql, start, word)) return word;
    slot = (slot + 1) % SLOTS;
  }
}

/** Whether `sql` holds the upper-case ASCII `word` at `start`, in any case. */
export function equalsFolded(sql: string, start: number, word: string): boolean {
  for (let i = 0; i < word.length; i++) {
    if ((sql.charCodeAt(start + i) & UPPER) !== (word.charCodeAt(i) & UPPER)) return false;
  }
  return true;
}

/** How `name` is used as a keyword of SQLite in any case; null when it is none. */
export function keywordUse(name: string): KeywordUse | null {
  const word = keywordAt(SQLITE_KEYWORDS, name, 0, name.length);
  return SQLITE_KEYWORDS.uses.get(word) ?? null;
}
