/** What a pattern without other wildcards asks of a text. */
export type PatternParts =
  /** The text is this one. */
  | { readonly kind: "whole"; readonly text: string }
  /** It begins with one text and ends with another, which do not overlap. */
  | { readonly kind: "ends"; readonly prefix: string; readonly suffix: string }
  /** It holds this one. */
  | { readonly kind: "within"; readonly text: string };

/**
 * What a pattern of LIKE or GLOB asks, where few functions say the same; null for others: with
 * `_`, `?` or `[`, or with texts between several wildcards.
 *
 * @param escape the sign of ESCAPE, null without one
 */
export function patternParts(
  pattern: string,
  operator: "LIKE" | "GLOB",
  escape: string | null,
): PatternParts | null {
  const [any, others] = operator === "LIKE" ? ["%", "_"] : ["*", "?["];
  const texts = [""];
  // SQLite reads a pattern up to a NUL.
  const signs = Array.from(pattern.split("\0", 1)[0] ?? "");
  for (let i = 0; i < signs.length; i++) {
    const sign = signs[i] ?? "";
    const last = texts.length - 1;
    if (sign === escape) {
      const next = signs[++i];
      if (next === undefined) return null;
      texts[last] += next;
    } else if (sign === any) {
      // Several in a row are one.
      if (signs[i - 1] !== any || texts[last] !== "" || last === 0) texts.push("");
    } else if (others.includes(sign)) {
      return null;
    } else {
      texts[last] += sign;
    }
  }
  const [first = "", second, third, ...more] = texts;
  if (second === undefined) return { kind: "whole", text: first };
  if (third === undefined) return { kind: "ends", prefix: first, suffix: second };
  return first === "" && third === "" && more.length === 0
    ? { kind: "within", text: second }
    : null;
}
