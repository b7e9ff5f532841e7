import type { Name } from "../ast/name.ts";
import type { Delete, Insert, Join, Query, QueryBody, Target, Update } from "../ast/query.ts";
import type { Print, Rules } from "./rule.ts";
import { indexTerms, refuse, sourceCall } from "./sqlite-expressions.ts";

/** ORDER BY, LIMIT and OFFSET. */
const CUT = ":orderBy :limit :offset";

/** LIMIT with OFFSET, in the order in which they stood. */
function cutView<Cut extends Query | Update | Delete>(node: Cut, print: Print): object {
  const { limit, offset, offsetFirst } = node;
  if (!offsetFirst) return node;
  const both = `${print(offset)}, ${print(limit)}`;
  return { ...node, limit: both, offset: null, offsetFirst: false };
}

function hasCut({ orderBy, limit, offset }: Query): boolean {
  return orderBy.length > 0 || limit !== null || offset !== null;
}

/** Whether ORDER BY or LIMIT may follow a body: behind VALUES they may not. */
function isSortable(body: QueryBody): boolean {
  return (body.kind === "compound" ? body.right : body).kind !== "values";
}

/** A body; what SQLite has no parentheses for becomes a SELECT from it. */
function bodyText(body: QueryBody, print: Print, plain: boolean): string {
  return plain ? print(body) : `SELECT * FROM (${print(body)})`;
}

/** OFFSET needs a LIMIT. */
function queryView(node: Query, print: Print): object {
  const { body, limit, offset } = node;
  const plain = body.kind !== "query" && (!hasCut(node) || isSortable(body));
  return {
    ...cutView(node, print),
    body: bodyText(body, print, plain),
    ...(offset !== null && limit === null && { limit: "-1" }),
  };
}

/** Whether the text of a body ends with a FROM to which an ON would belong. */
function endsWithFrom(body: QueryBody): boolean {
  switch (body.kind) {
    case "compound":
      return body.right.kind === "compound" || endsWithFrom(body.right);
    case "query":
      return true;
    case "values":
      return false;
    case "select": {
      const { from, where, having, groupBy, windows } = body;
      if (!from || where || having || groupBy.length + windows.length > 0) return false;
      return from.kind !== "join" || !(from.on || from.using.length > 0);
    }
  }
}

/** An ON CONFLICT behind a query must not look like the ON of a join. */
function insertView(node: Insert, print: Print): object {
  const { replace, source, upserts } = node;
  if (!source && upserts.length > 0) refuse("ON CONFLICT behind DEFAULT VALUES");
  const open = source && upserts.length > 0 && !hasCut(source) && endsWithFrom(source.body);
  return {
    ...node,
    insert: !replace,
    columns: node.columns.map(bareTarget),
    source: (print(source) || "DEFAULT VALUES") + (open ? " WHERE 1" : ""),
  };
}

/** What is no expression prints as a name: a column to insert or set. */
function bareTarget(node: Target): Target | Name {
  return node.kind === "column" && node.table === null ? node.name : node;
}

function joinView(node: Join, print: Print): object {
  const { left, right, type } = node;
  return {
    ...node,
    left: print(left) + (type === "," ? "," : ""),
    type: type === "," ? "" : `${type} JOIN`.trim(),
    right: right.kind === "join" ? `(${print(right)})` : right,
  };
}

/** Queries and changes as only SQLite writes them. */
export const SQLITE_QUERIES: Rules<
  | "select"
  | "query"
  | "compound"
  | "common-table"
  | "table"
  | "alias"
  | "table-function"
  | "function-source"
  | "derived"
  | "nested"
  | "join"
  | "insert"
  | "upsert"
  | "assignment"
  | "update"
  | "delete"
  | "returning"
> = {
  select: [
    "SELECT quantifier columns :from :where :groupBy :having WINDOW_windows",
    (node) => (node.columns.length === 0 ? refuse("an empty select list") : node),
  ],
  query: [`with body ${CUT}`, queryView],
  compound: [
    "left operator all right",
    (node, print) => {
      const { left, operator, all, right } = node;
      if (all && operator !== "UNION") refuse(`${operator} ALL`);
      return {
        ...node,
        left: bodyText(left, print, left.kind !== "query"),
        right: bodyText(right, print, /^(?:select|values)$/.test(right.kind)),
      };
    },
  ],
  "common-table": [
    "name (columns) AS materialized (query)",
    (node) => (node.query.kind === "query" ? node : refuse(`${node.query.kind} in WITH`)),
  ],
  alias: "AS name",
  table: "name asOf alias notIndexed :indexedBy",
  "table-function": ["sources alias", (node) => ({ ...node, lateral: false })],
  "function-source": [
    "call",
    (node, print) =>
      node.call.kind === "call" ? { ...node, call: sourceCall(node.call, print) } : node,
  ],
  derived: "(query) alias",
  nested: "(from) alias",
  join: ["left natural type right :on USING_(using)", joinView],
  insert: [`with replace insert :or INTO table (columns) source ~upserts returning`, insertView],
  upsert: [
    `ON CONFLICT (target) WHERE_targetWhere DO UPDATE_SET_assignments nothing
      :where`,
    (node) => ({
      ...node,
      target: indexTerms(node.target),
      nothing: node.assignments.length === 0,
    }),
  ],
  assignment: [
    "targets = value",
    ({ row, targets, value }, print) => {
      const names = targets.map((target) => print(bareTarget(target))).join(", ");
      return { targets: row ? `(${names})` : names, value };
    },
  ],
  update: [`with UPDATE :or table SET assignments :from :where returning ${CUT}`, cutView],
  delete: [`with DELETE FROM table :where returning ${CUT}`, cutView],
  returning: "RETURNING columns",
};
