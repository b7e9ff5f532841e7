import { parsePostgres } from "../../../src/sql/parse/postgres.ts";

/** A tree without offsets. */
export type Tree = Readonly<Record<string, unknown>>;

/** The tree of one statement, without the offsets of its nodes. */
export function treeOf(sql: string): Tree {
  return spanless(parsePostgres(sql).statement) as Tree;
}

function spanless(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(spanless);
  if (typeof value !== "object" || value === null) return value;
  const { start, end, ...rest } = value as Record<string, unknown>;
  if (typeof start !== "number" || typeof end !== "number") throw new Error("a node without span");
  return Object.fromEntries(Object.entries(rest).map(([key, part]) => [key, spanless(part)]));
}

/** `message @offset` of the error for a text; `accepted` when there is none. */
export function errorOf(sql: string): string {
  try {
    parsePostgres(sql);
    return "accepted";
  } catch (error) {
    const { message, at } = error as { message: string; at: number };
    return `${message} @${at}`;
  }
}

export function name(text: string, quote: string = ""): Tree {
  return { kind: "name", text, quote };
}

export function names(...texts: string[]): Tree[] {
  return texts.map((text) => name(text));
}

/** `a`, `s.a`. */
export function objectName(text: string): Tree {
  const [last = "", schema] = text.split(".").toReversed();
  return {
    kind: "object-name",
    catalog: null,
    schema: schema === undefined ? null : name(schema),
    name: name(last),
  };
}

export function string(value: string): Tree {
  return { kind: "string", value };
}

export function integer(text: string): Tree {
  return { kind: "integer", text };
}

export function option(text: string, value: Tree | null = null): Tree {
  return { kind: "option", namespace: null, name: name(text), value };
}

export function keyword(word: string): Tree {
  return { kind: "keyword-value", keyword: word, precision: null };
}

export function builtinType(text: string): Tree {
  return {
    kind: "type",
    name: objectName(text),
    builtin: true,
    modifiers: [],
    dimensions: 0,
    setOf: false,
    fields: "",
    ofColumn: false,
  };
}

export function table(text: string, only: boolean = false): Tree {
  return {
    kind: "table",
    name: objectName(text),
    alias: null,
    indexedBy: null,
    notIndexed: false,
    only,
    sample: null,
    asOf: null,
  };
}
