import { builtinType, name, objectName, type Tree } from "./postgres-command-tree.ts";

/** A type of a name that is not built in. */
export function namedType(text: string): Tree {
  return { ...builtinType(text), name: objectName(text), builtin: false };
}

export function column(text: string): Tree {
  return { kind: "column", table: null, name: name(text) };
}

/** A term of an index or key. */
export function term(value: Tree, rest: Tree = {}): Tree {
  return { kind: "order", value, opclass: null, direction: "", nulls: "", using: null, ...rest };
}

export function terms(...texts: string[]): Tree[] {
  return texts.map((text) => term(column(text)));
}

/** The definition of a column of type int. */
export function definition(text: string, rest: Tree = {}): Tree {
  return {
    kind: "column-definition",
    name: name(text),
    type: builtinType("int4"),
    constraints: [],
    storage: null,
    compression: null,
    ...rest,
  };
}

/** What every constraint has, and what this one has of its own. */
export function constraint(kind: string, rest: Tree): Tree {
  return { kind, deferrable: "", initially: "", name: null, marks: [], ...rest };
}

export function mark(text: string): Tree {
  return { kind: "mark", mark: text };
}

export function notNull(rest: Tree = {}): Tree {
  return constraint("null-constraint", { not: true, column: null, onConflict: "", ...rest });
}

export function check(condition: Tree, rest: Tree = {}): Tree {
  return constraint("check", { condition, onConflict: "", ...rest });
}

export function key(rest: Tree): Tree {
  return constraint("key", {
    primary: false,
    columns: [],
    direction: "",
    autoincrement: false,
    onConflict: "",
    nullsNotDistinct: false,
    withoutOverlaps: false,
    include: [],
    options: [],
    tablespace: null,
    usingIndex: null,
    ...rest,
  });
}

export function foreignKey(table: string, rest: Tree): Tree {
  return constraint("foreign-key", {
    columns: [],
    table: objectName(table),
    parents: [],
    onDelete: "",
    onUpdate: "",
    deleteColumns: [],
    updateColumns: [],
    match: null,
    period: false,
    parentPeriod: false,
    ...rest,
  });
}

export function sequenceOption(option: string, value: Tree | null = null): Tree {
  return { kind: "sequence-option", option, value };
}

/** CREATE TABLE t with nothing but what `rest` says. */
export function createTable(rest: Tree): Tree {
  return {
    kind: "create-table",
    persistence: "",
    ifNotExists: false,
    name: objectName("t"),
    elements: [],
    withoutRowid: false,
    strict: false,
    query: null,
    columns: [],
    data: "",
    ofType: null,
    inherits: [],
    partitionBy: null,
    partitionOf: null,
    method: null,
    options: [],
    onCommit: "",
    tablespace: null,
    ...rest,
  };
}

export function bound(form: string, lower: Tree[] = [], upper: Tree[] = []): Tree {
  return { kind: "partition-bound", form, lower, upper };
}

/** A reference to an object. */
export function object(kind: string, text: Tree, rest: Tree = {}): Tree {
  return {
    kind: "object",
    object: kind,
    name: text,
    of: null,
    ordered: [],
    left: null,
    right: null,
    ...rest,
  };
}

export function routine(text: string, parenthesised: boolean, ...items: Tree[]): Tree {
  return { kind: "routine", name: objectName(text), arguments: items, parenthesised };
}

export function argument(type: Tree, rest: Tree = {}): Tree {
  return { kind: "routine-argument", mode: "", name: null, type, ...rest };
}

export function clause(text: string, value: Tree | null = null, roles: Tree[] = []): Tree {
  return { kind: "clause", clause: text, value, roles };
}

export function property(text: string, value: Tree | null = null): Tree {
  return { kind: "alter-property", property: text, value };
}
