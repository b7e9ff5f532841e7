/** What may hide a question mark, or a placeholder with its number. */
const PLACEHOLDER =
  /'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]|--[^\n]*|\/\*[^]*?(?:\*\/|$)|\?(\d*)/g;

/**
 * Calls `visit` for each `?` and `?n` of a text that a driver compiles, with the number by which
 * it binds; what it returns takes the place.
 *
 * @example
 * mapPlaceholders("SELECT ?, '?', ?1", (number) => `$${number}`); // "SELECT $1, '?', $1"
 */
export function mapPlaceholders(
  sql: string,
  visit: (number: number, text: string) => string,
): string {
  let highest = 0;
  return sql.replace(PLACEHOLDER, (text, digits: string | undefined) => {
    if (digits === undefined) return text;
    const number = digits === "" ? highest + 1 : Number(digits);
    highest = Math.max(highest, number);
    return visit(number, text);
  });
}
