import type { AlterColumn, AlterIdentity } from "../ast/alter.ts";
import type { Option } from "../ast/option.ts";
import type { CreateIndex, CreateTable } from "../ast/schema.ts";
import { indexTerms } from "./postgres-changes.ts";
import { refuse } from "./postgres-expressions.ts";
import type { Print, Rules } from "./rule.ts";
import { alterNullView } from "./statements.ts";

/** A table is of columns, of a type, a partition, or what a query finds. */
function tableView(node: CreateTable, print: Print): object {
  const { elements, partitionOf, ofType, query } = node;
  const plain = partitionOf === null && ofType === null && query === null;
  const untyped = elements.some((each) => each.kind === "column-definition" && !each.type);
  if (plain && untyped) refuse("a column without a type");
  return {
    ...node,
    elements: elements.length === 0 && plain ? "()" : elements.length > 0 && `(${print(elements)})`,
    partitionOf: partitionOf && partitionOf.parent,
    bound: partitionOf && partitionOf.bound,
  };
}

/** The schema of an index stands before its table here, before its own name in SQLite. */
function indexView(node: CreateIndex, print: Print): object {
  const { name, table, terms, include } = node;
  const schema = table.schema ?? name?.schema ?? null;
  return {
    ...node,
    name: name && name.name,
    table: { ...table, schema },
    terms: indexTerms(terms, print),
    include: indexTerms(include, print),
  };
}

function optionText({ namespace, name, value }: Option, print: Print, sign: string): string {
  const text = namespace === null ? print(name) : `${print(namespace)}.${print(name)}`;
  return value === null ? text : `${text}${sign}${print(value)}`;
}

/** Options of a command: a value stands right behind its name. */
export function optionTexts(options: readonly Option[], print: Print): string {
  return options.map((option) => optionText(option, print, " ")).join(", ");
}

/** Options of a database. */
export function databaseOptions(options: readonly Option[], print: Print): string {
  return options
    .map(({ name, value }) => `${print(name)} = ${print(value) || "DEFAULT"}`)
    .join(" ");
}

/** An action on one column, or on the domain itself. */
const COLUMN = "ALTER_COLUMN_column";

function alterColumnView({ column, what, value }: AlterColumn, print: Print): object {
  const text = print(value) || "DEFAULT";
  return { column, what, value: what === "EXPRESSION" ? `AS (${text})` : text };
}

/** All but RESTART stand behind SET. */
function alterIdentityView({ column, options }: AlterIdentity, print: Print): object {
  const texts = options.map(
    (option) => (option.option === "RESTART" ? "" : "SET ") + print(option),
  );
  return { column, options: texts };
}

/** Tables, indexes, views and their changes as Postgres writes them. */
export const POSTGRES_SCHEMA: Rules<
  | "create-table"
  | "create-index"
  | "create-view"
  | "partition-by"
  | "partition-of"
  | "like-table"
  | "like-option"
  | "option"
  | "option-list"
  | "sequence-option"
  | "execute"
  | "drop"
  | "alter-table"
  | "rename-column"
  | "alter-null"
  | "add-column"
  | "drop-column"
  | "drop-constraint"
  | "rename-constraint"
  | "alter-default"
  | "alter-type"
  | "add-identity"
  | "alter-identity"
  | "drop-generated"
  | "alter-column"
  | "alter-options"
  | "alter-constraint"
  | "attach-partition"
  | "detach-partition"
  | "alter-property"
> = {
  "create-table": [
    `CREATE persistence TABLE ifNotExists name OF_ofType PARTITION_OF_partitionOf (columns) elements
      bound INHERITS_(inherits) partitionBy USING_method WITH_(options) :onCommit
      TABLESPACE_tablespace AS_query WITH_data`,
    tableView,
  ],
  "create-index": [
    `CREATE unique INDEX concurrently ifNotExists name ON only table USING_method (terms)
      INCLUDE_(include) nullsNotDistinct WITH_(options) TABLESPACE_tablespace :where`,
    indexView,
  ],
  "create-view": [
    `CREATE orReplace persistence recursive materialized VIEW ifNotExists name (columns)
      USING_method WITH_(options) TABLESPACE_tablespace AS query WITH_data WITH_check_CHECK_OPTION`,
    (node) => {
      if (node.ifNotExists && !node.materialized) refuse("IF NOT EXISTS of CREATE VIEW");
      return node;
    },
  ],
  "partition-by": [
    "PARTITION BY strategy (terms)",
    (node, print) => ({ ...node, terms: indexTerms(node.terms, print) }),
  ],
  "partition-of": "PARTITION OF parent bound",
  "like-table": "LIKE table ~options",
  "like-option": ["including excluding what", (node) => ({ ...node, excluding: !node.including })],
  option: (node, print) => optionText(node, print, " = "),
  "option-list": "(items)",
  "sequence-option": "option value",
  execute: "EXECUTE name (arguments)",
  drop: [
    "DROP object concurrently ifExists names behavior WITH_(force)",
    (node) => (node.object === "TRIGGER" ? refuse("DROP TRIGGER without a table") : node),
  ],
  "alter-table": "ALTER object ifExists only name actions",
  "rename-column": "RENAME COLUMN column TO to behavior",
  "alter-null": [`${COLUMN} verb NOT NULL`, alterNullView],
  "add-column": [
    "ADD COLUMN ifNotExists column",
    (node) => (node.column.type === null ? refuse("a column without a type") : node),
  ],
  "drop-column": "DROP COLUMN ifExists column behavior",
  "drop-constraint": "DROP CONSTRAINT ifExists constraint behavior",
  "rename-constraint": "RENAME CONSTRAINT constraint TO to",
  "alter-default": [
    `${COLUMN} SET_DEFAULT_value drop`,
    (node) => ({ ...node, drop: node.value === null ? "DROP DEFAULT" : "" }),
  ],
  "alter-type": "ALTER COLUMN column TYPE type COLLATE_collation :using behavior",
  "add-identity": "ALTER COLUMN column ADD GENERATED when AS IDENTITY (~options)",
  "alter-identity": ["ALTER COLUMN column ~options", alterIdentityView],
  "drop-generated": "ALTER COLUMN column DROP what ifExists",
  "alter-column": ["ALTER COLUMN column SET what value", alterColumnView],
  "alter-options": [`${COLUMN} set reset (options)`, (node) => ({ ...node, set: !node.reset })],
  "alter-constraint": "ALTER CONSTRAINT constraint deferrable INITIALLY_initially ~marks",
  "attach-partition": "ATTACH PARTITION partition bound",
  "detach-partition": "DETACH PARTITION partition mode",
  "alter-property": "property value",
};
