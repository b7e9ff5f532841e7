import type { ObjectReference } from "../ast/postgres-object.ts";
import type { AlterObject, AlterSetting, CreateType } from "../ast/postgres-schema.ts";
import { operatorName } from "./postgres-expressions.ts";
import { databaseOptions } from "./postgres-schema.ts";
import type { Print, Rules } from "./rule.ts";

function operatorText({ name, left, right }: ObjectReference, print: Print): string {
  const symbol = name.kind === "qualified-operator" ? operatorName(name, print) : print(name);
  return `${symbol} (${print(left) || "NONE"}, ${print(right) || "NONE"})`;
}

/** An aggregate without arguments is one of any rows. */
function aggregateText({ name, ordered }: ObjectReference, print: Print): string {
  if (name.kind !== "routine") return print(name);
  const plain = print(name.arguments);
  const sorted = ordered.length > 0 ? `ORDER BY ${print(ordered)}` : "";
  return `${print(name.name)} (${[plain, sorted].filter(Boolean).join(" ") || "*"})`;
}

/** What an object is called, behind the word that says what it is. */
function referenceText(node: ObjectReference, print: Print): string {
  const { object, name, of } = node;
  switch (object) {
    case "COLUMN":
      return of === null ? print(name) : `${print(of)}.${print(name)}`;
    case "CONSTRAINT":
    case "POLICY":
    case "RULE":
    case "TRIGGER":
      return `${print(name)} ON ${print(of)}`;
    case "DOMAIN CONSTRAINT":
      return `${print(name)} ON DOMAIN ${print(of)}`;
    case "OPERATOR CLASS":
    case "OPERATOR FAMILY":
      return `${print(name)} USING ${print(of)}`;
    case "CAST":
      return `(${print(name)} AS ${print(of)})`;
    case "TRANSFORM":
      return `FOR ${print(name)} LANGUAGE ${print(of)}`;
    case "OPERATOR":
      return operatorText(node, print);
    case "AGGREGATE":
      return aggregateText(node, print);
    default:
      return print(name);
  }
}

/** The word before a reference. */
function objectWord({ object }: ObjectReference): string {
  return object === "DOMAIN CONSTRAINT" ? "CONSTRAINT" : object;
}

function typeView(node: CreateType, print: Print): object {
  const { form, labels, attributes } = node;
  const body = { ENUM: `AS ENUM (${print(labels)})`, COMPOSITE: `AS (${print(attributes)})` };
  return { name: node.name, body: form === "SHELL" ? "" : body[form] };
}

function settingView(node: AlterSetting): object {
  return { ...node, name: node.name ?? "ALL" };
}

/** What a type has are attributes, by the actions that change the columns of a table. */
function alterObjectView({ object, ifExists, actions }: AlterObject, print: Print): object {
  const [first] = actions;
  const options = actions.flatMap((action) => (action.kind === "option" ? [action] : []));
  const texts = actions.map((action) =>
    object.object === "TYPE"
      ? print(action).replace(/^(\w+) COLUMN/, "$1 ATTRIBUTE")
      : print(action),
  );
  const clauses = first?.kind === "clause";
  return {
    object: objectWord(object),
    ifExists,
    name: referenceText(object, print),
    actions:
      options.length > 0 ? databaseOptions(options, print) : texts.join(clauses ? " " : ", "),
  };
}

/** Types, schemas, extensions, roles, and what refers to objects of any kind. */
export const POSTGRES_OBJECTS: Rules<
  | "object"
  | "create-sequence"
  | "alter-sequence"
  | "create-type"
  | "create-domain"
  | "create-schema"
  | "create-extension"
  | "create-role"
  | "alter-role"
  | "alter-setting"
  | "clause"
  | "create-database"
  | "refresh-view"
  | "truncate"
  | "comment-on"
  | "drop-object"
  | "drop-role"
  | "alter-object"
  | "add-attribute"
  | "add-value"
  | "rename-value"
  | "extension-member"
> = {
  object: (node, print) => `${objectWord(node)} ${referenceText(node, print)}`,
  "create-sequence": "CREATE persistence SEQUENCE ifNotExists name ~options",
  "alter-sequence": "ALTER SEQUENCE ifExists name ~options",
  "create-type": ["CREATE TYPE name body", typeView],
  "create-domain": "CREATE DOMAIN name AS type ~constraints",
  "create-schema": "CREATE SCHEMA ifNotExists name AUTHORIZATION_owner ~elements",
  "create-extension": "CREATE EXTENSION ifNotExists name ~clauses",
  "create-role": "CREATE object name ~clauses",
  "alter-role": "ALTER object role ~clauses",
  "alter-setting": ["ALTER object name IN_DATABASE_database setting", settingView],
  clause: "clause value roles",
  "create-database": [
    "CREATE DATABASE name options",
    (node, print) => ({ ...node, options: databaseOptions(node.options, print) }),
  ],
  "refresh-view": "REFRESH MATERIALIZED VIEW concurrently name WITH_data",
  truncate: "TRUNCATE TABLE tables identity_IDENTITY behavior",
  "comment-on": ["COMMENT ON object IS text", (node) => ({ ...node, text: node.text ?? "NULL" })],
  "drop-object": [
    "DROP object ifExists names behavior",
    ({ objects, ifExists, behavior }, print) => ({
      object: objects[0] === undefined ? "" : objectWord(objects[0]),
      ifExists,
      names: objects.map((object) => referenceText(object, print)),
      behavior,
    }),
  ],
  "drop-role": "DROP object ifExists roles",
  "alter-object": ["ALTER object ifExists name actions", alterObjectView],
  "add-attribute": "ADD ATTRIBUTE attribute behavior",
  "add-value": "ADD VALUE ifNotExists label place neighbor",
  "rename-value": "RENAME VALUE label TO to",
  "extension-member": ["add drop object", (node) => ({ ...node, add: !node.drop })],
};
