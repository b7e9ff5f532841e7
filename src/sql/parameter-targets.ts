import { SQLITE_KEYWORDS } from "./keywords.ts";
import { identifierName, type Token, tokenAt, tokenize } from "./lexer.ts";
import { isNameToken, outline, type ParameterPlace, type TableReference } from "./outline.ts";
import { ParameterNumbers } from "./parameters.ts";

/** What a parameter is compared with or assigned to. */
export type TargetOfParameter =
  | {
      readonly kind: "column";
      /** The table, where only one can be meant. */
      readonly table?: string;
      /** The tables that can be meant, the likeliest first. */
      readonly tables: readonly string[];
      /** The column's name, unquoted. Absent for VALUES without a column list. */
      readonly column?: string;
      /** For VALUES without a column list: 0-based among the columns that INSERT fills then. */
      readonly columnIndex?: number;
    }
  /** LIMIT or OFFSET: an integer. */
  | { readonly kind: "limit" }
  /** CAST: the type as it is written. */
  | { readonly kind: "cast"; readonly type: string }
  | { readonly kind: "none" };

/** A parameter by its number, and what the first place that says something says of it. */
export interface ParameterTarget {
  readonly number: number;
  readonly target: TargetOfParameter;
}

const NONE: TargetOfParameter = { kind: "none" };

/** Tokens of the longest type: `double precision`, `decimal(10, 2)` and more have fewer. */
const MAX_TYPE_TOKENS = 32;

/** Scopes around a parameter that are searched: people nest less, and a search stays short. */
const MAX_SCOPES = 100;

/**
 * What each parameter stands against, as far as tokens tell: `column op $1` and `$1 op column`
 * for comparisons, `column IN ($1, …)`, `column BETWEEN $1 AND $2`, `SET column = $1`, the values
 * of an INSERT, LIMIT, OFFSET and CAST. One entry for each number in the text, by number.
 * Numbers are SQLite's: apply `bindByNumber` first where `$1` shall be number 1.
 *
 * @example
 * parameterTargets("SELECT * FROM t AS x WHERE x.id = ?1");
 * // [{ number: 1, target: { kind: "column", table: "t", tables: ["t"], column: "id" } }]
 */
