import type { Node } from "../ast/statement.ts";

/**
 * Whether two trees are the same but for where their nodes stood in the text (`start`, `end`) and
 * for how their names were quoted: `a`, `"a"` and `[a]` are equal names. The one thing this hides
 * is that SQLite may take `"a"` for a string and a bare `true` for a value.
 *
 * @example
 * equal(parseSqlite("SELECT [a]").statement, parseSqlite('SELECT  "a"').statement); // true
 */
export function equal(left: Node | null, right: Node | null): boolean {
  const waiting: [unknown, unknown][] = [[left, right]];
  for (let pair = waiting.pop(); pair !== undefined; pair = waiting.pop()) {
    const [one, other] = pair;
    if (one === other) continue;
    if (!isRecord(one) || !isRecord(other)) return false;
    const keys = Object.keys(one);
    if (keys.length !== Object.keys(other).length) return false;
    for (const key of keys) {
      if (!isFree(key, one)) waiting.push([one[key], other[key]]);
    }
  }
  return true;
}

/** Nodes, and lists of them, which are records by index. */
function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/** Whether a property may differ. */
function isFree(key: string, node: Readonly<Record<string, unknown>>): boolean {
  return key === "start" || key === "end" || (key === "quote" && node["kind"] === "name");
}
