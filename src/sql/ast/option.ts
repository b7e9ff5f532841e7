// Settings of a definition or command that are a name and a value. They hold no expressions.
import type { Literal, Star, TypeName } from "./leaf.ts";
import type { Name, ObjectName, QualifiedOperator, Span } from "./name.ts";

/** What an option is set to. A word is a Name: `off`, `true`, `json`. */
export type OptionValue = Literal | Name | TypeName | QualifiedOperator | Star;

/** Several values: `(a, b)` of `FORCE_QUOTE (a, b)`. */
export interface OptionList extends Span {
  readonly kind: "option-list";
  readonly items: readonly OptionValue[];
}

/** `name = value`, `name value` or `name` of a WITH (…) list; `namespace.name` too. */
export interface Option extends Span {
  readonly kind: "option";
  readonly namespace: Name | null;
  readonly name: Name;
  readonly value: OptionValue | OptionList | null;
}

/** An operator class with parameters: `gist_trgm_ops (siglen = 32)`. */
export interface OperatorClass extends Span {
  readonly kind: "operator-class";
  readonly name: ObjectName;
  readonly options: readonly Option[];
}
