import { DosqlError } from "../../base/errors.ts";
import type { Node } from "../ast/statement.ts";
import { leftOf, rightOf } from "./precedence.ts";
import type { Kind, Print, Rules } from "./rule.ts";
import { isEmpty, phrase, readTemplate, type Template } from "./template.ts";

/** All that tells how one dialect is written. */
export interface Notation {
  readonly dialect: "SQLite" | "Postgres";
  /** By kind. A kind that is not there has no form in the dialect. */
  readonly rules: ReadonlyMap<string, ReadRule>;
  /**
   * How tightly a node binds; `ATOM` where nothing can come between its parts. Operators of a
   * level with a half do not associate: as operands of each other they stand in parentheses.
   */
  readonly level: (node: Node) => number;
}

/** A rule as it looks to who finds it by the kind of its node. */
type AnyRule = string | Apply | readonly [template: string, view: Apply];

type Apply = (node: Node, print: Print, level: number) => string | object;

/** A rule with its template read. */
interface ReadRule {
  readonly template: Template;
  /** The text itself, or what the template shows. */
  readonly apply: Apply;
}

/** Reads the rules of a dialect. */
export function readRules(rules: Partial<Rules<Kind>>): ReadonlyMap<string, ReadRule> {
  const entries = Object.entries(rules as Readonly<Record<string, AnyRule>>);
  return new Map(entries.map(([kind, rule]) => [kind, readRule(rule)]));
}

function readRule(rule: AnyRule): ReadRule {
  if (typeof rule === "function") return { template: readTemplate(""), apply: rule };
  const [text, apply] = typeof rule === "string" ? [rule, (node: Node) => node] : rule;
  return { template: readTemplate(text), apply };
}

/** Refuses what a dialect cannot say. */
export function unsupported(construct: string, dialect: Notation["dialect"]): never {
  throw new DosqlError("unsupported", `${construct} has no form in ${dialect}`);
}

/** What a template shows, by name. */
type Values = Readonly<Record<string, Value>>;

/** What a property holds, as far as a template prints it. */
type Value = string | boolean | null | Node | readonly (string | Node)[];

function isList<Item>(value: Node | readonly Item[]): value is readonly Item[] {
  return Array.isArray(value);
}

/** The first property that holds something and that a template does not name. */
function unnamed({ names }: Template, values: Values): string | undefined {
  for (const key in values) {
    if (!names.has(key) && !isEmpty(values[key])) return key;
  }
  return undefined;
}

/** Prints a tree as a dialect writes it. Each level of the tree takes three calls of the stack. */
export function printAs({ dialect, rules, level: levelOf }: Notation, root: Node): string {
  const print: Print = (what, min = 0) => {
    if (what === null) return "";
    if (isList(what)) return valueText(what, "", 0);
    const { kind } = what;
    const { template, apply } = rules.get(kind) ?? unsupported(phrase(kind), dialect);
    const level = levelOf(what);
    let text = apply(what, print, level);
    if (typeof text !== "string") {
      const values = text as Values;
      const key = unnamed(template, values);
      if (key !== undefined) unsupported(`${phrase(key)} of ${phrase(kind)}`, dialect);
      text = render(template, values, level);
    }
    return level < min ? `(${text})` : text;
  };

  function valueText(value: Value, mark: string, min: number): string {
    if (typeof value === "string") return value;
    if (value === null || typeof value === "boolean") return "";
    if (!isList(value)) return print(value, min);
    let text = "";
    for (const item of value) {
      if (text !== "") text += mark === "~" ? " " : ", ";
      text += typeof item === "string" ? item : print(item);
    }
    return text;
  }

  function render({ pieces }: Template, values: Values, level: number): string {
    let text = "";
    let blank = "";
    for (const { before, mark, name, after, words, isClosing } of pieces) {
      const value = values[name] ?? "";
      if (name !== "" && isEmpty(value)) continue;
      const min = mark === "<" ? leftOf(level) : mark === ">" ? rightOf(level) : 0;
      const inside = value === true ? words : valueText(value, mark, min);
      const word = before + inside + after;
      text += isClosing ? word : blank + word;
      // Of a node the end is not looked at: that would flatten its text.
      blank = typeof value === "string" && word.endsWith("(") ? "" : " ";
    }
    return text;
  }

  return print(root);
}
