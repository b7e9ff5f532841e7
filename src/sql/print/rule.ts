import type { Node } from "../ast/statement.ts";

/** The kind of a node. */
export type Kind = Node["kind"];

type Of<Any, K> = Any extends { readonly kind: infer Own } ? (K extends Own ? Any : never) : never;

/** The node of a kind. */
export type NodeOf<K extends Kind> = Of<Node, K>;

/**
 * Prints a node, or a list of nodes with commas between them; null is the empty text. What binds
 * more loosely than `level` stands in parentheses.
 */
export type Print = (what: Node | readonly Node[] | null, level?: number) => string;

/** The text of a node that binds at `level`. */
export type Text<K extends Kind> = (node: NodeOf<K>, print: Print, level: number) => string;

/** What a template shows: the properties of a node, some of them replaced or added. */
export type View<K extends Kind> = (node: NodeOf<K>, print: Print) => object;

/** How a kind is printed: a template (`template.ts`) alone or with a view, or a function. */
export type Rule<K extends Kind> = string | Text<K> | readonly [template: string, view: View<K>];

/** The rules of some kinds. */
export type Rules<K extends Kind> = { readonly [Each in K]: Rule<Each> };

/** The level of what is no operator: nothing can come between its parts. */
export const ATOM = 99;
