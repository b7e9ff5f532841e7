import type { SqlDriver } from "../../ports/sql-driver.ts";
import { identifierName, tokenAt, tokenize } from "../../sql/lex/lexer.ts";
import type { Token } from "../../sql/lex/lexer.ts";
import type { Catalog } from "../catalog.ts";

/**
 * Functions whose time and result grow no faster than what they are given. Not among them, for
 * the time they can take on two long texts or the size they can make: trim, instr, replace, hex,
 * printf, randomblob, LIKE and GLOB.
 */
const QUICK_FUNCTIONS: ReadonlySet<string> = new Set(
  (
    "abs avg changes coalesce count date datetime ifnull iif julianday last_insert_rowid length " +
    "lower max min nullif random round sign substr substring sum time total total_changes " +
    "typeof unicode unixepoch upper"
  ).split(" "),
);

/** Keywords that stand before a parenthesis without calling anything. */
const NOT_CALLS: ReadonlySet<string> = new Set(
  (
    "AND AS BETWEEN BY CASE CAST DISTINCT ELSE ESCAPE EXISTS FILTER FROM HAVING IN JOIN " +
    "LIMIT NOT ON OR OVER SELECT THEN UNION USING VALUES WHEN WHERE"
  ).split(" "),
);

/** Operators that can take longer than their operands are long. */
const SLOW_WORDS: ReadonlySet<string> = new Set(["LIKE", "GLOB", "REGEXP", "MATCH"]);

/** Tokens of a statement whose IN list is still searched at once: an id list of an ORM. */
const MOST_TOKENS_WITH_IN = 2_000;

interface Words {
  /** Calls nothing that can run long by itself. */
  readonly quick: boolean;
  readonly hasIn: boolean;
  /** IS and its kin find NULLs, of which a unique index holds any number. */
  readonly hasIs: boolean;
  readonly count: number;
}

/**
 * Whether a SELECT is proven short: its query plan reads at most one row per table (of one
 * table, as many as an IN list names), and its text calls nothing that can run long by itself.
 * Only such reads run on the serving thread (DESIGN §2.14).
 */
export function isShort(sql: string, driver: SqlDriver, catalog: Catalog): boolean {
  const words = readWords(sql);
  if (!words.quick || (words.hasIn && words.count > MOST_TOKENS_WITH_IN)) return false;
  const steps = driver
    .prepare(`EXPLAIN QUERY PLAN ${sql}`)
    .all([], "number")
    .map((row) => String(row[3]));
  // What has no plan is no SELECT that we know.
  if (steps.length === 0 || (words.hasIn && steps.length > 1)) return false;
  return steps.every((step) => isShortStep(step, catalog, words.hasIs));
}

function readWords(sql: string): Words {
  const tokens = tokenize(sql);
  let quick = true;
  let [hasIn, hasIs] = [false, false];
  for (const [index, token] of tokens.entries()) {
    const { word } = token;
    if (word === "IN") hasIn = true;
    else if (word === "IS" || word === "ISNULL" || word === "NOTNULL") hasIs = true;
    else if (SLOW_WORDS.has(word)) quick = false;
    if (tokenAt(tokens, index + 1).word === "(" && !opensQuickly(sql, token)) quick = false;
  }
  return { quick, hasIn, hasIs, count: tokens.length };
}

/** Whether what stands before a parenthesis calls nothing, or something quick. */
function opensQuickly(sql: string, token: Token): boolean {
  switch (token.kind) {
    case "identifier":
      return (
        NOT_CALLS.has(token.word) || QUICK_FUNCTIONS.has(identifierName(sql, token).toLowerCase())
      );
    case "operator":
    case "punctuation":
      return true;
    default:
      // A quoted name may call too: `"randomblob"(9)`.
      return false;
  }
}

function isShortStep(detail: string, catalog: Catalog, hasIs: boolean): boolean {
  if (/^SCAN (?:\d+ )?CONSTANT ROWS?$/.test(detail)) return true;
  const byRowid = /^SEARCH \S+ USING INTEGER PRIMARY KEY \(rowid=\?\)(?: LEFT-JOIN)?$/;
  if (byRowid.test(detail)) return true;
  if (hasIs) return false;
  const search = /^SEARCH \S+ USING (?:COVERING )?INDEX (\S+) \(([^)]*)\)$/.exec(detail);
  if (search !== null) return isUnique(search[2] ?? "", uniqueColumns(search[1] ?? "", catalog));
  const primary = /^SEARCH (\S+) USING PRIMARY KEY \(([^)]*)\)$/.exec(detail);
  if (primary === null) return false;
  return isUnique(primary[2] ?? "", catalog.table(primary[1] ?? "")?.primaryKeyColumns ?? 0);
}

/** How many columns a unique index has; 0 for any other. */
function uniqueColumns(index: string, catalog: Catalog): number {
  const found = catalog.index(index);
  return found !== null && found.unique ? found.columns.length : 0;
}

/** All columns of the key are bound by `=`, which never meets NULL: at most one row. */
function isUnique(terms: string, columns: number): boolean {
  const bound = terms.split(" AND ");
  return bound.length === columns && bound.every((term) => term.endsWith("=?"));
}
