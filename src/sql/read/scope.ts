import type { ObjectName } from "../ast/name.ts";
import type { DataChange, FromItem, QueryBody, With } from "../ast/query.ts";
import type { Node } from "../ast/statement.ts";
import { children } from "../tree/children.ts";
import { foldName } from "../fold-name.ts";

/** Where names are looked up: what one WITH, or one SELECT or change, brings in reach. */
export interface Scope {
  readonly parent: Scope | null;
  /** The tables of a WITH, in lower case. */
  readonly common: ReadonlySet<string>;
  /**
   * What stands in FROM, by the lower-case name it is called: the tables behind that name, none
   * where it is a query or a function.
   */
  readonly sources: ReadonlyMap<string, readonly string[]>;
  /** The table that an INSERT, UPDATE or DELETE changes here. */
  readonly target: string | null;
}

type Sources = Map<string, readonly string[]>;

const OUTERMOST: Scope = { parent: null, common: new Set(), sources: new Map(), target: null };

/** SQLite joins no more tables than this. */
const MAX_SOURCES = 64;

/**
 * Visits all nodes of a tree of SQLite's grammar, each before those below it but else in no order,
 * with the scope in which its names are looked up. A subquery sees what is around it, a query in
 * FROM does not see what stands beside it. Needs no stack, however deep the tree is.
 *
 * @example
 * walkScopes(statement, (node, scope) => {
 *   if (node.kind === "table" && !isCommonTable(node.name, scope)) tables.push(node);
 * });
 */
export function walkScopes(root: Node, visit: (node: Node, scope: Scope) => void): void {
  const walk = new ScopeWalk();
  walk.waiting.push([root, OUTERMOST]);
  for (let next = walk.waiting.pop(); next !== undefined; next = walk.waiting.pop()) {
    const [node, scope] = next;
    visit(node, scope);
    walk.enter(node, scope);
  }
}

/** Whether a name in FROM is that of a WITH around it. */
export function isCommonTable({ schema, name }: ObjectName, scope: Scope): boolean {
  if (schema !== null) return false;
  const wanted = foldName(name.text);
  for (let at: Scope | null = scope; at !== null; at = at.parent) {
    if (at.common.has(wanted)) return true;
  }
  return false;
}

class ScopeWalk {
  readonly waiting: (readonly [Node, Scope])[] = [];

  enter(node: Node, scope: Scope): void {
    switch (node.kind) {
      case "query": {
        const around = withCommon(scope, node.with);
        // ORDER BY sees the tables of a SELECT, but not those of a compound.
        return this.below(node, bodyScope(node.body, around), around, [node.with]);
      }
      case "compound":
        this.waiting.push([node.left, bodyScope(node.left, scope)]);
        this.waiting.push([node.right, bodyScope(node.right, scope)]);
        return;
      case "insert": {
        const around = withCommon(scope, node.with);
        return this.below(node, changeScope(node, null, around), around, [node.with, node.source]);
      }
      case "update": {
        const around = withCommon(scope, node.with);
        return this.below(node, changeScope(node, node.from, around), around, [node.with]);
      }
      case "delete": {
        const around = withCommon(scope, node.with);
        return this.below(node, changeScope(node, node.using, around), around, [node.with]);
      }
      case "derived":
        return this.below(node, scope.parent ?? scope);
      default:
        return this.below(node, scope);
    }
  }

  /** Goes on with what is below a node, `apart` in the scope `around`. */
  private below(
    node: Node,
    scope: Scope,
    around: Scope = scope,
    apart: readonly (Node | null)[] = [],
  ): void {
    for (const child of children(node)) {
      this.waiting.push([child, apart.includes(child) ? around : scope]);
    }
  }
}

/** All tables of a WITH see each other, whatever their order. */
function withCommon(parent: Scope, clause: With | null): Scope {
  if (clause === null) return parent;
  const common = new Set(clause.tables.map(({ name }) => foldName(name.text)));
  return { parent, common, sources: OUTERMOST.sources, target: null };
}

function bodyScope(body: QueryBody, parent: Scope): Scope {
  if (body.kind !== "select") return parent;
  const sources: Sources = new Map();
  if (body.from !== null) addSources(body.from, sources, parent);
  return { parent, common: OUTERMOST.common, sources, target: null };
}

function changeScope(change: DataChange, from: FromItem | null, parent: Scope): Scope {
  const { table } = change;
  const target = table.name.name.text;
  const sources: Sources = new Map();
  add(sources, table.alias?.name?.text ?? target, [target]);
  // The row that was not inserted.
  if (change.kind === "insert" && change.upserts.length > 0) add(sources, "excluded", [target]);
  if (from !== null) addSources(from, sources, parent);
  return { parent, common: OUTERMOST.common, sources, target };
}

function addSources(item: FromItem, sources: Sources, scope: Scope): void {
  switch (item.kind) {
    case "join":
      addSources(item.left, sources, scope);
      addSources(item.right, sources, scope);
      break;
    case "nested": {
      const inner: Sources = item.alias === null ? sources : new Map();
      addSources(item.from, inner, scope);
      add(sources, item.alias?.name?.text, [...inner.values()].flat());
      break;
    }
    case "table": {
      const name = item.name.name.text;
      add(sources, item.alias?.name?.text ?? name, isCommonTable(item.name, scope) ? [] : [name]);
      break;
    }
    case "table-function": {
      const call = item.sources[0]?.call;
      const name = call?.kind === "call" ? call.name.name.text : undefined;
      add(sources, item.alias?.name?.text ?? name, []);
      break;
    }
    case "derived":
      add(sources, item.alias?.name?.text, []);
      break;
  }
}

function add(sources: Sources, called: string | undefined, tables: readonly string[]): void {
  if (called === undefined || sources.size >= MAX_SOURCES) return;
  const name = foldName(called);
  const known = sources.get(name);
  sources.set(name, known === undefined ? tables : [...new Set([...known, ...tables])]);
}
