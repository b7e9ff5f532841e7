import type { Column } from "../ast/leaf.ts";
import type { TableRef } from "../ast/query.ts";
import type { Node, Statement } from "../ast/statement.ts";
import { quoteIdentifier } from "../quote.ts";
import { type Scope, walkScopes } from "../read/scope.ts";
import { isTellingName, tellingSource, type TellingSource } from "./telling-table.ts";

/** A piece of a text and what shall stand in its place. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * What to change in a statement so that the engine's objects do not show in its reads of the
 * schema tables: see `hideEngineObjects`.
 *
 * @param prefix That of the engine's objects, in lower case.
 */
export function hidingEdits(sql: string, statement: Statement, prefix: string): Edit[] {
  // Their own text becomes part of the schema.
  if (statement.kind === "create-view" || statement.kind === "create-trigger") return [];
  return new Hiding(sql, prefix).edits(statement);
}

/** A text with pieces replaced that do not overlap; the same string where there are none. */
export function applyEdits(sql: string, edits: readonly Edit[]): string {
  let text = "";
  let copied = 0;
  for (const edit of edits.toSorted(byStart)) {
    text += sql.slice(copied, edit.start) + edit.text;
    copied = edit.end;
  }
  return copied === 0 ? sql : text + sql.slice(copied);
}

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

  /** Gives result columns their name that would else be named by their changed text. */
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
