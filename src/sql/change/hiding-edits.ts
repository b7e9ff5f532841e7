import type { Column } from "../ast/leaf.ts";
import type { Call, FromItem, TableRef } from "../ast/query.ts";
import type { Node, Statement } from "../ast/statement.ts";
import { isCommonTable, type Scope, walkScopes } from "../read/scope.ts";
import { byStart, type Edit } from "./edit.ts";
import type { HiddenNames } from "./hidden-name.ts";
import { hiddenArgument, isNamingPragma, namingArgumentEdits } from "./naming-argument.ts";
import { refuseRawAccess } from "./raw-access.ts";
import { ResultNames } from "./result-names.ts";
import { tellingChangeEdits } from "./telling-change.ts";
import {
  isTellingName,
  tellingSetEdits,
  tellingSource,
  type TellingSource,
} from "./telling-table.ts";

/**
 * What to change in a statement so that the engine's objects do not show in its reads of the
 * schema tables: see `hideEngineObjects`.
 */
export function hidingEdits(sql: string, statement: Statement, names: HiddenNames): Edit[] {
  return new Hiding(sql, names).edits(statement);
}

/** Names by which a statement may ask for a column that `*` does not show. */
const UNSHOWN = /^(?:rowid|oid|_rowid_|arg|schema|aggregate)$/i;

class Hiding {
  private readonly sql: string;
  private readonly names: HiddenNames;
  private readonly sources: TellingSource[] = [];
  private readonly others: Edit[] = [];
  private readonly targets = new Set<TableRef>();
  /** Calls that are part of a source. */
  private readonly replaced = new Set<Node>();
  private readonly results: ResultNames;
  /** Names to which a subquery does not answer, in lower case. */
  private readonly unshown = new Set<string>();
  /** A schema table's column is named with the table's schema. */
  private qualified = false;
  /** A pragma asked as a table, without an argument of its own. */
  private bare: string | null = null;

  constructor(sql: string, names: HiddenNames) {
    this.sql = sql;
    this.names = names;
    this.results = new ResultNames(sql);
  }

  edits(statement: Statement): Edit[] {
    walkScopes(statement, (node, scope) => this.visit(node, scope));
    if (this.bare !== null && this.unshown.has("arg")) throw hiddenArgument(this.bare);
    const edits = this.sources.map((source) => {
      const text = source.replacement(this.unshown, this.qualified);
      return { start: source.start, end: source.end, text };
    });
    edits.push(...this.others);
    edits.sort(byStart);
    return [...edits, ...this.results.edits(edits)];
  }

  private visit(node: Node, scope: Scope): void {
    refuseRawAccess(node, scope);
    switch (node.kind) {
      case "insert":
      case "update":
      case "delete":
        this.targets.add(node.table);
        this.others.push(...tellingChangeEdits(node, this.names));
        break;
      case "table":
        if (this.targets.has(node)) break;
        this.source(node, scope);
        this.bareTable(node, scope);
        break;
      case "table-function":
        if (!this.source(node, scope)) break;
        for (const { call } of node.sources) this.replaced.add(call);
        break;
      case "in": {
        const set = node.source.kind === "object-name" ? node.source : null;
        if (set !== null) this.others.push(...tellingSetEdits(this.sql, set, scope, this.names));
        break;
      }
      case "call":
        this.call(node);
        break;
      case "result":
        this.results.note(node);
        break;
      case "name":
        if (UNSHOWN.test(node.text)) this.unshown.add(node.text.toLowerCase());
        break;
      case "column":
        this.qualified ||= isQualifiedTelling(node);
        break;
      default:
    }
  }

  private source(item: FromItem, scope: Scope): boolean {
    const source = tellingSource(this.sql, item, scope, this.names);
    if (source !== null) this.sources.push(source);
    return source !== null;
  }

  private bareTable({ name }: TableRef, scope: Scope): void {
    const { text } = name.name;
    if (isNamingPragma(text) && !isCommonTable(name, scope)) this.bare = text;
  }

  private call(call: Call): void {
    const { text } = call.name.name;
    if (call.arguments.length === 0 && isNamingPragma(text)) this.bare = text;
    if (this.replaced.has(call)) return;
    this.others.push(...namingArgumentEdits(call, this.names));
  }
}

function isQualifiedTelling({ table }: Column): boolean {
  return table !== null && table.schema !== null && isTellingName(table.name);
}
