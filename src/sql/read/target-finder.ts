import type { Column, Parameter } from "../ast/leaf.ts";
import type { Assignment, Expr, In, Insert, QueryBody, Target } from "../ast/query.ts";
import type { Node } from "../ast/statement.ts";
import type { Scope } from "./scope.ts";
import { foldName } from "../fold-name.ts";

/** What a parameter is compared with or assigned to. */
export type TargetOfParameter =
  | {
      readonly kind: "column";
      /** The table, where only one can be meant. */
      readonly table?: string;
      /** The tables that can be meant, the likeliest first. */
      readonly tables: readonly string[];
      /** The column's name, unquoted. Absent for an INSERT without a column list. */
      readonly column?: string;
      /** For an INSERT without a column list: 0-based among the columns that it fills then. */
      readonly columnIndex?: number;
    }
  /** LIMIT or OFFSET: an integer. */
  | { readonly kind: "limit" }
  /** CAST: the type as it is written. */
  | { readonly kind: "cast"; readonly type: string }
  | { readonly kind: "none" };

const NONE: TargetOfParameter = { kind: "none" };

/** More tables than this cannot be meant by one name: SQLite joins no more. */
const MAX_TABLES = 64;

const COMPARISONS: ReadonlySet<unknown> = new Set(["=", "<>", "<", "<=", ">", ">="]);

/** Gathers what the nodes of a statement say of the parameters below them. */
export class TargetFinder {
  private readonly found = new Map<Parameter, TargetOfParameter>();
  /** Of the select list of an INSERT … SELECT: any comparison elsewhere says more. */
  private readonly weak = new Map<Parameter, TargetOfParameter>();
  private readonly sql: string;
  private readonly visible = new Map<Scope, readonly string[]>();

  constructor(sql: string) {
    this.sql = sql;
  }

  targetOf(parameter: Parameter): TargetOfParameter {
    return this.found.get(parameter) ?? NONE;
  }

  weakTargetOf(parameter: Parameter): TargetOfParameter {
    return this.weak.get(parameter) ?? NONE;
  }

  visit(node: Node, scope: Scope): void {
    switch (node.kind) {
      case "binary":
        if (COMPARISONS.has(node.operator)) this.compare(node.left, node.right, scope);
        break;
      case "is":
        this.compare(node.left, node.right, scope);
        break;
      case "between":
        this.compare(node.operand, node.low, scope);
        this.compare(node.operand, node.high, scope);
        break;
      case "in":
        this.compareMembers(node, scope);
        break;
      case "cast": {
        const type = this.sql.slice(node.type.start, node.type.end);
        this.note(node.operand, { kind: "cast", type });
        break;
      }
      case "insert":
        this.insert(node);
        break;
      case "assignment":
        this.assign(node, scope);
        break;
      case "query":
      case "update":
      case "delete":
        this.note(node.limit, { kind: "limit" });
        this.note(node.offset, { kind: "limit" });
        break;
      default:
    }
  }

  private note(value: Expr | null | undefined, target: TargetOfParameter): void {
    const parameter = parameterOf(value);
    if (parameter !== null && !this.found.has(parameter)) this.found.set(parameter, target);
  }

  private compare(left: Expr, right: Expr, scope: Scope): void {
    if (left.kind === "row" && right.kind === "row") {
      for (const [index, item] of left.items.entries()) {
        const other = right.items[index];
        if (other !== undefined) this.compare(item, other, scope);
      }
    } else {
      this.match(left, right, scope);
      this.match(right, left, scope);
    }
  }

  /** Of a value compared with a column. */
  private match(value: Expr, other: Expr, scope: Scope): void {
    const column = bare(other);
    if (column.kind !== "column" || parameterOf(value) === null) return;
    this.note(value, columnTarget(this.tablesOf(column, scope), column));
  }

  private compareMembers({ operand, source }: In, scope: Scope): void {
    if (source.kind === "row") {
      for (const item of source.items) this.compare(operand, item, scope);
    } else if (source.kind === "query") {
      for (const row of rowsOf(source.body)) {
        const items = operand.kind === "row" ? operand.items : [operand];
        for (const [index, item] of items.entries()) {
          const value = row[index];
          if (value !== undefined && parameterOf(value) !== null) this.match(value, item, scope);
        }
      }
    }
  }

  private insert({ table, columns, source }: Insert): void {
    if (source === null) return;
    const tables = [table.name.name.text];
    const found = source.body.kind === "values" ? this.found : this.weak;
    for (const row of rowsOf(source.body)) {
      for (const [index, value] of row.entries()) {
        const parameter = parameterOf(value);
        if (parameter === null || found.has(parameter)) continue;
        const column = columns[index];
        if (column !== undefined) found.set(parameter, columnTarget(tables, column));
        else if (columns.length === 0) {
          found.set(parameter, { kind: "column", ...only(tables), tables, columnIndex: index });
        }
      }
    }
  }

  private assign({ targets, value }: Assignment, scope: Scope): void {
    const tables = scope.target === null ? [] : [scope.target];
    const values = targets.length > 1 && value.kind === "row" ? value.items : [value];
    if (values.length !== targets.length) return;
    for (const [index, target] of targets.entries()) {
      this.note(values[index], columnTarget(tables, target));
    }
  }

  /** The tables that a column can be of. */
  private tablesOf({ table }: Column, scope: Scope): readonly string[] {
    if (table === null) return this.tablesIn(scope);
    const called = foldName(table.name.text);
    for (let at: Scope | null = scope; at !== null; at = at.parent) {
      const tables = at.sources.get(called);
      if (tables !== undefined) return tables;
    }
    return [];
  }

  /** All tables in reach, the nearest first. */
  private tablesIn(scope: Scope): readonly string[] {
    let tables = this.visible.get(scope);
    if (tables === undefined) {
      const outer = scope.parent === null ? [] : this.tablesIn(scope.parent);
      tables = [...new Set([...scope.sources.values(), outer].flat())].slice(0, MAX_TABLES);
      this.visible.set(scope, tables);
    }
    return tables;
  }
}

/** COLLATE does not change what a value is. */
function bare(expression: Expr): Expr {
  let found = expression;
  while (found.kind === "collate") found = found.operand;
  return found;
}

function parameterOf(value: Expr | null | undefined): Parameter | null {
  if (value === null || value === undefined) return null;
  const found = bare(value);
  return found.kind === "parameter" ? found : null;
}

/**
 * The rows that a VALUES or a SELECT writes down, those of a SELECT up to its first star: only the
 * schema tells the places behind it.
 */
function rowsOf(body: QueryBody): (readonly Expr[])[] {
  const rows: (readonly Expr[])[] = [];
  const waiting = [body];
  for (let part = waiting.pop(); part !== undefined; part = waiting.pop()) {
    if (part.kind === "compound") {
      waiting.push(part.left, part.right);
    } else if (part.kind === "select") {
      const values = part.columns.map(({ value }) => value);
      const star = values.findIndex(({ kind }) => kind === "star");
      rows.push(star < 0 ? values : values.slice(0, star));
    } else if (part.kind === "values") {
      for (const { items } of part.rows) rows.push(items);
    }
  }
  return rows;
}

function columnTarget(tables: readonly string[], column: Target): TargetOfParameter {
  if (column.kind !== "column") return NONE;
  return { kind: "column", ...only(tables), tables, column: column.name.text };
}

function only(tables: readonly string[]): { table?: string } {
  const [table] = tables;
  return table === undefined || tables.length > 1 ? {} : { table };
}
