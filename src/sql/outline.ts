import { SQLITE_KEYWORDS } from "./keywords.ts";
import { identifierName, type Token, tokenAt } from "./lexer.ts";

/** A table as a statement names it in FROM, JOIN, INTO, UPDATE. */
export interface TableReference {
  readonly schema: string | null;
  readonly name: string;
  readonly alias: string | null;
  /** Read in a FROM, or the one that INSERT, UPDATE or DELETE changes. */
  readonly role: "source" | "target";
  /** Index of its first token, of the token of its name, and of the token behind the name. */
  readonly first: number;
  readonly named: number;
  readonly behindName: number;
  /** Index of the token behind all of it, alias and NOT INDEXED included. */
  readonly behind: number;
}

/** Where names are looked up: the tables of one SELECT, UPDATE, DELETE or INSERT. */
export interface Scope {
  readonly parent: Scope | null;
  readonly tables: TableReference[];
}

/** The table that an INSERT fills, and its column list if it has one. */
export interface InsertTarget {
  readonly table: TableReference;
  readonly columns: readonly string[] | null;
}

/** SQLite joins no more tables than this. */
const MAX_TABLES = 64;

/** A parameter and where it stands. */
export interface ParameterPlace {
  /** Index of its token. */
  readonly token: number;
  readonly scope: Scope;
  /** Index of the `(` around it, -1 at the top. */
  readonly open: number;
  /** Set inside of a row of VALUES of an INSERT; `item` counts the commas before. */
  readonly row: InsertTarget | null;
  readonly item: number;
  /** In a SET: names without a table are columns of the changed table. */
  readonly inSet: boolean;
}

/** The tables, scopes and parameters of a statement. */
export interface Outline {
  readonly references: readonly TableReference[];
  readonly parameters: readonly ParameterPlace[];
}

/**
 * Finds tables, scopes and parameters in the tokens of one statement, without parsing it: by the
 * words that bring tables and by counting parentheses. Right for statements that SQLite accepts;
 * for others, harmless. Linear, and no recursion.
 */
export function outline(sql: string, tokens: readonly Token[]): Outline {
  return new Outliner(sql, tokens).run();
}

/** Whether a token can be a name; a string may stand for one. */
export function isNameToken(token: Token): boolean {
  if (token.kind === "quoted" || token.kind === "string") return true;
  return token.kind === "identifier" && SQLITE_KEYWORDS.uses.get(token.word) !== "reserved";
}

interface Frame {
  readonly open: number;
  /** Of the statement around; a SELECT inside opens its own below it. */
  readonly outer: Scope;
  scope: Scope;
  /** What the FROM of this level waits for: nothing, a table, or a comma or JOIN. */
  from: "none" | "table" | "more";
  /** The table that waits for its name is changed, not read. */
  target: boolean;
  insert: InsertTarget | null;
  /** The VALUES of an INSERT have begun. */
  rows: boolean;
  /** This parenthesis is a row of VALUES. */
  readonly row: InsertTarget | null;
  item: number;
  inSet: boolean;
}

class Outliner {
  private readonly sql: string;
  private readonly tokens: readonly Token[];
  private readonly references: TableReference[] = [];
  private readonly parameters: ParameterPlace[] = [];
  private readonly stack: Frame[] = [];
  private frame: Frame;

  constructor(sql: string, tokens: readonly Token[]) {
    this.sql = sql;
    this.tokens = tokens;
    this.frame = newFrame(-1, { parent: null, tables: [] }, null);
  }

  run(): Outline {
    for (let at = 0; at < this.tokens.length;) at = this.step(at);
    return { references: this.references, parameters: this.parameters };
  }

  /** Reads the token at an index, and answers the index of the next to read. */
  private step(at: number): number {
    const token = tokenAt(this.tokens, at);
    if (token.kind === "parameter") this.noteParameter(at);
    if (this.frame.from === "table") {
      // UPDATE OR REPLACE t: two words before the name.
      if (token.word === "OR") return at + 2;
      if (isNameToken(token)) return this.readTable(at);
    }
    switch (token.word) {
      case "(":
        this.open(at);
        break;
      case ")":
        this.frame = this.stack.pop() ?? this.frame;
        break;
      case ",":
        this.frame.item++;
        if (this.frame.from === "more") this.frame.from = "table";
        break;
      case "JOIN":
        if (this.frame.from === "more") this.frame.from = "table";
        break;
      default:
        this.word(token.word, at);
    }
    return at + 1;
  }

  private open(at: number): void {
    const { frame } = this;
    const inside = tokenAt(this.tokens, at + 1).word;
    const query = inside === "SELECT" || inside === "VALUES" || inside === "WITH";
    const inner = newFrame(at, frame.scope, frame.rows ? frame.insert : null);
    // A nested join: its tables belong to the same FROM.
    if (frame.from === "table" && !query) inner.from = "table";
    if (frame.from === "table") frame.from = "more";
    inner.inSet = frame.inSet;
    this.stack.push(frame);
    this.frame = inner;
  }

