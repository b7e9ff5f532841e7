import { identifierName, type Token, tokenAt, tokenize } from "./lexer.ts";
import { outline } from "./outline.ts";
import { quoteIdentifier } from "./quote.ts";
import { namelessItems } from "./select-item.ts";
import { TELLING_TABLES, VisibleRows } from "./telling-table.ts";

/** An identifier of the engine's own that user SQL names. */
export interface HiddenIdentifier {
  /** Unquoted, as written. */
  readonly name: string;
  /** UTF-16 offset of its token. */
  readonly at: number;
}

/**
 * Finds the first identifier that begins with the engine's prefix, in any quotes and any case.
 * A string counts only where SQLite reads it as a name (`FROM 'x'`, `DROP TABLE 'x'`,
 * `PRAGMA table_info('x')`). A text that does not hold the prefix costs one scan.
 *
 * @param prefix Such as `_cf_dosql_`; ASCII.
 */
export function findHiddenIdentifier(sql: string, prefix: string): HiddenIdentifier | null {
  const folded = prefix.toLowerCase();
  // Also the prefix without its last character: a virtual table of that name would make tables
  // that begin with all of it.
  const root = folded.slice(0, -1);
  if (!contains(sql, root)) return null;
  const stringsName = ARGUMENTS_NAME.test(sql);
  const tokens = tokenize(sql);
  let tables: ReadonlySet<number> | null = null;
  for (let index = 0; index < tokens.length; index++) {
    const token = tokenAt(tokens, index);
    if (token.kind !== "identifier" && token.kind !== "quoted" && token.kind !== "string") continue;
    const name = identifierName(sql, token);
    const start = name.slice(0, folded.length).toLowerCase();
    if (start !== folded && start !== root) continue;
    if (token.kind === "string" && !stringsName && !isReadAsName(tokens, index)) {
      tables ??= tableTokens(sql, tokens);
      if (!tables.has(index)) continue;
    }
    return { name, at: token.start };
  }
  return null;
}

/**
 * Where arguments that are strings name tables: pragma functions, and a virtual table's options.
 */
const ARGUMENTS_NAME = /\bpragma_\w+\s*\(|\bvirtual\b/i;

function contains(sql: string, folded: string): boolean {
  const first = folded.charAt(0);
  // A first character without case, as in our prefixes, finds its places without a copy.
  if (first.toUpperCase() !== first) return sql.toLowerCase().includes(folded);
  for (let at = sql.indexOf(first); at >= 0; at = sql.indexOf(first, at + 1)) {
    if (sql.slice(at, at + folded.length).toLowerCase() === folded) return true;
  }
  return false;
}

/** Words behind which SQLite's grammar wants a name, and so takes a string for one. */
const NAME_COMES: ReadonlySet<string> = new Set([
  ...["FROM", "JOIN", "INTO", "UPDATE", "TABLE", "VIEW", "INDEX", "TRIGGER", "EXISTS", "ON"],
  ...["REFERENCES", "IN", "REINDEX", "ANALYZE", "PRAGMA", "TO", "BY", "."],
]);

/** Whether the tokens around a string say that it is a name. */
function isReadAsName(tokens: readonly Token[], index: number): boolean {
  const before = tokenAt(tokens, index - 1).word;
  if (NAME_COMES.has(before)) return tokenAt(tokens, index - 2).word !== "DISTINCT";
  if (tokenAt(tokens, index + 1).word === ".") return true;
  return tokenAt(tokens, 0).word === "PRAGMA" || tokenAt(tokens, 1).word === "PRAGMA";
}

/** Indexes of the tokens that name tables: also those behind a comma, or UPDATE OR REPLACE. */
function tableTokens(sql: string, tokens: readonly Token[]): ReadonlySet<number> {
  return new Set(outline(sql, tokens).references.flatMap(({ first, named }) => [first, named]));
}

const TELLING_NAME = /sqlite_(?:temp_)?(?:master|schema)|sqlite_stat[14]|pragma_table_list/i;

/**
 * Makes the engine's objects invisible in reads of the schema tables: where a FROM names
 * sqlite_master (sqlite_schema, their temp twins, sqlite_stat1, sqlite_stat4, pragma_table_list),
 * a subquery without the rows of those objects takes its place. Without such a name the same
 * string comes back. INSERT, UPDATE and DELETE of these tables, CREATE VIEW and CREATE TRIGGER
 * stay as they are.
 *
 * `SELECT *`, aliases, joins, `rowid` and the names of result columns stay. What is lost: error
 * offsets are those of the changed text; without ORDER BY a join may give its rows in another
 * order; pragma_table_list with arguments is left alone.
 */
export function hideEngineObjects(sql: string, prefix: string): string {
  if (!TELLING_NAME.test(sql)) return sql;
  const tokens = tokenize(sql);
  if (keepsItsText(tokens)) return sql;
  const rowid = tokens.some((_, index) => needsRealTable(sql, tokens, index));
  const edits: Edit[] = [];
  for (const reference of outline(sql, tokens).references) {
    const telling = TELLING_TABLES.get(reference.name.toLowerCase());
    if (telling === undefined || reference.role !== "source") continue;
    const rows = new VisibleRows(sql, tokens, reference, telling, prefix.toLowerCase());
    const start = tokenAt(tokens, reference.first).start;
    const end = tokenAt(tokens, reference.behind - 1).end;
    edits.push({ start, end, text: rowid ? rows.join() : rows.subquery() });
  }
  return apply(sql, [...edits, ...keepNames(sql, tokens, edits)]);
}

/** Result columns without an alias would be named by their changed text: gives them their name. */
function keepNames(sql: string, tokens: readonly Token[], edits: readonly Edit[]): Edit[] {
  const aliases: Edit[] = [];
  // Both lists are in the order of the text.
  let at = 0;
  for (const { start, end } of namelessItems(tokens)) {
    while ((edits[at]?.start ?? start) < start) at++;
    const edit = edits[at];
    if (edit === undefined) break;
    const name = quoteIdentifier(sql.slice(start, end));
    if (edit.end <= end) aliases.push({ start: end, end, text: ` AS ${name}` });
  }
  return aliases;
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

function apply(sql: string, edits: readonly Edit[]): string {
  let text = "";
  let copied = 0;
  for (const edit of edits.toSorted((one, other) => one.start - other.start)) {
    text += sql.slice(copied, edit.start) + edit.text;
    copied = edit.end;
  }
  return copied === 0 ? sql : text + sql.slice(copied);
}

/** Whether the statement's own text becomes part of the schema. */
function keepsItsText(tokens: readonly Token[]): boolean {
  if (tokenAt(tokens, 0).word !== "CREATE") return false;
  return [1, 2].some((index) => {
    const { word } = tokenAt(tokens, index);
    return word === "VIEW" || word === "TRIGGER";
  });
}

/** Names that a subquery does not answer to: `rowid`, and `main.sqlite_master.name`. */
function needsRealTable(sql: string, tokens: readonly Token[], index: number): boolean {
  const token = tokenAt(tokens, index);
  if (token.kind !== "identifier" && token.kind !== "quoted") return false;
  const name = identifierName(sql, token).toLowerCase();
  if (name === "rowid" || name === "oid" || name === "_rowid_") return true;
  const qualified = tokenAt(tokens, index - 1).word === ".";
  return qualified && tokenAt(tokens, index + 1).word === "." && TELLING_TABLES.has(name);
}
