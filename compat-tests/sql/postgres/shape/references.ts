/** References to objects of any kind as PostgreSQL's raw parse tree has them. */
import type { Routine, RoutineArgument } from "../../../../src/sql/ast/postgres-command.ts";
import type { ObjectReference } from "../../../../src/sql/ast/postgres-object.ts";
import type { TypeName } from "../../../../src/sql/ast/leaf.ts";
import type { ObjectName } from "../../../../src/sql/ast/name.ts";
import type { Json, JsonObject } from "./canonical.ts";
import { dotted, operatorName, parts, string, typeName } from "./names.ts";
import { numericOnly } from "./options.ts";

/** The kinds whose name in PostgreSQL's enum is another one. */
const TYPES: Readonly<Record<string, string>> = {
  "MATERIALIZED VIEW": "MATVIEW",
  CONSTRAINT: "TABCONSTRAINT",
  "DOMAIN CONSTRAINT": "DOMCONSTRAINT",
  "OPERATOR CLASS": "OPCLASS",
  "OPERATOR FAMILY": "OPFAMILY",
  "FOREIGN DATA WRAPPER": "FDW",
  SERVER: "FOREIGN_SERVER",
  STATISTICS: "STATISTIC_EXT",
  "LARGE OBJECT": "LARGEOBJECT",
  USER: "ROLE",
  GROUP: "ROLE",
  "TEXT SEARCH CONFIGURATION": "TSCONFIGURATION",
  "TEXT SEARCH DICTIONARY": "TSDICTIONARY",
  "TEXT SEARCH PARSER": "TSPARSER",
  "TEXT SEARCH TEMPLATE": "TSTEMPLATE",
  PARAMETER: "PARAMETER_ACL",
  "FOREIGN SERVER": "FOREIGN_SERVER",
};

const SINGLE: ReadonlySet<string> = new Set([
  ...[
    "ACCESS METHOD",
    "DATABASE",
    "EVENT TRIGGER",
    "EXTENSION",
    "FOREIGN DATA WRAPPER",
    "LANGUAGE",
  ],
  ...["PUBLICATION", "ROLE", "USER", "GROUP", "SCHEMA", "SERVER", "SUBSCRIPTION", "TABLESPACE"],
]);

/** Whether objects of a kind have one name, without a schema. */
export function hasOneName(object: string): boolean {
  return SINGLE.has(object);
}

/** `TEXT SEARCH PARSER` → `OBJECT_TSPARSER`. */
export function objectType(object: string): string {
  return `OBJECT_${TYPES[object] ?? object.replaceAll(" ", "_")}`;
}

export function list(items: readonly Json[]): JsonObject {
  return { List: { items } };
}

function type(node: TypeName): JsonObject {
  return { TypeName: typeName(node) };
}

function parameter({ mode, name, type: of }: RoutineArgument): Json {
  return {
    FunctionParameter: {
      name: name === null ? null : name.text,
      argType: typeName(of),
      mode: `FUNC_PARAM_${mode === "" ? "DEFAULT" : mode}`,
    },
  };
}

/** An ObjectWithArgs in its wrapper. */
export function routine(node: Routine, ordered: readonly RoutineArgument[] = []): JsonObject {
  // The variadic argument of `a(VARIADIC "any" ORDER BY VARIADIC "any")` counts once.
  const all = [...node.arguments, ...ordered];
  const last = node.arguments.at(-1);
  const once = last?.mode === "VARIADIC" && ordered.length > 0 ? node.arguments : all;
  return {
    ObjectWithArgs: {
      objname: dotted(node.name),
      objfuncargs: once.map(parameter),
      args_unspecified: !node.parenthesised,
    },
  };
}

/** What an ObjectReference is to DROP, COMMENT and ALTER. */
export function reference(node: ObjectReference): Json {
  const { name } = node;
  switch (name.kind) {
    case "routine":
      return routine(name, node.ordered);
    case "integer":
    case "float":
      return numericOnly(name);
    case "qualified-operator": {
      const operands = [node.left, node.right].map((side) => (side === null ? {} : type(side)));
      return { ObjectWithArgs: { objname: operatorName(name), objargs: operands } };
    }
    case "type":
      return typeReference(name, node.of);
    case "object-name":
      return namedReference(name, node);
  }
}

function typeReference(name: TypeName, of: ObjectReference["of"]): Json {
  if (of === null) return type(name);
  return list([type(name), of.kind === "type" ? type(of) : string(parts(of).at(-1) ?? "")]);
}

function namedReference(name: ObjectName, { object, of }: ObjectReference): Json {
  if (of === null) return hasOneName(object) ? string(name.name.text) : list(dotted(name));
  if (of.kind === "type") return list([type(of), string(name.name.text)]);
  if (object === "DOMAIN CONSTRAINT") {
    const domain = { TypeName: { names: dotted(of), typemod: -1 } };
    return list([domain, string(name.name.text)]);
  }
  return list([...dotted(of), ...dotted(name)]);
}
