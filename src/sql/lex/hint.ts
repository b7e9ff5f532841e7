/** Something a statement asks of the engine in a comment: `dosql_shard='42'`. */
export interface Hint {
  /** With its prefix, `dosql_shard`. */
  readonly name: string;
  readonly value: string;
}

const PREFIX = "dosql_";

/** Whether a text can hold a hint at all. Cheap, and false for nearly every statement. */
export function mayHoldHints(sql: string): boolean {
  return sql.includes(PREFIX);
}

/** `key='value'` with what separates it from the next; the value has its quotes escaped. */
const PAIR = String.raw`\s*([^\s=,']+)='((?:[^'\\]|\\[^])*)'\s*(?:,(?=\s*\S)|$)`;

/**
 * The hints of a comment, given with its slashes and stars: sqlcommenter's form, that is pairs
 * `key='value'` between commas, both URL-encoded, a quote in them escaped by a backslash. Keys of
 * others (`traceparent`) may stand among them. A comment of any other form is a comment, and a pair
 * that cannot be decoded is no hint.
 *
 * @example
 * readHints("/*dosql_shard='42',route='%2Fusers'*\/"); // [{ name: "dosql_shard", value: "42" }]
 */
export function readHints(comment: string): Hint[] {
  const hints: Hint[] = [];
  if (!mayHoldHints(comment) || !comment.startsWith("/*") || !comment.endsWith("*/")) return hints;
  const text = comment.slice(2, -2);
  const pair = new RegExp(PAIR, "y");
  while (pair.lastIndex < text.length) {
    const found = pair.exec(text);
    if (found === null) return [];
    const name = decoded(found[1] ?? "");
    const value = decoded(found[2] ?? "");
    if (name?.startsWith(PREFIX) === true && value !== null) hints.push({ name, value });
  }
  return hints;
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text.replace(/\\([^])/g, "$1"));
  } catch {
    return null;
  }
}
