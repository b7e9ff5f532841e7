import { DosqlError } from "../base/errors.ts";
import type { Column } from "./ast/leaf.ts";
import type { TableRef } from "./ast/query.ts";
import type { Node, Parsed, Statement } from "./ast/statement.ts";
import { attemptSqlite } from "./attempt.ts";
import { identifierName, Lexer } from "./lexer.ts";
import { quoteIdentifier } from "./quote.ts";
import { type Scope, walkScopes } from "./scope.ts";
import { parseStatements } from "./statements.ts";
import { isTellingName, TELLING_NAME, tellingSource, type TellingSource } from "./telling-table.ts";
import { walk } from "./tree/walk.ts";

/** An identifier of the engine's own that user SQL names. */
export interface HiddenIdentifier {
  /** Unquoted, as written. */
  readonly name: string;
  /** UTF-16 offset of its token. */
  readonly at: number;
}

/**
 * Finds the first identifier that begins with the engine's prefix, in any quotes and any case.
 * A string counts only where SQLite reads it as a name: `FROM 'x'`, `DROP TABLE 'x'`,
 * `PRAGMA table_info('x')`, and anywhere in a statement that asks a pragma by a table or function
 * (`pragma_table_info`). In a text that does not parse each string counts. A text that does not
 * hold the prefix costs one scan.
 *
 * @param prefix Such as `_cf_dosql_`; ASCII.
 * @param parsed What `attemptSqlite` made of the text, where that is known already.
 */
export function findHiddenIdentifier(
  sql: string,
  prefix: string,
  parsed?: Parsed | DosqlError,
): HiddenIdentifier | null {
  const finder = new HiddenFinder(sql, prefix.toLowerCase());
  if (!contains(sql, finder.root)) return null;
  const { statements, failure, readUpTo } = parseStatements(sql, parsed);
  for (const statement of statements) {
    finder.statement(statement);
    if (finder.first !== null) return finder.first;
  }
  if (failure !== null) finder.tokens(readUpTo, sql.length);
  return finder.first;
}

function contains(sql: string, folded: string): boolean {
  const first = folded.charAt(0);
  // A first character without case, as in our prefixes, finds its places without a copy.
  if (first.toUpperCase() !== first) return sql.toLowerCase().includes(folded);
  for (let at = sql.indexOf(first); at >= 0; at = sql.indexOf(first, at + 1)) {
    if (sql.slice(at, at + folded.length).toLowerCase() === folded) return true;
  }
  return false;
}

class HiddenFinder {
  first: HiddenIdentifier | null = null;
  /**
   * The prefix without its last character: a virtual table of that name would make tables that
   * begin with all of it.
   */
  readonly root: string;
  private readonly prefix: string;
  private readonly sql: string;

  constructor(sql: string, prefix: string) {
    this.sql = sql;
    this.prefix = prefix;
    this.root = prefix.slice(0, -1);
  }

  statement(statement: Statement): void {
    const strings: HiddenIdentifier[] = [];
    let stringsName = false;
    walk(statement, (node) => {
      stringsName ||= makesStringsNames(node);
      if (node.kind === "name") this.note(node.text, node.start);
      else if (node.kind === "module-argument") this.tokens(node.start, node.end);
      else if (node.kind === "string" && this.isHidden(node.value)) {
        strings.push({ name: node.value, at: node.start });
      }
    });
    if (stringsName) for (const { name, at } of strings) this.note(name, at);
  }

  /** Takes each name and each string between two offsets for a name. */
  tokens(start: number, end: number): void {
    const lexer = new Lexer(this.sql);
    lexer.end = start;
    while (lexer.next() && lexer.start < end) {
      const { kind } = lexer;
      if (kind !== "identifier" && kind !== "quoted" && kind !== "string") continue;
      this.note(identifierName(this.sql, lexer), lexer.start);
    }
  }

  private note(name: string, at: number): void {
    if (this.first !== null && this.first.at < at) return;
    if (this.isHidden(name)) this.first = { name, at };
  }

  private isHidden(name: string): boolean {
    const start = name.slice(0, this.prefix.length).toLowerCase();
    return start === this.prefix || start === this.root;
  }
}

/** Whether strings in a statement with this node may name tables. */
function makesStringsNames(node: Node): boolean {
  switch (node.kind) {
    case "pragma":
      return true;
    case "table":
      // Its hidden columns are its arguments. Those of pragma_table_list do not show.
      return isPragma(node.name.name.text) && !isTellingName(node.name.name);
    case "call":
      return isPragma(node.name.name.text);
    default:
      return false;
  }
}

