/**
 * A template says how a node is written. Its words stand one blank apart:
 *
 * - A word in capitals or a sign stands for itself.
 * - Another word is a property: a node, a list (with commas), a text. For `true` it is its own
 *   name: `ifExists` is IF EXISTS.
 * - Signs and capitals around a property vanish with it when it is empty, and `_` is a blank:
 *   `(columns)`, `FROM_from`, `FILTER_(WHERE_filter)`, `primary_KEY`.
 * - `:orderBy` is a clause, `ORDER_BY_orderBy`. `~items` is a list without commas.
 * - `<left` and `>right` are operands: they stand in parentheses where they bind more loosely than
 *   their operator allows.
 *
 * No blank follows a `(` or precedes a `)` or `,`. A property that a template does not name has no
 * form in the dialect: the node must not have it.
 */
export interface Template {
  readonly pieces: readonly Piece[];
  /** The properties it names. */
  readonly names: ReadonlySet<string>;
}

/** A property with what stands around it; without a `name` `before` stands alone. */
export interface Piece {
  readonly before: string;
  readonly mark: string;
  readonly name: string;
  readonly after: string;
  /** Its name as it reads in a statement. */
  readonly words: string;
  /** Whether no blank stands before it. */
  readonly isClosing: boolean;
}

/** Reads a template. */
export function readTemplate(text: string): Template {
  const pieces = text.split(/\s+/).map(readPiece);
  // What every node has is never printed.
  const names = new Set(["kind", "start", "end", ...pieces.map(({ name }) => name)]);
  return { pieces, names };
}

function readPiece(word: string): Piece {
  const [, signs, mark = "", name = "", after = ""] =
    /^([^a-z]*?)([~<>:]?)([a-z][a-zA-Z]*)([^a-z]*)$/.exec(word) ?? [];
  const words = phrase(name);
  const before = mark === ":" ? `${words} ` : (signs?.replaceAll("_", " ") ?? word);
  const isClosing = /^[),]/.test(before);
  return { before, mark, name, after: after.replaceAll("_", " "), words, isClosing };
}

/** `groupingSet` or `grouping-set` as it reads in a statement. */
export function phrase(name: string): string {
  return name.replaceAll(/-|(?=[A-Z])/g, " ").toUpperCase();
}

/** Whether a property holds nothing. */
export function isEmpty(value: unknown): boolean {
  return Array.isArray(value) ? value.length === 0 : !value;
}