  /** A word that may begin or end a clause. */
  private word(word: string, at: number): void {
    const { frame } = this;
    const before = tokenAt(this.tokens, at - 1).word;
    switch (word) {
      case "SELECT":
      case "UPDATE":
      case "DELETE":
        return this.verb(word, before);
      case "INTO":
        frame.scope = { parent: frame.outer, tables: [] };
        this.expect(true);
        break;
      case "VALUES":
        frame.from = "none";
        frame.rows = frame.insert !== null;
        break;
      case "FROM":
        // IS DISTINCT FROM compares.
        if (before !== "DISTINCT") this.expect(before === "DELETE");
        break;
      case "CONFLICT":
      case "RETURNING":
        frame.from = "none";
        frame.inSet = false;
        if (frame.insert !== null) this.backToTarget(frame.insert);
        break;
      case "SET":
        frame.inSet = true;
        frame.from = "none";
        break;
      case "WHERE":
      case "GROUP":
      case "HAVING":
      case "ORDER":
      case "LIMIT":
      case "WINDOW":
      case "UNION":
      case "EXCEPT":
      case "INTERSECT":
        frame.from = "none";
        frame.inSet = false;
        break;
      default:
        break;
    }
  }

  private verb(word: string, before: string): void {
    const { frame } = this;
    // DO UPDATE SET goes on with the table of the INSERT.
    if (word === "UPDATE" && before === "DO") return;
    frame.scope = { parent: frame.outer, tables: [] };
    frame.from = "none";
    frame.inSet = false;
    if (word === "UPDATE") this.expect(true);
  }

  private backToTarget(insert: InsertTarget): void {
    this.frame.scope = { parent: this.frame.outer, tables: [insert.table] };
    this.frame.rows = false;
  }

  private expect(target: boolean): void {
    this.frame.from = "table";
    this.frame.target = target;
    this.frame.inSet = false;
  }

  /** Reads a table from its first token, with its alias. */
  private readTable(first: number): number {
    const { frame, tokens } = this;
    const qualified = tokenAt(tokens, first + 1).word === ".";
    const named = qualified ? first + 2 : first;
    const behindName = named + 1;
    frame.from = frame.target ? "none" : "more";
    // A table function: its arguments are an ordinary parenthesis.
    if (!frame.target && tokenAt(tokens, behindName).word === "(") return behindName;
    const alias = this.aliasAt(behindName, frame.target);
    const table: TableReference = {
      schema: qualified ? identifierName(this.sql, tokenAt(tokens, first)) : null,
      name: identifierName(this.sql, tokenAt(tokens, named)),
      alias: alias.name,
      role: frame.target ? "target" : "source",
      first,
      named,
      behindName,
      behind: this.skipIndexed(alias.behind),
    };
    this.references.push(table);
    if (frame.scope.tables.length < MAX_TABLES) frame.scope.tables.push(table);
    if (!frame.target) return table.behind;
    frame.target = false;
    return this.readColumns(table);
  }

  private aliasAt(at: number, target: boolean): { name: string | null; behind: number } {
    const token = tokenAt(this.tokens, at);
    if (token.word === "AS") {
      return { name: identifierName(this.sql, tokenAt(this.tokens, at + 1)), behind: at + 2 };
    }
    const free = token.word === "" || SQLITE_KEYWORDS.uses.get(token.word) === "free";
    // The table of INSERT, UPDATE and DELETE takes an alias only with AS; `WINDOW w AS (…)`.
    const window = token.word === "WINDOW" && tokenAt(this.tokens, at + 2).word === "AS";
    if (target || !free || window || !isNameToken(token)) return { name: null, behind: at };
    return { name: identifierName(this.sql, token), behind: at + 1 };
  }

  private skipIndexed(at: number): number {
    const { tokens } = this;
    const not = tokenAt(tokens, at).word === "NOT";
    return not && tokenAt(tokens, at + 1).word === "INDEXED" ? at + 2 : at;
  }

  /** Reads the column list behind the table of an INSERT. */
  private readColumns(table: TableReference): number {
    const { tokens, frame } = this;
    const behind = table.behind;
    const before = tokenAt(tokens, table.first - 1).word;
    if (before !== "INTO") return behind;
    const columns: string[] = [];
    let at = behind;
    if (tokenAt(tokens, at).word === "(" && isNameToken(tokenAt(tokens, at + 1))) {
      while (at < tokens.length && tokenAt(tokens, at).word !== ")") {
        at++;
        const token = tokenAt(tokens, at);
        if (isNameToken(token)) columns.push(identifierName(this.sql, token));
      }
      at++;
    }
    frame.insert = { table, columns: at > behind ? columns : null };
    return at;
  }

  private noteParameter(token: number): void {
    const { scope, open, row, item, inSet } = this.frame;
    this.parameters.push({ token, scope, open, row, item, inSet });
  }
}

function newFrame(open: number, outer: Scope, row: InsertTarget | null): Frame {
  const start = { from: "none", target: false, insert: null, rows: false } as const;
  return { ...start, open, outer, scope: outer, row, item: 0, inSet: false };
}