export function parameterTargets(sql: string): ParameterTarget[] {
  if (!/[?:@$#]/.test(sql)) return [];
  const tokens = tokenize(sql);
  const numbers = new ParameterNumbers();
  const finder = new TargetFinder(sql, tokens);
  const targets = new Map<number, TargetOfParameter>();
  for (const place of outline(sql, tokens).parameters) {
    const { start, end } = tokenAt(tokens, place.token);
    const number = numbers.next(sql.slice(start, end));
    if ((targets.get(number) ?? NONE).kind === "none") targets.set(number, finder.find(place));
  }
  return [...targets]
    .sort(([one], [other]) => one - other)
    .map(([number, target]) => ({ number, target }));
}

interface ColumnName {
  readonly table: string | null;
  readonly column: string;
}

class TargetFinder {
  private readonly sql: string;
  private readonly tokens: readonly Token[];

  constructor(sql: string, tokens: readonly Token[]) {
    this.sql = sql;
    this.tokens = tokens;
  }

  find(place: ParameterPlace): TargetOfParameter {
    const at = place.token;
    const before = this.word(at - 1);
    const behind = this.word(at + 1);
    if (bindsTighter(behind) || bindsTighter(before)) return NONE;
    if (before === "LIMIT" || before === "OFFSET") return { kind: "limit" };
    if (before === "," && this.word(at - 3) === "LIMIT") return { kind: "limit" };
    if (before === "(" && this.word(at - 2) === "CAST" && behind === "AS") return this.cast(at);
    if (place.row !== null) return this.inserted(place, before, behind);
    const column =
      this.columnBefore(at - 1) ?? this.columnBehind(at + 1) ?? this.columnOfList(place);
    return column === null ? NONE : resolve(place, column);
  }

  private word(index: number): string {
    return tokenAt(this.tokens, index).word;
  }

  private cast(at: number): TargetOfParameter {
    const first = at + 2;
    let last = first;
    const limit = Math.min(this.tokens.length, first + MAX_TYPE_TOKENS);
    for (let depth = 0; last < limit; last++) {
      if (this.word(last) === "(") depth++;
      else if (this.word(last) === ")" && depth-- === 0) break;
    }
    if (last === first || last === limit) return NONE;
    const { start } = tokenAt(this.tokens, first);
    return { kind: "cast", type: this.sql.slice(start, tokenAt(this.tokens, last - 1).end) };
  }

  private inserted(place: ParameterPlace, before: string, behind: string): TargetOfParameter {
    const alone = (before === "(" || before === ",") && (behind === ")" || behind === ",");
    if (!alone || place.row === null) return NONE;
    const { table, columns } = place.row;
    const of = { kind: "column", table: table.name, tables: [table.name] } as const;
    if (columns === null) return { ...of, columnIndex: place.item };
    const column = columns[place.item];
    return column === undefined ? NONE : { ...of, column };
  }

  /** The column of `column op`, where the operator ends at an index. */
  private columnBefore(operator: number): ColumnName | null {
    if (this.word(operator) === "AND") {
      // BETWEEN low AND: `low` is one token.
      return this.word(operator - 2) === "BETWEEN" ? this.columnBefore(operator - 2) : null;
    }
    const end = this.operatorStart(operator);
    return end < 0 ? null : this.columnEndingAt(end - 1);
  }

  /** Index of the first token of the comparison that ends at an index, -1 when it is none. */
  private operatorStart(at: number): number {
    switch (this.word(at)) {
      case "=":
      case "==":
      case "<>":
      case "!=":
      case "<":
      case "<=":
      case ">":
      case ">=":
      case "IS":
        return at;
      case "NOT":
        return this.word(at - 1) === "IS" ? at - 1 : -1;
      case "FROM":
        return this.word(at - 1) === "DISTINCT" ? this.operatorStart(at - 2) : -1;
      case "BETWEEN":
      case "IN":
        return this.word(at - 1) === "NOT" ? at - 1 : at;
      default:
        return -1;
    }
  }

  /** The column of `op column`, where the operator begins at an index. */
  private columnBehind(operator: number): ColumnName | null {
    let at = operator + 1;
    switch (this.word(operator)) {
      case "IS":
        if (this.word(at) === "NOT") at++;
        if (this.word(at) === "DISTINCT") at += 2;
        break;
      case "=":
      case "==":
      case "<>":
      case "!=":
      case "<":
      case "<=":
      case ">":
      case ">=":
        break;
      default:
        return null;
    }
    while (this.isColumnPart(at) && this.word(at + 1) === ".") at += 2;
    const behind = this.word(at + 1);
    if (!this.isColumnPart(at) || behind === "(" || bindsTighter(behind)) return null;
    return this.columnEndingAt(at);
  }

  /** The column of `column IN (…)`, for a parameter that is an item of the list. */
  private columnOfList(place: ParameterPlace): ColumnName | null {
    const { token, open } = place;
    if (open < 0 || this.word(open - 1) !== "IN") return null;
    const before = this.word(token - 1);
    const behind = this.word(token + 1);
    if ((before !== "(" && before !== ",") || (behind !== ")" && behind !== ",")) return null;
    return this.columnBefore(open - 1);
  }

  private isColumnPart(at: number): boolean {
    const token = tokenAt(this.tokens, at);
    if (token.kind === "quoted") return true;
    if (token.kind !== "identifier" || !isNameToken(token)) return false;
    return token.word === "" || SQLITE_KEYWORDS.uses.get(token.word) === "free";
  }

  /** `column`, `table.column` or `schema.table.column` whose last token is at an index. */
  private columnEndingAt(last: number): ColumnName | null {
    if (!this.isColumnPart(last)) return null;
    let first = last;
    while (this.word(first - 1) === "." && this.isColumnPart(first - 2)) first -= 2;
    const before = this.word(first - 1);
    if (bindsTighter(before) || before === "." || this.word(first).startsWith("CURRENT_")) {
      return null;
    }
    const name = (at: number): string => identifierName(this.sql, tokenAt(this.tokens, at));
    return { table: first < last ? name(last - 2) : null, column: name(last) };
  }
}

/** Operators that bind tighter than a comparison: their operand is not compared itself. */
function bindsTighter(word: string): boolean {
  switch (word) {
    case "+":
    case "-":
    case "*":
    case "/":
    case "%":
    case "||":
    case "&":
    case "|":
    case "~":
    case "<<":
    case ">>":
    case "->":
    case "->>":
      return true;
    default:
      return false;
  }
}

/** Finds the table of a column in the scope of the parameter and the scopes around it. */
function resolve(place: ParameterPlace, name: ColumnName): TargetOfParameter {
  const { column } = name;
  const tables: string[] = [];
  const add = (table: TableReference): void => {
    if (!tables.includes(table.name)) tables.push(table.name);
  };
  let scope: ParameterPlace["scope"] | null = place.scope;
  for (let depth = 0; scope !== null && depth < MAX_SCOPES; depth++, scope = scope.parent) {
    for (const table of scope.tables) {
      const target = table.role === "target";
      if (name.table === null) {
        if (!place.inSet || target) add(table);
      } else if (isCalled(table, name.table)) {
        add(table);
      }
    }
    // A table's name, and a column of SET, mean the nearest.
    if (tables.length > 0 && (name.table !== null || place.inSet)) break;
  }
  const [table] = tables;
  if (table === undefined || tables.length > 1) return { kind: "column", tables, column };
  return { kind: "column", table, tables, column };
}

function isCalled(table: TableReference, name: string): boolean {
  const called = (table.alias ?? table.name).toLowerCase();
  const wanted = name.toLowerCase();
  // In ON CONFLICT, `excluded` is the row that was not inserted.
  return called === wanted || (wanted === "excluded" && table.role === "target");
}
