import type { Expr } from "../ast/query.ts";
import type { CreateIndex, DefaultConstraint, KeyConstraint } from "../ast/schema.ts";
import type { Print, Rules } from "./rule.ts";
import { indexTerms, refuse, withoutSchema } from "./sqlite-expressions.ts";
import { alterNullView } from "./statements.ts";

/** Whether a default needs no parentheses: a literal with or without a sign, or a name. */
function isTerm(value: Expr): boolean {
  switch (value.kind) {
    case "unary":
      return value.operator !== "~" && isTerm(value.operand);
    case "string":
      return !value.value.includes("\0");
    case "column":
      return value.table === null;
    case "null":
    case "boolean":
    case "integer":
    case "float":
    case "blob":
    case "keyword-value":
      return true;
    default:
      return false;
  }
}

function defaultView(node: DefaultConstraint, print: Print): object {
  const text = print(node.value);
  const bare = !node.parenthesised && isTerm(node.value);
  return { ...node, parenthesised: false, value: bare ? text : `(${text})` };
}

/** AUTOINCREMENT stands inside the parentheses of a table's key, behind all else of a column's. */
function keyView(node: KeyConstraint, print: Print): object {
  const { autoincrement, primary } = node;
  const columns = indexTerms(node.columns);
  const inside = autoincrement && columns.length > 0;
  return {
    ...node,
    unique: !primary,
    columns: inside ? `${print(columns)} AUTOINCREMENT` : columns,
    autoincrement: autoincrement && !inside,
  };
}

/** The schema of an index stands before its name here, before its table in Postgres. */
function indexView(node: CreateIndex): object {
  const { name, table } = node;
  if (name === null) refuse("an index without a name");
  const schema = name.schema ?? table.schema;
  return {
    ...node,
    name: { ...name, schema },
    table: { ...table, schema: null },
    terms: indexTerms(node.terms),
  };
}

/** When a foreign key is checked, or what stands alone as a constraint of a column. */
const DEFERRAL = "deferrable :initially";

/** Definitions as only SQLite writes them. */
export const SQLITE_SCHEMA: Rules<
  | "check"
  | "null-constraint"
  | "column-collation"
  | "empty-constraint"
  | "key"
  | "default"
  | "foreign-key"
  | "generated"
  | "column-definition"
  | "create-table"
  | "create-index"
  | "create-view"
  | "create-trigger"
  | "create-virtual-table"
  | "module-argument"
  | "alter-table"
  | "rename-column"
  | "alter-null"
  | "add-column"
  | "drop-column"
  | "drop-constraint"
  | "drop"
> = {
  check: "CONSTRAINT_name CHECK (condition) :onConflict",
  "null-constraint": "CONSTRAINT_name not NULL :onConflict",
  "column-collation": [
    "CONSTRAINT_name COLLATE collation",
    (node) => ({ ...node, collation: withoutSchema(node.collation, "a collation") }),
  ],
  "empty-constraint": `CONSTRAINT_name ${DEFERRAL}`,
  key: [
    `CONSTRAINT_name primary_KEY unique (columns) direction
      :onConflict autoincrement`,
    keyView,
  ],
  default: ["CONSTRAINT_name DEFAULT value", defaultView],
  "foreign-key": [
    `CONSTRAINT_name FOREIGN_KEY_(columns) REFERENCES table (parents) :match :onDelete :onUpdate
      ${DEFERRAL}`,
    (node) => ({ ...node, table: withoutSchema(node.table, "a parent table") }),
  ],
  generated: [
    "CONSTRAINT_name always AS (value) storage",
    (node) => ({ ...node, long: false, always: node.long ? "GENERATED ALWAYS" : "" }),
  ],
  "column-definition": "name type ~constraints",
  "create-table": [
    "CREATE persistence TABLE ifNotExists name (elements) AS_query modes",
    (node) => {
      const { elements, persistence, query, strict, withoutRowid } = node;
      if (persistence === "UNLOGGED") refuse(persistence);
      if (elements.length === 0 && query === null) refuse("a table without columns");
      const modes = [withoutRowid && "WITHOUT ROWID", strict && "STRICT"].filter(Boolean);
      return { ...node, withoutRowid: false, strict: false, modes };
    },
  ],
  "create-index": ["CREATE unique INDEX ifNotExists name ON table (terms) :where", indexView],
  "create-view": "CREATE persistence VIEW ifNotExists name (columns) AS query",
  "create-trigger": [
    `CREATE persistence TRIGGER ifNotExists name timing event OF_columns ON table
      forEachRow :when BEGIN ~body END`,
    (node, print) => ({ ...node, body: node.body.map((statement) => `${print(statement)};`) }),
  ],
  "create-virtual-table": "CREATE VIRTUAL TABLE ifNotExists name USING module (arguments)",
  "module-argument": "text",
  "alter-table": [
    "ALTER object name actions",
    (node) => {
      if (node.object !== "TABLE") refuse(`ALTER ${node.object}`);
      return node.actions.length > 1 ? refuse("ALTER TABLE with several actions") : node;
    },
  ],
  "rename-column": "RENAME COLUMN column TO to",
  "alter-null": ["ALTER COLUMN column verb NOT NULL :onConflict", alterNullView],
  "add-column": "ADD COLUMN column",
  "drop-column": "DROP COLUMN column",
  "drop-constraint": "DROP CONSTRAINT constraint",
  drop: [
    "DROP object ifExists names",
    (node) => {
      if (!/^(?:TABLE|INDEX|VIEW|TRIGGER)$/.test(node.object)) refuse(`DROP ${node.object}`);
      return node.names.length > 1 ? refuse("DROP of several objects") : node;
    },
  ],
};
