import type { Name } from "../ast/name.ts";
import type { ForeignKey, KeyConstraint, PartitionBound } from "../ast/schema.ts";
import { indexTerm } from "./postgres-changes.ts";
import { isPlain, refuse } from "./postgres-expressions.ts";
import type { Print, Rules } from "./rule.ts";

/** What stands behind a constraint. */
const TAIL = "deferrable INITIALLY_initially ~marks";

/** What stands behind a constraint that has an index. */
const INDEX = "INCLUDE_(include) WITH_(options) USING_INDEX_TABLESPACE_tablespace";

/** The columns of a key: Postgres takes names alone. */
function keyView(node: KeyConstraint, print: Print): object {
  const columns = node.columns.map(({ value, direction, nulls }) => {
    if (value.kind !== "column" || direction || nulls) refuse("a key of more than names");
    return print(value.name);
  });
  const overlap = node.withoutOverlaps ? " WITHOUT OVERLAPS" : "";
  return {
    ...node,
    columns: columns.join(", ") + overlap,
    withoutOverlaps: false,
    unique: !node.primary,
  };
}

/** Names, the last behind the word PERIOD. */
function periodNames(names: readonly Name[], period: boolean, print: Print): string {
  return names
    .map((name, at) => (period && at === names.length - 1 ? "PERIOD " : "") + print(name))
    .join(", ");
}

function foreignKeyView(node: ForeignKey, print: Print): object {
  const match = node.match?.text.toUpperCase() ?? "";
  if (!/^(?:FULL|PARTIAL|SIMPLE)?$/.test(match)) refuse(`MATCH ${match}`);
  return {
    ...node,
    columns: periodNames(node.columns, node.period, print),
    parents: periodNames(node.parents, node.parentPeriod, print),
    period: false,
    parentPeriod: false,
    match,
  };
}

/** What the rows of a partition have in their key. */
function boundText({ form, lower, upper }: PartitionBound, print: Print): string {
  switch (form) {
    case "DEFAULT":
      return form;
    case "IN":
      return `FOR VALUES IN (${print(lower)})`;
    case "RANGE":
      return `FOR VALUES FROM (${print(lower)}) TO (${print(upper)})`;
    case "HASH":
      return `FOR VALUES WITH (MODULUS ${print(lower)}, REMAINDER ${print(upper)})`;
  }
}

/** Constraints, columns and partitions as Postgres writes them. */
export const POSTGRES_CONSTRAINTS: Rules<
  | "check"
  | "null-constraint"
  | "column-collation"
  | "empty-constraint"
  | "key"
  | "default"
  | "foreign-key"
  | "generated"
  | "identity"
  | "exclude"
  | "exclude-element"
  | "mark"
  | "column-definition"
  | "partition-bound"
> = {
  check: `CONSTRAINT_name CHECK (condition) ${TAIL}`,
  "null-constraint": `CONSTRAINT_name not NULL column ${TAIL}`,
  "column-collation": "COLLATE collation",
  "empty-constraint": TAIL,
  key: [
    `CONSTRAINT_name primary_KEY unique nullsNotDistinct (columns) ${INDEX} USING_INDEX_usingIndex
      ${TAIL}`,
    keyView,
  ],
  default: [
    `CONSTRAINT_name DEFAULT value ${TAIL}`,
    (node, print) => ({
      ...node,
      parenthesised: false,
      value: isPlain(node.value) ? node.value : `(${print(node.value)})`,
    }),
  ],
  "foreign-key": [
    `CONSTRAINT_name FOREIGN_KEY_(columns) REFERENCES table (parents) :match :onDelete
      (deleteColumns) :onUpdate (updateColumns) ${TAIL}`,
    foreignKeyView,
  ],
  generated: [
    `CONSTRAINT_name GENERATED ALWAYS AS (value) storage ${TAIL}`,
    (node) => ({ ...node, long: false }),
  ],
  identity: `CONSTRAINT_name GENERATED when AS IDENTITY (~options) ${TAIL}`,
  exclude: `CONSTRAINT_name EXCLUDE USING_method (elements) ${INDEX} WHERE_(where) ${TAIL}`,
  "exclude-element": [
    "term WITH operator",
    (node, print) => ({ ...node, term: indexTerm(node.term, print) }),
  ],
  mark: "mark",
  "column-definition": "name type :storage :compression ~constraints",
  "partition-bound": boundText,
};
