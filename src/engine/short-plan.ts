import type { SqlDriver } from "../ports/sql-driver.ts";
import type { Catalog } from "./catalog.ts";

/**
 * Functions that may stand in a statement without a table and still end at once. Anything else
 * (`randomblob(1e9)`, `printf('%.*c', …)`) can take seconds without reading a row.
 */
const QUICK_FUNCTION =
  /^(abs|coalesce|ifnull|iif|nullif|length|lower|upper|typeof|date|time|datetime|julianday|unixepoch|strftime|changes|total_changes|last_insert_rowid|sqlite_version|random|min|max|round|sign|instr|substr|substring|trim|ltrim|rtrim|hex|quote|unicode|char|current_timestamp|current_date|current_time|count|sum|avg|total)$/i;

const CALL = /([A-Za-z_][A-Za-z0-9_]*)\s*\(/g;
const KEYWORD_BEFORE_PARENTHESIS =
  /^(in|values|and|or|not|where|select|as|on|exists|from|join|using|by|then|when|else|over|cast|limit|is|between|like|case|set|union|all|having|distinct|filter|escape|returning)$/i;

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
    if (!QUICK_FUNCTION.test(name) && !KEYWORD_BEFORE_PARENTHESIS.test(name)) return false;
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

/** All columns of a unique index are bound by `=`: at most one row (NULL keys aside, which `=` never meets). */
function isUniqueSearch(index: string, terms: string, catalog: Catalog): boolean {
  const found = catalog.index(index);
  if (found === null || !found.unique) return false;
  const bound = terms.split(" AND ");
  return bound.length === found.columns.length && bound.every((term) => term.endsWith("=?"));
}
