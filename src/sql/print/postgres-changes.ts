import type { Assignment, Insert, MergeWhen, OrderTerm, Returning, Target } from "../ast/query.ts";
import { bracketsText, refuse } from "./postgres-expressions.ts";
import { withoutComma } from "./postgres-queries.ts";
import type { Print, Rules } from "./rule.ts";

/** A column to insert or set, or a part of one. No parentheses stand in it. */
function targetText(node: Target, print: Print): string {
  if (node.kind === "column") return print(node.table === null ? node.name : node);
  const { object } = node;
  const inner = object.kind === "column" || object.kind === "field" || object.kind === "subscript";
  const text = inner ? targetText(object, print) : print(object);
  return text + (node.kind === "field" ? `.${print(node.name)}` : bracketsText(node, print));
}

function targetTexts(nodes: readonly Target[], print: Print): string {
  return nodes.map((node) => targetText(node, print)).join(", ");
}

/** A term of an index: a name, a call or an expression in parentheses, then how it is sorted. */
export function indexTerm(node: OrderTerm, print: Print): string {
  const { value, opclass, direction, nulls } = node;
  const inner = value.kind === "collate" ? value.operand : value;
  const collation = value.kind === "collate" ? `COLLATE ${print(value.collation)}` : "";
  const text = print(inner);
  const name = inner.kind === "column" && inner.table === null && text.startsWith('"');
  const call = inner.kind === "call" && !inner.withinGroup && !inner.filter && !inner.over;
  const words = [
    name || call ? text : `(${text})`,
    collation,
    print(opclass),
    direction,
    nulls && `NULLS ${nulls}`,
  ];
  return words.filter(Boolean).join(" ");
}

/** Terms of an index with commas between them. */
export function indexTerms(nodes: readonly OrderTerm[], print: Print): string {
  return nodes.map((node) => indexTerm(node, print)).join(", ");
}

function insertView(node: Insert, print: Print): object {
  const { columns, source, upserts } = node;
  if (upserts.length > 1) refuse("a second ON CONFLICT");
  if (source === null && columns.length > 0) refuse("a column list before DEFAULT VALUES");
  return {
    ...node,
    columns: targetTexts(columns, print),
    source: source ?? "DEFAULT VALUES",
  };
}

function assignmentView({ row, targets, value }: Assignment, print: Print): object {
  const names = targetTexts(targets, print);
  return { targets: row ? `(${names})` : names, value };
}

function returningView(node: Returning, print: Print): object {
  const names = [node.old && `OLD AS ${print(node.old)}`, node.new && `NEW AS ${print(node.new)}`];
  return { columns: node.columns, names: names.filter(Boolean).join(", ") };
}

/** What a WHEN of a MERGE does; only an INSERT has columns and values. */
function mergeWhenView(node: MergeWhen, print: Print): object {
  const { action, columns, values } = node;
  const given = values === null ? "DEFAULT VALUES" : `VALUES (${print(values.items)})`;
  return {
    ...node,
    action: action === "NOTHING" ? "DO NOTHING" : action,
    columns: targetTexts(columns, print),
    values: action === "INSERT" ? given : "",
  };
}

/** Changes as only Postgres writes them. */
export const POSTGRES_CHANGES: Rules<
  "insert" | "upsert" | "assignment" | "update" | "delete" | "returning" | "merge" | "merge-when"
> = {
  insert: [
    "with INSERT INTO table (columns) OVERRIDING_overriding_VALUE source upserts returning",
    insertView,
  ],
  upsert: [
    `ON CONFLICT (target) WHERE_targetWhere ON_CONSTRAINT_constraint DO UPDATE_SET_assignments
      nothing :where`,
    (node, print) => ({
      ...node,
      target: indexTerms(node.target, print),
      nothing: node.assignments.length === 0,
    }),
  ],
  assignment: ["targets = value", assignmentView],
  update: "with UPDATE table SET assignments :from :where returning",
  delete: "with DELETE FROM table :using :where returning",
  returning: ["RETURNING WITH_(names) columns", returningView],
  merge: [
    "with MERGE INTO table USING using ON on ~whens returning",
    (node) => ({ ...node, using: withoutComma(node.using) }),
  ],
  "merge-when": [
    `WHEN matched AND_condition THEN action SET_assignments (columns) OVERRIDING_overriding_VALUE
      values`,
    mergeWhenView,
  ],
};
