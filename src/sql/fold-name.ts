/**
 * A name in lower case as SQLite compares names: `A` to `Z` only, so that `Ä` and `ä` are two.
 *
 * @example foldName("Ärzte_ID"); // "Ärzte_id"
 */
export function foldName(name: string): string {
  return name.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
