/** How tightly operators bind, by their symbol or the kind of their node. */
export type Precedence = ReadonlyMap<string, number>;

/**
 * Levels of operators, the loosest first. Those of a line that begins with the word `single` do
 * not associate, which the half in their level says.
 */
export function precedence(...lines: readonly string[]): Precedence {
  const levels = new Map<string, number>();
  for (const [at, line] of lines.entries()) {
    const [first = "", ...rest] = line.split(" ");
    const single = first === "single";
    for (const name of single ? rest : [first, ...rest]) levels.set(name, at + (single ? 1.5 : 1));
  }
  return levels;
}

/** The least level of a left operand of an operator that associates to the left. */
export function leftOf(level: number): number {
  return Math.ceil(level);
}

/** The least level of a right operand of an operator that associates to the left. */
export function rightOf(level: number): number {
  return Math.floor(level) + 1;
}
