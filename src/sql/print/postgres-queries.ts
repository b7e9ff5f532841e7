import type {
  Compound,
  FromItem,
  GroupingSet,
  Join,
  Nested,
  Query,
  QueryBody,
  TableFunction,
} from "../ast/query.ts";
import { refuse } from "./postgres-expressions.ts";
import type { Print, Rules } from "./rule.ts";

function queryView(node: Query, print: Print): object {
  const { body, limit, offset, offsetFirst, withTies } = node;
  return {
    ...node,
    // Parameters are numbered in the order of the text.
    first: offsetFirst && `OFFSET ${print(offset)}`,
    offset: offsetFirst ? null : offset,
    offsetFirst: false,
    body: body.kind === "query" ? `(${print(body)})` : body,
    limit: withTies ? null : limit,
    withTies: false,
    ties: withTies ? limit : null,
  };
}

function compoundLevel(body: QueryBody): number {
  if (body.kind === "query") return 0;
  if (body.kind !== "compound") return 3;
  return body.operator === "INTERSECT" ? 2 : 1;
}

/** INTERSECT binds more tightly than UNION and EXCEPT, and a query stood in parentheses. */
function compoundView(node: Compound, print: Print): object {
  const level = compoundLevel(node);
  const operand = (body: QueryBody, min: number): string =>
    compoundLevel(body) < min ? `(${print(body)})` : print(body);
  return { ...node, left: operand(node.left, level), right: operand(node.right, level + 1) };
}

/** A FROM item where a comma cannot stand: it binds more loosely than JOIN, not as in SQLite. */
export function withoutComma(item: FromItem): FromItem {
  return item.kind === "join" && item.type === "," ? { ...item, type: "CROSS" } : item;
}

/** The words of a join that may have an ON or USING in SQLite, and may have none. */
function joinType({ type, natural, on, using }: Join): string {
  if (natural) return type === "CROSS" ? "" : type;
  if (on || using.length > 0) return type === "," || type === "CROSS" ? "" : type;
  return type === "" || type === "INNER" ? "CROSS" : type;
}

function joinView(node: Join, print: Print): object {
  const { left, right, on, using } = node;
  const type = joinType(node);
  const comma = type === ",";
  const outer = /^(?:LEFT|RIGHT|FULL)$/.test(type) && !node.natural;
  const qualified = on !== null || using.length > 0;
  const inner = withoutComma(right);
  return {
    ...node,
    left: print(comma ? left : withoutComma(left)) + (comma ? "," : ""),
    type: comma ? "" : `${type} JOIN`.trim(),
    right: inner.kind === "join" && !qualified && !comma ? `(${print(inner)})` : inner,
    on: outer && !qualified ? "TRUE" : on,
  };
}

/** Whether a FROM item is a join, or one in parentheses without an alias. */
function isJoin(item: FromItem): boolean {
  return item.kind === "join" || (item.kind === "nested" && !item.alias && isJoin(item.from));
}

/** Only a join stands in parentheses; what else does loses them, and keeps the alias. */
function nestedView(node: Nested, print: Print): object {
  const { from, alias } = node;
  if (isJoin(from)) return { ...node, from: `(${print(withoutComma(from))})` };
  if (alias === null) return node;
  if (from.kind === "join" || from.alias !== null) refuse("a second alias");
  return { ...node, from: { ...from, alias }, alias: null };
}

function tableFunctionView(node: TableFunction, print: Print): object {
  const { sources, rowsFrom } = node;
  return {
    ...node,
    sources: rowsFrom ? `ROWS FROM (${print(sources)})` : sources,
    rowsFrom: false,
  };
}

function groupingView({ type, items }: GroupingSet): object {
  return { items, type: type === "SETS" ? "GROUPING SETS" : type.replace("EMPTY", "") };
}

/** Queries as only Postgres writes them. */
export const POSTGRES_QUERIES: Rules<
  | "select"
  | "query"
  | "compound"
  | "common-table"
  | "search"
  | "cycle"
  | "into"
  | "locking"
  | "grouping-set"
  | "alias"
  | "table"
  | "sample"
  | "table-function"
  | "function-source"
  | "derived"
  | "nested"
  | "join"
> = {
  select: [
    `SELECT quantifier ON_(distinctOn) columns into :from :where GROUP_BY_groups :having
      WINDOW_windows`,
    (node, print) => {
      const groups = [node.groupQuantifier, print(node.groupBy)].filter(Boolean).join(" ");
      return { ...node, groupQuantifier: "", groupBy: [], groups };
    },
  ],
  query: [
    "with body :orderBy first :limit :offset FETCH_FIRST_(ties)_ROWS_WITH_TIES ~locking",
    queryView,
  ],
  compound: ["left operator all right", compoundView],
  "common-table": "name (columns) AS materialized (query) search cycle",
  search: "SEARCH order FIRST BY by SET column",
  cycle: "CYCLE columns SET mark TO_value DEFAULT_otherwise USING path",
  into: "INTO persistence name",
  locking: "FOR strength :of wait",
  "grouping-set": ["type ( items )", groupingView],
  alias: "AS name (columns) (definitions)",
  table: "only name asOf alias sample",
  sample: "TABLESAMPLE method ( arguments ) REPEATABLE_(seed)",
  "table-function": ["lateral sources WITH_ordinality alias", tableFunctionView],
  "function-source": "call AS_(definitions)",
  derived: "lateral (query) alias",
  nested: ["from alias", nestedView],
  join: ["left natural type right ON_on USING_(using) AS_usingAlias", joinView],
};
