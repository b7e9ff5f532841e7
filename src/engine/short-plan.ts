import type { SqlDriver } from "../ports/sql-driver.ts";
import type { Catalog } from "./catalog.ts";

/**
 * Functions that end at once whatever they are given. Anything else (`randomblob(1e9)`,
 * `printf('%.*c', …)`) can take seconds without reading a row.
 */
const QUICK_FUNCTIONS: ReadonlySet<string> = new Set(
  (
    "abs avg changes char coalesce count date datetime hex ifnull iif instr julianday " +
    "last_insert_rowid length lower ltrim max min nullif quote random round rtrim sign " +
    "sqlite_version strftime substr substring sum time total total_changes trim typeof unicode " +
    "unixepoch upper"
  ).split(" "),
);

/** Words that stand before a parenthesis without calling anything. */
const KEYWORDS: ReadonlySet<string> = new Set(
  (
    "and as between by case cast distinct else escape exists filter from having in is join " +
    "like limit not on or over select set then union using values when where"
  ).split(" "),
);

const CALL = /([A-Za-z_][A-Za-z0-9_]*)\s*\(/g;

/**
 * Whether a read is proven short: its query plan reads at most one row per table, and its text
 * calls nothing that can run long by itself. Only such reads run on the serving thread
 * (DESIGN §2.14).
 */
export function isShort(sql: string, driver: SqlDriver, catalog: Catalog): boolean {
  if (!callsOnlyQuickFunctions(sql)) return false;
  const plan = driver.prepare(`EXPLAIN QUERY PLAN ${sql}`).all([], "number");
  return plan.every((row) => isShortStep(String(row[3]), catalog));
}

function callsOnlyQuickFunctions(sql: string): boolean {
  for (const [, name = ""] of sql.matchAll(CALL)) {
    const word = name.toLowerCase();
    if (!QUICK_FUNCTIONS.has(word) && !KEYWORDS.has(word)) return false;
  }
  return true;
}

function isShortStep(detail: string, catalog: Catalog): boolean {
  if (/^SCAN (?:\d+ )?CONSTANT ROWS?$/.test(detail)) return true;
  if (/^SEARCH \S+ USING INTEGER PRIMARY KEY \(rowid=\?\)(?: LEFT-JOIN)?$/.test(detail))
    return true;
  const search = /^SEARCH \S+ USING (?:COVERING )?INDEX (\S+) \(([^)]*)\)$/.exec(detail);
  if (search !== null) return isUniqueSearch(search[1] ?? "", search[2] ?? "", catalog);
  const primary = /^SEARCH (\S+) USING PRIMARY KEY \(([^)]*)\)$/.exec(detail);
  return (
    primary !== null &&
    isUniqueSearch(`sqlite_autoindex_${primary[1]}_1`, primary[2] ?? "", catalog)
  );
}

/**
 * All columns of a unique index are bound by `=`: at most one row (NULL keys aside, which `=`
 * never meets).
 */
function isUniqueSearch(index: string, terms: string, catalog: Catalog): boolean {
  const found = catalog.index(index);
  if (found === null || !found.unique) return false;
  const bound = terms.split(" AND ");
  return bound.length === found.columns.length && bound.every((term) => term.endsWith("=?"));
}