function isPragma(name: string): boolean {
  return /^pragma_/i.test(name);
}

/**
 * Makes the engine's objects invisible in reads of the schema tables: where a FROM names
 * sqlite_master (sqlite_schema, their temp twins, sqlite_stat1, sqlite_stat4, pragma_table_list),
 * a subquery without the rows of those objects takes its place. Without such a name, and for a
 * text that does not parse, the same string comes back. INSERT, UPDATE and DELETE of these tables,
 * CREATE VIEW and CREATE TRIGGER stay as they are.
 *
 * `SELECT *`, aliases, joins, `rowid` and the names of result columns stay. What is lost: error
 * offsets are those of the changed text; without ORDER BY a join may give its rows in another
 * order; pragma_table_list of one table is left alone.
 *
 * @param parsed What `attemptSqlite` made of the text, where that is known already.
 * @throws DosqlError `limit` for a text that is too long or nested too deeply to be searched.
 */
export function hideEngineObjects(
  sql: string,
  prefix: string,
  parsed?: Parsed | DosqlError,
): string {
  if (!TELLING_NAME.test(sql)) return sql;
  const { statements, failure } = parseStatements(sql, parsed ?? attemptSqlite(sql));
  // SQLite might understand it, and tell.
  if (failure?.code === "limit") throw failure;
  if (failure !== null) return sql;
  return apply(
    sql,
    statements.flatMap((statement) => new Hiding(sql, prefix.toLowerCase()).edits(statement)),
  );
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** What there is to change in one statement. */
class Hiding {
  private readonly sql: string;
  private readonly prefix: string;
  private readonly sources: TellingSource[] = [];
  private readonly targets = new Set<TableRef>();
  /** Where result columns without a name of their own stand. */
  private readonly nameless: Pick<Edit, "start" | "end">[] = [];
  /** A name stands somewhere to which a subquery does not answer. */
  private asTable = false;

  constructor(sql: string, prefix: string) {
    this.sql = sql;
    this.prefix = prefix;
  }

  edits(statement: Statement): Edit[] {
    // Their own text becomes part of the schema.
    if (statement.kind === "create-view" || statement.kind === "create-trigger") return [];
    walkScopes(statement, (node, scope) => this.visit(node, scope));
    const edits = this.sources.map((source) => {
      return { start: source.start, end: source.end, text: source.replacement(this.asTable) };
    });
    edits.sort(byStart);
    return [...edits, ...this.keepNames(edits)];
  }

  private visit(node: Node, scope: Scope): void {
    switch (node.kind) {
      case "insert":
      case "update":
      case "delete":
        this.targets.add(node.table);
        break;
      case "table":
        if (this.targets.has(node)) break;
        this.source(tellingSource(this.sql, node, scope, this.prefix));
        break;
      case "table-function":
        this.source(tellingSource(this.sql, node, scope, this.prefix));
        break;
      case "result": {
        const { kind } = node.value;
        if (node.alias === null && kind !== "column" && kind !== "star") this.nameless.push(node);
        break;
      }
      case "name":
        this.asTable ||= /^(?:rowid|oid|_rowid_)$/i.test(node.text);
        break;
      case "column":
        this.asTable ||= isQualifiedTelling(node);
        break;
      default:
    }
  }

  private source(source: TellingSource | null): void {
    if (source !== null) this.sources.push(source);
  }

  /** Result columns without an alias would be named by their changed text: gives them their name. */
  private keepNames(edits: readonly Edit[]): Edit[] {
    const aliases: Edit[] = [];
    let at = 0;
    let done = 0;
    for (const { start, end } of this.nameless.sort(byStart)) {
      // What is inside of another one names nothing that shows.
      if (start < done) continue;
      while ((edits[at]?.start ?? start) < start) at++;
      const edit = edits[at];
      if (edit === undefined) break;
      if (edit.end > end) continue;
      done = end;
      const name = quoteIdentifier(this.sql.slice(start, end));
      aliases.push({ start: end, end, text: ` AS ${name}` });
    }
    return aliases;
  }
}

function isQualifiedTelling({ table }: Column): boolean {
  return table !== null && table.schema !== null && isTellingName(table.name);
}

function byStart(one: { readonly start: number }, other: { readonly start: number }): number {
  return one.start - other.start;
}

function apply(sql: string, edits: readonly Edit[]): string {
  let text = "";
  let copied = 0;
  for (const edit of edits.toSorted(byStart)) {
    text += sql.slice(copied, edit.start) + edit.text;
    copied = edit.end;
  }
  return copied === 0 ? sql : text + sql.slice(copied);
}
