import type { SqlDriver } from "../../ports/sql-driver.ts";
import type { ConnectionAsks } from "../../sql/change/session-values.ts";
import { identifierName, tokenize } from "../../sql/lex/lexer.ts";
import type { StatementClass } from "../../sql/read/statement-class.ts";
import { foldName } from "../../sql/fold-name.ts";

/** What of a schema matters to `changes()`, `total_changes()` and `last_insert_rowid()`. */
export interface SchemaEffects {
  /**
   * A change of rows may change further ones: by a trigger of the user's, by a foreign key's
   * action, in the tables behind a virtual one.
   */
  readonly spread: boolean;
  /** Tables with foreign keys, lower case. */
  readonly children: ReadonlySet<string>;
  /** Somebody asks for one of the three. */
  readonly asked: boolean;
  /** Who asks for `last_insert_rowid()`. */
  readonly rowid: Askers;
  /** Who asks for `changes()` or `total_changes()`. */
  readonly counts: Askers;
}

/** Objects of the user's that ask their connection for something when they are used. */
export interface Askers {
  /** Views, lower case, that ask, themselves or by another view. */
  readonly views: ReadonlySet<string>;
  /** Some trigger asks. */
  readonly triggers: boolean;
}

/** A statement, and what it asks for in its own text where no parameter stands for it. */
interface AskingText {
  readonly class: StatementClass;
  readonly asks: ConnectionAsks;
}

/** What a statement asks its connection for, also by views and triggers. */
export function connectionAsks(
  { asks, class: { kind, tables } }: AskingText,
  { asked, rowid, counts }: SchemaEffects,
): ConnectionAsks {
  if (!asked) return asks;
  if (kind !== "read" && kind !== "write") return asks;
  const among = ({ views, triggers }: Askers): boolean =>
    (triggers && kind === "write") ||
    (views.size > 0 && tables.some(({ name }) => views.has(foldName(name))));
  return { rowid: asks.rowid || among(rowid), counts: asks.counts || among(counts) };
}

/** What follows the name in a call. */
const CALL = '["`\\]]?(?:\\s|--|/\\*|\\()';
const ROWID = new RegExp(`last_insert_rowid${CALL}`, "i");
const COUNTS = new RegExp(`changes${CALL}`, "i");

/** Reads the schema of one connection; the engine's own objects are no part of it. */
export function readSchemaEffects(driver: SqlDriver): SchemaEffects {
  const { hiddenPrefix } = driver.caps;
  const rows = driver
    .prepare(
      "SELECT type, lower(name), coalesce(sql, ''), type = 'table' AND rootpage = 0 " +
        "FROM sqlite_schema WHERE type IN ('view', 'trigger') OR rootpage = 0",
    )
    .all([], "bigint")
    .filter(([, name]) => !String(name).startsWith(hiddenPrefix));
  const texts = rows.map(([type, name, sql]) => {
    return { type: String(type), name: String(name), sql: String(sql) };
  });
  const triggers = texts.filter(({ type }) => type === "trigger");
  const virtual = rows.some(([, , , isVirtual]) => isVirtual === 1n);
  const keys = readKeys(driver);
  const [rowid, counts] = [findAskers(texts, ROWID), findAskers(texts, COUNTS)];
  return {
    spread: triggers.length > 0 || virtual || keys.act,
    children: keys.children,
    asked: [rowid, counts].some((askers) => askers.triggers || askers.views.size > 0),
    rowid,
    counts,
  };
}

interface SchemaText {
  readonly type: string;
  readonly name: string;
  readonly sql: string;
}

function findAskers(texts: readonly SchemaText[], asks: RegExp): Askers {
  const ofType = (wanted: string): SchemaText[] => texts.filter(({ type }) => type === wanted);
  const views = new Set<string>();
  for (let before = -1; before !== views.size;) {
    before = views.size;
    for (const { name, sql } of ofType("view")) {
      if (asks.test(sql) || namesOne(sql, views)) views.add(name);
    }
  }
  const triggers = ofType("trigger").some(({ sql }) => asks.test(sql) || namesOne(sql, views));
  return { views, triggers };
}

function namesOne(sql: string, names: ReadonlySet<string>): boolean {
  if (names.size === 0) return false;
  return tokenize(sql).some(({ kind, ...token }) => {
    if (kind !== "identifier" && kind !== "quoted" && kind !== "string") return false;
    return names.has(foldName(identifierName(sql, { kind, ...token })));
  });
}

/** Foreign keys: the tables that have some, and whether any acts on its table's rows. */
function readKeys(driver: SqlDriver): { children: ReadonlySet<string>; act: boolean } {
  const rows = driver
    .prepare(
      "SELECT DISTINCT lower(s.name), k.on_update NOT IN ('NO ACTION', 'RESTRICT') OR " +
        "k.on_delete NOT IN ('NO ACTION', 'RESTRICT') " +
        "FROM sqlite_schema AS s, pragma_foreign_key_list(s.name) AS k " +
        "WHERE s.type = 'table' AND s.sql LIKE '%references%'",
    )
    .all([], "number");
  return {
    children: new Set(rows.map(([name]) => String(name))),
    act: rows.some(([, acts]) => acts === 1),
  };
}
